"""Text made comparable."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ecett.core.search import clean, normalise, sort_key


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  Łódź – Śródmieście ", "lodz - srodmiescie"),
        ("STRASSE Straße", "strasse strasse"),
        ("Ærø Œuvre Đakovo Þór", "aero oeuvre dakovo thor"),
        ("Αθήνα ΑΘΉΝΑΣ", "αθηνα αθηνασ"),
        ("L’hôpital\u00a0«Saint-Luc»", 'l\'hopital "saint-luc"'),
        ("e\u0301\u200bté\x00", "ete"),
        ("Çankırı", "cankiri"),
        ("", ""),
    ],
)
def test_normalise(text, wanted):
    assert normalise(text) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("“De Sleutel”", 'de sleutel"'), ("(ex) Ötztal", "ex) otztal"), ("…", "..."), ("'t Huis", "t huis")],
)
def test_sort_key_drops_opening_punctuation(name, wanted):
    assert sort_key(name) == wanted


@given(st.text())
def test_normalising_and_cleaning_again_change_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
    assert clean(clean(text)) == clean(text)
    assert "\x00" not in clean(text)
    clean(text).encode()


@given(st.text())
def test_case_and_composition_do_not_matter(text):
    import unicodedata

    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Łódź", "Česká Lípa", "Ærø", "Málaga", "Ştefan", "Åre", "Đakovo"])
def test_database_agrees(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(unaccent(%s))", [text])
        assert cursor.fetchone() == (normalise(text),)
