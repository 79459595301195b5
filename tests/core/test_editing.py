"""Two people, one form: whatever both write, nothing that was typed is written over unseen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from ecett.core.editing import Meeting, meet, parts_of, seen_of

COLOURS = ("red", "green", "blue")


class Line(forms.Form):
    word = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("open", "open"), ("closed", "closed")], initial="closed")


class Card(forms.Form):
    """A little card with a part of each kind."""

    together = {"place": ("country", "city")}
    part_labels = {"place": "Place", "line": "Lines"}

    name = forms.CharField(required=False)
    country = forms.CharField(required=False)
    city = forms.CharField(required=False)
    text = forms.CharField(required=False, widget=forms.Textarea)
    colours = forms.MultipleChoiceField(choices=[(each, each) for each in COLOURS], required=False)
    sure = forms.BooleanField(required=False)
    free = forms.NullBooleanField(required=False)
    price = forms.DecimalField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("lines", ())
        self.rows = [
            Line(self.data or None, prefix=f"line{at}", initial=known[at] if at < len(known) else {})
            for at in range(5)
        ]


def sent(stored: dict[str, Any]) -> QueryDict:
    """What a browser sends of a card that was opened and not touched, line breaks as browsers make them."""
    data = QueryDict(mutable=True)
    form = Card(initial=stored)
    data["seen"] = seen_of(form)
    for part in parts_of(form).values():
        for name, values in part.values.items():
            if values:
                data.setlist(name, [value.replace("\n", "\r\n") for value in values])
    for at in range(5):
        data.setdefault(f"line{at}-word", "")
        data.setdefault(f"line{at}-kind", "closed")
    return data


def put(data: QueryDict, **fields: str) -> None:
    """Fill in single fields."""
    for name, value in fields.items():
        data[name] = value


def held(stored: dict[str, Any], data: QueryDict) -> Meeting:
    return meet(now=parts_of(Card(initial=stored)), data=data, build=lambda data: Card(data))


def read(data: QueryDict) -> dict[str, Any]:
    """A card as it is stored from what was sent."""
    form = Card(data)
    assert form.is_valid()
    rows = [row for row in form.rows if row.is_valid()]
    lines = [dict(row.cleaned_data) for row in rows if row.cleaned_data["word"]]
    return {**form.cleaned_data, "text": form.cleaned_data["text"].replace("\r\n", "\n"), "lines": lines}


words = st.sampled_from(["", "a", "b", "two words", "two\nlines"])
cards = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "a", "b"]),
        "country": st.sampled_from(["", "BE"]),
        "city": st.sampled_from(["", "Gent"]),
        "text": words,
        "colours": st.lists(st.sampled_from(COLOURS), unique=True),
        "sure": st.booleans(),
        "free": st.sampled_from([None, True, False]),
        "price": st.none(),
        "lines": st.lists(
            st.fixed_dictionaries(
                {"word": st.sampled_from("xyz"), "kind": st.sampled_from(["open", "closed"])}
            ),
            max_size=3,
            unique_by=lambda line: (line["word"], line["kind"]),
        ),
    }
)


def same(one: dict[str, Any], other: dict[str, Any], name: str) -> bool:
    def plain(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return sorted(str(sorted(each.items())) if isinstance(each, dict) else each for each in value)

    return bool(plain(one[name]) == plain(other[name]))


GROUPS = [("name",), ("country", "city"), ("text",), ("colours",), ("sure",), ("free",), ("lines",)]


@settings(max_examples=25)
@given(cards)
def test_an_untouched_form_changes_nothing(stored: dict[str, Any]) -> None:
    meeting = held(stored, sent(stored))
    assert not meeting.clashes
    assert not meeting.kept
    assert all(same(read(meeting.data), stored, name) for name in stored)


@settings(max_examples=25)
@given(cards, cards, cards)
def test_every_part_is_hers_theirs_or_asked(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """Three versions: a part that one of both changed is that one's; one that both changed differently is asked."""
    data = sent(mine)
    data["seen"] = sent(base)["seen"]
    meeting = held(theirs, data)
    asked = {clash.key for clash in meeting.clashes}
    result = read(meeting.data)
    for names in GROUPS:
        key = {("country", "city"): "place", ("lines",): "line"}.get(names, names[0])
        moved = not all(same(base, theirs, name) for name in names)
        touched = not all(same(base, mine, name) for name in names)
        agree = all(same(mine, theirs, name) for name in names)
        assert (key in asked) == (moved and touched and not agree), key
        expected = mine if touched else theirs
        assert all(same(result, expected, name) for name in names), key


@settings(max_examples=25)
@given(cards, cards, cards, st.sampled_from(["mine", "theirs"]))
def test_the_chosen_version_stands(base: Any, mine: Any, theirs: Any, choice: str) -> None:
    data = sent(mine)
    data["seen"] = sent(base)["seen"]
    first = held(theirs, data)
    again = first.data.copy()
    again["seen"] = first.seen
    for clash in first.clashes:
        again.appendlist("asked", clash.key)
        again[f"take-{clash.key}"] = choice
    second = held(theirs, again)
    assert not second.clashes
    result = read(second.data)
    chosen = {"mine": mine, "theirs": theirs}[choice]
    for clash in first.clashes:
        names = next(
            g for g in GROUPS if clash.key in (g[0], {"country": "place", "lines": "line"}.get(g[0]))
        )
        assert all(same(result, chosen, name) for name in names)


@given(st.text("ab \n", min_size=1), st.text("cd \n", min_size=1))
def test_both_texts_stand_one_after_the_other(mine: str, theirs: str) -> None:
    base, stored = {"text": "before"}, {"text": theirs}
    data = sent(base)
    data["text"] = mine
    first = held(stored, data)
    if not (mine.strip() and theirs.strip()):
        return
    again = first.data.copy()
    put(again, **{"asked": "text", "take-text": "both", "seen": first.seen})
    text = held(stored, again).data["text"]
    assert theirs.strip() in text
    assert mine.strip() in text


def test_what_is_not_chosen_is_asked_again_with_what_was_chosen() -> None:
    data = sent({"name": "a", "text": "a"})
    put(data, name="mine", text="mine")
    first = held({"name": "theirs", "text": "theirs"}, data)
    again = first.data.copy()
    put(again, **{"seen": first.seen, "take-name": "theirs"})
    again.setlist("asked", ["name", "text"])
    second = held({"name": "theirs", "text": "theirs"}, again)
    assert [(clash.key, clash.choice) for clash in second.clashes] == [("name", "theirs"), ("text", "")]
    assert (second.data["name"], second.data["text"]) == ("mine", "mine")


def test_a_third_change_between_is_asked_about_again() -> None:
    data = sent({"name": "a"})
    data["name"] = "mine"
    first = held({"name": "theirs"}, data)
    again = first.data.copy()
    put(again, **{"seen": first.seen, "asked": "name", "take-name": "theirs"})
    assert [clash.theirs.shown for clash in held({"name": "a third"}, again).clashes] == ["a third"]


def test_an_altered_version_asks_rather_than_writes_over() -> None:
    for seen in ("", "rubbish", "name:0", "x" * 100_000, "name: :"):
        data = sent({"name": "a"})
        put(data, name="mine", seen=seen)
        assert [clash.key for clash in held({"name": "theirs"}, data).clashes] == ["name"]
