"""Searches with filters at three sizes: whether they slow down, how many questions they ask, what a late page costs.

Each size has a database of its own, and every round asks all of them one after the other, so that a busy machine is
busy for each. Kept answers are thrown away before a cold page; warm pages are measured beside.
"""

from __future__ import annotations

import logging
import pickle
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from ecett.portal.bench.database import own_database
from ecett.portal.bench.report import Measure, at_most, middle, no_more, plain

# Hosts and practices at once, twice and a hundred times the size of today.
SIZES = ((1_200, 400), (12_000, 4_000), (120_000, 40_000))
ROUNDS = 3
SLOWER, ABOVE_SQL, LATER = 3.0, 3.0, 1.2
LATE_PAGE = 400
# What people look for, in their languages, with and without filters.
CASES = (
    ("fr", "/hosts/?q=toxicomanie"),
    ("nl", "/hosts/?q=jeugdzorg+Portugal"),
    ("en", "/hosts/?q=homeless+women+harm+reduction&country=ES&country=IT"),
    ("de", "/hosts/?q=Sucht&language=en-B2"),
    ("el", "/hosts/?q=άστεγοι&status=partner"),
    ("cs", "/hosts/?q=závislost+mladí&fresh=year"),
    ("es", "/hosts/?q=reinserción+laboral&sector=social_work&offer=meals"),
    ("pl", "/hosts/?q=uzależnienie+od+alkoholu"),
    ("it", "/hosts/?q=doppia+diagnosi&near=Milano&km=500&sort=distance"),
    ("en", "/hosts/?sector=youth&offer=meals&offer=accommodation"),
    ("en", "/hosts/?expertise=aftercare&country=BE&country=FR&sort=fresh"),
    ("fr", "/hosts/?near=Gand&km=300&sector=addiction"),
    ("en", "/hosts/?from=2027-03-01&to=2027-03-14&people=2&language=fr-B2"),
    ("en", "/hosts/?sort=name&target=young-adults"),
    ("en", "/hosts/"),
    ("fr", "/good-practices/?q=rechute"),
    ("nl", "/good-practices/?q=dakloze+jongeren&country=BE"),
    ("en", "/good-practices/?q=peer+support&sector=psychiatry&language=en"),
    ("it", "/good-practices/?sector=addiction&kind=trainee&sort=title"),
)
# Questions that many cards answer, for the late page.
BROAD = (("fr", "/hosts/?q=toxicomanie"), ("en", "/hosts/?sector=youth"), ("en", "/hosts/?sort=name"))


@dataclass(frozen=True)
class Times:
    """What one page took, in ms, and how many questions it asked."""

    cold: float
    warm: float
    questions: int


def run(file: str | None = None) -> list[Measure]:
    """Everything of the benchmark `search`; ``file`` is not used."""
    with ExitStack() as stack:
        names = {}
        for size in SIZES:
            url = stack.enter_context(own_database(f"search_{size[0]}"))["DATABASE_URL"]
            names[size] = PurePosixPath(urlsplit(url).path).name
        try:
            return _measured(names)
        finally:
            _leave()


def _measured(names: dict[tuple[int, int], str]) -> list[Measure]:
    from ecett.core.towns import towns_named
    from ecett.portal.bench.filling import fill
    from goodpractices.models import GoodPractice
    from hosts.models import Host
    from hosts.services import count_terms

    built: dict[tuple[int, int], float] = {}
    for size, name in names.items():
        with _in(name):
            print(f"{size[0]:,} hosts, {size[1]:,} practices ...", file=sys.stderr)
            fill(*size)
            count_terms(Host, force=True)
            count_terms(GoodPractice, force=True)
            built[size] = _built()
    towns_named("Gent")
    logging.disable(logging.INFO)
    taken: dict[tuple[int, int], list[dict[int, Times]]] = defaultdict(list)
    late: dict[tuple[int, int], list[float]] = defaultdict(list)
    above: dict[tuple[int, int], list[float]] = defaultdict(list)
    changed: dict[tuple[int, int], list[float]] = defaultdict(list)
    for number in range(ROUNDS + 1):
        for size, name in names.items():
            with _in(name):
                pages = {at: _page(*case) for at, case in enumerate(CASES)}
                later = [_late(*case) for case in BROAD]
                search = [_above_sql(*case) for case in CASES]
                after = _after_change()
            if number:  # the first round only warms
                taken[size].append(pages)
                late[size] += later
                above[size].append(
                    middle(own for own, _bare in search) / middle(bare for _own, bare in search)
                )
                changed[size].append(after)
    return _said(taken, late, above, changed, built)


def _said(taken: Any, late: Any, above: Any, changed: Any, built: Any) -> list[Measure]:
    least, _ten, most = SIZES
    cold = {
        size: middle(one.cold for pages in rounds for one in pages.values()) for size, rounds in taken.items()
    }
    warm = {
        size: middle(one.warm for pages in rounds for one in pages.values()) for size, rounds in taken.items()
    }
    case = {
        size: [middle(pages[at].cold for pages in rounds) for at in range(len(CASES))]
        for size, rounds in taken.items()
    }
    asked = {size: [rounds[-1][at].questions for at in range(len(CASES))] for size, rounds in taken.items()}
    measures = []
    for size in SIZES[1:]:
        mark = f"{size[0]:,} hosts beside {least[0]:,}"
        measures.append(no_more(f"page, cold, {mark}", cold[size], "ms", cold[least], times=SLOWER))
        measures.append(plain(f"page, warm, {mark}", warm[size], "ms"))
    slowest = max(range(len(CASES)), key=lambda at: case[most][at] / case[least][at])
    worst = (case[most][slowest], case[least][slowest])
    measures.append(
        Measure(
            f"page that slows down most: {CASES[slowest][1]}", worst[0], "ms", worst[1], worst[0] / worst[1]
        )
    )
    more = max(after - before for before, after in zip(asked[least], asked[most], strict=True))
    measures.append(at_most("questions of a page more than with few cards", more, "questions", 0))
    measures.append(plain("questions of a page at most", max(asked[most]), "questions"))
    for size in SIZES:
        ratio = middle(above[size])
        mark = f"{size[0]:,} hosts"
        measures.append(
            Measure(
                f"search beside its bare SQL, {mark}", ratio, "times", 1.0, ratio, f"at most {ABOVE_SQL:g} times it",
                ratio <= ABOVE_SQL,
            )
        )  # fmt: skip
        measures.append(plain(f"page after a card has changed, {mark}", middle(changed[size]), "ms"))
        measures.append(plain(f"reading all cards once, {mark}", built[size], "ms"))
    ratio = middle(late[most])
    measures.append(
        Measure(
            f"page {LATE_PAGE} beside the first, {most[0]:,} hosts", ratio, "times", 1.0, ratio,
            f"at most {LATER:g} times it", ratio <= LATER,
        )
    )  # fmt: skip
    measures.append(plain(f"index kept in a process, {most[0]:,} hosts", _kept_megabytes(), "MB"))
    return measures


# ── One page
def _page(language: str, address: str) -> Times:
    from django.core.cache import cache

    cache.clear()
    cold, questions = _asked(language, address)
    warm, _questions = _asked(language, address)
    return Times(cold, warm, questions)


def _asked(language: str, address: str) -> tuple[float, int]:
    """(ms, questions to the database) of one page through the whole view."""
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": language})
    count = 0

    def counting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        started = time.perf_counter()
        answer = client.get(quote(address, safe="/?=&+"))
        taken = 1000 * (time.perf_counter() - started)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return taken, count


def _late(language: str, address: str) -> float:
    """How many times as long as the first page a late one takes, both cold."""
    from django.core.cache import cache

    cache.clear()
    first, _questions = _asked(language, address)
    cache.clear()
    late, _questions = _asked(language, f"{address}&page={LATE_PAGE}")
    return late / first


def _above_sql(language: str, address: str) -> tuple[float, float]:
    """(ms of a search without its page, ms of the statements it sends and nothing else)"""
    from django.core.cache import cache
    from django.db import connection

    from goodpractices.selectors import practice_page, read_practice_filter
    from hosts.selectors import host_page, read_filter

    values = parse_qs(urlsplit(address).query)
    statements: list[tuple[str, Any]] = []

    def noting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    def search() -> None:
        if address.startswith("/hosts/"):
            host_page(read_filter(values), language=language)
        else:
            practice_page(read_practice_filter(values), language=language)

    cache.clear()
    with connection.execute_wrapper(noting):
        search()
    cache.clear()
    started = time.perf_counter()
    search()
    own = 1000 * (time.perf_counter() - started)
    with connection.cursor() as cursor:
        bare = cursor.cursor
        started = time.perf_counter()
        for sql, params in statements:
            bare.execute(sql, params)
            if bare.description:
                bare.fetchall()
        taken = 1000 * (time.perf_counter() - started)
    return own, taken


def _after_change() -> float:
    """ms of a page of hosts right after somebody has changed a card."""
    from ecett.core import clock
    from hosts.models import Host

    host = Host.objects.order_by("pk").first()
    assert host is not None
    Host.objects.filter(pk=host.pk).update(changed_at=clock.now())
    return _asked("en", "/hosts/?sector=youth&offer=meals")[0]


def _built() -> float:
    """ms of reading all hosts for the first time, with their orders."""
    from hosts.selectors.cardindex import card_index, forget
    from hosts.selectors.sources import host_source

    forget()
    started = time.perf_counter()
    index = card_index(host_source())
    for name in index.source.orders:
        index.order(name)
    return 1000 * (time.perf_counter() - started)


def _kept_megabytes() -> float:
    from hosts.selectors.cardindex import held

    return max((len(pickle.dumps(index.facets)) / 1e6 for index in held()), default=0.0)


@contextmanager
def _in(name: str) -> Iterator[None]:
    """Ask another database of the same server."""
    from django.db import connection

    _leave()
    connection.settings_dict["NAME"] = name
    yield


def _leave() -> None:
    from django.db import connection

    connection.close()
