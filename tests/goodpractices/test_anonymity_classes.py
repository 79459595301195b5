"""What files, flats, ages in words, capitals and handles look like, and what only looks like them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goodpractices.anonymity import LANGUAGES, check
from goodpractices.anonymity.words import load


def marks(text: str, lang: str, kind: str) -> list[str]:
    return [mark.text for mark in check(text, lang) if mark.kind == kind]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "The file, PN/0382/24, is thick.", "PN/0382/24"),
        ("nl", "Haar dossier, SHV-24-1907, ging dicht.", "SHV-24-1907"),
        ("es", "Se cerró 2024/DEU/0566 en mayo.", "2024/DEU/0566"),
        ("el", "Έκλεισε η ΧΡ/2024/118 τον Μάιο.", "ΧΡ/2024/118"),
        ("en", "His Irish number is 6283517A.", "6283517A"),
    ],
)
def test_numbers_of_files(lang: str, text: str, wanted: str) -> None:
    assert marks(text, lang, "id_number") == [wanted]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "ISO/2018/9001, EU/2016/679, KA/2023/121 and season FC-2024/25"),
        ("en", "Project HX/2022/118 and law HX/2022/119 of room B/12/04"),
        ("fr", "Le projet 2022-1-FR01-KA121-ADU-000058 et la convention AB/2023/14"),
        ("de", "Die Norm DIN/2019/4109 und Raum B/12/04"),
        ("pl", "Numer 602-731-948, czynne 10/12/2025"),
    ],
)
def test_numbers_of_laws_and_projects_are_no_files(lang: str, text: str) -> None:
    assert marks(text, lang, "id_number") == []


@given(
    letters=st.text(alphabet="ABCDFHJKMNPRTVX", min_size=2, max_size=4),
    year=st.integers(1990, 2030),
    count=st.integers(100, 99999),
    lang=st.sampled_from(LANGUAGES),
)
def test_a_file_number_is_marked_whole_in_any_language(
    letters: str, year: int, count: int, lang: str
) -> None:
    assume(
        letters.lower() not in load(lang)["norms"] and not 1900 <= count < 2100
    )  # norms, and seasons of two years
    found = check(f"— {letters}/{year}/{count}.", lang)
    assert [(mark.kind, mark.text) for mark in found] == [("id_number", f"{letters}/{year}/{count}")]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "She has a flat now, 14 Quarry Lane, Sligo.", True),
        ("el", "Πήγαν στο σπίτι του, Παπαφλέσσα 12, Τρίκαλα 421 00.", True),
        ("cs", "Vychovatel jí pomohl. Našli ho v Husově ulici 214/7.", True),
        ("fr", "Elle dort chez sa tante au 17 rue Pasteur. Tout le monde rit.", True),
        ("el", "Το σπίτι στην οδό Πηγαδιού 11 είναι ανοιχτό.", False),
        ("en", "The centre rents a flat at 14 Quarry Lane.", False),
        ("en", "Anna came early. We are at 14 Quarry Lane.", False),
        ("pl", "Mieszkanie na ulicy Jordana otwiera się o 7.", False),
    ],
)
def test_the_address_of_a_flat_or_a_letter(lang: str, text: str, wanted: bool) -> None:
    assert bool(marks(text, lang, "address")) is wanted


def test_an_address_ends_with_its_sentence() -> None:
    text = "Elle dort chez sa tante au 17 rue Pasteur. Tout le monde rit."
    assert marks(text, "fr", "address") == ["17 rue Pasteur"]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Als LOTHAR BRENDEL packte, schwieg man.", ["LOTHAR BRENDEL"]),
        ("en", "The boy, ryan, wrote. Little tessa slept.", ["ryan", "tessa"]),
        ("it", "Lo chiamano il Professore. Oggi il Professore legge.", ["Professore", "Professore"]),
        ("it", "Si firma mirtilla99, e mirtilla99 risponde.", ["mirtilla99", "mirtilla99"]),
        ("es", "Así entró en la de la Chata, cuya hija reía.", ["Chata"]),
        ("es", "Escuché la llamada a Ghizlane B.: hablaron.", ["Ghizlane B."]),
        ("nl", "Een leerling, Aya, twaalf jaar, schreef.", ["Aya"]),
        ("el", "Η πορεία του Γ.Δ. κράτησε· χωρίς τον Γ.Δ. όχι.", ["Γ.Δ.", "Γ.Δ."]),
        ("cs", "Hrál s dcerou Barborkou.", ["Barborkou"]),
    ],
)
def test_names_by_the_way_they_are_written(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "name") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "The Elm Ward is quiet; the boat Rosalind; a method known as Pathways. See www.moss.org and v2.1.",
        ),
        ("fr", "Prudence et Constance sont nos outils. Deux ans plus tard, Arras, deux ans après."),
        ("es", "El más terco de los burros se llama Alba. Consuelo y Esperanza son dos tomates."),
        ("it", "La cooperativa Aurora vende borse."),
        ("pt", "Na Maia há mercado. As cabras Rosália e Branca pastam."),
        ("fr", "Les chèvres Rosalie et Blanche attendent."),
        ("de", "Die Ziegen Berta und Frieda grasen."),
        ("el", "Το ψυχόδραμα του Μορένο, η ομάδα Μπάλιντ, γνωστή ως «Επιμόρφωση»."),
        ("cs", "Loďka Helena stojí."),
        ("pl", "Jezioro nazywa się Piotrowskie, a przystań Halina. Ojciec dziecka przyszedł."),
    ],
)
def test_things_towns_and_schools_are_nobody(lang: str, text: str) -> None:
    assert marks(text, lang, "name") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "We drew lots. duncan washed up, and on Monday duncan cooked.", ["duncan", "duncan"]),
        ("fr", "On a tiré au sort. thibault a cuisiné.", ["thibault"]),
        ("es", "Se reparten las tareas. yassir barre el patio.", ["yassir"]),
        ("cs", "Losovali jsme. zdeněk vařil.", ["zdeněk"]),
        # Who begins no sentence with a capital says nothing by a small letter.
        ("en", "we drew lots. duncan polishes the pans. then everybody went to bed.", []),
    ],
)
def test_a_sentence_that_begins_small_begins_with_a_name(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "name") == wanted
