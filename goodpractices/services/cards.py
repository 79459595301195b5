"""Writing good practices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from ecett.core import clock
from ecett.core.versions import change_fields
from ecett.core.workflow import perform
from goodpractices.enums import AuthorRole
from goodpractices.models import ClearedMark, GoodPractice, PracticeAuthor
from goodpractices.services.evidence import count_evidence
from goodpractices.services.indexing import index_practices
from hosts.services import find_concepts

# Concepts of a practice, given by their codes.
RELATED = ("concepts", "competences")


@transaction.atomic
def create_practice(*, author: Any, joint_authors: Iterable[Any] = (), **fields: Any) -> GoodPractice:
    """A new practice, a draft of its authors'. ``author`` may be None (imported, or told by a guest).

    ``fields``: those of ``GoodPractice``, and ``concepts`` and ``competences`` as codes. Raises ValueError
    for a
    concept that is not known.
    """
    related = {name: fields.pop(name) for name in RELATED if name in fields}
    practice = GoodPractice(**fields)
    if not practice.host_name and practice.host:
        practice.host_name = practice.host.name
    practice.save()
    authors = [(author, AuthorRole.AUTHOR)] if author is not None else []
    authors += [(person, AuthorRole.JOINT) for person in joint_authors if person != author]
    PracticeAuthor.objects.bulk_create(
        PracticeAuthor(practice=practice, user=person, role=role) for person, role in authors
    )
    _write_related(practice, related)
    count_evidence([practice.pk])
    index_practices([practice.pk])
    return practice


@transaction.atomic
def update_practice(*, practice: GoodPractice, actor: Any, seen: str = "", **fields: Any) -> GoodPractice:
    """Change a practice; concepts that are given replace those that were there.

    ``seen``: the card as the person saw it (`ecett.core.versions.version`); raises `StaleTransition` when it has
    changed since.
    """
    related = {name: fields.pop(name) for name in RELATED if name in fields}
    fresh = change_fields(practice, fields, seen=seen)
    _write_related(fresh, related)
    count_evidence([fresh.pk])
    index_practices([fresh.pk])
    return fresh


def clear_marks(*, practice: GoodPractice, actor: Any, marks: Iterable[tuple[str, str]]) -> None:
    """Keep that these words, given as (kind, words), are not about a client, as the author says."""
    rows = (ClearedMark(practice=practice, kind=kind, text=text, user=actor) for kind, text in marks)
    ClearedMark.objects.bulk_create(rows, ignore_conflicts=True)


def submit_practice(*, practice: GoodPractice, actor: Any) -> GoodPractice:
    """Send it to the desk. Raises what `perform` raises: Blocked says what is missing."""
    return perform(practice, "submit", actor=actor)


def pass_on_practice(*, practice: GoodPractice, actor: Any) -> GoodPractice:
    """The desk finds it clear and anonymous: an expert reads it next. Raises what `perform` raises."""
    return perform(practice, "pass_on", actor=actor)


def publish_practice(*, practice: GoodPractice, actor: Any, comment: str = "") -> GoodPractice:
    """An expert shows it to everybody, from now on. Raises what `perform` raises."""
    return perform(practice, "publish", actor=actor, comment=comment, at=clock.now())


def _write_related(practice: GoodPractice, related: Mapping[str, Any]) -> None:
    for name in RELATED:
        if name in related:
            getattr(practice, name).set(find_concepts(related[name]))
