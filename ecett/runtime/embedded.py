"""The embedded PostgreSQL and Valkey: real servers from installed packages, on private unix sockets, no TCP
port.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg2

from ecett.runtime import places
from ecett.runtime.processes import Account, command_line, process_state, spawn, stop, tail

# Crash recovery of a busy cluster can take a while; longer than this and something is wrong.
START_SECONDS = 120.0


class ServerError(Exception):
    """An embedded server does not start; the text has the last lines of its log."""


class Postgres:
    """One PostgreSQL cluster. ``home`` is the servers' folder; ``durable=False`` trades safety against speed
    (tests).
    """

    def __init__(
        self,
        *,
        home: Path,
        sockets: Path,
        log: Path,
        programs: Path,
        account: Account | None,
        durable: bool = True,
    ) -> None:
        self.home, self.sockets, self.log, self.programs, self.account = home, sockets, log, programs, account
        self.durable = durable
        self.data = home / "postgres"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for Django and libpq; the role `ecett` owns the database `ecett` and is no
        superuser.
        """
        return f"postgres://ecett@/ecett?host={quote(str(self.sockets), safe='')}"

    def start(self) -> None:
        """Starts the server, making the cluster first when there is none. Raises ServerError."""
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._check_version()
        self._end_leftover()
        self.process = spawn(
            [self.programs / "postgres", "-D", self.data, *self._settings()],
            log=self.log,
            # Fast shutdown: disconnects everybody and leaves a clean cluster.
            death_signal=signal.SIGINT,
            account=self.account,
            cwd=self.home,
        )
        wait_for(self._answers, self.process, "PostgreSQL", self.log)
        self._create_database()

    def stop(self) -> None:
        """Stops the server: fast, then immediate (the next start recovers)."""
        if self.process:
            stop(self.process, (signal.SIGINT, 30), (signal.SIGQUIT, 10))
            self.process = None

    def _settings(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "128MB",
            "max_connections": "100" if self.durable else "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            # A question that takes so long in a test is a fault; the end of the run says which.
            settings["log_min_duration_statement"] = "20s"
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _create_cluster(self) -> None:
        draft = self.home / "postgres.new"  # an interrupted initdb leaves this behind, and it is made anew
        shutil.rmtree(draft, ignore_errors=True)
        command: list[str | Path] = [self.programs / "initdb", "-D", draft, "-U", "postgres"]
        command += ["--auth=trust", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        for locale in ("C.UTF-8", "C"):
            process = spawn(
                [*command, f"--locale={locale}", *([] if self.durable else ["--no-sync"])],
                log=self.log,
                account=self.account,
                cwd=self.home,
            )
            if process.wait() == 0:
                draft.rename(self.data)
                return
            shutil.rmtree(draft, ignore_errors=True)
        raise ServerError(f"PostgreSQL could not make its data folder in {self.home}:\n{tail(self.log)}")

    def _check_version(self) -> None:
        of_data = (self.data / "PG_VERSION").read_text().strip()
        answer = subprocess.run(
            [self.programs / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        of_program = answer.stdout.split()[-1].split(".")[0]
        if of_data != of_program:
            raise ServerError(
                f"{self.data} was made by PostgreSQL {of_data}, the installed one is {of_program}. "
                f"With the former packages: `manage.py backup DIR`; then move the folder away and "
                f"`manage.py restore DIR`."
            )

    def _end_leftover(self) -> None:
        """Ends a server that outlived its killed parent, and removes a pid file that names no server of
        ours.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return

        def ours() -> bool:
            return process_state(pid) not in (None, "Z", "X") and str(self.data) in command_line(pid)

        if ours():
            places.say(f"PostgreSQL: waiting for the server of an earlier run (process {pid}) to end ...")
        for number, seconds in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0)):
            deadline = time.monotonic() + seconds
            if ours():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            while ours() and time.monotonic() < deadline:
                time.sleep(0.05)
        pid_file.unlink(missing_ok=True)

    def _answers(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def connect(self, database: str) -> "psycopg2.extensions.connection":
        """A connection as the cluster's superuser, for the launcher only."""
        connection = psycopg2.connect(
            host=str(self.sockets), user="postgres", dbname=database, connect_timeout=5
        )
        connection.autocommit = True
        return connection

    def _create_database(self) -> None:
        connection = self.connect("postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'ecett'")
                if cursor.fetchone() is None:
                    cursor.execute("CREATE ROLE ecett LOGIN CREATEDB")
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'ecett'")
                if cursor.fetchone() is None:
                    cursor.execute("CREATE DATABASE ecett OWNER ecett")
        finally:
            connection.close()

    def drop_databases(self, pattern: str) -> None:
        """Drops every database whose name matches the LIKE pattern (what killed test runs left)."""
        connection = self.connect("postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT quote_ident(datname) FROM pg_database WHERE datname LIKE %s", [pattern]
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        finally:
            connection.close()


class Valkey:
    """One Valkey server; ``name`` names its data folder under ``home`` and its socket."""

    def __init__(
        self,
        *,
        home: Path,
        sockets: Path,
        log: Path,
        program: Path,
        account: Account | None,
        name: str = "valkey",
    ) -> None:
        self.log, self.program, self.account = log, program, account
        self.data = home / name
        self.socket = sockets / f"{name}.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for redis-py; the settings derive Celery's from it."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        """Starts the server; an unreadable dump is put aside (the portal finds lost work again by its
        sweeps).
        """
        places.own_folder(self.data, self.account)
        try:
            self._start()
        except ServerError:
            dump = self.data / "dump.rdb"
            if not dump.exists():
                raise
            places.say(f"Valkey: it does not start with {dump}; the file is put aside as dump.rdb.unreadable")
            dump.replace(dump.with_suffix(".rdb.unreadable"))
            self._start()

    def _start(self) -> None:
        self.socket.unlink(missing_ok=True)
        settings = {"port": "0", "unixsocket": self.socket, "unixsocketperm": "700", "dir": "."}
        settings |= {"appendonly": "no", "save": "60 1", "daemonize": "no", "maxmemory-policy": "noeviction"}
        words = [word for name, value in settings.items() for word in (f"--{name}", *str(value).split(" "))]
        self.process = spawn([self.program, *words], log=self.log, account=self.account, cwd=self.data)
        wait_for(self._answers, self.process, "Valkey", self.log)

    def stop(self) -> None:
        """Stops the server; it saves what it holds."""
        if self.process:
            stop(self.process, (signal.SIGTERM, 10))
            self.process = None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
            except OSError:
                return False


def wait_for(answers: Callable[[], bool], process: subprocess.Popen[bytes], name: str, log: Path) -> None:
    """Waits until the server answers. Raises ServerError when it ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    pause = 0.02
    while not answers():
        if process.poll() is not None:
            raise ServerError(f"{name} does not start. The end of {log}:\n{tail(log)}")
        if time.monotonic() > deadline:
            stop(process, (signal.SIGTERM, 5))
            raise ServerError(
                f"{name} did not answer within {START_SECONDS:.0f} s. The end of {log}:\n{tail(log)}"
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)
