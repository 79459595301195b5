"""The list of hosts under load, held against a bare list and Django's admin; weight, queries, memory."""

from __future__ import annotations

import gzip
import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urljoin

from ecett.portal.bench.processes import proportional_memory
from ecett.portal.bench.report import Measure, against, at_most, middle, plain
from ecett.runtime.processes import stop
from ecett.runtime.up import portal_services

SIZES = (1200, 15181)
ROUNDS = 3
SECONDS = 4.0
CONCURRENCY = 4
LOAD = Path(__file__).with_name("load.py")
QUERIES, KILOBYTES, REQUESTS = 12, 100, 12


def run(file: str | None = None) -> list[Measure]:
    """Everything of the benchmark `pages`; call it in a process whose settings point at its own database.

    `file`: hosts to import for the larger size instead of invented ones.
    """
    measures: list[Measure] = []
    for size in SIZES:
        count = fill(size, file if size == max(SIZES) else None)
        measures += at_size(count)
    return measures


def fill(size: int, file: str | None) -> int:
    """That many published hosts, and no others; how many there are."""
    from django.core.management import call_command
    from django.db import connection

    from ecett.portal.demo import hosts
    from ecett.portal.seeding.hosts import make_hosts
    from ecett.portal.seeding.run import quiet
    from hosts.models import Host

    call_command("load_reference", verbosity=0, stdout=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE hosts_host CASCADE")
    with quiet():
        if file:
            call_command("import_hosts", file, stdout=sys.stderr)
            Host.objects.update(moderation="published")
        else:
            make_hosts(list(hosts(Random(size), size)))
            Host.objects.update(moderation="published")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Host.objects.count()


def at_size(size: int) -> list[Measure]:
    """The measures with so many hosts in the database."""
    cookie = admin_cookie()
    queries = count_queries("/hosts/")
    with web_server() as (address, pid):
        targets = {
            "list": (f"{address}hosts/", ""),
            "bare": (f"{address}bench/bare/", ""),
            "admin": (f"{address}bench/admin/hosts/host/", cookie),
        }
        for url, cookie_ in targets.values():
            load(url, cookie_, seconds=1.5)
        rounds: dict[str, list[dict[str, float]]] = {name: [] for name in targets}
        for _ in range(ROUNDS):
            for name, (url, cookie_) in targets.items():
                rounds[name].append(load(url, cookie_, seconds=SECONDS))
        weight = first_visit(f"{address}hosts/")
        memory = proportional_memory(pid)
    rate = {
        name: middle(each["requests"] / each["seconds"] for each in found) for name, found in rounds.items()
    }
    failures = sum(each["failures"] for found in rounds.values() for each in found)
    mark = f"{size:,} hosts"
    return [
        against(
            f"list of hosts beside a bare list, {mark}",
            rate["list"],
            "requests/s",
            rate["bare"],
            at_least=0.6,
        ),
        against(
            f"list of hosts beside the admin, {mark}", rate["list"], "requests/s", rate["admin"], at_least=2.0
        ),
        plain(f"slowest of twenty, {mark}", middle(each["p95_ms"] for each in rounds["list"]), "ms"),
        at_most(f"failures, {mark}", failures, "requests", 0),
        at_most(f"queries of the list, {mark}", queries.total(), "queries", QUERIES),
        at_most(f"queries asked twice, {mark}", sum(n > 1 for n in queries.values()), "queries", 0),
        at_most(f"first visit, {mark}", sum(weight.values()) / 1000, "kB compressed", KILOBYTES),
        at_most(f"first visit, {mark}", len(weight), "files", REQUESTS),
        plain(f"memory of a web worker, {mark}", middle(memory), "MB proportional"),
    ]


@contextmanager
def web_server() -> Iterator[tuple[str, int]]:
    """The web server exactly as `up` starts it, on a free port; its address and process id."""
    from django.conf import settings

    logs = Path(settings.VAR_DIR) / "bench"
    logs.mkdir(parents=True, exist_ok=True)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        web = portal_services(listener, logs)[0]
        process = web.start()
        try:
            wait_for(f"{address}health/live", process)
            yield address, process.pid
        finally:
            stop(process, *web.stop_steps)


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until the server answers. Raises RuntimeError when it ends or stays silent."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the web server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer from {url} in {seconds:.0f} s")


def load(url: str, cookie: str, *, seconds: float) -> dict[str, float]:
    """One run of the load generator, a process of its own."""
    command = [sys.executable, "-I", str(LOAD), url, str(seconds), str(CONCURRENCY)]
    done = subprocess.run(
        [*command, *([cookie] if cookie else [])], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def admin_cookie() -> str:
    """The session of a signed-in superuser."""
    from django.conf import settings
    from django.test import Client

    from ecett.accounts.models import User

    user = User.objects.filter(email="bench@demo.example").first()
    user = user or User.objects.create_superuser("bench@demo.example", None)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def count_queries(path: str) -> Counter[str]:
    """The queries of a page for a visitor who comes first, each statement with how often it was asked."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = Client(SERVER_NAME="127.0.0.1").get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return Counter(
        query["sql"]
        for query in captured
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT 1"))
    )


def first_visit(url: str) -> dict[str, int]:
    """Bytes on the wire of a page and everything it names: styles, scripts, pictures and preloaded fonts."""
    weight: dict[str, int] = {}
    page = fetch(url, weight)
    for found in re.findall(r'(?:src|href)="([^"]+\.(?:css|js|svg|woff2|png)[^"]*)"', page):
        address = urljoin(url, found).partition("#")[0]
        if address not in weight:
            fetch(address, weight)
    return weight


def fetch(url: str, weight: dict[str, int]) -> str:
    """Get a file as a browser would and note what it weighed; its text (empty for what is none)."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        url, headers={"Accept-Encoding": "gzip", "Connection": "close"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        body = answer.read()
        weight[url] = len(body)
        packed = answer.headers.get("Content-Encoding") == "gzip"
    body = gzip.decompress(body) if packed else body
    return "" if url.endswith("woff2") else body.decode(errors="replace")
