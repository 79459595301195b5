"""`manage.py up`: from a checkout to a running portal, and down again without a trace of processes."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from ecett.runtime import catalogues, places, system
from ecett.runtime.processes import spawn, stop, tail
from ecett.runtime.servers import Running, up_servers, use_embedded_defaults

READY_SECONDS = 120.0
# A process that ends more often than this within a minute is not started again.
RESTARTS_A_MINUTE = 3
PORTS_TRIED = 50
WEB_OPTIONS = (
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120"),
    *("--graceful-timeout", "10", "--no-control-socket", "--name", "ecett"),
)


class UpError(Exception):
    """The portal cannot start or go on; the text says why."""


@dataclass
class Service:
    """One process of the portal and how it is stopped."""

    name: str
    start: Callable[[], "subprocess.Popen[bytes]"]
    log: Path
    stop_steps: tuple[tuple[signal.Signals, float], ...]
    process: "subprocess.Popen[bytes] | None" = None
    ended_at: list[float] = field(default_factory=list)

    def ensure_running(self) -> None:
        """Starts the process again when it has ended. Raises UpError when it ends again and again."""
        if self.process and self.process.poll() is None:
            return
        if self.process:
            now = time.monotonic()
            self.ended_at = [moment for moment in self.ended_at if now - moment < 60] + [now]
            if len(self.ended_at) > RESTARTS_A_MINUTE:
                raise UpError(
                    f"The {self.name} ends again and again. The end of {self.log}:\n{tail(self.log)}"
                )
            places.say(f"The {self.name} ended (status {self.process.returncode}); starting it again.")
            # What its own children still hold (a database connection, a task) ends with it.
            stop(self.process)
        self.process = self.start()

    def stop(self) -> None:
        """Stops the process in the agreed steps."""
        if self.process:
            stop(self.process, *self.stop_steps)


def main(argv: list[str]) -> int:
    """Starts the portal and stays until Ctrl-C or SIGTERM; gives the exit status."""
    options = parse(argv[2:])
    started = time.monotonic()
    system.ensure_pango()
    system.enter_sysroot(argv)
    use_embedded_defaults()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        with up_servers() as running:
            print(f"  {'servers':<18}{time.monotonic() - started:6.1f} s", flush=True)
            os.environ.update(running.environment)
            try:
                serve(options, running, started)
            finally:
                # A second Ctrl-C must not tear the orderly end apart.
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
    except UpError as error:
        places.say(str(error))
        return 1
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def parse(words: list[str]) -> argparse.Namespace:
    """The options of `up`."""
    parser = argparse.ArgumentParser(prog="manage.py up", description="Starts the portal on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="first port to try (8000)")
    parser.add_argument("--empty", action="store_true", help="start without demo data")
    parser.add_argument("--scale", type=int, metavar="N", help="so many times the usual demo data")
    return parser.parse_args(words)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Any request to end takes Ctrl-C's way."""
    raise KeyboardInterrupt


def serve(options: argparse.Namespace, running: Running, started: float) -> None:
    """Prepares everything, runs the processes of the portal, and stops them when interrupted."""
    logs = places.make_folder(places.var_dir() / "log")
    with listening_socket(options.port) as listener:
        port = listener.getsockname()[1]
        if port != options.port:
            print(f"  Port {options.port} is taken; using {port}.", flush=True)
        address = f"http://127.0.0.1:{port}/"
        os.environ.setdefault("PORTAL_URL", address)
        accounts = places.var_dir() / "run" / "accounts.txt"
        prepare(options, accounts, logs)
        services = portal_services(listener, logs)
        try:
            for service in services:
                service.ensure_running()
            wait_until_ready(address, services)
            running.announce(address=address)
            print(f"\nReady in {time.monotonic() - started:.0f} s: {address}\n", flush=True)
            if accounts.exists():
                print(accounts.read_text(), flush=True)
            print("Ctrl-C stops everything. Logs: " + str(logs), flush=True)
            watch(services, running)
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
            raise
        finally:
            for service in services:
                with contextlib.suppress(KeyboardInterrupt):
                    service.stop()


@contextlib.contextmanager
def listening_socket(port: int) -> Iterator[socket.socket]:
    """A listening socket on the first free port from ``port`` on. It is handed to the web server, so that
    nobody can take the port in between and no request is refused while the web server starts again.
    """
    for candidate in range(port, min(port + PORTS_TRIED, 65_536)):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", candidate))
            listener.listen(512)
        except PermissionError as error:
            listener.close()
            raise UpError(
                f"Port {candidate} is not ours to use: {error.strerror}. Try --port 8000."
            ) from error
        except OSError:
            listener.close()
            continue
        with listener:
            yield listener
        return
    raise UpError(f"No free port from {port} on.")


def prepare(options: argparse.Namespace, accounts: Path, logs: Path) -> None:
    """Runs both parts of ecett.runtime.prepare side by side and waits for them. Raises UpError."""
    catalogues.compile_all()
    command = [sys.executable, "-m", "ecett.runtime.prepare", "--log", str(logs / "prepare.log")]
    database = ["database", "--accounts", str(accounts)]
    database += ["--empty"] if options.empty else []
    database += ["--scale", str(options.scale)] if options.scale is not None else []
    parts = [spawn([*command, *part], cwd=places.ROOT) for part in (database, ["files"])]
    try:
        while any(part.poll() is None for part in parts):
            if any(part.poll() for part in parts):
                break
            time.sleep(0.05)
        if any(part.poll() != 0 for part in parts):
            raise UpError("The portal could not be prepared; the reason stands above.")
    finally:
        for part in parts:
            stop(part, (signal.SIGINT, 5))


def portal_services(listener: socket.socket, logs: Path) -> list[Service]:
    """Web server, worker and beat, in the order in which they are stopped."""
    bin_dir = Path(sys.executable).parent
    places.make_folder(places.var_dir() / "beat")
    web = [sys.executable, str(bin_dir / "gunicorn"), "ecett.wsgi:application", *WEB_OPTIONS]
    web += ["--bind", f"fd://{listener.fileno()}"]
    worker = [sys.executable, "-m", "ecett.runtime.worker"]
    beat = [
        sys.executable,
        str(bin_dir / "celery"),
        "-A",
        "ecett",
        "beat",
        "--loglevel",
        "INFO",
        "--pidfile",
        "",
    ]

    def starter(
        name: str, command: list[str], death_signal: signal.Signals, pass_fds: tuple[int, ...] = ()
    ) -> Callable[[], "subprocess.Popen[bytes]"]:
        return lambda: spawn(
            command, log=logs / f"{name}.log", death_signal=death_signal, cwd=places.ROOT, pass_fds=pass_fds
        )

    # SIGQUIT tells Celery to drop what it does: the broker gives unfinished tasks out again. When `up` itself
    # has died the broker is gone as well, and Celery would wait for it: then there is nothing left to do
    # gently.
    gently = ((signal.SIGTERM, 15.0), (signal.SIGQUIT, 5.0))
    return [
        Service(
            "web server", starter("web", web, signal.SIGTERM, (listener.fileno(),)), logs / "web.log", gently
        ),
        Service("worker", starter("worker", worker, signal.SIGKILL), logs / "worker.log", gently),
        Service("beat", starter("beat", beat, signal.SIGKILL), logs / "beat.log", gently),
    ]


def wait_until_ready(address: str, services: list[Service]) -> None:
    """Waits until /health/ready answers 200. Raises UpError after READY_SECONDS or when a process keeps
    ending.
    """
    deadline = time.monotonic() + READY_SECONDS
    last = "no answer"
    # Our own address: a proxy of the environment has no business here.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        for service in services:
            service.ensure_running()
        try:
            with opener.open(f"{address}health/ready", timeout=20) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            last = f"{error.code} {error.read()[:500].decode(errors='replace')}"
        except OSError as error:
            last = str(error)
        time.sleep(0.2)
    web = services[0]
    raise UpError(f"The portal does not get ready: {last}\nThe end of {web.log}:\n{tail(web.log)}")


def watch(services: list[Service], running: Running) -> None:
    """Starts again whatever ends, until interrupted. Raises UpError when that does not help."""
    servers = [server for server in (running.postgres, running.valkey) if server]
    restarts: list[float] = []
    while True:
        time.sleep(0.5)
        for server in servers:
            if server.process and server.process.poll() is not None:
                now = time.monotonic()
                restarts = [moment for moment in restarts if now - moment < 60] + [now]
                name = type(server).__name__
                if len(restarts) > RESTARTS_A_MINUTE:
                    raise UpError(
                        f"{name} ends again and again. The end of {server.log}:\n{tail(server.log)}"
                    )
                places.say(f"{name} ended (status {server.process.returncode}); starting it again.")
                server.start()
        for service in services:
            service.ensure_running()
