"""Parts of a long form: which are filled in, which still need something, which are wrong, and which are open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

import pytest
from django import forms

from ecett.core.sections import Layout, SectionsMixin


class Line(forms.Form):
    speaks = forms.CharField(required=False, max_length=5)


class Toy(SectionsMixin, forms.Form):
    layouts: ClassVar = {
        "who": Layout("Who", ("name", "town"), beside=("unit",)),
        "tongues": Layout("Tongues", ("tongue*-speaks",)),
        "rest": Layout("The rest"),
    }
    name = forms.CharField(label="Name", required=False)
    town = forms.MultipleChoiceField(label="Town", required=False, choices=[("a", "A")])
    unit = forms.IntegerField(required=False)

    def __init__(self, *args: Any, needs: Collection[str] = (), marked: Collection[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.needs, self.marked = needs, marked
        self.rows = [Line(self.data or None, prefix=f"tongue{at}") for at in range(2)]

    def needed(self) -> Collection[str]:
        return self.needs

    def wanted(self) -> Collection[str]:
        return self.marked


def states(form: Toy) -> list[tuple[str, bool]]:
    return [(part.state, part.open) for part in form.sections.values()]


def test_an_empty_form_that_needs_nothing_is_closed() -> None:
    assert states(Toy()) == [("empty", False), ("empty", False), ("", False)]


def test_what_is_needed_is_open_until_it_is_there() -> None:
    needs = ("name", "tongue*-speaks")
    assert states(Toy(needs=needs)) == [("lacking", True), ("lacking", True), ("", False)]
    form = Toy({"name": "Ada", "tongue1-speaks": "en"}, needs=needs)
    assert states(form) == [("begun", False), ("filled", False), ("", False)]
    assert form.sections["who"].answered == 1


def test_blanks_are_no_answer_and_a_part_with_all_answers_is_filled_in() -> None:
    assert states(Toy({"name": "  "}))[0] == ("empty", False)
    assert states(Toy(initial={"name": "Ada", "town": ["a"]}))[0] == ("filled", False)


@pytest.mark.parametrize(
    ("sent", "part"),
    [({"unit": "ten"}, "who"), ({"town": "b"}, "who"), ({"tongue0-speaks": "English"}, "tongues")],
)
def test_a_mistake_opens_its_part_whether_in_a_question_beside_it_or_in_a_line(
    sent: dict[str, str], part: str
) -> None:
    form = Toy(sent)
    assert {key for key, one in form.sections.items() if one.state == "wrong"} == {part}
    assert form.sections[part].open


def test_what_somebody_says_something_about_is_open() -> None:
    assert Toy(marked=("unit",)).sections["who"].open
    assert not Toy(marked=("elsewhere",)).sections["who"].open


def test_a_part_says_what_is_in_it_when_it_asks_several_things() -> None:
    sections = Toy().sections
    assert list(sections["who"].inside) == ["Name", "Town"]
    assert not sections["tongues"].inside
