"""Somebody is told of, introduced, nicknamed, numbered: names that no list has, and what only looks like them."""

import pytest

from goodpractices.anonymity import check


def marks(text: str, lang: str, kind: str) -> list[str]:
    return [mark.text for mark in check(text, lang) if mark.kind == kind]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "The nurse told me about Xhandri, and I listened.", ["Xhandri"]),
        ("en", "A man in his fifties, Xhandri Molvane, got a key.", ["Xhandri Molvane"]),
        ("en", "We sat with Xhandri Molvane, a retired fisherman.", ["Xhandri Molvane"]),
        ("fr", "Il y avait là Xhandri Molvane, ancien boulanger, et son chien.", ["Xhandri Molvane"]),
        ("it", "Una di loro, Xhandra, adesso disegna.", ["Xhandra"]),
        ("pt", "Um deles, o Xhandri, nunca tinha visto o mar.", ["Xhandri"]),
        ("pt", "Em maio o Xhandri perguntou se doía.", ["Xhandri"]),
        ("de", "Einer davon ist der Zwirn, so nennen ihn alle.", ["Zwirn"]),
        ("cs", "Hrnek daroval Matyášovi i Xhandrovi.", ["Matyášovi", "Xhandrovi"]),
        ("pl", "Byłam z nią u Xhandry, bo padało.", ["Xhandry"]),
        ("pl", "Xhandra Trzebiatowicz nie powiedziała nic.", ["Xhandra Trzebiatowicz"]),
        ("pl", "O tym, którego nazywają Profesor, mówi się mało.", ["Profesor"]),
        ("el", "Ο Ξάντρι Μολβάνε το χτυπά συχνά.", ["Ξάντρι Μολβάνε"]),
        ("es", "El expediente AD-1906/24 pertenece a Xhandri Molvane.", ["Xhandri Molvane"]),
        ("en", "Hello, this is Xhandri, running late.", ["Xhandri"]),
        ("en", "They found XHANDRI MOLVANE, who slept there.", ["XHANDRI MOLVANE"]),
        ("en", "On the desk lay the form of Xhandri Molvane, NHS number 613 402 8576.", ["Xhandri Molvane"]),
        ("cs", "Xhandr a Božena spolu žijí dvanáct let.", ["Xhandr", "Božena"]),
    ],
)
def test_somebody_whom_no_list_knows(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "name") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The service is named after Octavia Hill and lies behind the library."),
        ("en", "The officer in Xhandrow showed me the file. Case number DK-4471/23 was closed."),
        ("fr", "Le Centre hospitalier Jean Titeca nous a reçus. Un jeune Guinéen est venu."),
        ("de", "Das Segelschiff heißt »Wilhelmine«. Seine Versichertennummer, M305182744, fehlt."),
        ("pt", "A Santa Casa tem uma lavandaria."),
        ("cs", "Rodina z Charkova nerozuměla dopisu. Zpívá a hraje se denně."),
        ("it", "Nel centro diurno di Reggio Emilia si cucina."),
        ("el", "Η θεραπεύτρια μίλησε για τον Βίνικοτ."),
    ],
)
def test_nobody_is_told_of(lang: str, text: str) -> None:
    assert marks(text, lang, "name") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("fr", "Dans le groupe, o.t. ne disait rien; o.t. écoutait, c.-à-d. p.ex. assis.", ["o.t.", "o.t."]),
        ("es", "Una mujer, m.j., no quería entrar.", ["m.j."]),
        ("el", "Στην ομάδα ο Δ.Κ. έμενε όρθιος, μαζί με το Δ.Σ. του συλλόγου.", ["Δ.Κ."]),
        ("en", "J. McA. said yes.", ["J. McA."]),
        ("pt", "Explicou por que T. M. Cabeças faltava.", ["T. M. Cabeças"]),
        ("en", "They spoke about T.J.O., a man of about fifty, and the B.B.C. was on.", ["T.J.O."]),
        ("pl", "Omawiano sytuację K. W.-S., która kończy pobyt.", ["K. W.-S."]),
        ("nl", "Hij kwam o.a. met de trein, m.a.w. te laat.", []),
    ],
)
def test_initials_small_and_long(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "name") == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "He waited, prison number A4821FK, with a coat.", ["A4821FK"]),
        ("de", "Sie brachte ihre Versicherungskarte mit, 4727 230390, und blieb.", ["4727 230390"]),
        ("pl", "Stała z paszportem FN 604182 w okienku.", ["FN 604182"]),
        ("pl", "Przyszedł z dowodem, CZK 341827, bo musiał.", ["CZK 341827"]),
        ("pt", "Era o recluso n.º 2274/B da ala norte.", ["2274/B"]),
        ("it", "La pratica del tribunale, la n. 512/2024 V.G., riporta le date.", ["512/2024 V.G."]),
        ("en", "She opened the file of a couple, number HSG-SL-20418, slowly.", ["HSG-SL-20418"]),
        ("pt", "O processo tem o n.º 1184/22.6T8VRL e é longo.", ["1184/22.6T8VRL"]),
        ("cs", "Soud jednal pod značkou 0 P 144/2022 celý rok.", ["0 P 144/2022"]),
        ("pl", "Dowód uznania dostało od 2022 roku 66 rodzin.", []),
        ("en", "Order number HSG-SL-20418 was for chairs.", []),
    ],
)
def test_numbers_of_papers(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "id_number") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("His papers give 14/02/2008 and nothing else.", ["14/02/2008"]),
        ("The house opened on 14/02/2008 with papers of its own.", []),
        ("The record was signed on 14/02/2024.", []),
    ],
)
def test_a_whole_date_of_long_ago_beside_papers(text: str, wanted: list[str]) -> None:
    assert marks(text, "en", "birth_date") == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("pt", "Deixou o número, 912 648 035, para mais tarde.", ["912 648 035"]),
        ("pl", "Na kartce był numer 601 202 303.", ["601 202 303"]),
        ("pt", "Encomenda número 812 648 035 de cadeiras.", []),
    ],
)
def test_a_mobile_number_rings_whatever_it_is_called(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "phone") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Im April ging es um Lithium, und das Heft lag offen."),
        ("pt", "Ali faz-se a avaliação. Sem esse intermediário nunca a teriam encontrado."),
        ("cs", "Z oken je vidět na Karlov a studenti Karlovy univerzity pomáhají."),
        ("it", "I volontari seguono un corso ispirato a don Milani."),
        ("pt", "Leem Saramago e Lídia Jorge, devagar."),
        ("el", "Διαβάσαμε μαζί τον Νίκο Καζαντζάκη."),
    ],
)
def test_months_writers_and_plain_words_are_nobody(lang: str, text: str) -> None:
    assert marks(text, lang, "name") == []
