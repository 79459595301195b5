"""Two cards side by side, as the merge page shows and reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ecett.core import languages
from ecett.core.components.formats import day, money
from hosts.enums import HostStatus
from hosts.forms import reader
from hosts.logistics import ITEMS
from hosts.merging import BOTH, MERGED_FIELDS, OTHER, QUESTIONS, THIS, Question, answered, differ, proposed
from hosts.models import Host
from hosts.terms import terms
from hosts.views.lists import country_name, value_label
from hosts.wording import say_terms

_EMPTY = "–"
_BEFORE = dt.date.min


@dataclass(frozen=True)
class Compared:
    """One question of the merge, what each card says, and the answer chosen (or proposed)."""

    question: Question
    label: str
    ours: str
    theirs: str
    differs: bool
    answer: str
    fields: Mapping[str, Any]

    @property
    def key(self) -> str:
        return f"take-{self.question.name}"


def compared(stays: Host, goes: Host, *, chosen: Mapping[str, Any]) -> list[Compared]:
    """Every question with both sides. ``chosen``: answers of a form, by ``take-NAME``; what is missing or none of the
    possible answers is proposed.
    """
    ours, theirs = _values(stays), _values(goes)
    fresher = (goes.last_confirmed_on or _BEFORE) > (stays.last_confirmed_on or _BEFORE)
    found = []
    for question in QUESTIONS:
        differs = differ(question, ours, theirs)
        answer = proposed(question, ours, theirs, theirs_is_fresher=fresher) if differs else THIS
        asked = str(chosen.get(f"take-{question.name}", ""))
        if differs and (asked in (THIS, OTHER) or (asked == BOTH and question.may_be_both)):
            answer = asked
        found.append(
            Compared(
                question=question,
                label=_label(question),
                ours=_shown(question, stays),
                theirs=_shown(question, goes),
                differs=differs,
                answer=answer,
                fields=answered(question, answer, ours, theirs),
            )
        )
    return found


def read_answers(rows: list[Compared]) -> dict[str, Any]:
    """The fields that the merged card gets."""
    return {name: value for row in rows if row.differs for name, value in row.fields.items()}


def keeper(one: Host, other: Host, moving: Mapping[int, Mapping[Any, int]]) -> Host:
    """The card that had better stay: a partner before others, a public one, the one on which most hangs, the one
    confirmed last, the older one.
    """

    def worth(host: Host) -> tuple[Any, ...]:
        return (
            host.status == HostStatus.PARTNER,
            host.moderation == "published",
            sum(moving.get(host.pk, {}).values()),
            host.last_confirmed_on or _BEFORE,
            -host.pk,
        )

    return max((one, other), key=worth)


def _values(host: Host) -> dict[str, Any]:
    return {name: getattr(host, name) for name in MERGED_FIELDS} | {"country": str(host.country)}


def _label(question: Question) -> str:
    together = {
        "place": _("Country and town"),
        "address": _("Address"),
        "map": _("Place on the map"),
        "spokesperson": _("Spokesperson"),
        "target_groups": _("For whom"),
        "sectors": _("Sectors"),
    }
    label = together.get(question.name) or str(Host._meta.get_field(question.fields[0]).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _shown(question: Question, host: Host) -> str:
    if question.name in ITEMS:
        return say_terms(*(getattr(host, name) for name in question.fields)) or _EMPTY
    parts = [_text(name, getattr(host, name), host) for name in question.fields]
    return ", ".join(part for part in parts if part) or _EMPTY


def _text(name: str, value: Any, host: Host) -> str:
    if value in (None, "") or value == []:
        return ""
    if name == "country":
        return country_name(str(value))
    if name == "sectors":
        return ", ".join(value_label("sector", sector) for sector in value)
    if name == "target_groups":
        return ", ".join(terms().label(code, reader()) for code in value)
    if name in ("language", "spokesperson_language"):
        return str(languages.name(value))
    if name == "day_price":
        return money(value)
    if name.endswith("_on"):
        return day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "status":
        return str(host.get_status_display())
    return str(value)
