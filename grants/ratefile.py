"""Rate files: rows of a sheet into `RateRow`, by a map file. A new layout is mapped by a file, not by code.

A map (``grants/data/maps/*.toml``) says which column holds which field, what is fixed for the whole file, and
how the file's words for kinds and keys become ours. Rows that cannot be read are refused with line, field and
reason.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from ecett.core.jsonlines import COUNTRY_ALIASES
from ecett.core.words import Message
from ecett.core.words import mark as _
from grants.rates import CERTAINTIES, KINDS, LIMITS, RULE_KINDS, SHARE_CASES, SHARE_KINDS, RateRow, parse_span

DATA = Path(__file__).parent / "data"
FIELDS = [
    *("call_from", "call_to", "action", "sector", "agency", "kind", "key", "first_day", "last_day"),
    *("value", "unit", "valid_from", "valid_to", "source", "certainty"),
]
_SPAN_KINDS = {"travel", "travel_green", "organisational"}
_COUNT_KINDS = {"country_group", "counts_as", "limit"}


@dataclass(frozen=True)
class Refusal:
    """Why a row was not taken: line in the file (the first is 1), our field, a plain reason."""

    line: int
    field: str
    reason: str


@dataclass(frozen=True)
class ParsedRates:
    """What a file holds: rows with their lines, refused rows; ``read`` = both together."""

    rows: tuple[tuple[int, RateRow], ...]
    refused: tuple[Refusal, ...]

    @property
    def read(self) -> int:
        return len(self.rows) + len(self.refused)

    @property
    def rates(self) -> tuple[RateRow, ...]:
        return tuple(row for _line, row in self.rows)


@dataclass(frozen=True)
class Layout:
    """A map file as read; see ``grants/data/maps`` for the words."""

    name: str
    version: int
    title: str
    detect: tuple[str, ...]
    columns: Mapping[str, str]
    fixed: Mapping[str, str]
    kinds: tuple[Mapping[str, str], ...]
    keys: tuple[Mapping[str, str], ...]
    delimiter: str = ","
    comment: str = "#"
    decimal: str = "."


class Refused(Exception):
    """A row that cannot be taken: our field, and a plain reason, an English template with its values."""

    def __init__(self, field: str, template: str, **params: object) -> None:
        self.field, self.message = field, Message(template, params)
        super().__init__(self.message.say())


class BadMap(ValueError):
    """A map file that cannot be used; ``message`` says what is wrong in it."""

    def __init__(self, template: str, **params: object) -> None:
        self.message = Message(template, params)
        super().__init__(self.message.say())


def read_layout(text: str) -> Layout:
    """A map file's text as `Layout`. Raises `BadMap`."""
    try:
        found = tomllib.loads(text)
        layout = Layout(
            name=found["name"],
            version=found["version"],
            title=found.get("title", found["name"]),
            detect=tuple(found.get("detect", {}).get("columns", ())),
            columns=found["columns"],
            fixed={key: str(value) for key, value in found.get("fixed", {}).items()},
            kinds=tuple(found.get("kinds", ())),
            keys=tuple(found.get("keys", ())),
            **found.get("file", {}),
        )
        for rule in (*layout.kinds, *layout.keys):
            re.compile(rule["theirs"])
            rule["ours"]
    except tomllib.TOMLDecodeError as error:
        raise BadMap(_("it is not valid TOML: {error}"), error=error) from error
    except KeyError as error:
        raise BadMap(_("“{key}” is missing"), key=error.args[0]) from error
    except (AttributeError, TypeError, re.error) as error:
        raise BadMap(_("not a map of a rate file: {error}"), error=error) from error
    if unknown := sorted({*layout.columns, *layout.fixed} - set(FIELDS)):
        params = {"key": ", ".join(unknown), "known": ", ".join(FIELDS)}
        raise BadMap(_("there is no field “{key}”; the fields are: {known}"), **params)
    return layout


@cache
def shipped_layouts() -> tuple[Layout, ...]:
    """The maps that ship with the portal, the one with most columns to recognise first."""
    found = [read_layout(path.read_text(encoding="utf-8")) for path in sorted((DATA / "maps").glob("*.toml"))]
    return tuple(sorted(found, key=lambda layout: -len(layout.detect)))


def detect_layout(header: Iterable[str], layouts: Iterable[Layout] | None = None) -> Layout:
    """The first layout whose columns are all in the header. Raises ValueError listing what is known."""
    names = {name.strip() for name in header}
    known = tuple(layouts) if layouts is not None else shipped_layouts()
    for layout in known:
        if layout.detect and names.issuperset(layout.detect):
            return layout
    titles = "; ".join(f"{layout.title}: {', '.join(layout.detect)}" for layout in known)
    raise ValueError(f"no known rate file has the columns {', '.join(sorted(names))}. Known: {titles}")


def parse_rates(text: str, layout: Layout | None = None) -> ParsedRates:
    """Read a rate file's text. Without a layout the header chooses it. Raises ValueError when none fits."""
    comment = layout.comment if layout else "#"
    delimiter = layout.delimiter if layout else ","
    numbered = [
        (number, line)
        for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1)
        if line.strip() and not (comment and line.lstrip().startswith(comment))
    ]
    if not numbered:
        raise ValueError("the file is empty")
    lines = [number for number, _line in numbered]
    table = list(csv.reader(io.StringIO("\n".join(line for _number, line in numbered)), delimiter=delimiter))
    if len(table) != len(lines):
        raise ValueError("a cell holds a line break, or a quote is not closed")
    header = [name.strip() for name in table[0]]
    rows = (
        (line, dict(zip(header, cells, strict=False)))
        for line, cells in zip(lines[1:], table[1:], strict=True)
    )
    return parse_rows(rows, layout or detect_layout(header))


def parse_rows(rows: Iterable[tuple[int, Mapping[str, Any]]], layout: Layout) -> ParsedRates:
    """Read (line, cells by column name) pairs, from any kind of sheet."""
    taken: list[tuple[int, RateRow]] = []
    refused: list[Refusal] = []
    for line, cells in rows:
        try:
            row = read_row(_by_field(cells, layout), layout)
            for taken_line, other in taken:
                refuse_clash(row, other, at_line(taken_line))
        except Refused as error:
            refused.append(Refusal(line, error.field, str(error)))
        else:
            taken.append((line, row))
    return ParsedRates(tuple(taken), tuple(refused))


@cache
def reference_rates() -> tuple[RateRow, ...]:
    """Every row that ships with the portal: rules of the calls and rates seen in print (no demo rates)."""
    found: list[RateRow] = []
    for path in [DATA / "rules.csv", *sorted(DATA.glob("rates_*.csv"))]:
        parsed = parse_rates(path.read_text(encoding="utf-8"))
        if parsed.refused:
            raise ValueError(f"{path.name}: {parsed.refused}")
        found += parsed.rates
    return tuple(found)


def with_rules(rates: Iterable[RateRow]) -> tuple[RateRow, ...]:
    """The rows of a file, and our rules of a call (limits, territories) of each kind it does not print."""
    rows = tuple(rates)
    printed = {row.kind for row in rows}
    return rows + tuple(row for row in reference_rates() if row.kind in RULE_KINDS - printed)


def row_id(row: RateRow) -> str:
    """A stable id people can read: ``2024-25/travel/500-1999/green``, ``2021/PL/SCH/staff_day/FI/1-14``."""
    calls = str(row.call_from)
    if row.call_to is None:
        calls += "-"
    elif row.call_to != row.call_from:
        calls += f"-{row.call_to % 100:02d}"
    kind, tail = row.kind, ""
    if kind.startswith("travel"):
        kind, tail = "travel", "green" if kind == "travel_green" else "standard"
    elif row.first_day is not None:
        tail = f"{row.first_day}-{row.last_day if row.last_day is not None else ''}"
    return "/".join(part for part in (calls, row.agency, row.sector, row.action, kind, row.key, tail) if part)


def _by_field(cells: Mapping[str, Any], layout: Layout) -> dict[str, Any]:
    return {field: cells.get(column) for field, column in layout.columns.items()}


def read_row(values: Mapping[str, Any], layout: Layout) -> RateRow:
    """One row under our field names, as the layout's words mean it. Raises `Refused`."""
    given = dict.fromkeys(FIELDS, "") | dict(layout.fixed)
    for field in FIELDS:
        value = values.get(field)
        if value is not None and str(value).strip():
            given[field] = str(value).strip()
    for rule in layout.kinds:
        if match := re.fullmatch(rule["theirs"], given["kind"]):
            given |= {
                field: match.expand(part) for field, part in rule.items() if field not in ("theirs", "ours")
            }
            given["kind"] = match.expand(rule["ours"])
            break
    if given["kind"] not in KINDS:
        raise Refused(
            "kind", _("unknown kind “{kind}”; known: {known}"), kind=given["kind"], known=", ".join(KINDS)
        )
    for rule in layout.keys:
        match = re.fullmatch(rule["theirs"], given["key"])
        if match and rule.get("kind", given["kind"]) == given["kind"]:
            given["key"] = match.expand(rule["ours"])
            break
    kind = given["kind"]
    call_from, call_to = _whole(given, "call_from"), _whole(given, "call_to", optional=True)
    if call_from is None:
        raise Refused("call_from", _("the first call year is missing"))
    first_day, last_day = _whole(given, "first_day", optional=True), _whole(given, "last_day", optional=True)
    if call_to is not None and call_to < call_from:
        raise Refused("call_to", _("{last} is before {first}"), last=call_to, first=call_from)
    if kind == "staff_day_factor" and not (first_day or 0) > 1:
        raise Refused("first_day", _("a factor of the full rate begins after day 1"))
    if last_day is not None and last_day < (first_day or 1):
        raise Refused("last_day", _("{last} is before {first}"), last=last_day, first=first_day or 1)
    if given["certainty"] not in CERTAINTIES | {""}:
        raise Refused(
            "certainty",
            _("“{text}” is not one of {known}"),
            text=given["certainty"],
            known=", ".join(sorted(CERTAINTIES)),
        )
    row = RateRow(
        id="",
        call_from=call_from,
        call_to=call_to,
        kind=kind,
        key=_key(kind, given["key"]),
        value=_value(kind, given["value"], layout.decimal),
        action=given["action"].upper(),
        sector=given["sector"].upper(),
        agency=COUNTRY_ALIASES.get(given["agency"].upper(), given["agency"].upper()),
        first_day=first_day,
        last_day=last_day,
        unit=given["unit"] or KINDS[kind],
        valid_from=_day(given, "valid_from"),
        valid_to=_day(given, "valid_to"),
        source=given["source"],
        certainty=given["certainty"] or "?",
    )
    return replace(row, id=row_id(row))


def _whole(given: Mapping[str, str], field: str, *, optional: bool = False) -> int | None:
    if not given[field] and optional:
        return None
    if not re.fullmatch(r"\d{1,6}(\.0+)?", given[field]):
        raise Refused(field, _("“{text}” is not a whole number"), text=given[field])
    return int(given[field].split(".")[0])


def _day(given: Mapping[str, str], field: str) -> date | None:
    try:
        return date.fromisoformat(given[field][:10]) if given[field] else None
    except ValueError:
        raise Refused(field, _("“{text}” is not a date such as 2024-01-01"), text=given[field]) from None


def _value(kind: str, text: str, decimal: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0€]|EUR", "", text)
    plain = plain.replace(".", "").replace(",", ".") if decimal == "," else plain
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused("value", _("“{text}” is not a number"), text=text) from None
    if not value.is_finite() or value < 0 or value > 1_000_000:
        raise Refused("value", _("“{text}” is not a usable number"), text=text)
    if kind in SHARE_KINDS and value > 1:
        raise Refused("value", _("a factor is at most 1, not {text}"), text=text)
    if kind in _COUNT_KINDS and value != value.to_integral_value():
        raise Refused("value", _("“{text}” is not a whole number"), text=text)
    if kind not in _COUNT_KINDS | SHARE_KINDS and value != round(value, 2):
        raise Refused("value", _("“{text}” has a part of a cent"), text=text)
    if kind in _COUNT_KINDS:
        return value.to_integral_value()
    return value if kind in SHARE_KINDS else value.quantize(Decimal("0.01"))


def _key(kind: str, text: str) -> str:
    key = re.sub(r"\s*[-–]\s*", "-", text.strip())
    if kind in _SPAN_KINDS:
        try:
            first, last = parse_span(key.replace(" ", ""))
        except ValueError:
            template = _("“{text}” is neither a range such as 10-99 nor an open one such as 8000+")
            raise Refused("key", template, text=text) from None
        return f"{first}+" if last is None else f"{first}-{last}"
    if kind == "limit":
        if key not in LIMITS:
            raise Refused(
                "key", _("unknown rule “{text}”; known: {known}"), text=text, known=", ".join(sorted(LIMITS))
            )
        return key
    if kind == "exceptional_share":
        if key not in SHARE_CASES:
            known = ", ".join(sorted(SHARE_CASES))
            raise Refused("key", _("“{text}” is not one of {known}"), text=text, known=known)
        return key
    if kind == "counts_as":
        if not re.fullmatch(r"[A-Z]{2}>[A-Z]{2}", key):
            raise Refused("key", _("“{text}” is not of the form RE>FR"), text=text)
        return key
    if re.fullmatch(r"[A-Za-z]{2}", key):
        return COUNTRY_ALIASES.get(key.upper(), key.upper())
    if group := re.fullmatch(r"group[- _]?(\d+)", key, re.IGNORECASE):
        return f"group-{group[1]}"
    if kind != "country_group" and key.lower() in ("all", ""):
        return "all"
    template = _("“{text}” is neither a country code, nor a group such as group-1, nor all")
    raise Refused("key", template, text=text)


def at_line(line: int) -> Message:
    """Names a row of the same file."""
    return Message(_("line {line}"), {"line": line})


def refuse_clash(row: RateRow, other: RateRow, where: Message) -> None:
    """Raise `Refused` when a row says again, or otherwise, what ``other`` of the same scope says.

    ``where`` names the other one: "line 12".
    """
    scope = (row.kind, row.action, row.sector, row.agency)
    if scope != (other.kind, other.action, other.sector, other.agency):
        return
    if not _overlap((row.call_from, row.call_to), (other.call_from, other.call_to)):
        return
    if row.kind in _SPAN_KINDS:
        if row.key != other.key and _overlap(row.span, other.span):
            raise Refused(
                "key",
                _("the band {band} overlaps {other} of {where}"),
                band=row.key,
                other=other.key,
                where=where,
            )
        same = row.key == other.key
    elif row.kind == "counts_as":
        same = row.key[:2] == other.key[:2]
    else:
        same = row.key == other.key
    days = (row.first_day or 1, row.last_day), (other.first_day or 1, other.last_day)
    if same and _overlap(*days):
        if days[0] != days[1]:
            raise Refused("first_day", _("the days overlap those of {where}"), where=where)
        template = _("{where} already gives {kind} for {key}")
        raise Refused("key", template, where=where, kind=row.kind, key=row.key)


def _overlap(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])
