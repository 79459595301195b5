"""`manage.py up` as real processes: start, second start, commands beside it, deaths, and the end."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ecett.runtime.places import ROOT
from tests.patience import PATIENCE, wait_for

pytestmark = pytest.mark.slow(seconds=20)


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
        process = self.process

        def ready() -> bool:
            assert process.poll() is None, self.said.read_text()
            return "Ready in" in self.said.read_text()

        wait_for(ready, self.said.read_text)

    def run(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Another manage.py command on the same var folder."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={**self.environment, **environment},
        )

    def signal(self, number: signal.Signals) -> int:
        """Sends a signal and gives the exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

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

    def child(self, word: str) -> psutil.Process:
        """The one process that was started with this word in its command."""
        assert self.process is not None
        found = [
            process
            for process in psutil.Process(self.process.pid).children()
            if any(word in part for part in process.cmdline())
        ]
        assert len(found) == 1, found
        return found[0]

    def answers(self) -> bool:
        """True once the pages, the database and the broker answer."""

        def ready() -> bool:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"{self.address}health/ready", timeout=PATIENCE) as answer,
            ):
                return bool(answer.status == 200)
            return False

        return wait_for(ready, self.said.read_text)


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
    spoken = portal.said.read_text().count("starting it again")

    portal.child({"worker": "ecett.runtime.worker", "postgres": "bin/postgres"}[name]).kill()

    wait_for(lambda: portal.said.read_text().count("starting it again") > spoken, portal.said.read_text)
    assert portal.answers()


AGREEMENT = """
from tests.trainees.conftest import planned_stay
from trainees.services import make_agreement
stay = planned_stay()
print(make_agreement(internship=stay, actor=stay.project.trainee).document_id)
"""
STATE = "from ecett.core.models import Document; print(Document.objects.get(pk={}).state)"


def test_broker_that_hangs_holds_nobody_up_and_nothing_is_lost(portal: Portal) -> None:
    """It takes connections and never answers, as a machine does whose disk is stuck."""
    assert portal.answers()
    cookies = urllib.request.HTTPCookieProcessor()
    browser = urllib.request.build_opener(cookies)
    broker = portal.child("valkey-server")
    broker.suspend()
    try:
        for path in ("", "hosts/", "good-practices/", "statistics/", "verify/", "accounts/login/"):
            with browser.open(portal.address + path, timeout=PATIENCE) as answer:
                assert answer.status == 200, path
        # A letter: that of an account of her own.
        with browser.open(f"{portal.address}accounts/signup/", timeout=PATIENCE) as page:
            token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
        assert token
        words = {"email": "ada@example.org", "first_name": "Ada", "last_name": "Lovelace", "language": "en",
                 "password1": "a long password", "password2": "a long password"}  # fmt: skip
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **words}).encode()
        with browser.open(f"{portal.address}accounts/signup/", form, timeout=PATIENCE) as answer:
            assert answer.url.endswith("/accounts/confirm-email/")
        # A document, asked for by another process.
        asked = portal.run("shell", "--verbosity", "0", "-c", AGREEMENT)
        assert asked.returncode == 0, asked.stderr
        with pytest.raises(urllib.error.HTTPError, match="503"):
            browser.open(f"{portal.address}health/ready", timeout=PATIENCE)
        assert portal.child("valkey-server").status() == psutil.STATUS_STOPPED
    finally:
        broker.resume()

    state = STATE.format(asked.stdout.strip())
    wait_for(
        lambda: portal.run("shell", "--verbosity", "0", "-c", state).stdout.strip() == "ready", "the document"
    )
    wait_for(
        lambda: any(
            "ada@example.org" in letter.read_text() for letter in (portal.var / "mail").glob("*.log")
        ),
        "the letter",
    )
    assert portal.answers()


def test_killed_portal_leaves_no_process_and_the_next_one_recovers_and_ends_cleanly(portal: Portal) -> None:
    family = portal.family()
    assert len(family) >= 8
    portal.signal(signal.SIGKILL)
    _gone, alive = psutil.wait_procs(family, timeout=PATIENCE)
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
