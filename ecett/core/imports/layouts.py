"""Layouts: how the columns of one kind of file become our fields. Data with a version, one TOML file each.
Pure.

A whole layout::

    name = "gisco-healthcare"
    version = 2
    kind = "hosts"
    label = "Eurostat, healthcare services"

    [file]                          # all optional
    encoding = "windows-1252"       # else UTF-8, or UTF-16 with its mark
    delimiter = ";"                 # else found out
    comment = "#"                   # lines that begin so are passed over
    skip_lines = 2                  # before the heading line
    sheet = "Hosts"                 # XLSX; else the first
    escaped = true                  # our own exports: an apostrophe protects cells that begin with = + - @

    [match]                         # recognises the layout by its heading line (case and spaces don't matter)
    headings = ["hospital_name", "cc"]
    without = ["isoGroup"]

    [columns]                       # our field = where it comes from
    name = "hospital_name"                                     # the cell, cleaned
    title = { from = ["title_en", "title"] }                   # the first that is filled
    street = { join = ["street", "house_number"], with = " " } # the filled ones, joined
    sectors = { from = "list_specs", split = ",", values = "sectors", unknown = "drop" }
    country = { from = "cc", upper = true, values = "country" }
    started = { from = "start", date = ["%d.%m.%Y", "%d/%m/%y"] }   # ISO 8601 is always understood → date
    amount = { from = "amount", number = "," }                 # the decimal sign → Decimal; "5.172,50 kn" too
    beds = { from = "cap_beds", whole = true }                 # → int
    public = { from = "public_private", yes = ["public"] }     # → True; another text False; empty None
    kind = { constant = "reported" }
    language = { file_name = '_([a-z]{2})\\.csv$' }            # the group, from the file's name
    city = { from = "city", default = "–" }
    note = { from = "note", optional = true }                  # a file may lack the heading
    lat = { from = "lat", number = ".", on_error = "empty" }   # a bad value is left out, with a note

    [values.country]                # translation tables: cell → value, or a list (compared without case)
    EL = "GR"
    GP = "FR"
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ecett.core.imports.table import FileOptions, UnusableFile
from ecett.core.search import normalise
from ecett.core.words import Message
from ecett.core.words import mark as _

MAX_LAYOUT_BYTES = 64 * 1024


@dataclass(frozen=True)
class Column:
    """Where one field comes from and what it becomes; the keys of `[columns]` as documented above."""

    sources: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    glue: str = " "
    constant: Any = None
    file_name: str = ""
    split: str = ""
    lower: bool = False
    upper: bool = False
    values: str = ""
    unknown: str = "keep"
    date: tuple[str, ...] | None = None
    number: str = ""
    whole: bool = False
    yes: tuple[str, ...] = ()
    default: Any = None
    optional: bool = False
    on_error: str = "refuse"

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings it reads."""
        return self.sources + self.join


@dataclass(frozen=True)
class Layout:
    """One layout, checked."""

    name: str
    version: int
    kind: str
    label: str
    columns: Mapping[str, Column]
    file: FileOptions = field(default_factory=FileOptions)
    escaped: bool = False
    headings: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def fits(self, headings: Iterable[str]) -> bool:
        """Whether a file with this heading line is of this layout."""
        found = {normalise(heading) for heading in headings}
        return (
            bool(self.headings)
            and all(normalise(heading) in found for heading in self.headings)
            and not any(normalise(heading) in found for heading in self.without)
        )


class BadLayout(UnusableFile):
    """A layout file that cannot be used; says what is wrong in it."""


_COLUMN_KEYS = {
    "from": list | str, "join": list, "with": str, "constant": object, "file_name": str, "split": str,
    "lower": bool, "upper": bool, "values": str, "unknown": str, "date": list, "number": str, "whole": bool,
    "yes": list, "default": object, "optional": bool, "on_error": str,
}  # fmt: skip
_FILE_KEYS = {
    "encoding": str,
    "delimiter": str,
    "comment": str,
    "skip_lines": int,
    "sheet": str,
    "escaped": bool,
}
_TOP_KEYS = {
    "name": str, "version": int, "kind": str, "label": str,
    "file": dict, "match": dict, "columns": dict, "values": dict,
}  # fmt: skip
_MATCH_KEYS = {"headings": list, "without": list}
_CHOICES = {"unknown": ("keep", "drop", "refuse"), "on_error": ("refuse", "empty"), "number": (".", ",")}


def load_folder(folder: Path, *, kind: str, allowed: Collection[str]) -> tuple[Layout, ...]:
    """The layouts of one kind that a folder holds (``*.toml``), by name. Raises `BadLayout`."""
    return tuple(load_file(path, kind=kind, allowed=allowed) for path in sorted(folder.glob("*.toml")))


def load_file(path: Path, *, kind: str, allowed: Collection[str]) -> Layout:
    """One layout file. Raises `BadLayout`, also when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise _bad(path.name, Message(_("it cannot be read"))) from error
    return parse_layout(text, name=path.name, kind=kind, allowed=allowed)


def parse_layout(text: str, *, name: str, kind: str, allowed: Collection[str]) -> Layout:
    """Check and build a layout for importers of ``kind`` whose fields are ``allowed``.

    ``name`` is what people call the file. Raises `BadLayout`, which names the first thing wrong.
    """
    if len(text) > MAX_LAYOUT_BYTES:
        raise _bad(name, Message(_("it is too long")))
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _bad(name, Message(_("it is not valid TOML: {error}"), {"error": error})) from error
    _check_keys(name, "", data, _TOP_KEYS)
    for key in ("name", "version", "kind", "columns"):
        if key not in data:
            raise _bad(name, Message(_("“{key}” is missing"), {"key": key}))
    if data["kind"] != kind:
        raise _bad(
            name,
            Message(_("it is for “{found}”, not for “{wanted}”"), {"found": data["kind"], "wanted": kind}),
        )
    file = dict(data.get("file", {}))
    match = data.get("match", {})
    _check_keys(name, "file", file, _FILE_KEYS)
    _check_keys(name, "match", match, _MATCH_KEYS)
    if len(file.get("delimiter", ",")) != 1:
        raise _bad(name, Message(_("“{key}” must be one character"), {"key": "file.delimiter"}))
    values = {table: _value_table(name, table, entries) for table, entries in data.get("values", {}).items()}
    columns = {}
    for target, spec in data["columns"].items():
        if target not in allowed:
            params = {"key": target, "known": ", ".join(sorted(allowed))}
            raise _bad(name, Message(_("there is no field “{key}”; the fields are: {known}"), params))
        columns[target] = _column(name, target, spec, values)
    return Layout(
        name=data["name"],
        version=data["version"],
        kind=kind,
        label=data.get("label", data["name"]),
        columns=columns,
        escaped=file.pop("escaped", False),
        file=FileOptions(**file),
        headings=tuple(match.get("headings", ())),
        without=tuple(match.get("without", ())),
        values=values,
    )


def _column(name: str, target: str, spec: Any, values: Mapping[str, Any]) -> Column:
    place = f"columns.{target}"
    if isinstance(spec, str):
        spec = {"from": spec}
    if not isinstance(spec, dict):
        raise _bad(name, Message(_("“{key}” must be a heading or a table"), {"key": place}))
    _check_keys(name, place, spec, _COLUMN_KEYS)
    if sum(key in spec for key in ("from", "join", "constant", "file_name")) != 1:
        params = {"key": place}
        raise _bad(name, Message(_("“{key}” needs one of: from, join, constant, file_name"), params))
    for key, choices in _CHOICES.items():
        if spec.get(key, choices[0]) not in choices:
            params = {"key": f"{place}.{key}", "choices": " ".join(choices)}
            raise _bad(name, Message(_("“{key}” must be one of: {choices}"), params))
    if spec.get("values", "") and spec["values"] not in values:
        raise _bad(name, Message(_("there is no table [values.{table}]"), {"table": spec["values"]}))
    try:
        re.compile(spec.get("file_name", ""))
    except re.error as error:
        raise _bad(name, Message(_("“{key}” is not a pattern"), {"key": f"{place}.file_name"})) from error
    spec = {key: tuple(value) if isinstance(value, list) else value for key, value in spec.items()}
    source = spec.pop("from", ())
    spec["sources"] = (source,) if isinstance(source, str) else source
    if "with" in spec:
        spec["glue"] = spec.pop("with")
    known = {each.name for each in fields(Column)}
    return Column(**{key: value for key, value in spec.items() if key in known})


def _value_table(name: str, table: str, entries: Any) -> dict[str, Any]:
    if not isinstance(entries, dict):
        raise _bad(name, Message(_("[values.{table}] must be a table"), {"table": table}))
    return {
        normalise(word): tuple(value) if isinstance(value, list) else value for word, value in entries.items()
    }


def _check_keys(name: str, place: str, found: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for key, value in found.items():
        where = f"{place}.{key}" if place else key
        if key not in known:
            params = {"key": where, "known": ", ".join(known)}
            raise _bad(name, Message(_("unknown key “{key}”; known here: {known}"), params))
        wanted = known[key]
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is int):
            raise _bad(name, Message(_("“{key}” has a value of the wrong kind"), {"key": where}))
        if (
            isinstance(value, list)
            and not all(isinstance(item, str) for item in value)
            and wanted is not object
        ):
            raise _bad(name, Message(_("“{key}” has a value of the wrong kind"), {"key": where}))


def _bad(name: str, message: Message) -> BadLayout:
    return BadLayout(
        Message(_("The column map “{name}” cannot be used: {problem}."), {"name": name, "problem": message})
    )


def recognise(candidates: Sequence[tuple[Layout, Sequence[str]]]) -> Layout | None:
    """Of layouts, each with the heading line read its way, the one that fits; the one that asks for most
    wins.

    None when none fits.
    """
    fitting = [layout for layout, headings in candidates if layout.fits(headings)]
    return max(
        fitting, key=lambda layout: (len(layout.headings) + len(layout.without), layout.version), default=None
    )
