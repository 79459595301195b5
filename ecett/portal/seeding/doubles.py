"""Teams that somebody has written a second card of, as visitors do: without accents, in our alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anyascii import anyascii

from ecett.portal.demo import DemoHost
from ecett.portal.seeding.hosts import make_hosts
from hosts.enums import HostStatus
from hosts.services.duplicates import record_alike

# Of the first partner in each of these countries.
COUNTRIES = ("GR", "BE")


def make_doubles(drafts: Sequence[DemoHost]) -> None:
    """Second cards, and the pairs that the desk finds on its list."""
    partners = [draft for draft in drafts if draft.status == HostStatus.PARTNER]
    first = {draft.country: draft for draft in reversed(partners)}
    for host in make_hosts([_again(first[country]) for country in COUNTRIES if country in first]):
        record_alike(host=host)


def _again(draft: DemoHost) -> DemoHost:
    return replace(
        draft,
        name=anyascii(draft.name).strip(),
        status=HostStatus.POTENTIAL,
        text_lang="en",
        summary=f"I met their team at a conference. They work in {draft.city} and receive colleagues.",
        expertise="",
        learn="",
        programme="",
        charter_days_ago=None,
        confirmed_days_ago=None,
        replies=replace(draft.replies, asked=0, answered=0, median_days=None),
    )
