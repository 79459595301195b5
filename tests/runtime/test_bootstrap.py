"""The first start on a machine without packages, in a small copy of the checkout with an empty lock file."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecett.runtime.places import ROOT

pytestmark = pytest.mark.slow(seconds=20)

# Stands in for what follows the bootstrap: says which Python runs and with which words.
CLI = "import sys\ndef main(argv):\n    print(sys.prefix, *argv[1:], sep='|')\n    return 7\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A checkout in a path with spaces."""
    root = tmp_path / "a check out"
    runtime = root / "ecett" / "runtime"
    runtime.mkdir(parents=True)
    shutil.copy(ROOT / "manage.py", root)
    shutil.copy(ROOT / "ecett" / "runtime" / "bootstrap.py", runtime)
    (runtime / "cli.py").write_text(CLI)
    (root / "requirements.lock").write_text("# nothing\n")
    yield root
    shutil.rmtree(root)


# Stands in for a uv that cannot install: writes down what it is told, and fails.
HELPLESS_UV = """#!/bin/sh
[ "$1" = --version ] && exit 0
echo "$*|$UV_FIND_LINKS|$UV_INDEX|$SSL_CERT_FILE" > "$(dirname "$0")/../told"
exit 2
"""


def wheel(folder: Path, name: str, files: dict[str, str]) -> str:
    """Puts a wheel of version 1 into a folder; its line for requirements.lock."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-1-py3-none-any.whl"
    about = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for inner, text in {**files, **{f"{name}-1.dist-info/{file}": about[file] for file in about}}.items():
            entry = zipfile.ZipInfo(inner)
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, text)
    return f"{name}==1 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def told_pip(wheels: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of somebody whose wheels lie in a folder, as a configuration file says: no network."""
    settings = tmp_path / "pip.conf"
    settings.write_text(f"[global]\nfind-links = {wheels}\n[install]\nextra-index-url = {wheels.as_uri()}\n")
    hidden = {name: "" for name in os.environ if name.startswith(("PIP_", "UV_"))}
    return {
        **hidden,
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": str(settings),
        "SSL_CERT_FILE": "/own/certificates.pem",
    }


def command(checkout: Path) -> list[str]:
    """``manage.py greet "two words"`` under a Python that is not the checkout's."""
    base = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info[1]}"
    return [str(base if base.exists() else sys.executable), str(checkout / "manage.py"), "greet", "two words"]


def start(checkout: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs the command to its end; uv is hidden, so that pip is tested on every machine."""
    return subprocess.run(
        command(checkout),
        capture_output=True,
        text=True,
        timeout=120,
        env={
            name: value
            for name, value in {**os.environ, "PATH": "/usr/bin:/bin", **environment}.items()
            if value
        },
    )


def test_first_start_makes_the_environment_and_hands_over(checkout: Path, tmp_path: Path) -> None:
    closed_home = tmp_path / "absent"

    first = start(checkout, HOME=str(closed_home))
    second = start(checkout, HOME=str(closed_home))

    assert first.stdout == f"{checkout / '.venv'}|greet|two words\n", first.stderr
    assert first.returncode == 7
    assert "Packages: ready" in first.stderr
    assert (second.stdout, second.stderr, second.returncode) == (first.stdout, "", 7)


def test_changed_lock_file_installs_again_and_an_interrupted_installation_starts_over(checkout: Path) -> None:
    start(checkout)
    kept = checkout / ".venv" / "kept"
    kept.write_text("")
    (checkout / "requirements.lock").write_text("# nothing, but otherwise\n")

    changed = start(checkout)
    kept_after_change = kept.exists()
    (checkout / ".venv" / "requirements.sha256").unlink()
    (checkout / ".venv" / "installation-unfinished").write_text("")
    interrupted = start(checkout)

    assert "Packages: ready" in changed.stderr
    assert kept_after_change
    assert "starting over" in interrupted.stderr
    assert interrupted.returncode == 7
    assert not kept.exists()


def test_two_first_starts_at_once_install_once(checkout: Path) -> None:
    both = [
        subprocess.Popen(command(checkout), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in both]

    assert [process.returncode for process in both] == [7, 7], said
    assert sum("Packages: ready" in text for text in said) == 1


def test_packages_that_cannot_be_installed_are_reported_without_a_traceback(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("ecett-no-such-package==1 --hash=sha256:" + "0" * 64 + "\n")

    failed = start(checkout, PIP_NO_INDEX="1")

    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_python_without_venv_module_gets_advice(checkout: Path) -> None:
    # A module of this name that cannot be found stands for Debian's python3 without python3-venv.
    hidden = checkout / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'ensurepip' else find(name, *rest)\n"
    )

    failed = start(checkout, PYTHONPATH=str(hidden))

    assert failed.returncode == 1
    assert "apt-get install python3" in failed.stderr
    assert not (checkout / ".venv").exists()


def test_uv_is_fetched_by_pip_with_its_hash_and_when_it_fails_pip_installs_all(
    checkout: Path, tmp_path: Path
) -> None:
    wheels = tmp_path / "wheels"
    lock = wheel(wheels, "aaa", {"aaa.py": ""})
    lock += wheel(wheels, "uv", {"uv-1.data/scripts/uv": HELPLESS_UV})
    lock += wheel(wheels, "zzz", {"zzz.py": ""})
    (checkout / "requirements.lock").write_text(lock)

    started = start(checkout, **told_pip(wheels, tmp_path))

    assert started.returncode == 7, started.stderr
    assert "uv could not install them; trying pip" in started.stderr
    venv = checkout / ".venv"
    assert (venv / "only-uv.txt").read_text() == "uv==1 \\\n" + lock.partition("uv==1 \\\n")[2].partition(
        "zzz"
    )[0]
    words, links, index, certificates = (venv / "told").read_text().strip().split("|")
    assert words.startswith(f"pip install --python {venv}/bin/python --require-hashes -r ")
    assert (links, index, certificates) == (str(wheels), wheels.as_uri(), "/own/certificates.pem")
    modules = {path.name for path in venv.glob("lib/python3*/site-packages/*.py")}
    assert {"aaa.py", "zzz.py"} <= modules


def test_a_changed_uv_wheel_is_refused_and_pip_says_so(checkout: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    lock = wheel(wheels, "uv", {"uv-1.data/scripts/uv": HELPLESS_UV})
    wheel(wheels, "uv", {"uv-1.data/scripts/uv": HELPLESS_UV + "# changed"})
    (checkout / "requirements.lock").write_text(lock)

    failed = start(checkout, **told_pip(wheels, tmp_path))

    assert failed.returncode == 1
    assert "DO NOT MATCH THE HASHES" in failed.stderr
    assert not (checkout / ".venv" / "bin" / "uv").exists()


def test_uv_on_the_path_reads_what_pip_is_told_and_compiles_nothing(checkout: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    (checkout / "requirements.lock").write_text(wheel(wheels, "aaa", {"aaa.py": "x = 1"}))
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "uv").symlink_to(Path(sys.prefix) / "bin" / "uv")

    started = start(
        checkout,
        **told_pip(wheels, tmp_path),
        PATH=f"{programs}:/usr/bin:/bin",
        UV_OFFLINE="1",
        UV_NO_CACHE="1",
    )

    assert started.returncode == 7, started.stderr
    assert "trying pip" not in started.stderr
    installed = next((checkout / ".venv").glob("lib/python3*/site-packages/aaa.py"))
    assert not (installed.parent / "__pycache__" / "aaa.cpython-311.pyc").exists()


def test_environment_is_made_anew_also_when_its_own_python_asks(checkout: Path) -> None:
    start(checkout)
    (checkout / ".venv" / "requirements.sha256").unlink()
    (checkout / ".venv" / "installation-unfinished").write_text("")
    own = [str(checkout / ".venv" / "bin" / "python"), *command(checkout)[1:]]

    again = subprocess.run(
        own, capture_output=True, text=True, timeout=120, env={**os.environ, "PATH": "/usr/bin:/bin"}
    )

    assert "starting over" in again.stderr
    assert (again.stdout, again.returncode) == (f"{checkout / '.venv'}|greet|two words\n", 7), again.stderr


def test_browser_without_a_window_goes_before_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ecett.runtime import system

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ECETT_BROWSER", raising=False)
    monkeypatch.setattr(system, "SYSROOT", tmp_path / "none")
    assert system.find_browser() is None
    for name in ("google-chrome", "chromium", "chromium-headless-shell"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        assert system.find_browser() == program
