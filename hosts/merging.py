"""What a merged card says, field by field. Pure: no Django.

Fields that only make sense together (both coordinates, a person and her address) are one question. A question is
answered by ``this`` (the card that stays), ``other`` or, for texts and lists, ``both``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hosts.logistics import ITEMS

THIS, OTHER, BOTH = "this", "other", "both"
STATUSES = ("inactive", "potential", "partner")


@dataclass(frozen=True)
class Question:
    """Fields chosen together. ``kind``: fact, text (may be joined), list (united), latest (of two dates)."""

    name: str
    fields: tuple[str, ...]
    kind: str = "fact"

    @property
    def may_be_both(self) -> bool:
        return self.kind in ("text", "list")


QUESTIONS = (
    Question("name", ("name",)),
    Question("place", ("country", "city")),
    Question("address", ("address", "postcode")),
    Question("map", ("latitude", "longitude")),
    Question("website", ("website",)),
    Question("organisation", ("organisation",)),
    Question("status", ("status",)),
    Question("sectors", ("sectors",), "list"),
    Question("target_groups", ("target_groups",), "list"),
    Question("language", ("language",)),
    Question("summary", ("summary",), "text"),
    Question("expertise", ("expertise",), "text"),
    Question("learning", ("learning",), "text"),
    Question("programme", ("programme",), "text"),
    Question("capacity", ("capacity",)),
    Question("step_free", ("step_free",)),
    *(Question(item, (item, f"{item}_price", f"{item}_unit", f"{item}_note")) for item in ITEMS),
    Question("day_price", ("day_price",)),
    Question(
        "spokesperson",
        ("spokesperson_name", "spokesperson_email", "spokesperson_phone", "spokesperson_language"),
    ),
    Question("charter_accepted_on", ("charter_accepted_on",), "latest"),
    Question("last_confirmed_on", ("last_confirmed_on",), "latest"),
    Question("source_note", ("source_note",)),
)
MERGED_FIELDS = tuple(name for question in QUESTIONS for name in question.fields)
# What each card keeps for itself: who it is, where it came from, its states, what is computed.
OWN_FIELDS = frozenset(
    {
        "id", "public_id", "created_at", "changed_at", "sort_name", "moderation", "merged_into", "created_by",
        "source", "source_key", "is_demo", "asked_count", "replied_count", "median_reply_days", "search", "marks",
        "mentions",
        "stay_count", "cancelled_by_host", "cancelled_by_trainee", "silent_from",
    }
)  # fmt: skip

Values = Mapping[str, Any]


def differ(question: Question, ours: Values, theirs: Values) -> bool:
    """Whether there is anything to choose: the other card says something, and something else."""
    return _said(question, theirs) and any(
        _plain(question, theirs[name]) not in (_plain(question, ours[name]), *_empty(question))
        for name in question.fields
    )


def proposed(question: Question, ours: Values, theirs: Values, *, theirs_is_fresher: bool) -> str:
    """The sensible answer: what only one of them says; of dates the later; of texts the fuller one, of lists both;
    of facts those of the card that was confirmed last.
    """
    if not _said(question, theirs):
        return THIS
    if not _said(question, ours):
        return OTHER
    (first, *_rest) = question.fields
    if question.kind == "list":
        return BOTH
    if question.kind == "latest":
        return OTHER if theirs[first] > ours[first] else THIS
    if question.kind == "text":
        return OTHER if len(theirs[first]) > len(ours[first]) else THIS
    if question.name == "status":
        return OTHER if STATUSES.index(theirs[first]) > STATUSES.index(ours[first]) else THIS
    return OTHER if theirs_is_fresher else THIS


def missing(ours: Values, theirs: Values) -> dict[str, Any]:
    """What only the other card says: the fields of each question that this one leaves empty."""
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        if _said(question, theirs) and not _said(question, ours):
            found |= answered(question, OTHER, ours, theirs)
    return found


def answered(question: Question, answer: str, ours: Values, theirs: Values) -> dict[str, Any]:
    """The fields as the answer makes them. Raises ValueError for an answer that is none."""
    if answer == BOTH and question.may_be_both:
        (name,) = question.fields
        return {name: _united(ours[name], theirs[name])}
    if answer not in (THIS, OTHER):
        raise ValueError(f"{answer} is no answer to {question.name}")
    chosen = ours if answer == THIS else theirs
    return {name: chosen[name] for name in question.fields}


def _united(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, str):
        if theirs.strip() in ours:
            return ours
        return theirs if ours.strip() in theirs else f"{ours.rstrip()}\n\n{theirs.lstrip()}"
    return list(dict.fromkeys([*ours, *theirs]))


def _said(question: Question, values: Values) -> bool:
    return any(values[name] not in (None, "") and values[name] != [] for name in question.fields)


def _empty(question: Question) -> tuple[Any, ...]:
    """What says nothing. A fact of several fields may lack one."""
    return () if len(question.fields) > 1 else (None, "", ())


def _plain(question: Question, value: Any) -> Any:
    return tuple(sorted(value)) if isinstance(value, list | tuple) else value
