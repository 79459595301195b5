"""A var folder of its own for each test of the launcher, and processes that hold servers in it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ecett.runtime.places import ROOT


@pytest.fixture
def var() -> Iterator[Path]:
    """An empty folder with a short name that every user can reach (pytest's own folders are closed to
    others).
    """
    with tempfile.TemporaryDirectory(prefix="ecett-test-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        pointer = folder / "servers.location"
        if pointer.exists():
            shutil.rmtree(pointer.read_text().strip(), ignore_errors=True)


class Holder:
    """A process inside ``servers(...)``."""

    def __init__(self, var: Path, purpose: str, **environment: str) -> None:
        given = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.runtime.holder", purpose],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**given, "ECETT_VAR": str(var), **environment},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        self.environment: dict[str, str] = json.loads(line)

    def servers(self) -> list[psutil.Process]:
        """The servers that this process started."""
        return psutil.Process(self.process.pid).children()

    def tell_to_end(self) -> None:
        """Lets the process leave its ``with`` block."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self) -> str:
        """Leaves the block, waits, and gives what was said on standard error."""
        _out, said = self.process.communicate("\n", timeout=30)
        assert self.process.returncode == 0, said
        return said

    def kill(self) -> None:
        """Ends the process as the kernel does when memory runs out."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def hold(var: Path) -> Iterator[Callable[..., Holder]]:
    """``hold("command")`` starts a process that holds servers; what a failed test leaves is killed."""
    started: list[Holder] = []

    def start(purpose: str = "command", folder: Path = var, **environment: str) -> Holder:
        holder = Holder(folder, purpose, **environment)
        started.append(holder)
        return holder

    yield start
    for holder in started:
        servers = holder.servers() if holder.process.poll() is None else []
        if holder.process.poll() is None:
            holder.kill()
        psutil.wait_procs(servers, timeout=20)
        for stream in (holder.process.stdin, holder.process.stdout, holder.process.stderr):
            if stream:
                stream.close()
