"""The first start on a machine without packages, in a small copy of the checkout with an empty lock file."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecett.runtime.places import ROOT

pytestmark = pytest.mark.slow

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
        env={**os.environ, "PATH": "/usr/bin:/bin", **environment},
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
