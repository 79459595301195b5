"""Two things that pip cannot install: Pango's libraries (for PDF) and a browser (for the tests).

Each is looked for, then installed by apt as root, else downloaded by apt-get as an ordinary user and unpacked
into `.sysroot/` beside .venv, where nothing else sees it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ecett.runtime.places import ROOT, say

SYSROOT = ROOT / ".sysroot"
LOG = SYSROOT / "apt.log"
PANGO_LIBRARIES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0")
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
# The shell has no window: it starts sooner and costs a journey a sixth less. Not every system has it.
BROWSER_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
BROWSERS = ("chromium-headless-shell", "chromium")
BROWSER_FONTS = "fonts-dejavu-core"


def library_path(root: Path) -> str:
    """The LD_LIBRARY_PATH that makes the libraries unpacked under ``root`` loadable."""
    folders = [*sorted(root.glob("usr/lib/*-linux-gnu*")), root / "usr" / "lib"]
    known = os.environ.get("LD_LIBRARY_PATH")
    return ":".join([*map(str, folders), *([known] if known else [])])


def enter_sysroot(arguments: list[str]) -> None:
    """Starts this command again with the unpacked Pango on its library path, when there is one and it is not
    yet.
    """
    pango = SYSROOT / "pango"
    if not pango.is_dir() or os.environ.get("ECETT_SYSROOT") == str(pango):
        return
    environment = {**os.environ, "ECETT_SYSROOT": str(pango), "LD_LIBRARY_PATH": library_path(pango)}
    if not Path("/etc/fonts/fonts.conf").exists():
        environment["FONTCONFIG_FILE"] = str(write_font_config(pango))
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *arguments], environment)


def write_font_config(root: Path) -> Path:
    """A minimal fontconfig file for a machine without one."""
    path = root / "fonts.conf"
    folders = "".join(f"<dir>{folder}/share/fonts</dir>" for folder in ("/usr", root / "usr"))
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{root / 'font-cache'}</cachedir></fontconfig>\n"
    )
    return path


def pango_loads(environment: dict[str, str] | None = None) -> bool:
    """True when a new process can load what WeasyPrint needs (a running one may remember that it could
    not).
    """
    code = f"import ctypes\nfor name in {PANGO_LIBRARIES!r}: ctypes.CDLL(name)"
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], stderr=subprocess.DEVNULL, env=environment
    )
    return result.returncode == 0


def ensure_pango() -> bool:
    """Makes sure that PDF pages work; False (and said) when they will answer 503. Call enter_sysroot()
    afterwards.
    """
    if pango_loads():
        return True
    say("Pango (needed for PDF): installing ...")
    target = SYSROOT / "pango"
    if os.geteuid() == 0 and apt_install(PANGO_PACKAGES) and pango_loads():
        return True
    if apt_unpack(PANGO_PACKAGES, target) and pango_loads(
        {**os.environ, "LD_LIBRARY_PATH": library_path(target)}
    ):
        return True
    shutil.rmtree(target, ignore_errors=True)
    say(
        "Pango is missing and could not be installed: the portal runs, but PDF pages answer 503.\n"
        f"Install it with: apt-get install {' '.join(PANGO_PACKAGES)}   (details: {LOG})"
    )
    return False


def find_browser() -> Path | None:
    """The Chromium to test with: ECETT_BROWSER, the system's, or the one unpacked in .sysroot; None when
    missing.
    """
    wanted = os.environ.get("ECETT_BROWSER")
    if wanted:
        return Path(wanted) if os.access(wanted, os.X_OK) else None
    for name in BROWSER_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    unpacked = SYSROOT / "browser" / "start-chromium"
    return unpacked if unpacked.exists() else None


def ensure_browser() -> Path | None:
    """Makes sure that the browser tests can run; None when no browser could be had (the tests' end says so in
    red).
    """
    browser = find_browser()
    if browser or os.environ.get("ECETT_BROWSER"):
        return browser
    say("Chromium (needed for the browser tests): installing, about 100 MB ...")
    target = SYSROOT / "browser"
    for name in BROWSERS:
        if os.geteuid() == 0 and apt_install((name, BROWSER_FONTS)) and find_browser():
            return find_browser()
        if apt_unpack((name, BROWSER_FONTS), target):
            write_browser_start(target, name)
            if browser_starts(target / "start-chromium"):
                return find_browser()
        shutil.rmtree(target, ignore_errors=True)
    say(f"Chromium could not be installed (details: {LOG}).")
    return None


def write_browser_start(target: Path, name: str) -> None:
    """Writes the script that starts the unpacked Chromium with its own libraries and fonts."""
    start = target / "start-chromium"
    # Its sandbox helper would have to belong to root; the tests open our own pages only.
    start.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="{library_path(target)}"\n'
        f'export FONTCONFIG_FILE="{write_font_config(target)}"\n'
        f'exec "{target}/usr/lib/chromium/{name}" --no-sandbox "$@"\n'
    )
    start.chmod(0o755)


def browser_starts(browser: Path) -> bool:
    """True when the browser can print its version (all its libraries are there)."""
    result = subprocess.run([browser, "--version"], capture_output=True, text=True)
    note(f"$ {browser} --version\n{result.stdout}{result.stderr}")
    return result.returncode == 0


def apt_install(packages: tuple[str, ...]) -> bool:
    """Installs Debian packages as root."""
    command = [
        "apt-get",
        "install",
        "-y",
        "--no-install-recommends",
        "-o",
        "DPkg::Lock::Timeout=300",
        *packages,
    ]
    return run_apt(command) or (run_apt([*apt("update")]) and run_apt(command))


def apt_unpack(packages: tuple[str, ...], target: Path) -> bool:
    """Downloads the packages and whatever they need that this machine lacks, and unpacks them under
    ``target``.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        note("no apt-get or dpkg on this machine")
        return False
    own: list[str] = []
    missing = missing_packages(packages, own)
    if missing is None:
        # The machine's package lists are empty or old: fetch lists of our own.
        own = own_apt_folders()
        if not run_apt([*apt("update", *own)]):
            return False
        missing = missing_packages(packages, own)
    if missing is None:
        return False
    draft = SYSROOT / f"{target.name}.new"
    shutil.rmtree(draft, ignore_errors=True)
    downloads = draft / "downloads"
    downloads.mkdir(parents=True)
    say(f"Downloading {len(missing)} Debian packages into {SYSROOT} ...")
    if not run_apt([*apt("download", *own), *missing], cwd=downloads):
        return False
    for package in sorted(downloads.glob("*.deb")):
        if not run_apt(["dpkg", "-x", str(package), str(draft)]):
            return False
    shutil.rmtree(downloads)
    merge_lib(draft)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return True


def merge_lib(root: Path) -> None:
    """Moves /lib of an unpacked tree into /usr/lib, as on a merged system."""
    if (root / "lib").is_dir() and not (root / "lib").is_symlink():
        shutil.copytree(root / "lib", root / "usr" / "lib", symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(root / "lib")


def missing_packages(packages: tuple[str, ...], options: list[str]) -> list[str] | None:
    """``name=version`` of every package that apt would install; None when apt does not know them."""
    command = [*apt("install", *options), "-s", "--no-install-recommends", *packages]
    result = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    note(f"$ {' '.join(command)}\n{result.stdout}{result.stderr}")
    if result.returncode != 0:
        return None
    found = []
    for line in result.stdout.splitlines():
        if line.startswith("Inst "):
            # Inst NAME [old version] (VERSION origin [architecture])
            found.append(f"{line.split()[1]}={line.partition('(')[2].split()[0]}")
    return found


def own_apt_folders() -> list[str]:
    """apt options for package lists and caches that an ordinary user may write."""
    options = []
    for name, folder in (("Dir::State::lists", "lists"), ("Dir::Cache", "cache")):
        path = SYSROOT / "apt" / folder
        (path / ("partial" if folder == "lists" else "archives/partial")).mkdir(parents=True, exist_ok=True)
        options += ["-o", f"{name}={path}"]
    return options


def apt(verb: str, *options: str) -> list[str]:
    """An apt-get command that gives up on a dead network in seconds."""
    return ["apt-get", verb, "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1", *options]


def run_apt(command: list[str], cwd: Path | None = None) -> bool:
    """Runs apt-get or dpkg with its output in the log."""
    SYSROOT.mkdir(exist_ok=True)
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(command)}\n")
        log.flush()
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
        try:
            return subprocess.run(command, stdout=log, stderr=log, cwd=cwd, env=environment).returncode == 0
        except OSError as error:
            log.write(f"{error}\n")
            return False


def note(text: str) -> None:
    """Adds a line to the log."""
    SYSROOT.mkdir(exist_ok=True)
    with LOG.open("a") as log:
        log.write(f"{text}\n")
