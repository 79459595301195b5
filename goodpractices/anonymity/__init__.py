"""Does a text say who somebody is? Marks of likely personal data, before a practice is sent to be read.

A helper, not a judge: it marks what probably is a personal name, a phone number, a date of birth … and the
author decides. Pure: a text and its language in, marks out; no page, no database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from goodpractices.anonymity.addresses import find_addresses
from goodpractices.anonymity.birthdays import find_birthdays
from goodpractices.anonymity.births import find_births
from goodpractices.anonymity.files import find_file_numbers
from goodpractices.anonymity.names import find_names
from goodpractices.anonymity.numbers import (
    find_emails,
    find_handles,
    find_ibans,
    find_ids,
    find_phones,
    find_plates,
)
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import LANGUAGES, load

__all__ = ["KINDS", "LANGUAGES", "Mark", "check", "reading_language"]

#: The kinds of marks; stable names (docs/decisions).
KINDS = ("name", "birth_date", "phone", "email", "address", "id_number")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """``text[start:end]`` of the text as given, and what it seems to be (one of `KINDS`)."""

    start: int
    end: int
    kind: str
    text: str


#: Texts in other languages are read by the words of one that is close.
_CLOSEST = {"sk": "cs", "hr": "cs", "sl": "cs", "bs": "cs", "ca": "es", "gl": "pt", "lb": "de", "ro": "it"}


def reading_language(code: str) -> str:
    """The language a text is read in: its own, or the closest we have words for."""
    short = code.lower().replace("_", "-").split("-")[0]
    return short if short in LANGUAGES else _CLOSEST.get(short, "en")


def check(text: str, lang: str, places: Iterable[str] = ()) -> list[Mark]:
    """The marks of a text in order, none overlapping another. Raises KeyError for a language we have no words for.

    ``places``: names of towns and houses of which the text is known to tell ("El Puerto de Santa María").

    What is surest comes first: a number that is an account's is no phone number, a date in it no date.
    """
    read = Text(text, load(lang))
    taken = bytearray(len(text))
    marks: list[Mark] = []

    def take(kind: str, spans: Iterable[tuple[int, int]]) -> None:
        for start, end in spans:
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                marks.append(Mark(start, end, kind, text[start:end]))

    take("email", find_emails(read))
    take("id_number", find_ibans(text))
    take("birth_date", find_births(read))
    take("birth_date", find_birthdays(read))
    take("id_number", find_ids(read))
    take("id_number", find_file_numbers(read))
    take("id_number", find_plates(read))
    take("phone", find_phones(read))
    take("address", find_addresses(read))
    take("name", find_handles(read))
    numbers = frozenset(mark.start for mark in marks if mark.kind in ("birth_date", "id_number"))
    take("name", find_names(read, taken, places, numbers))
    return sorted(marks)
