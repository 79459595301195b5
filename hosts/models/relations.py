"""What hangs on a card: every relation of any room, from Django's own registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pghistory.models
from django.db import models

from hosts.models.check import HostCheck
from hosts.models.duplicate import DuplicatePair, HostMerge
from hosts.models.host import Host, HostLog

# What belongs to the story of a card, not to the team: it stays with the card it was written about.
STAYS = (HostLog, HostMerge, HostCheck, DuplicatePair)


def relations() -> Iterator[tuple[str, models.ForeignKey[Any, Any]]]:
    """(name, foreign key) of every relation to a card whose rows move with a merge, those behind a list
    field (many to many) included.
    """
    for relation in Host._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model, key = relation.related_model, relation.field
        if model is Host or issubclass(model, (*STAYS, pghistory.models.Event)):
            continue
        yield f"{model._meta.label}.{key.name}", key
