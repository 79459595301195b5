"""Makes .venv, installs requirements.lock into it, and starts manage.py again under its Python.

uv installs, since it takes seconds where pip takes a minute and a half. Where it is not on the PATH, pip gets
just uv, of the version and with the hashes of the lock file. Where uv cannot install, pip does all of it.

Standard library only, and run as a file (not imported), since nothing is installed yet. Everything is said on
standard error: standard output belongs to the command that follows.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
LOCK_FILE = ROOT / "requirements.lock"
STAMP = VENV / "requirements.sha256"
# Stands in .venv while packages are being installed: found at the start, it tells of an interrupted
# installation.
UNFINISHED = VENV / "installation-unfinished"
LOG = VENV / "installation.log"
OLDEST = (3, 11)
# What pip is told in its configuration and uv reads from the environment: mirrors, proxies and certificates.
SETTINGS_OF_PIP = {
    "index-url": ("UV_DEFAULT_INDEX",),
    "extra-index-url": ("UV_INDEX",),
    "find-links": ("UV_FIND_LINKS",),
    "trusted-host": ("UV_INSECURE_HOST",),
    "proxy": ("HTTPS_PROXY", "HTTP_PROXY"),
    "cert": ("SSL_CERT_FILE",),
    "client-cert": ("SSL_CLIENT_CERT",),
}


class BootstrapError(Exception):
    """The packages cannot be installed; the text says what the person can do."""


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr, flush=True)


def wanted_stamp() -> str:
    """The SHA-256 of requirements.lock, in hexadecimal."""
    return hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()


def is_ready() -> bool:
    """True when .venv works and holds what requirements.lock asks for."""
    return (
        STAMP.is_file()
        and STAMP.read_text() == wanted_stamp()
        and not UNFINISHED.exists()
        and runs([str(PYTHON), "-c", "import encodings"])
    )


def runs(command: list[str]) -> bool:
    """True when the command can be started and ends well."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def install(lock_fd: int) -> None:
    """Makes .venv when needed and installs requirements.lock into it; a half-made .venv is made anew."""
    started = time.monotonic()
    if VENV.exists() and (UNFINISHED.exists() or not runs([str(PYTHON), "-c", "import encodings"])):
        say("Packages: the last installation was interrupted or its Python is gone; starting over.")
        shutil.rmtree(VENV)
    if not VENV.exists():
        make_venv(lock_fd)
    UNFINISHED.write_text("")
    STAMP.unlink(missing_ok=True)
    wanted = LOCK_FILE.read_text().count("==")
    say(f"Packages: installing {wanted} from requirements.lock (once) ...")
    uv = shutil.which("uv") or own_uv(lock_fd)
    if not (uv and install_with_uv(uv, lock_fd)):
        install_with_pip(wanted, lock_fd)
    STAMP.write_text(wanted_stamp())
    UNFINISHED.unlink()
    say(f"Packages: ready after {time.monotonic() - started:.0f} s.")


def outer_python() -> str:
    """The Python to make .venv with: this one, but never that of .venv itself, which may be about to go."""
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    return str(getattr(sys, "_base_executable", sys.executable)) if inside else sys.executable


def make_venv(lock_fd: int) -> None:
    """Creates an empty .venv with pip in it."""
    say(f"Packages: making {VENV}")
    VENV.mkdir()
    UNFINISHED.write_text("")
    python, uv = outer_python(), shutil.which("uv")
    if uv and logged([uv, "venv", "--allow-existing", "--seed", "--python", python, str(VENV)], lock_fd):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        shutil.rmtree(VENV)
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise BootstrapError(
            f"This Python ({python}) comes without its venv module.\n"
            f"Install it (Debian, Ubuntu: apt-get install python{version}-venv) or uv, then try again."
        )
    if not logged([python, "-m", "venv", str(VENV)], lock_fd):
        tail = log_tail()
        shutil.rmtree(VENV)
        raise BootstrapError(f"The virtual environment could not be made:\n{tail}")


def own_uv(lock_fd: int) -> str | None:
    """The uv in .venv, which pip puts there when it is missing; None when there is none to be had."""
    if not runs([str(UV), "--version"]):
        lines = re.findall(r"^uv==(?:.*\\\n)*.*\n?", LOCK_FILE.read_text(), re.MULTILINE)
        only_uv = VENV / "only-uv.txt"
        only_uv.write_text("".join(lines))
        if not lines or not logged(pip("install", "-r", str(only_uv)), lock_fd):
            return None
    return str(UV) if runs([str(UV), "--version"]) else None


def install_with_uv(uv: str, lock_fd: int) -> bool:
    """Installs by uv; False when it fails (pip, which may know of another way, gets its chance)."""
    command = [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "-r", str(LOCK_FILE)]
    # The hashes say which file is meant, wherever it comes from.
    command += ["--index-strategy", "unsafe-best-match"]
    home = Path(os.environ.get("HOME", "/nonexistent"))
    if not os.access(home, os.W_OK) and "UV_CACHE_DIR" not in os.environ:
        command.append("--no-cache")
    # The system's certificates, like pip: a company's proxy may have one of its own among them.
    trusted = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    if logged(command, lock_fd, {**trusted, **settings_of_pip(), **os.environ}):
        return True
    say("Packages: uv could not install them; trying pip, which takes longer.")
    return False


def settings_of_pip() -> dict[str, str]:
    """The environment that tells uv what pip's configuration tells pip."""
    answer = subprocess.run(pip("config", "list"), capture_output=True, text=True)
    # What stands in PIP_… variables has the last word.
    lines = sorted(answer.stdout.splitlines(), key=lambda line: line.startswith(":env:"))
    found = {}
    for name, value in re.findall(r"^\S*\.([\w-]+)=(.+)$", "\n".join(lines), re.MULTILINE):
        words = str(ast.literal_eval(value)).split()
        for variable in SETTINGS_OF_PIP.get(name, ()):
            found[variable] = ("," if variable == "UV_FIND_LINKS" else " ").join(words)
    return found


def pip(verb: str, *words: str) -> list[str]:
    """A command of .venv's pip."""
    options = ["--disable-pip-version-check", "--no-input"]
    if verb == "install":
        # What is imported is compiled then; compiling everything beforehand takes half a minute.
        options += ["--require-hashes", "--no-deps", "--no-compile", "--progress-bar", "off"]
    return [str(PYTHON), "-m", "pip", verb, *options, *words]


def install_with_pip(wanted: int, lock_fd: int) -> None:
    """Installs by pip and counts aloud."""
    command = pip("install", "-r", str(LOCK_FILE))
    seen, last_said = 0, time.monotonic()
    with LOG.open("a") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, pass_fds=(lock_fd,)
        )
        assert process.stdout is not None
        for line in process.stdout:
            log.write(line)
            log.flush()
            if line.startswith(("Collecting ", "Processing ")):
                seen += 1
                if time.monotonic() - last_said > 3:
                    say(f"Packages: {seen} of {wanted} ...")
                    last_said = time.monotonic()
            elif line.startswith("Installing collected packages"):
                say("Packages: all there, unpacking ...")
        status = process.wait()
    if status != 0:
        raise BootstrapError(
            f"The packages could not be installed. pip says:\n{log_tail()}\nAll of it: {LOG}"
        )


def logged(command: list[str], lock_fd: int, environment: dict[str, str] | None = None) -> bool:
    """Runs a command with its output in the log; True when it ends well."""
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(command)}\n")
        log.flush()
        try:
            return (
                subprocess.run(
                    command, stdout=log, stderr=log, env=environment, pass_fds=(lock_fd,)
                ).returncode
                == 0
            )
        except OSError as error:
            log.write(f"{error}\n")
            return False


def log_tail(lines: int = 15) -> str:
    """The last lines of the installation's log."""
    return "\n".join(LOG.read_text(errors="replace").splitlines()[-lines:])


def ensure_packages() -> None:
    """Installs what is missing; a second start at the same time waits for the first."""
    with open(ROOT / ".bootstrap.lock", "w") as lock:
        # pip inherits the descriptor: if this process is killed, the lock lives until pip has ended as well.
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Packages: another start is installing them; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_ready():
            install(lock.fileno())


def main(arguments: list[str]) -> int:
    """Installs what is missing and becomes ``.venv/bin/python manage.py arguments``."""
    if sys.version_info < OLDEST:
        say(
            f"The portal needs Python {OLDEST[0]}.{OLDEST[1]} or newer; "
            f"{sys.executable} is {sys.version.split()[0]}."
        )
        return 1
    try:
        ensure_packages()
    except BootstrapError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"The packages cannot be installed under {ROOT}: {error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The installation starts over next time.")
        return 130
    if os.environ.get("ECETT_HANDED_OVER"):
        say(f"{PYTHON} does not find its own packages; remove {VENV} and try again.")
        return 1
    environment = {**os.environ, "ECETT_HANDED_OVER": "1"}
    environment.pop("PYTHONHOME", None)
    os.execve(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *arguments], environment)


if __name__ == "__main__":
    # The folder of this file holds modules of ours with everyday names: they must not hide the standard
    # library's.
    sys.path.pop(0)
    sys.exit(main(sys.argv[1:]))
