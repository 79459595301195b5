"""Which rows an import may find again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q


def with_keys(keys: Iterable[tuple[str, str]], public_ids: Iterable[str]) -> Q:
    """The rows with one of these public ids, or one of these (source, key in that source); empty ones say nothing."""
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for source, key in keys:
        if key:
            by_source[source].append(key)
    wanted = Q(public_id__in=[public_id for public_id in public_ids if public_id])
    for source, values in by_source.items():
        wanted |= Q(source=source, source_key__in=values)
    return wanted
