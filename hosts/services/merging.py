"""Two cards of one team become one, and two again. docs/decisions/0008 says what moves and why.

Every row of any room that points to a card is found through Django's own registry of relations, so that a room
above, or one written later, need not be known here. What stays behind is named below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core import clock
from ecett.core.actors import Actor
from ecett.core.versions import version
from ecett.core.workflow import Blocked, StaleTransition, perform
from hosts.merging import MERGED_FIELDS, QUESTIONS
from hosts.models import DuplicatePair, Host, HostMerge
from hosts.models.duplicate import PairState
from hosts.models.relations import relations
from hosts.services.indexing import index_hosts

COUNTERS = ("asked_count", "replied_count", "stay_count", "cancelled_by_host", "cancelled_by_trainee")
IS_MERGED = gettext_lazy("This card has been merged into another one.")


@dataclass(frozen=True)
class Undone:
    """What an undo did. ``kept``: fields of the survivor that people changed after the merge, and so stay."""

    loser: Host
    survivor: Host
    kept: tuple[str, ...] = ()


@transaction.atomic
def merge_hosts(
    *,
    host: Host,
    into: Host,
    actor: Any,
    comment: str = "",
    fields: Mapping[str, Any] | None = None,
    seen: tuple[str, str] | None = None,
) -> HostMerge:
    """``into`` stays, with ``fields`` (see `hosts.merging`) as they were chosen and all that hung on ``host``;
    the address of ``host`` leads there.

    ``seen``: when the two cards were last changed, as the person saw them (`ecett.core.versions`). Raises
    `StaleTransition` when one of them has changed since or is merged already, ValueError for a card and
    itself, else what `perform` raises.
    """
    if host.pk == into.pk:
        raise ValueError("a card cannot be merged into itself")
    loser, survivor = _locked(host, into)
    if survivor.merged_into_id is not None or loser.merged_into_id is not None:
        raise StaleTransition(IS_MERGED)
    if seen is not None and seen != (version(loser), version(survivor)):
        raise StaleTransition(_("Somebody changed one of the cards in the meantime. Please look again."))
    before = _image(survivor)
    state = loser.moderation
    merged = perform(host, "merge", actor=actor, comment=comment, into=survivor)
    for name, value in (fields or {}).items():
        if name not in MERGED_FIELDS:
            raise ValueError(f"{name} is no field that a merge may choose")
        setattr(survivor, name, value)
    for name in COUNTERS:
        setattr(survivor, name, getattr(survivor, name) + getattr(loser, name))
    survivor.save()
    moved = {name: ids for name, key in relations() if (ids := _move(key, merged, survivor))}
    record = HostMerge.objects.create(
        loser=merged,
        survivor=survivor,
        loser_state=state,
        before=before,
        after=_image(survivor),
        moved=moved,
        merged_by=Actor.of(actor).user,
    )
    _settle_pairs(merged, survivor, actor)
    index_hosts([survivor.pk])
    return record


@transaction.atomic
def undo_merge(*, merge: HostMerge, actor: Any, comment: str = "") -> Undone:
    """Both cards as they were: fields and rows go back, but what people changed on the survivor since stays there.

    Raises `StaleTransition` when it was undone already, `Blocked` while the survivor itself is merged into
    another card, else what `perform` raises.
    """
    merge = HostMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise StaleTransition(_("This merge was undone already."))
    loser, survivor = _locked(merge.loser, merge.survivor)
    if survivor.merged_into_id is not None:
        raise Blocked(_("The card that stayed was merged itself since then: please undo that first."))
    parted = perform(loser, "part", actor=actor, comment=comment, state=merge.loser_state)
    kept = _restore(survivor, merge)
    for name, key in relations():
        if ids := merge.moved.get(name):
            key.model._base_manager.filter(pk__in=ids, **{key.name: survivor}).update(**{key.name: parted})
    merge.undone_at, merge.undone_by = clock.now(), Actor.of(actor).user
    merge.save()
    for pair in _pairs_of(parted, survivor).filter(state=PairState.MERGED):
        perform(pair, "mark_parted", actor=actor)
    index_hosts([parted.pk, survivor.pk])
    return Undone(parted, survivor, kept)


def _locked(one: Host, other: Host) -> tuple[Host, Host]:
    """Both rows under a lock, taken in one order by everybody: two merges cannot wait for each other."""
    rows = {
        row.pk: row
        for row in Host.objects.select_for_update(of=("self",))
        .filter(pk__in=(one.pk, other.pk))
        .order_by("pk")
    }
    return rows[one.pk], rows[other.pk]


def _image(host: Host) -> dict[str, Any]:
    """The fields that a merge may change, as they are kept."""
    found = {}
    for name in (*MERGED_FIELDS, *COUNTERS):
        key = Host._meta.get_field(name)
        value = getattr(host, key.attname)  # type: ignore[union-attr]
        found[name] = str(value) if name == "country" else value
    return found


def _restore(survivor: Host, merge: HostMerge) -> tuple[str, ...]:
    """The survivor's fields of before the merge, but those that people changed since; their names."""
    kept = []
    now = _as_json(_image(survivor))
    for question in QUESTIONS:
        names = [name for name in question.fields if merge.before.get(name) != merge.after.get(name)]
        # A price without its unit, a name with another's address: what is one question goes back as one.
        if any(now[name] != merge.after.get(name) for name in names):
            kept += [name for name in names if now[name] != merge.before.get(name)]
            continue
        for name in names:
            key = Host._meta.get_field(name)
            setattr(survivor, key.attname, key.to_python(merge.before.get(name)))  # type: ignore[union-attr]
    for name in COUNTERS:
        added = merge.after[name] - merge.before[name]
        setattr(survivor, name, max(0, getattr(survivor, name) - added))
    survivor.save()
    return tuple(kept)


def _as_json(image: dict[str, Any]) -> dict[str, Any]:
    """An image as it comes back from the database."""
    return dict(json.loads(json.dumps(image, cls=DjangoJSONEncoder)))


def _move(key: models.ForeignKey[Any, Any], loser: Host, survivor: Host) -> list[Any]:
    """Give the rows that hang on one card to the other; ids of those that went.

    A row that the other card has already (a language, a concept, a period open to visitors) stays: one that says the
    same, or that the database allows once only.
    """
    ids = _unlike(key, loser, survivor)
    if not ids:
        return []
    if _all_moved(key, ids, survivor):
        return ids
    return [pk for pk in ids if _all_moved(key, [pk], survivor)]


def _unlike(key: models.ForeignKey[Any, Any], loser: Host, survivor: Host) -> list[Any]:
    """Ids of the rows of one card that say something else than each row of the other."""
    said = [
        field.attname
        for field in key.model._meta.concrete_fields
        if not field.primary_key and field.attname != key.attname
    ]

    def rows(host: Host) -> dict[Any, str]:
        found = key.model._base_manager.filter(**{key.name: host}).order_by("pk")
        return {pk: repr(values) for pk, *values in found.values_list("pk", *said)}

    known = set(rows(survivor).values())
    return [pk for pk, values in rows(loser).items() if values not in known]


def _all_moved(key: models.ForeignKey[Any, Any], ids: list[Any], survivor: Host) -> bool:
    try:
        with transaction.atomic():
            key.model._base_manager.filter(pk__in=ids).update(**{key.name: survivor})
    except IntegrityError:
        return False
    return True


def _pairs_of(one: Host, other: Host) -> models.QuerySet[DuplicatePair]:
    first, second = sorted((one.pk, other.pk))
    return DuplicatePair.objects.filter(first=first, second=second)


def _settle_pairs(loser: Host, survivor: Host, actor: Any) -> None:
    for pair in _pairs_of(loser, survivor).exclude(state=PairState.MERGED):
        perform(pair, "mark_merged", actor=actor)
