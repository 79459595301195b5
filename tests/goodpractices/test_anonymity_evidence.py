"""What leaves no other reading makes a name, an address or a number of a word nobody knows; its likeness does not."""

import pytest

from goodpractices.anonymity import check


def marks(text: str, lang: str, kind: str) -> list[str]:
    return [mark.text for mark in check(text, lang) if mark.kind == kind]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "When Qwertan cried, the room went quiet.", ["Qwertan"]),
        ("en", "Qwertan and his wife came; Qwertan's birthday is near.", ["Qwertan", "Qwertan"]),
        ("en", "She hugged Qwertan. A lad we call Wobbly, he says.", ["Qwertan", "Wobbly"]),
        ("fr", "Puis Qwertan a souri et on l'appelle Bouboule.", ["Qwertan", "Bouboule"]),
        ("nl", "Toen lachte Qwertan; we noemen hem Flapoor.", ["Qwertan", "Flapoor"]),
        ("de", "Dann weinte Qwertan, und wir nennen ihn Spargel.", ["Qwertan", "Spargel"]),
        ("es", "El educador abrazó a Qwertan; le llaman el Chato.", ["Qwertan", "Chato"]),
        ("it", "Di notte Qwertan piange. Lo chiamiamo Zampa.", ["Qwertan", "Zampa"]),
        ("pt", "O quarto do Qwertan é azul; chamam-lhe Faísca.", ["Qwertan", "Faísca"]),
        ("el", "Ο Κβερτάν έκλαιγε· τον φωνάζουμε Σπίρτο.", ["Κβερτάν", "Σπίρτο"]),
        ("cs", "Když Qwertan plakal, seděli jsme; říkáme mu Ještěr.", ["Qwertan", "Ještěr"]),
        ("pl", "Kiedy Qwertan płakał, siedzieliśmy; mówimy na niego Kefir.", ["Qwertan", "Kefir"]),
        ("en", "then mr brown said no, and her daughter ngozi slept", ["brown", "ngozi"]),
        ("es", "la señora garcía y una chica llamada leyla", ["garcía", "leyla"]),
        ("en", "Client J.M.R., 34, and L.v.D. stayed.", ["J.M.R.", "L.v.D."]),
        ("el", "Ο ασθενής Κ.Π. έφυγε.", ["Κ.Π."]),
        ("el", "Μετά είδα την Ολεσία και τον Σουλεϊμάν.", ["Ολεσία", "Σουλεϊμάν"]),
    ],
)
def test_a_word_nobody_knows_is_a_name_beside_a_person(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "name") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Everyone cried. Teenagers laughed; the N.H.S. pays. We call it Stepping Stones."),
        ("en", "A cat called Misty, the dog, Bobbie, and rooms called Grace, Faith and Hope"),
        ("fr", "Un projet appelé Boussole ; à Noël et à l'Ascension on chante. madame est venue."),
        ("nl", "Gisteren lachte de groep; een kat die Mimi heet; de Kamer van Koophandel"),
        (
            "de",
            "Alle weinten. An Sankt Martin kochen wir; der 16-jährige Schüler und die 30-jährige Erfahrung",
        ),
        ("es", "Ayer lloró media sala; una señora morena; bus a Santa Cruz"),
        ("pt", "As salas chamam-se Amália, Eusébio e Saramago."),
        ("el", "Το Δ.Σ. και η Π.Ε. πληρώνουν· Τ.Π.Ε., 36 ώρες"),
        ("cs", "Včera plakal celý sál. Od N. do M. se počítá."),
        ("pl", "Potem opowiadał o dzieciństwie. Koledzy z P.C.K. płacą."),
    ],
)
def test_what_only_looks_so_is_no_name(lang: str, text: str) -> None:
    assert marks(text, lang, "name") == []


@pytest.mark.parametrize(
    ("lang", "before", "wanted", "after"),
    [
        ("en", "The letter to her mother, ", "14 Chapel Street, Derby DE1 1AA", ", came back."),
        ("fr", "Le courrier de sa mère, ", "12, rue des Tanneurs, 59000 Lille", ", est revenu."),
        ("nl", "De brief aan zijn moeder, ", "Oude Baan 19, 3000 Leuven", ", kwam terug."),
        ("de", "Der Brief an seine Mutter, ", "Kattenstr. 27, 50667 Köln", ", kam zurück."),
        ("es", "La carta a su madre, ", "C/ Olmo 19, 41001 Sevilla", ", volvió."),
        ("it", "La lettera a sua madre, ", "via dei Conciatori 33", ", è tornata."),
        ("pt", "A carta para a mãe, ", "Travessa do Olmo 19, 3000-010 Coimbra", ", voltou."),
        ("el", "Το γράμμα στη μητέρα του, ", "Αγίου Μελετίου 19, 112 52 Αθήνα", ", γύρισε."),
        ("cs", "Dopis matce, ", "Cejl 91, 602 00 Brno", ", se vrátil."),
        ("pl", "List do matki, ", "ul. Garbarska 17", ", wrócił."),
    ],
)
def test_an_address_beside_a_person_is_marked_and_an_institutions_is_not(
    lang: str, before: str, wanted: str, after: str
) -> None:
    assert marks(before + wanted + after, lang, "address") == [wanted]
    assert marks(wanted + after, lang, "address") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "Case number HX-20417 stays; order number 20417 does not.", ["HX-20417"]),
        ("fr", "dossier n° 4512 ; le dossier 2021 est clos", ["4512"]),
        ("nl", "Dossiernummer 20417-B", ["20417-B"]),
        ("de", "Aktenzeichen 12 F 2041/17", ["12 F 2041/17"]),
        ("es", "expediente n.º 20417-B y sala 2041", ["20417-B"]),
        ("it", "numero di cartella 20417, ordine 20417", ["20417"]),
        ("pt", "número de utente 298 765 432", ["298 765 432"]),
        ("el", "Αριθμός φακέλου 20417-Β", ["20417-Β"]),
        ("cs", "spisová značka 20417/B", ["20417/B"]),
        ("pl", "sygnatura akt III K 2041/17", ["III K 2041/17"]),
    ],
)
def test_numbers_of_files_are_marked(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "id_number") == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "Dean Porter, 04/06/1988; signed by Anna Kent, 04/06/2024", ["04/06/1988"]),
        ("de", "Kevin Maier (04.06.1988) und Franco Basaglia (11.3.1924 – 29.8.1980)", ["04.06.1988"]),
        ("pl", "Urodziłem się 12 maja 1971.", ["12 maja 1971"]),
        ("es", "Nacimos en 1968; los nacidos en 1968 son muchos", ["1968"]),
        ("cs", "Narodili jsme se roku 1968", ["1968"]),
    ],
)
def test_dates_after_a_name_and_births_in_every_person(lang: str, text: str, wanted: list[str]) -> None:
    assert marks(text, lang, "birth_date") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "07700 900 418"), ("fr", "06 39 98 41 27"), ("nl", "0470 12 98 41"), ("de", "0176 040 33 214"),
        ("es", "612 34 56 78"), ("it", "333 984 1276"), ("pt", "912 984 127"), ("el", "697 984 1276"),
        ("cs", "606 984 127"), ("pl", "606 984 127"), ("en", "06 39 98 41 27"),
    ],
)  # fmt: skip
def test_mobile_phones_as_each_country_writes_them(lang: str, text: str) -> None:
    assert marks(f"… {text} …", lang, "phone") == [text]


@pytest.mark.parametrize(
    "before",
    ["😀👩‍👩‍👧 ", "e\u0301te\u0301 a\u0308 ", "𝔄𝔅 \u200d ", "\u202a\u00a0"],
    ids=["astral", "combining", "letters-of-another-plane", "direction"],
)
def test_marks_stand_where_the_text_says(before: str) -> None:
    text = f"{before}I spoke with Danny\u0301s mother, Mrs Okonkwo, on 07911 123456 about her son marek."

    found = check(text, "en")

    assert [text[mark.start : mark.end] for mark in found] == [mark.text for mark in found]
    assert ("Okonkwo", "name") in [(mark.text, mark.kind) for mark in found]
    assert ("07911 123456", "phone") in [(mark.text, mark.kind) for mark in found]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "They call her Smudge.", [("Smudge", "name")]),
        ("en", "his car, reg. CX19 KTD, stood outside", [("CX19 KTD", "id_number")]),
        ("en", "follow us on instagram, @harbourhouse", []),
        ("en", "she gave me her instagram, @leyla.draws", [("@leyla.draws", "name")]),
        ("de", "er wird Atze genannt", [("Atze", "name")]),
        ("de", "seine Mutter brachte Tee", []),
        ("fr", "Après 32 mois, elle vivait encore là. Confier la cuisine aux anciens.", []),
        ("es", "nació el tres de mayo de mil novecientos ochenta", [
            ("tres de mayo de mil novecientos ochenta", "birth_date")]),
        ("cs", "spisová značka 17 Nc 2231/2022", [("17 Nc 2231/2022", "id_number")]),
        ("pl", "rozmawiałam z markiem, potem marek wyszedł", [("markiem", "name"), ("marek", "name")]),
        ("nl", "Na 10 maanden woonde 60 % er nog. Een team van 12, elke maand.", []),
        ("it", "il carnet di J.M.R., a lungo", [("J.M.R.", "name")]),
    ],
)  # fmt: skip
def test_weak_kinds(lang: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(mark.text, mark.kind) for mark in check(text, lang)] == wanted
