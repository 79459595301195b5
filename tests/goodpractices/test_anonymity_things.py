"""Things that a house has given people's names, and people told of by two letters."""

import pytest

from goodpractices.anonymity import check


def marks(text: str, lang: str, kind: str) -> list[str]:
    return [mark.text for mark in check(text, lang) if mark.kind == kind]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We cook with eight families. Martha, Oliver and Ruth are the three ovens."),
        ("en", "The vans are called Martha, Oliver and Ruth."),
        ("fr", "On y va le lundi. Juliette, Simone et Léon sont les noms des trois ruches."),
        ("nl", "Wij varen uit. Hanneke, Pieter en Sofie zijn de drie boten."),
        ("de", "Der Garten ist groß. Hanna, Paula und Emil heißen die drei Gewächshäuser."),
        ("es", "El huerto es grande. Carmen, Lucía y Marta son los tres bancales."),
        ("it", "Il lavoro è lento. Lucia, Marta e Carla sono le tre serre."),
        ("pt", "O dia começa cedo. Teresa, Joana e Marta são as três cabras."),
        ("el", "Ο κήπος είναι μεγάλος. Μαρία, Ελένη και Σοφία λέγονται τα τρία δωμάτια."),
        ("cs", "Chodíme pěšky. Jana, Marie a Petra, to jsou ty tři kozy."),
        ("pl", "Pływamy latem. Ewa, Hanna i Zofia to nazwy trzech łódek."),
    ],
)
def test_a_list_of_things_names_nobody(lang: str, text: str) -> None:
    assert marks(text, lang, "name") == []


@pytest.mark.parametrize(
    ("lang", "text", "first"),
    [
        ("en", "We met at noon. Martha, Oliver and Ruth are the three who cook.", "Martha"),
        ("fr", "Juliette, Simone et Léon sont venus voir les ruches. Il pleuvait.", "Juliette"),
        ("de", "Hanna, Paula und Emil sind Geschwister. Sie mögen die Boote.", "Hanna"),
        ("cs", "Jana, Marie a Petra jsou sestry. Kozy mají rády.", "Jana"),
    ],
)
def test_a_list_of_people_is_marked(lang: str, text: str, first: str) -> None:
    found = marks(text, lang, "name")
    assert found[:1] == [first]
    assert len(found) >= 3 or lang == "fr"


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("de", "Am Mittwoch ging ich mit. S. T. lebt dort allein.", "S. T."),
        ("cs", "Ve středu jsem šla s ní. T. V. bydlí sám.", "T. V."),
    ],
)
def test_two_letters_apart_that_live_somewhere_are_somebody(lang: str, text: str, name: str) -> None:
    assert marks(text, lang, "name") == [name]


@pytest.mark.parametrize(
    ("lang", "text"),
    [("de", "Im Kreis S.T. und im TV lebt man so."), ("cs", "V TV. Žije se tam dobře.")],
)
def test_two_letters_in_one_are_an_abbreviation(lang: str, text: str) -> None:
    assert marks(text, lang, "name") == []


@pytest.mark.parametrize(
    ("lang", "text", "address"),
    [
        ("fr", "Chez F. B., 12 rue des Lilas, 59000 Lille, on frappe deux fois.", "12 rue des Lilas, 59000 Lille"),
        ("nl", "Wij gingen naar R.v.D., in de Eikenlaan 5, 4331 AB Goes.", "Eikenlaan 5, 4331 AB Goes"),
    ],
)  # fmt: skip
def test_an_address_beside_initials_is_somebodys(lang: str, text: str, address: str) -> None:
    assert marks(text, lang, "address") == [address]


def test_an_address_of_an_office_stays_one_beside_initials() -> None:
    text = "The office of the trust is at 12 Mill Lane, LS6 3AB Leeds; F. B. works there."
    assert marks(text, "en", "address") == []
