"""Parameters of an address, read strictly: what is not understood is refused by name, never passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ecett.core.api.problems import Problem
from ecett.core.api.records import TEXT, Schema

LONGEST = 200
SHOWN = 60
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
Errors = list[dict[str, Any]]


@dataclass(frozen=True)
class Parameter:
    """One name of an address. ``many``: may be given several times; ``longest``: of a value, in characters."""

    name: str
    about: str | Promise
    schema: Schema = field(default_factory=lambda: TEXT)
    many: bool = False
    longest: int = LONGEST


def values_of(given: QueryDict, parameters: Sequence[Parameter]) -> dict[str, list[str]]:
    """{name: values} of an address. Raises Problem that lists everything wrong with it."""
    if errors := faults_of(given, parameters):
        raise bad_question(errors)
    return {name: list(values) for name, values in given.lists()}


def faults_of(given: QueryDict, parameters: Sequence[Parameter]) -> Errors:
    """What is wrong with an address as far as the parameters themselves say."""
    known = {parameter.name: parameter for parameter in parameters}
    errors: Errors = []
    for name, values in given.lists():
        parameter = known.get(name)
        if parameter is None:
            detail = _("There is no parameter of this name.")
            errors.append({**wrong(name, "", detail), "choices": sorted(known)})
            continue
        if len(values) > 1 and not parameter.many:
            errors.append(wrong(name, values[1], _("Give it once only.")))
        errors += [wrong(name, value, detail) for value in values if (detail := _fault(value, parameter))]
    return errors


def _fault(value: str, parameter: Parameter) -> str:
    if not value.strip():
        return _("It is empty.")
    if len(value) > parameter.longest:
        return _("Longer than %(n)s characters.") % {"n": parameter.longest}
    if _CONTROLS.search(value):
        return _("It holds control characters.")
    allowed = parameter.schema.get("enum")
    if allowed and value not in allowed:
        return _("This value is not known.")
    if parameter.schema.get("type") == "integer" and whole(value, parameter.schema) is None:
        return _("A whole number from %(least)s to %(most)s is needed.") % {
            "least": parameter.schema["minimum"],
            "most": parameter.schema["maximum"],
        }
    return ""


def whole(text: str, schema: Schema) -> int | None:
    """A whole number within the bounds of a schema, or None."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    number = int(text)
    return number if schema["minimum"] <= number <= schema["maximum"] else None


def wrong(name: str, value: str, detail: str) -> dict[str, Any]:
    """One thing wrong with a question."""
    shown = _CONTROLS.sub("�", value[:SHOWN]) + ("…" if len(value) > SHOWN else "")
    found = {"parameter": _CONTROLS.sub("�", name[:SHOWN]), "value": shown, "detail": detail}
    return found if value else {key: text for key, text in found.items() if key != "value"}


def bad_question(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """All that is wrong with a question."""
    return Problem(
        "bad-question", " ".join(f"{one['parameter']}: {one['detail']}" for one in errors[:5]), errors=errors
    )
