"""The whole demonstration, in one transaction: all of it or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from django.db import transaction

from ecett.portal import demo
from ecett.portal.seeding.accounts import ensure_accounts, ensure_places
from ecett.portal.seeding.hosts import make_hosts, make_persona_host
from ecett.portal.seeding.practices import make_practices
from hosts.models import Host

SEED = 2008
HOSTS = 1200
PRACTICES = 400


class AlreadySeeded(Exception):
    """There are data already; demo data are not mixed with others or made twice."""


def nobody(_line: str) -> None:
    """For those who want no progress."""


@transaction.atomic
def seed(*, hosts: int = HOSTS, scale: int = 1, say: Callable[[str], object] = nobody) -> None:
    """Make all demo data, the same content for the same numbers; `say` hears what took how long.

    Raises AlreadySeeded when there are hosts.
    """
    if Host.objects.exists():
        raise AlreadySeeded("There are hosts already: demo data go into a portal without data.")

    @contextmanager
    def part(name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        say(f"{name}: {time.monotonic() - started:.1f} s")

    rng = Random(SEED)
    with part("accounts"):
        ensure_accounts()
        make_persona_host(ensure_places()["host"])
    with part("hosts"):
        drafts = list(demo.hosts(rng, hosts - 1))
        cards = make_hosts(drafts)
    with part("practices"):
        if drafts:
            told = list(demo.practices(rng, PRACTICES * scale, drafts))
            make_practices(told, cards)
