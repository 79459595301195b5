"""JSON lines in, JSON lines out: the frame around every command for scripts and other systems.

One line is one case. Each answer repeats the case's ``id``; a case that cannot be answered gives
``{"id", "error", "text"}`` and the run goes on. Error kinds of this module: ``bad_json`` (not JSON,
``id`` null) and ``bad_input`` (not an object, no usable id, an unknown key, a wrong type). What is not
UTF-8, also half a letter written as an escape, is not JSON: it could not be answered in UTF-8.
"""

import json
import logging
import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn, TextIO

logger = logging.getLogger(__name__)

Case = dict[str, Any]
Answer = Callable[[Case], dict[str, Any]]

_HALF_LETTER = re.compile(r"\\u[dD][89a-fA-F]")


class CaseError(Exception):
    """A case that cannot be answered: ``kind`` for programs, ``text`` for people."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text


def refuse(text: str, kind: str = "bad_input") -> NoReturn:
    """Raise `CaseError`."""
    raise CaseError(kind, text)


def settle(case: Any, work: Answer, allowed_keys: Collection[str]) -> dict[str, Any]:
    """Answer one parsed case; never raises. Checks object, id and keys before ``work`` sees it."""
    case_id = case.get("id") if isinstance(case, dict) else None
    if isinstance(case_id, bool) or not isinstance(case_id, str | int):
        case_id = None
    try:
        if not isinstance(case, dict):
            refuse("Each line must hold one JSON object.")
        if case_id is None:
            refuse("“id” is missing, or is neither a text nor a whole number.")
        refuse_unknown_keys(case, allowed_keys)
        return {"id": case_id, **work(case)}
    except CaseError as error:
        return {"id": case_id, "error": error.kind, "text": error.text}
    except Exception:
        # A defect of ours: the log gets the trace, the caller an answer, the next lines their turn.
        logger.exception("case %r was not answered", case_id)
        text = "This case could not be answered because of a fault in the portal; the log says more."
        return {"id": case_id, "error": "internal_error", "text": text}


def run(
    stream_in: TextIO,
    stream_out: TextIO,
    answer: Answer,
    allowed_keys: Collection[str],
    pretty: bool = False,
) -> int:
    """Answer every line of ``stream_in`` in order. Returns the exit status: 0 when all were answered, else 1.

    Blank lines are ignored. ``answer`` may raise `CaseError` or return ``{"id", "error", "text"}`` itself.
    """
    status = 0
    for line in stream_in:
        if not line.strip():
            continue
        try:
            case = _parsed(line)
        except CaseError as error:
            result = {"id": None, "error": error.kind, "text": error.text}
        except (ValueError, RecursionError) as error:
            result = {"id": None, "error": "bad_json", "text": f"This line is not JSON: {error}"}
        else:
            result = settle(case, answer, allowed_keys)
        if "error" in result:
            status = 1
        stream_out.write(json.dumps(result, ensure_ascii=False, indent=2 if pretty else None) + "\n")
        stream_out.flush()
    return status


def _parsed(line: str) -> Any:
    if not _is_unicode(line):
        refuse("This line is not UTF-8.", "bad_json")
    case = json.loads(line.lstrip("\ufeff"), parse_constant=_refuse_constant, object_pairs_hook=_pairs)
    if _HALF_LETTER.search(line) and not _is_unicode(json.dumps(case, ensure_ascii=False)):
        refuse(
            "This line is not JSON: a text holds half a letter (a surrogate without its other).", "bad_json"
        )
    return case


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_constant(name: str) -> NoReturn:
    refuse(f"This line is not JSON: {name} is not a number.", "bad_json")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = sorted({key for key, _value in pairs if sum(key == other for other, _v in pairs) > 1})
        refuse(f"The same key is given twice: {', '.join(twice)}.", "bad_json")
    return found


# --- reading one field of a case: each raises CaseError("bad_input") that names the field ---

_MISSING = object()
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Codes used beside the standard ones in European files.
COUNTRY_ALIASES: Mapping[str, str] = {"EL": "GR", "UK": "GB"}


def refuse_unknown_keys(found: Mapping[str, Any], allowed: Collection[str], where: str = "") -> None:
    """Refuse keys outside ``allowed``; the text lists them and says what would be understood."""
    unknown = sorted(str(key) for key in found if key not in allowed)
    if unknown:
        place = f" in “{where}”" if where else ""
        refuse(f"Unknown key{place}: {', '.join(unknown)}. Known: {', '.join(sorted(allowed))}.")


def _given(case: Mapping[str, Any], name: str, default: Any) -> Any:
    value = case.get(name)
    if value is None:
        if default is _MISSING:
            refuse(f"“{name}” is missing.")
        return _MISSING
    return value


def text_of(case: Mapping[str, Any], name: str, default: Any = _MISSING, limit: int = 100_000) -> Any:
    """A text, or the default when absent or null."""
    value = _given(case, name, default)
    if value is _MISSING:
        return default
    if not isinstance(value, str):
        refuse(f"“{name}” must be a text.")
    if len(value) > limit:
        refuse(f"“{name}” is longer than {limit} characters.")
    return value


def choice_of(case: Mapping[str, Any], name: str, choices: Collection[str], default: Any = _MISSING) -> Any:
    """One of the words in ``choices``."""
    value = text_of(case, name, default)
    if name in case and case[name] is not None and value not in choices:
        refuse(f"“{name}” must be one of: {', '.join(choices)}.")
    return value


def whole_of(case: Mapping[str, Any], name: str, default: Any = _MISSING) -> Any:
    """A whole number; 3.0 is one, true is not."""
    value = _given(case, name, default)
    if value is _MISSING:
        return default
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(f"“{name}” must be a whole number.")
    return value


def number_of(case: Mapping[str, Any], name: str, default: Any = _MISSING) -> Any:
    """A finite number, as float."""
    value = _given(case, name, default)
    if value is _MISSING:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse(f"“{name}” must be a number.")
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        refuse(f"“{name}” must be a finite number.")
    return value


def amount_of(case: Mapping[str, Any], name: str, default: Any = _MISSING) -> Any:
    """An amount of money in euros (text or number) as `Decimal`; at most two decimals."""
    value = _given(case, name, default)
    if value is _MISSING:
        return default
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", str(value)):
        refuse(f'“{name}” must be an amount in euros such as "350.00".')
    return Decimal(str(value))


def flag_of(case: Mapping[str, Any], name: str, default: Any = _MISSING) -> Any:
    """true or false."""
    value = _given(case, name, default)
    if value is _MISSING:
        return default
    if not isinstance(value, bool):
        refuse(f"“{name}” must be true or false.")
    return value


def day_of(case: Mapping[str, Any], name: str, default: Any = _MISSING) -> Any:
    """A day, written YYYY-MM-DD, as `date`."""
    value = _given(case, name, default)
    if value is _MISSING:
        return default
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    refuse(f"“{name}” must be a date such as 2027-03-08.")


def country_of(case: Mapping[str, Any], name: str, default: Any = _MISSING) -> Any:
    """An ISO 3166-1 alpha-2 code in capitals; EL is read as GR and UK as GB."""
    value = text_of(case, name, default)
    if value is default:
        return default
    code = value.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        refuse(f"“{name}” must be a country code of two letters such as FI.")
    return COUNTRY_ALIASES.get(code, code)


def list_of(case: Mapping[str, Any], name: str, kind: type = str) -> list[Any]:
    """A list whose items are all of ``kind``; empty when absent."""
    value = case.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or any(not isinstance(item, kind) for item in value):
        word = "objects" if kind is dict else "texts"
        refuse(f"“{name}” must be a list of {word}.")
    return value


def object_of(case: Mapping[str, Any], name: str, default: Any = _MISSING) -> Any:
    """An object with keys."""
    value = _given(case, name, default)
    if value is _MISSING:
        return default
    if not isinstance(value, dict):
        refuse(f"“{name}” must be an object.")
    return value
