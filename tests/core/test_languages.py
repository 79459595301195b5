"""Languages: every code the portal meets has a name, and Norwegian is one language to speak."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from ecett.core import languages
from ecett.portal import demo


@pytest.mark.parametrize("reader", [code for code, _name in settings.LANGUAGES])
def test_every_code_has_a_name(reader: str) -> None:
    with translation.override(reader):
        assert [code for code in languages.CODES if languages.name(code).lower() == code] == []


def test_codes_of_the_demonstration_are_known() -> None:
    file = Path(demo.__file__).parent / "data" / "countries.toml"
    countries = tomllib.loads(file.read_text(encoding="utf-8")).values()
    used = {code for country in countries for code in (*country["languages"], *country["texts"])}
    assert "nb" in used
    assert used <= set(languages.CODES)


@pytest.mark.parametrize(
    ("reader", "name"),
    [("en", "Norwegian Bokmål"), ("fr", "Norvégien bokmål"), ("nl", "Noors - Bokmål"),
     ("es", "Noruego bokmal"), ("it", "Norvegese bokmål")],
)  # fmt: skip
def test_bokmal_is_named(reader: str, name: str) -> None:
    with translation.override(reader):
        assert languages.name("nb") == name


def test_who_writes_bokmal_speaks_norwegian() -> None:
    assert languages.spoken([("nb", "B1"), ("no", "C1"), ("en", "B2")]) == {"no": "C1", "en": "B2"}
    assert languages.spoken([("nn", "C2"), ("nb", "A2")]) == {"no": "C2"}
    assert languages.spoken([]) == {}
