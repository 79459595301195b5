"""Database and broker for the time of one command, shared with other commands that run meanwhile.

``var/run/owner.lock`` is held by the process that started the servers; ``owner.json`` says how to reach them.
``users.lock`` is held, shared, by everybody who joined: the owner of servers that live only for a command
waits for them.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal
from urllib.parse import urlsplit, urlunsplit

from ecett.runtime import places
from ecett.runtime.embedded import Postgres, Valkey
from ecett.runtime.processes import server_account

Purpose = Literal["up", "test", "command"]
WAIT_SECONDS = 180.0


class AlreadyRunning(Exception):
    """Another `up` runs on the same var folder."""


class ServersBusy(Exception):
    """The servers of another command cannot be joined; the text says why."""


@dataclass
class Running:
    """The servers as their owner sees them."""

    folder: Path
    postgres: Postgres | None = None
    valkey: Valkey | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What to put into the environment of whoever uses these servers."""
        addresses = {"DATABASE_URL": self.postgres, "REDIS_URL": self.valkey}
        return {name: server.url for name, server in addresses.items() if server}

    def announce(self, **facts: object) -> None:
        """Tells joining commands how to reach the servers (and, for `up`, people where the portal is)."""
        self.facts |= {"pid": os.getpid(), **self.environment, **facts}
        draft = self.folder / f"owner.json.{os.getpid()}"
        draft.write_text(json.dumps(self.facts))
        draft.replace(self.folder / "owner.json")


@contextmanager
def servers(purpose: Purpose) -> Iterator[dict[str, str]]:
    """``DATABASE_URL`` and ``REDIS_URL`` of running servers; whichever the environment already has is left
    alone.

    Raises AlreadyRunning (an `up` beside an `up`), ServersBusy, embedded.ServerError.
    """
    if purpose == "test":
        with test_servers() as environment:
            yield environment
        return
    missing = missing_addresses()
    if not missing:
        yield {}
        return
    home = places.make_folder(places.var_dir())
    with owned_or_joined(home, purpose=purpose, missing=missing) as environment:
        yield environment


def missing_addresses() -> set[str]:
    """Which of the two addresses the environment does not give."""
    return {name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)}


def use_embedded_defaults() -> None:
    """The embedded database is a demonstration: demo mode, unless the environment says otherwise."""
    if "DATABASE_URL" in missing_addresses():
        os.environ.setdefault("ECETT_DEMO", "1")


@contextmanager
def owned_or_joined(home: Path, *, purpose: Purpose, missing: set[str]) -> Iterator[dict[str, str]]:
    """Joins the servers that run on ``home``, or starts them and keeps them until nobody uses them."""
    run = places.make_folder(home / "run")
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        with ExitStack() as stack:
            owner = take_lock(stack, run / "owner.lock", fcntl.LOCK_EX)
            if owner:
                running = stack.enter_context(started(home, purpose=purpose, missing=missing))
                running.announce(purpose=purpose)
                try:
                    yield running.environment
                finally:
                    (run / "owner.json").unlink(missing_ok=True)
                    # Who has joined holds this lock; who comes now no longer finds owner.json.
                    with open(run / "users.lock", "a") as users:
                        fcntl.flock(users, fcntl.LOCK_EX)
                return
            # The order matters: first the lock that keeps the owner waiting, then the look whether it still
            # offers.
            if (
                take_lock(stack, run / "users.lock", fcntl.LOCK_SH)
                and (facts := read_facts(run))
                and not facts.get("starting")
            ):
                absent = missing - facts.keys()
                if absent:
                    raise ServersBusy(
                        f"The portal already runs (process {facts['pid']}) with its own "
                        f"{' and '.join(sorted(absent))}; set the same for this command."
                    )
                yield {name: str(facts[name]) for name in missing}
                return
        time.sleep(0.1)
    raise ServersBusy(f"Another command holds {run / 'owner.lock'} and offers no servers; is it stuck?")


@contextmanager
def up_servers() -> Iterator[Running]:
    """The servers of `up`: always their owner, waits for nobody at its end. Raises AlreadyRunning."""
    home = places.make_folder(places.var_dir())
    run = places.make_folder(home / "run")
    deadline = time.monotonic() + WAIT_SECONDS
    said = False
    with ExitStack() as stack:
        while not take_lock(stack, run / "owner.lock", fcntl.LOCK_EX):
            facts = read_facts(run) or {}
            if facts.get("purpose") == "up":
                address = facts.get("address") or "not ready yet"
                raise AlreadyRunning(f"The portal already runs: {address} (process {facts['pid']}).")
            if time.monotonic() > deadline:
                raise ServersBusy(
                    f"A command (process {facts.get('pid', '?')}) still uses the servers; try again later."
                )
            if not said and facts:
                places.say(f"Waiting for a command to end (process {facts['pid']}) ...")
                said = True
            time.sleep(0.1)
        running = Running(run)
        running.announce(purpose="up", starting=True)
        stack.callback((run / "owner.json").unlink, missing_ok=True)
        stack.enter_context(started(home, purpose="up", missing=missing_addresses(), running=running))
        running.announce(starting=False)
        yield running


@contextmanager
def started(
    home: Path, *, purpose: Purpose, missing: set[str], running: Running | None = None
) -> Iterator[Running]:
    """Starts the missing servers of ``home`` and stops them again: the broker first, then the database."""
    account = server_account()
    logs = places.make_folder(home / "log")
    running = running or Running(home / "run")
    if not missing:
        yield running
        return
    folder = places.server_home(home, account)
    sockets = places.socket_folder(folder, account)
    programs = places.programs(account)
    with ExitStack() as stack:
        stack.callback(places.remove_short_folder, folder)
        if "DATABASE_URL" in missing:
            postgres = Postgres(
                home=folder,
                sockets=sockets,
                log=logs / "postgres.log",
                programs=programs.postgres_bin,
                account=account,
                durable=purpose != "test",
            )
            stack.callback(postgres.stop)
            postgres.start()
            if purpose == "test":
                postgres.drop_databases(r"test\_run%")  # nobody else is here yet: these are of killed runs
            running.postgres = postgres
        if "REDIS_URL" in missing:
            valkey = Valkey(
                home=folder,
                sockets=sockets,
                log=logs / "valkey.log",
                program=programs.valkey,
                account=account,
            )
            stack.callback(valkey.stop)
            valkey.start()
            running.valkey = valkey
        yield running


@contextmanager
def test_servers() -> Iterator[dict[str, str]]:
    """A cluster of its own under var/test (fast, not safe), shared by runs at the same time; a Valkey for
    each run.

    Each run gets its own database name, so that two runs do not drop each other's test databases.
    """
    missing = missing_addresses()
    home = places.make_folder(places.var_dir() / "test")
    environment: dict[str, str] = {}
    with ExitStack() as stack:
        if "REDIS_URL" in missing:
            account = server_account()
            own = places.make_folder(home / f"run-{os.getpid()}")
            remove_dead_runs(home)
            stack.callback(remove_run, own)
            valkey_home = places.server_home(own, account)
            stack.callback(places.remove_short_folder, valkey_home)
            valkey = Valkey(
                home=valkey_home,
                sockets=places.socket_folder(valkey_home, account),
                log=own / "valkey.log",
                program=places.programs(account).valkey,
                account=account,
            )
            stack.callback(valkey.stop)
            valkey.start()
            environment["REDIS_URL"] = valkey.url
        if "DATABASE_URL" in missing:
            joined = stack.enter_context(owned_or_joined(home, purpose="test", missing={"DATABASE_URL"}))
            parts = urlsplit(joined["DATABASE_URL"])
            environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/run{os.getpid()}"))
        yield environment


def test_database_log() -> Path:
    """What the cluster of the tests has written, from its first run on."""
    return places.var_dir() / "test" / "log" / "postgres.log"


def remove_dead_runs(home: Path) -> None:
    """Removes what killed test runs left."""
    for folder in home.glob("run-*"):
        if not Path(f"/proc/{folder.name.removeprefix('run-')}").exists():
            remove_run(folder)


def remove_run(folder: Path) -> None:
    """Removes the files of one test run, also those kept outside the checkout."""
    pointer = folder / "servers.location"
    home = Path(pointer.read_text().strip()) if pointer.exists() else folder / "servers"
    places.remove_short_folder(home)
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def take_lock(stack: ExitStack, path: Path, kind: int) -> IO[str] | None:
    """The open lock file, held until the stack closes; None when somebody else holds it."""
    file = path.open("a")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    stack.callback(file.close)
    return file


def read_facts(run: Path) -> dict[str, object] | None:
    """What the owner announced; None when there is no owner or it is on its way out."""
    try:
        facts = json.loads((run / "owner.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return facts if Path(f"/proc/{facts['pid']}").exists() else None
