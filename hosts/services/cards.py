"""Writing host cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from ecett.core.actors import Actor
from ecett.core.versions import change_fields
from ecett.core.workflow import perform
from hosts.models import Concept, Host, HostContact, HostLanguage, HostPeriod
from hosts.services.indexing import index_hosts

# What belongs to a card but stands in tables of its own.
RELATED = ("languages", "periods", "contacts", "concepts")


@transaction.atomic
def create_host(*, actor: Any, **fields: Any) -> Host:
    """A new card, a draft of its author's. ``actor``: a user, or an ``Actor`` (the portal itself has no
    user).

    ``fields``: those of ``Host``; beside them ``languages`` [(code, level)], ``periods`` [(kind, start, end,
    note)], ``contacts`` (fields of ``HostContact``, each a mapping) and ``concepts`` (codes). Raises ValueError for a
    concept that is not known.
    """
    related = {name: fields.pop(name) for name in RELATED if name in fields}
    host = Host(created_by=Actor.of(actor).user, **fields)
    host.save()
    _write_related(host, related)
    index_hosts([host.pk])
    return host


@transaction.atomic
def update_host(*, host: Host, actor: Any, seen: str = "", **fields: Any) -> Host:
    """Change a card. Related rows that are given replace those that were there; see `create_host`.

    ``seen``: the card as the person saw it (`ecett.core.versions.version`); raises `StaleTransition` when it has
    changed since.
    """
    related = {name: fields.pop(name) for name in RELATED if name in fields}
    fresh = change_fields(host, fields, seen=seen)
    _write_related(fresh, related)
    index_hosts([fresh.pk])
    return fresh


def publish_host(*, host: Host, actor: Any, comment: str = "") -> Host:
    """Show the card to everybody. Raises what `perform` raises."""
    return perform(host, "publish", actor=actor, comment=comment)


def find_concepts(codes: Iterable[str]) -> list[Concept]:
    """The concepts of these codes. Raises ValueError that names those not known."""
    wanted = list(dict.fromkeys(codes))
    found = {concept.code: concept for concept in Concept.objects.filter(code__in=wanted)}
    if missing := [code for code in wanted if code not in found]:
        raise ValueError(f"unknown concepts: {', '.join(missing)}")
    return [found[code] for code in wanted]


def _write_related(host: Host, related: Mapping[str, Any]) -> None:
    if "languages" in related:
        host.languages.all().delete()
        best: dict[str, str] = {}
        for language, level in related["languages"]:
            best[language] = max(level, best.get(language, level))
        HostLanguage.objects.bulk_create(
            HostLanguage(host=host, language=language, level=level) for language, level in best.items()
        )
    if "periods" in related:
        host.periods.all().delete()
        HostPeriod.objects.bulk_create(
            HostPeriod(host=host, kind=kind, start=start, end=end, note=note)
            for kind, start, end, note in related["periods"]
        )
    if "contacts" in related:
        host.contacts.all().delete()
        once = {(row["role"], row["name"], row["email"]): row for row in related["contacts"]}
        HostContact.objects.bulk_create(HostContact(host=host, **row) for row in once.values())
    if "concepts" in related:
        host.concepts.set(find_concepts(related["concepts"]))
