"""What the pages say about passages that may say who somebody is, and about remarks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from goodpractices.enums import MarkKind
from goodpractices.evidence import CODES, DESCRIBED, KEPT, MEASURED, SEEN, TRIED, Evidence
from goodpractices.passages import CHECKED, Passage

INSTEAD = {
    MarkKind.NAME: _("Write what the person is: “a woman of about thirty”, “a resident”, “the nurse”."),
    MarkKind.BIRTH_DATE: _("Write an age in round figures: “about thirty”, “in her sixties”."),
    MarkKind.PHONE: _("Leave it out: the host’s card says how to reach the place."),
    MarkKind.EMAIL: _("Leave it out: the host’s card says how to reach the place."),
    MarkKind.ADDRESS: _("Write what kind of place it is: “a flat in the town”."),
    MarkKind.ID_NUMBER: _("Leave it out."),
}


# Why a remark was not kept.
ABOUT_WHAT = {
    "empty": _("Please write your remark."),
    "not_there": _("These words do not stand in that part of the card. Please copy them as they are."),
}


# The interview about an innovation.
QUESTIONS = {
    "problem": _("What was the problem at your workplace?"),
    "seen": _("What had you seen elsewhere?"),
    "done": _("What did you do, and who took part?"),
    "hard": _("What was hard?"),
    "advice": _("What would you tell a team that wants to begin?"),
}

# Each level: the badge's shape, its name, and in words what it rests on.
LEVELS = {
    DESCRIBED: ("draft", _("Described")),
    SEEN: ("waiting", _("Seen by a visitor")),
    TRIED: ("half", _("Tried elsewhere")),
    KEPT: ("done", _("Kept by several")),
    MEASURED: ("done", _("Effect measured")),
}


def level_labels() -> dict[str, str]:
    """What the levels are called, by the codes of the filter."""
    return {code: str(LEVELS[level][1]) for level, code in enumerate(CODES)}


# What each answer about a trial means.
MEANS = {
    "trying": _("It is too early to say; come back and tell more."),
    "kept": _("You do it as it is described here."),
    "adapted": _("You do it, with changes of your own: say below which."),
    "dropped": _("You stopped: say why. It counts as much as a success."),
}
OUTCOMES = {"trying": "waiting", "kept": "done", "adapted": "done", "dropped": "declined"}


RESTS_ON = (
    ngettext_lazy("%(n)d other organisation tried it.", "%(n)d other organisations tried it.", "n"),
    ngettext_lazy("%(n)d kept it, as it is or adapted.", "%(n)d kept it, as it is or adapted.", "n"),
    ngettext_lazy("%(n)d dropped it and says why.", "%(n)d dropped it and say why.", "n"),
    ngettext_lazy("%(n)d measured its effect.", "%(n)d measured its effect.", "n"),
    ngettext_lazy("%(n)d innovation came of it.", "%(n)d innovations came of it.", "n"),
)


def reasons_of(evidence: Evidence) -> list[str]:
    """What a level rests on, in words."""
    counted = (evidence.tried, evidence.kept, evidence.dropped, evidence.measured, evidence.innovations)
    return [str(text % {"n": number}) for number, text in zip(counted, RESTS_ON, strict=True) if number]


def lacks_of(evidence: Evidence) -> str:
    """What would lift it to the next level; empty at the highest."""
    for what, number in evidence.lacks[-1:]:
        return str(LACKS[what] % {"n": number})
    return ""


LACKS = {
    "tried": ngettext_lazy(
        "For the next level %(n)d organisation other than the author's tries it and reports.",
        "For the next level %(n)d organisations other than the author's try it and report.",
        "n",
    ),
    "kept": ngettext_lazy(
        "For the next level %(n)d more organisation keeps it.",
        "For the next level %(n)d more organisations keep it.",
        "n",
    ),
    "measured": ngettext_lazy(
        "For the next level %(n)d more organisation measures its effect, or one tells its innovation.",
        "For the next level %(n)d more organisations measure its effect, or one tells its innovation.",
        "n",
    ),
}


def field_labels() -> dict[str, str]:
    """The names of the written fields, as the form has them."""
    from goodpractices.models import GoodPractice

    return {name: str(GoodPractice._meta.get_field(name).verbose_name).capitalize() for name in CHECKED}  # type: ignore[union-attr]


def remark_rows(remarks: Iterable[Any], form: Any = None) -> list[dict[str, Any]]:
    """One row a remark: with the name of the field it is about, and with the form that field."""
    labels = field_labels()
    return [
        {
            "remark": remark,
            "label": labels.get(remark.field, ""),
            "field": form[remark.field] if form is not None and remark.field else None,
        }
        for remark in remarks
    ]


def passage_rows(passages: Iterable[Passage], form: Any, said: Collection[str] = ()) -> list[dict[str, Any]]:
    """One row a passage: the passage, its kind in words, what to write instead, its field and whether it is ticked."""
    return [
        {
            "passage": passage,
            "kind": MarkKind(passage.kind).label,
            "instead": INSTEAD[MarkKind(passage.kind)],
            "field": form[passage.field] if form is not None else None,
            "ticked": passage.code in said,
        }
        for passage in passages
    ]
