"""Whose an animal is: "pes Soni", "kot Marka" in Czech and Polish, where a genitive behind it says so."""

from goodpractices.anonymity.inflection import VOWELS
from goodpractices.anonymity.runs import Run
from goodpractices.anonymity.text import Text
from goodpractices.anonymity.words import base_names

_GENITIVES = ("cs", "pl")


def is_owner(text: Text, run: Run) -> bool:
    """Is it the owner's name, and not the animal's ("kočka Soňa", "psa Maxe")?"""
    at = run.first
    if text.known.lang not in _GENITIVES or not at or text.words[at].gap != " ":
        return False
    noun, key = text.keys[at - 1], text.keys[at]
    if noun not in text.known["bearers"] and noun not in text.known["animals"]:
        return False
    if key in base_names():
        return False
    if key.endswith(("y", "i")) and noun[-1] not in "yi":
        return _is_a_name(key[:-1] + "a", key + "a")
    without = key[:-1]  # "Marka" is of Marek
    return (
        key.endswith("a")
        and noun[-1] not in VOWELS
        and _is_a_name(without, without[:-1] + "e" + without[-1:])
    )


def _is_a_name(*keys: str) -> bool:
    return not base_names().isdisjoint(keys)
