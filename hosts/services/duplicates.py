"""Pairs of cards that may be the same, written down for the desk; and what people said of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction

from ecett.core import clock
from ecett.core.actors import Actor
from ecett.core.dispatch import send_task_on_commit
from ecett.core.workflow import perform
from hosts.duplicates import LIKELY, Likeness, compare, prepare
from hosts.models import DuplicatePair, DuplicateSearch, Host
from hosts.models.duplicate import PairState, SearchState
from hosts.pairing import Pair, Progress, find_pairs
from hosts.selectors.duplicates import alike, all_facts, facts_of
from hosts.services.cards import create_host

log = structlog.get_logger(__name__)
TASK = "hosts.tasks.search_duplicates"
# A run that has told nothing for so long has lost its worker; another may be asked for.
SECONDS_OF_SILENCE = 300
MOST_RECORDED = 5


@transaction.atomic
def ask_search(*, actor: Any) -> DuplicateSearch:
    """Let the worker look through all cards; the run that is on its way when there is one."""
    silent_since = clock.now() - timedelta(seconds=SECONDS_OF_SILENCE)
    running = (
        DuplicateSearch.objects.select_for_update()
        .filter(state__in=(SearchState.QUEUED, SearchState.RUNNING), changed_at__gte=silent_since)
        .first()
    )
    if running is not None:
        return running
    search = DuplicateSearch.objects.create(requested_by=Actor.of(actor).user)
    send_task_on_commit(TASK, search.pk)
    return search


def run_search(search_id: int) -> bool:
    """Look through all cards for a run that waits; False when there is none (the task came twice)."""
    mine = DuplicateSearch.objects.filter(pk=search_id, state=SearchState.QUEUED)
    if not mine.update(state=SearchState.RUNNING, changed_at=clock.now()):
        return False
    this = DuplicateSearch.objects.filter(pk=search_id)

    def tell(done: int, total: int) -> None:
        this.update(done=done, total=total, changed_at=clock.now())

    try:
        found, fresh = find_duplicates(progress=tell)
    except Exception:
        log.exception("duplicates_broken", search=search_id)
        this.update(state=SearchState.FAILED, finished_at=clock.now())
        return True
    this.update(state=SearchState.DONE, found=found, fresh=fresh, finished_at=clock.now())
    return True


def find_duplicates(*, progress: Progress | None = None) -> tuple[int, int]:
    """Look through all cards; (pairs found, those not known before). Open pairs that are alike no more go."""
    pairs = find_pairs(all_facts(), progress=progress)
    with transaction.atomic():
        fresh = _write(pairs)
        found = [(int(pair.one.key), int(pair.other.key)) for pair in pairs]
        gone = [
            row.pk
            for row in DuplicatePair.objects.filter(state=PairState.OPEN, score__gte=LIKELY)
            if (row.first_id, row.second_id) not in set(found)
        ]
        DuplicatePair.objects.filter(pk__in=gone, state=PairState.OPEN).delete()
    return len(pairs), fresh


@transaction.atomic
def record_alike(*, host: Host) -> int:
    """Write down for the desk which cards a new one is like; how many."""
    near = alike(facts_of(host), but=[host.pk], least=LIKELY, most=MOST_RECORDED)
    for each in near:
        pair_up(host=host, other=each.host, likeness=each.likeness)
    return len(near)


@transaction.atomic
def create_other_host(*, actor: Any, others: Iterable[Host], **fields: Any) -> Host:
    """A new card whose author has seen ``others`` and says that hers is another team: nobody is asked again.

    See `create_host`.
    """
    host = create_host(actor=actor, **fields)
    keep_apart(host=host, others=others, actor=actor)
    return host


@transaction.atomic
def keep_apart(*, host: Host, others: Iterable[Host], actor: Any) -> None:
    """Say of each of ``others`` that it is another team than ``host``; what is settled already stays so."""
    pairs = [pair_up(host=host, other=other) for other in others]
    tell_apart(pairs=[pair for pair in pairs if pair.state == PairState.OPEN], actor=actor)


@transaction.atomic
def pair_up(*, host: Host, other: Host, likeness: Likeness | None = None) -> DuplicatePair:
    """The row of two cards; a new one is open. Raises ValueError for a card and itself."""
    if host.pk == other.pk:
        raise ValueError("a card is no pair with itself")
    alike_by = likeness or compare(prepare(facts_of(host)), prepare(facts_of(other)))
    first, second = sorted((host, other), key=lambda card: card.pk)
    pair, _made = DuplicatePair.objects.get_or_create(
        first=first, second=second, defaults={"score": alike_by.score, "reasons": _reasons(alike_by)}
    )
    return pair


@transaction.atomic
def tell_apart(*, pairs: Iterable[DuplicatePair], actor: Any, comment: str = "") -> list[DuplicatePair]:
    """Somebody who knows says that these are two teams each. Raises what `perform` raises."""
    return [perform(pair, "tell_apart", actor=actor, comment=comment) for pair in pairs]


def _write(pairs: list[Pair]) -> int:
    known = {
        (row.first_id, row.second_id): row
        for row in DuplicatePair.objects.only("first_id", "second_id", "state", "score", "reasons")
    }
    fresh, changed = [], []
    for pair in pairs:
        ids = (int(pair.one.key), int(pair.other.key))
        row = known.get(ids)
        if row is None:
            fresh.append(
                DuplicatePair(
                    first_id=ids[0],
                    second_id=ids[1],
                    score=pair.likeness.score,
                    reasons=_reasons(pair.likeness),
                )
            )
        elif row.state == PairState.OPEN and row.score != pair.likeness.score:
            row.score, row.reasons = pair.likeness.score, _reasons(pair.likeness)
            changed.append(row)
    DuplicatePair.objects.bulk_create(fresh, batch_size=2_000, ignore_conflicts=True)
    DuplicatePair.objects.bulk_update(changed, ["score", "reasons"], batch_size=500)
    return len(fresh)


def _reasons(likeness: Likeness) -> list[list[str]]:
    return [[reason.kind, reason.detail] for reason in likeness.reasons]
