"""`manage.py up` as real processes: start, second start, commands beside it, deaths, and the end."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ecett.runtime.places import ROOT

pytestmark = pytest.mark.slow


class Portal:
    """A running `up --empty` on a var folder of its own."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.said = var / "said.txt"
        self.process: subprocess.Popen[bytes] | None = None
        given = {name: value for name, value in os.environ.items() if not name.startswith("ECETT_")}
        for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PORTAL_URL", "SECRET_KEY"):
            given.pop(name, None)
        self.environment = {**given, "ECETT_VAR": str(var)}

    def start(self) -> None:
        """Starts it when it does not run, and waits until it says that it is ready."""
        if self.process and self.process.poll() is None:
            return
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "up", "--empty", "--port", str(self.port)],
                stdout=output,
                stderr=output,
                env=self.environment,
            )
        self.wait_for("Ready in", 180)

    def wait_for(self, text: str, seconds: float) -> None:
        """Waits until the text has been said."""
        assert self.process is not None
        deadline = time.monotonic() + seconds
        while text not in self.said.read_text():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.1)

    def run(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Another manage.py command on the same var folder."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            capture_output=True,
            text=True,
            timeout=120,
            env={**self.environment, **environment},
        )

    def signal(self, number: signal.Signals) -> int:
        """Sends a signal and gives the exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def family(self) -> list[psutil.Process]:
        """Everything that was started."""
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)

    @property
    def address(self) -> str:
        """Where the pages are."""
        found = re.search(r"Ready in \d+ s: (http://127\.0\.0\.1:\d+/)", self.said.read_text())
        assert found
        return found.group(1)

    def answers(self, seconds: float = 30) -> bool:
        """True when the pages, the database and the broker answer, at the latest after so many seconds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"{self.address}health/ready") as answer,
            ):
                if answer.status == 200:
                    return True
            time.sleep(0.2)
        return False


@pytest.fixture(scope="module")
def shared_portal(assets: Path) -> Iterator[Portal]:
    """One var folder for the module (its tables are made once), with the fonts that are there already, and a
    port that somebody else has taken.
    """
    with socket.socket() as other, tempfile.TemporaryDirectory(prefix="ecett-test-", dir="/tmp") as name:
        other.bind(("127.0.0.1", 0))
        other.listen()
        var = Path(name)
        var.chmod(0o755)
        (var / "assets").symlink_to(assets)
        portal = Portal(var, other.getsockname()[1])
        yield portal
        if portal.process and portal.process.poll() is None:
            assert portal.signal(signal.SIGINT) == 0


@pytest.fixture
def portal(shared_portal: Portal) -> Portal:
    """The portal, running."""
    shared_portal.start()
    return shared_portal


def test_ready_portal_answers_on_the_next_free_port_and_names_its_times(portal: Portal) -> None:
    said = portal.said.read_text()

    assert portal.answers()
    assert f"Port {portal.port} is taken; using " in said
    assert portal.address != f"http://127.0.0.1:{portal.port}/"
    for step in ("servers", "tables", "reference data", "fonts and styles", "static files"):
        assert re.search(rf"^  {step} +\d+\.\d s$", said, re.MULTILINE), said


def test_second_up_says_where_the_first_is(portal: Portal) -> None:
    assert portal.process is not None

    second = portal.run("up")

    assert second.returncode == 1
    assert (
        second.stderr.strip() == f"The portal already runs: {portal.address} (process {portal.process.pid})."
    )
    assert portal.answers()


def test_command_beside_the_portal_uses_its_servers_and_keeps_its_output_clean(portal: Portal) -> None:
    assert portal.process is not None
    servers = psutil.Process(portal.process.pid).children()

    answer = portal.run("migrate", "--check", "--verbosity", "0")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert psutil.Process(portal.process.pid).children() == servers


@pytest.mark.parametrize("name", ["worker", "postgres"])
def test_killed_process_is_started_again(portal: Portal, name: str) -> None:
    assert portal.process is not None
    spoken = portal.said.read_text().count("starting it again")
    words = {"worker": ["ecett.runtime.worker"], "postgres": ["bin/postgres"]}[name]
    victims = [
        process
        for process in psutil.Process(portal.process.pid).children()
        if all(any(word in part for part in process.cmdline()) for word in words)
    ]
    assert len(victims) == 1

    victims[0].kill()

    deadline = time.monotonic() + 30
    while portal.said.read_text().count("starting it again") == spoken:
        assert time.monotonic() < deadline, portal.said.read_text()
        time.sleep(0.1)
    assert portal.answers()


def test_killed_portal_leaves_no_process_and_the_next_one_recovers_and_ends_cleanly(portal: Portal) -> None:
    family = portal.family()
    assert len(family) >= 8
    portal.signal(signal.SIGKILL)
    _gone, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []

    portal.start()
    assert portal.answers()
    family = portal.family()
    status = portal.signal(signal.SIGTERM)

    assert status == 0
    _gone, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    said = portal.said.read_text()
    assert said.endswith("Stopping ...\nStopped.\n")
    assert "Traceback" not in said
