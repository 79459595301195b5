"""Starting and stopping the processes that must not outlive their parent."""

import contextlib
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Account:
    """A user of this machine whom a server runs as."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """Whom database and broker run as: nobody when we are root (PostgreSQL refuses root), else ourselves
    (None).
    """
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def spawn(
    program: Sequence[str | Path],
    *,
    log: Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Starts a program in its own session (a terminal's Ctrl-C does not reach it) that gets ``death_signal``
    when the calling *thread* ends: call it from the main thread. ``log`` gets both outputs, appended.
    """
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    command = [
        sys.executable,
        "-I",
        "-S",
        str(CHILD),
        str(os.getpid()),
        str(int(death_signal)),
        str(uid),
        str(gid),
    ]
    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            [*command, *map(str, program)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            cwd=cwd,
            env=environment,
            pass_fds=pass_fds,
        )
    finally:
        if output:
            output.close()


def stop(process: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Sends each signal in turn and waits its seconds, until the process has ended; at last SIGKILL to its
    group.
    """
    for number, seconds in steps:
        if process.poll() is not None:
            break
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def process_state(pid: int) -> str | None:
    """The state letter of /proc/PID/stat (``Z`` for a zombie); None when there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[0]


def command_line(pid: int) -> list[str]:
    """The words a process was started with; empty when it is gone or a zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
    except OSError:
        return []


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log file, for a message."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return "(no log)"
