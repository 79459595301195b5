"""Dates of birth told in other words, in the languages that have them: what is in [brackets] is marked."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "He carries a card that says [17/3/1968] beside his photo."),
        ("en", "On the last stone he cut his date, [17/3/1968], and nobody minded."),
        (
            "en",
            (
                "She came to them as a baby; in the papers there was only a date, [27 "
                "September 2019], and a first name."
            ),
        ),
        ("en", "She is from [1967] and calls herself a late starter."),
        (
            "en",
            (
                "Born in a small village near the border, the youngest of nine, on "
                "[12.III.1981], she never went to school."
            ),
        ),
        ("en", "She was born, her aunt says, in the back of a lorry on [12 03 1981]."),
        ("en", "The boy, born [12 / 03 / 2009], likes maths."),
        ("en", 'His life story book opens with "[12 February 1939], frost".'),
        ("en", "The house is from 1967 and has nine rooms."),
        ("en", "The date, 17/3/2024, was set by the team."),
        ("en", "They set a date, 27 September 2024, for the party."),
        ("en", "The letter bears a date, 27 September 2024."),
        ("fr", "Né à Oran, dernier de neuf enfants, un [12 mars 1981], il n'a jamais quitté le quartier."),
        ("fr", "Né le [1er mars 1981], il parle peu."),
        ("fr", "Elle est de [1967] et se dit tardive."),
        ("fr", "Sur la dernière pierre il a gravé sa date, le [17/3/1968]."),
        ("fr", "Arrivé bébé, il n'avait dans ses papiers qu'une date, le [27 septembre 2019]."),
        ("fr", "Sur sa carte de bibliothèque figure le [29/01/2008]."),
        ("fr", "La maison est de 1967."),
        ("nl", "Zelf is ze van [5-8-1967] en ze noemt zich laatbloeier."),
        ("nl", "Hij is van [1967]."),
        ("nl", "Het gebouw is van 1967."),
        ("nl", "Op de steen kraste hij zijn datum, [17/3/1968]."),
        ("nl", "Als baby kwam hij binnen, met alleen een datum, [27 september 2019], op een briefje."),
        ("nl", "Zijn bibliotheekkaart vermeldt [29/01/2008]."),
        ("de", "Sie ist von [1967] und lacht darüber."),
        ("de", "Er ist Jahrgang [1967]."),
        ("de", "In den letzten Stein ritzte er sein Datum, den [17.3.1968]."),
        ("de", "Als Säugling kam sie, auf dem Zettel nur ein Datum, der [27. September 2019]."),
        ("de", "Auf seinem Bibliotheksausweis steht der [29.01.2008]."),
        ("de", "Das Haus ist von 1967."),
        ("es", "Cumplió los diecisiete durante el curso, el [29/01/2008] figura en su carné de biblioteca."),
        ("es", "Ella es del [5-8-1967]."),
        ("es", "En la piedra grabó su fecha, [17/3/1968], y nadie dijo nada."),
        ("es", "Llegó de bebé, con una sola fecha en los papeles, el [27 de septiembre de 2019]."),
        ("es", "El edificio es de 1967."),
        ("it", "Lei è del [1967] e si dice tardiva."),
        ("it", "Sull'ultima pietra ha inciso la sua data, [17/3/1968]."),
        ("it", "È arrivato da neonato, nelle carte solo una data, [27 settembre 2019]."),
        ("it", "Sulla sua tessera della biblioteca c'è il [29/01/2008]."),
        ("it", "L'edificio è del 1967."),
        ("pt", "Ela é de [1967] e ri-se."),
        ("pt", "Na pedra gravou a sua data, [17/3/1968]."),
        ("pt", "Chegou em bebé, nos papéis só uma data, [27 de setembro de 2019]."),
        ("pt", "No seu cartão da biblioteca está [29/01/2008]."),
        ("pt", "O prédio é de 1967."),
        ("el", "Στην πέτρα χάραξε την ημερομηνία του, [17/3/1968]."),
        ("el", "Ήρθε μωρό, στα χαρτιά είχε μόνο μια ημερομηνία, [27 Σεπτεμβρίου 2019]."),
        ("el", "Η κάρτα του στη βιβλιοθήκη γράφει [29/01/2008]."),
        ("cs", "Listovala jsem knihou života. Začíná slovy „[12. února 1939], mráz“ a končí u trabanta."),
        ("cs", "Na poslední kámen vyryl svoje datum, [17/3/1968], a nikdo nic neřekl."),
        ("cs", "Přišel jako miminko, v papírech jen datum, [27. září 2019]."),
        ("cs", "Na jeho průkazce do knihovny stojí [29/01/2008]."),
        ("cs", "Dům je z roku 1967."),
        ("pl", "Trafił tu jako niemowlę, w papierach miał tylko datę, [27 września 2019], i imię."),
        ("pl", "Na ostatnim kamieniu wyrył swoją datę, [17/3/1968]."),
        ("pl", "Na jego karcie bibliotecznej widnieje [29/01/2008]."),
        ("pl", "Ona jest z [1967] roku i śmieje się z tego."),
        ("pl", "Dom jest z 1967 roku."),
    ],
)
def test_births_told_in_other_words(lang: str, written: str) -> None:
    assert_marked(lang, written, "birth_date")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "Her date of birth, which she wrote twice, is [03/04/81]."),
        ("en", "He was born, as the register of the parish has it, on [4 May 1981]."),
        ("en", "Born [4/5/81]."),
        ("en", "He turned eighteen on [4 May 2024]."),
        ("en", "They turned twenty people away on 4 May 2024."),
        ("fr", "Né le [03/04/81] à Oran."),
        ("fr", "Elle, née le [3.4.81], rit. Née un [14 juillet 1981]."),
        ("fr", "Il a fêté ses dix-huit ans le [4 mai 2024]."),
        ("fr", "Sa date de naissance ([03-04-1981]) est fausse. Né le [3 / 4 / 1981]."),
        ("nl", "Geboren op [3 / 4 / 1981]."),
        ("de", "Geb. am [3. 4. 81]."),
        ("es", "Cumplió dieciocho el [4 de mayo de 2024]. Nació el [3 / 4 / 1981]."),
        ("it", "Ha compiuto diciotto anni il [4 maggio 2024]. Nato il [3 / 4 / 1981]."),
        ("pt", "Fez dezoito anos a [4 de maio de 2024]. Nascido a [3 / 4 / 1981]."),
        ("el", "Γεννημένος στις [3 / 4 / 1981]."),
        ("cs", "Oslavil osmnáct let [4. května 2024]. Narozen [3 / 4 / 1981]."),
        ("pl", "Skończył osiemnaście lat [4 maja 2024]. Urodzony [3 / 4 / 1981]."),
    ],
)
def test_birthdays(lang: str, written: str) -> None:
    assert_marked(lang, written, "birth_date")
