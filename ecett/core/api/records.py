"""What is told of a row: one table of fields, from which the answer and its description are made.

So the description says what the answers hold, and nothing that is not named in a table ever leaves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
COUNTRY: Schema = {"type": "string", "pattern": "^[A-Z]{2}$"}
EUROS: Schema = {"type": "string", "pattern": r"^\d+\.\d\d$"}


def one_of(values: Iterable[str]) -> Schema:
    """One of these texts."""
    return {"type": "string", "enum": list(values)}


def many(schema: Schema) -> Schema:
    """A list of such values."""
    return {"type": "array", "items": schema}


def or_null(schema: Schema) -> Schema:
    """Such a value, or null where nobody has said it."""
    if "type" in schema and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def holding(**properties: Schema) -> Schema:
    """An object with exactly these parts."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


@dataclass(frozen=True)
class Field:
    """One part of a record. ``value``: the name of an attribute, or a function of the row."""

    name: str
    schema: Schema
    about: str | Promise
    value: str | Callable[[Any], Any] = ""

    def of(self, row: Any) -> Any:
        """The value in a row, as JSON holds it."""
        value = self.value(row) if callable(self.value) else attrgetter(self.value or self.name)(row)
        return plain(value)


@dataclass(frozen=True)
class Record:
    """What is told of one kind of row."""

    name: str
    fields: tuple[Field, ...]

    def of(self, row: Any) -> dict[str, Any]:
        """The record of a row."""
        return {field.name: field.of(row) for field in self.fields}

    def schema(self) -> Schema:
        """Its description in JSON Schema (2020-12), in the reader's language."""
        parts = {field.name: {**field.schema, "description": str(field.about)} for field in self.fields}
        return holding(**parts)


def plain(value: Any) -> Any:
    """A value as JSON holds it: amounts as texts with two decimals, days and moments as ISO 8601 in UTC."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
