"""Which version of a row somebody saw, and who made the one there is now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from ecett.core.workflow import StaleTransition

M = TypeVar("M", bound=Model)


def version(obj: Any) -> str:
    """When a row was last changed, as a form may carry it."""
    return str(obj.changed_at.isoformat())


def change_fields(row: M, fields: Mapping[str, Any], *, seen: str = "") -> M:
    """For a service, inside its transaction: read a row again under a lock, change its fields and save it. Raises
    `StaleTransition` when it is another `version` than the person saw.
    """
    rows: QuerySet[M] = type(row)._default_manager.select_for_update(of=("self",))
    fresh = rows.get(pk=row.pk)
    if seen and version(fresh) != seen:
        raise StaleTransition(_("Somebody changed this card in the meantime. Please look again."))
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save()
    return fresh


def last_editor(obj: Any, *, reader: Any) -> str:
    """Who changed an object last, by its history; of the reader herself: in another window. Empty for somebody
    without an account.
    """
    event = obj.events.select_related("pgh_context").order_by("-pgh_id").first()
    context = getattr(event, "pgh_context", None)
    pk = (context.metadata or {}).get("user") if context else None
    if pk is None:
        return ""
    if pk == reader.pk:
        return _("you, in another window")
    person = get_user_model().objects.filter(pk=pk).first()
    return person.get_full_name() if person else ""
