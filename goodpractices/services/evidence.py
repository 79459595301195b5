"""The stored evidence level, counted again whenever a record behind it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Case, IntegerField, Value, When

from ecett.accounts.models import Membership
from ecett.core.imports.engine import batched
from ecett.core.search import sort_key
from goodpractices.enums import PracticeKind
from goodpractices.evidence import Attempt, Evidence, weigh
from goodpractices.models import Adoption, GoodPractice, PracticeAuthor

BATCH = 2000


def evidence_of(practices: Collection[GoodPractice]) -> dict[int, Evidence]:
    """{practice: its evidence}; as many questions for many practices as for one."""
    ids = [practice.pk for practice in practices]
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for adoption in Adoption.objects.open_to_all().filter(practice__in=ids).select_related("innovation"):
        attempts[adoption.practice_id].append(as_attempt(adoption))
    authors: dict[int, list[int]] = defaultdict(list)
    for practice_id, user_id in PracticeAuthor.objects.filter(practice__in=ids).values_list(
        "practice", "user"
    ):
        authors[user_id].append(practice_id)
    own: dict[int, set[str]] = defaultdict(set)
    # An employer of former times is still the author's own house.
    homes = Membership.objects.filter(user__in=list(authors)).exclude(organisation=None)
    for membership in homes.select_related("organisation"):
        house = membership.organisation
        assert house is not None
        for practice_id in authors[membership.user_id]:
            own[practice_id].add(f"{house.country} {sort_key(house.name)}")
    return {
        practice.pk: weigh(
            attempts[practice.pk],
            own={*own[practice.pk], f"{practice.country} {sort_key(practice.host_name)}"},
            seen=practice.kind == PracticeKind.TRAINEE,
        )
        for practice in practices
    }


def as_attempt(adoption: Adoption) -> Attempt:
    """A report as the pure module counts it."""
    return Attempt(
        place=adoption.place,
        outcome=adoption.outcome,  # type: ignore[arg-type]
        measured=adoption.measured,
        innovation=hasattr(adoption, "innovation"),
    )


def count_evidence(ids: Iterable[int] | None = None) -> None:
    """Write the level of these practices (None: all) as it is now, with one UPDATE a batch."""
    rows = GoodPractice.objects.only("kind", "country", "host_name", "evidence_level")
    if ids is None:
        for batch in batched(rows.order_by("pk").iterator(chunk_size=BATCH), BATCH):
            _count(batch)
        return
    for some in batched(ids, BATCH):
        _count(list(rows.filter(pk__in=some)))


def _count(practices: Collection[GoodPractice]) -> None:
    found = evidence_of(practices)
    changed: dict[int, list[int]] = {}
    for practice in practices:
        level = found[practice.pk].level
        if level != practice.evidence_level:
            changed.setdefault(level, []).append(practice.pk)
    if changed:
        whens = [When(pk__in=pks, then=Value(level)) for level, pks in changed.items()]
        every = [pk for pks in changed.values() for pk in pks]
        GoodPractice.objects.filter(pk__in=every).update(
            evidence_level=Case(*whens, output_field=IntegerField())
        )
