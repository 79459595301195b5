"""Good-practice cards of the demonstration, in bulk."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import transaction

from ecett.core.clock import now
from ecett.core.search import sort_key
from ecett.portal.demo import DemoPractice
from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice, PracticeVersion
from goodpractices.passages import CHECKED
from goodpractices.services import index_practices
from hosts.models import Concept, Host

BATCH = 500
# Cards of each unpublished state.
STILL_OPEN = 2
# An author answers the desk after some days.
FIRST_ANSWER = dt.timedelta(days=4)


@transaction.atomic
def make_practices(drafts: Sequence[DemoPractice], hosts: Sequence[Host]) -> list[GoodPractice]:
    """Cards of practices seen at `hosts` (in the order the practices were invented for), found by search."""
    codes = dict(Concept.objects.filter(scheme=Concept.Scheme.ECETT).values_list("code", "pk"))
    moment = now()
    states = _states(drafts)
    cards = GoodPractice.objects.bulk_create(
        [_card(draft, hosts[draft.host], state, moment) for draft, state in zip(drafts, states, strict=True)],
        batch_size=BATCH,
    )
    link = GoodPractice.concepts.through
    link.objects.bulk_create(
        [
            link(goodpractice_id=card.pk, concept_id=codes[code])
            for card, draft in zip(cards, drafts, strict=True)
            for code in dict.fromkeys(draft.concepts)
            if code in codes
        ],
        batch_size=2000,
    )
    PracticeVersion.objects.bulk_create(
        PracticeVersion(
            practice=card,
            number=1,
            language=card.language,
            texts={name: getattr(card, name) for name in CHECKED},
        )
        for card in cards
        if card.state != PracticeState.PUBLISHED
    )
    _sent_twice(next((card for card in cards if card.state == PracticeState.WITH_EXPERT), None))
    index_practices([card.pk for card in cards])
    return cards


def _sent_twice(card: GoodPractice | None) -> None:
    """The first text of a card lacked what the desk then asked for; what its author sent after that is the second."""
    if card is None:
        return
    sent = card.versions.get()
    first = {**sent.texts, "transfer": "", "results": "", "description": _first_sentences(card.description)}
    PracticeVersion.objects.filter(pk=sent.pk).update(number=2, at=now() - FIRST_ANSWER)
    earlier = PracticeVersion.objects.create(
        practice=card, number=1, language=card.language, texts=first, by=None
    )
    PracticeVersion.objects.filter(pk=earlier.pk).update(at=now() - 3 * FIRST_ANSWER)


def _first_sentences(text: str) -> str:
    """All but the last sentence."""
    return text.rstrip(".").rpartition(". ")[0] + "." if ". " in text.rstrip(".") else ""


def _states(drafts: Sequence[DemoPractice]) -> Iterator[str]:
    """The state of each card: a few wait for the desk, for an expert or for their authors, all others are published."""
    waiting: Counter[str] = Counter()
    for draft in drafts:
        waiting[draft.state] += 1
        state, place = draft.state, waiting[draft.state]
        if state == PracticeState.SUBMITTED and STILL_OPEN < place <= 2 * STILL_OPEN:
            yield PracticeState.WITH_EXPERT
        else:
            yield state if place <= STILL_OPEN else PracticeState.PUBLISHED


def _card(draft: DemoPractice, host: Host, state: str, moment: dt.datetime) -> GoodPractice:
    published = state == PracticeState.PUBLISHED
    return GoodPractice(
        title=draft.title,
        sort_title=sort_key(draft.title)[:300],
        kind=draft.kind,
        state=state,
        language=draft.lang,
        country=draft.country,
        city=draft.city,
        host=host,
        host_name=draft.host_name,
        author_name=draft.author.name,
        sectors=list(draft.sectors),
        target_groups=list(draft.target_groups),
        keywords=list(draft.keywords),
        description=draft.description,
        objectives=draft.objectives,
        resources=draft.resources,
        steps=draft.steps,
        results=draft.results,
        transfer=draft.transfer,
        anonymity_declared=draft.anonymity_declared,
        published_at=moment - dt.timedelta(days=draft.days_ago) if published else None,
        is_demo=True,
    )
