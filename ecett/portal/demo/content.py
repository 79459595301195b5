"""The text files of the demo data, each read once a process."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def content(name: str) -> dict[str, Any]:
    """The tables of `data/NAME.toml`; callers don't change them."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def in_language(name: str, language: str) -> dict[str, Any]:
    """The table of a language in `data/NAME.toml`, English where nothing is written in it."""
    tables = content(name)
    return tables.get(language, tables["en"])
