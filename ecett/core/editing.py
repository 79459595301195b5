"""Two people change the same thing: the second sees what the first one wrote, and nobody's words are lost.

A form carries in a hidden field what it showed when it was opened, as a short digest of each of its parts. When it
comes back, what is stored now is held against that: parts that only others changed stay as they are now, parts that
only she changed are hers, and for parts that both changed she chooses. Nothing is locked while people write;
what nobody saw is never written over, since the service compares the version once more under its lock
(`ecett.core.versions`).

A part is a field, several that make sense together (``form.together``; ``form.say_together(key, values)`` may put such
a part into words), or all rows of one kind (``form.rows``, forms
whose prefixes are a word and a number). Values are compared as a browser sends them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from ecett.core.search import clean

#: What is sent of a part: {name of a control: its values}.
Values = Mapping[str, list[str]]
Choice = Literal["", "mine", "theirs", "both"]
Kind = Literal["fact", "text", "list", "rows"]
SEEN, ASKED = "seen", "asked"
_NUMBERED = re.compile(r"^([a-z_]+)\d+$")


@dataclass(frozen=True)
class Part:
    """A part of a form. ``say`` puts it into words for people, one line a row; text and list may be joined."""

    key: str
    label: str
    values: Values
    say: Callable[[], str] = field(repr=False, compare=False)
    kind: Kind = "fact"

    @property
    def digest(self) -> str:
        """The same for the same words, whoever typed them and wherever the browser broke its lines."""
        plain = [(name, _plain(values, self.kind)) for name, values in sorted(self.values.items())]
        if self.kind == "rows":
            plain = _rows(plain)
        return hashlib.sha256(repr(plain).encode()).hexdigest()[:12]

    @property
    def shown(self) -> str:
        """The part in words; empty when it says nothing."""
        return self.say()

    @property
    def empty(self) -> bool:
        return not any(value.strip() for values in self.values.values() for value in values)


@dataclass(frozen=True)
class Clash:
    """A part that two people have changed, and which version she chooses (nothing yet: "")."""

    mine: Part
    theirs: Part
    choice: Choice = ""

    @property
    def key(self) -> str:
        return self.mine.key

    @property
    def label(self) -> str:
        return self.mine.label

    @property
    def may_be_both(self) -> bool:
        return self.mine.kind in ("text", "list") and not (self.mine.empty or self.theirs.empty)

    @property
    def chosen(self) -> Part | None:
        """The part as she has chosen it; None while she has not."""
        if self.choice == "both":
            return joined(self.theirs, self.mine) if self.may_be_both else None
        return {"mine": self.mine, "theirs": self.theirs}.get(self.choice)


@dataclass(frozen=True)
class Meeting:
    """What came of holding a form against what is stored now.

    ``data``: what she sent, upon what is stored now. ``clashes``: she has to choose first. ``kept``: labels of parts
    that others changed and she did not touch.
    """

    data: QueryDict
    seen: str
    clashes: Sequence[Clash] = ()
    kept: Sequence[str] = ()


def parts_of(form: Any) -> dict[str, Part]:
    """The parts of a form in the order of its fields, with the values it holds: of the object it was opened with, or
    what was sent.
    """
    together = {name: key for key, names in _together(form).items() for name in names}
    found: dict[str, list[str]] = {}
    for name in form.fields:
        found.setdefault(together.get(name, name), []).append(name)
    parts = {key: _field_part(form, key, names) for key, names in found.items()}
    return parts | {key: _rows_part(form, key, rows) for key, rows in _kinds(form).items()}


def seen_of(form: Any) -> str:
    """The hidden field of an opened form: what each part says."""
    return _written(parts_of(form))


def meet(*, now: Mapping[str, Part], data: QueryDict, build: Callable[[QueryDict], Any]) -> Meeting:
    """Hold what was sent against ``now``, the parts of a form opened at this moment; ``build`` makes a form of data.

    A form without the hidden field knows of no version: it is taken as it is.
    """
    if SEEN not in data:
        return Meeting(data, _written(now))
    seen, asked = _read(data.get(SEEN, "")), set(data.getlist(ASKED))
    merged, clashes, kept = data.copy(), [], []
    for key, mine in parts_of(build(data)).items():
        theirs = now.get(key)
        if theirs is None or mine.digest == theirs.digest:
            continue
        moved = seen.get(key) != theirs.digest
        if moved and seen.get(key) == mine.digest:
            replace(merged, theirs)
            kept.append(theirs.label)
        elif moved:
            clashes.append(Clash(mine, theirs))
        elif key in asked:
            clashes.append(Clash(mine, theirs, _choice(data, key)))
    if not all(clash.chosen for clash in clashes):
        return Meeting(merged, _written(now), clashes, kept)
    for clash in clashes:
        if (part := clash.chosen) is not None:
            replace(merged, part)
    return Meeting(merged, _written(now), kept=kept)


def replace(data: QueryDict, part: Part) -> None:
    """Put the values of a part into what was sent, in place of those that are there."""
    if part.kind == "rows":
        for name in [name for name in data if _kind_of(name.partition("-")[0]) == part.key]:
            del data[name]
    for name, values in part.values.items():
        data.setlist(name, list(values))


def joined(first: Part, second: Part) -> Part:
    """Both texts, one after the other, or all that is in one of two lists."""
    ((name, ours),) = first.values.items()
    theirs = second.values[name]
    if first.kind == "list":
        both = list(dict.fromkeys([*ours, *theirs]))
    else:
        one, other = ours[0].strip(), theirs[0].strip()
        both = [one if other in one else other if one in other else f"{one}\n\n{other}"]
    return Part(first.key, first.label, {name: both}, first.say, first.kind)


# ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _together(form: Any) -> Mapping[str, Sequence[str]]:
    return getattr(form, "together", {})


def _label(form: Any, key: str, name: str) -> str:
    label = getattr(form, "part_labels", {}).get(key) or form.fields[name].label
    return str(label)


def _field_part(form: Any, key: str, names: Sequence[str]) -> Part:
    bound = [form[name] for name in names]
    kind: Kind = "fact"
    if len(names) == 1:
        widget = bound[0].field.widget
        several = getattr(widget, "allow_multiple_selected", False)
        kind = "list" if several else "text" if isinstance(widget, forms.Textarea) else "fact"
    values = {each.html_name: sent(each) for each in bound}
    say_together = getattr(form, "say_together", lambda _key, _values: None)

    def say() -> str:
        said = say_together(key, values)
        return _line(bound) if said is None else str(said)

    return Part(key, _label(form, key, names[0]), values, say, kind)


def _kinds(form: Any) -> dict[str, list[Any]]:
    """{word of the prefix: the rows}."""
    kinds: dict[str, list[Any]] = {}
    for row in getattr(form, "rows", ()):
        kinds.setdefault(_kind_of(row.prefix), []).append(row)
    return kinds


def _kind_of(prefix: str) -> str:
    found = _NUMBERED.match(prefix)
    return found.group(1) if found else ""


def _rows_part(form: Any, key: str, rows: Iterable[Any]) -> Part:
    values: dict[str, list[str]] = {}
    said: list[Any] = []
    for row in rows:
        blank = type(row)(prefix=row.prefix)
        mine = {each.html_name: sent(each) for each in row}
        if mine == {each.html_name: sent(each) for each in blank}:
            continue
        values |= mine
        said.append(row)
    label = str(getattr(form, "part_labels", {}).get(key, key))
    return Part(key, label, values, lambda: "\n".join(_line(row) for row in said), "rows")


def _line(bound: Iterable[forms.BoundField]) -> str:
    return ", ".join(filter(None, (_shown(each) for each in bound)))


def sent(bound: forms.BoundField) -> list[str]:
    """What a browser sends for a field as it stands."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        return [str(each) for each in shown]
    return ["" if shown is None else str(shown)]


def _shown(bound: forms.BoundField) -> str:
    """The value for people: the words of choices; a field may say it itself (``say``)."""
    values = [value for value in sent(bound) if value]
    say = getattr(bound.field, "say", None)
    if say is not None:
        return str(say(values))
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _("yes") if values else ""
    choices = getattr(bound.field.widget, "choices", None)
    if choices is None:
        return "".join(values)
    words = {str(value): str(label) for value, label in _flat(choices)}
    return ", ".join(words.get(value, value) for value in values if value != "unknown")


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _plain(values: Sequence[str], kind: str) -> list[str]:
    plain = [clean(value) for value in values]
    return sorted(filter(None, plain)) if kind == "list" else plain


def _rows(plain: Sequence[tuple[str, list[str]]]) -> list[Any]:
    """The rows without their numbers, each once and in one order: an empty line makes no difference."""
    rows: dict[str, list[Any]] = {}
    for name, values in plain:
        prefix, _dash, control = name.partition("-")
        rows.setdefault(prefix, []).append((control, values))
    return [row for row, _same in groupby(sorted(rows.values()))]


def _written(parts: Mapping[str, Part]) -> str:
    return " ".join(f"{key}:{part.digest}" for key, part in parts.items())


def _read(text: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in text[:20_000].split() if ":" in pair)


def _choice(data: QueryDict, key: str) -> Choice:
    value = data.get(f"take-{key}", "")
    return value if value in ("mine", "theirs", "both") else ""  # type: ignore[return-value]
