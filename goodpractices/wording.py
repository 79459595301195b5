"""What the pages say about passages that may say who somebody is, and about remarks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from goodpractices.enums import MarkKind
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
