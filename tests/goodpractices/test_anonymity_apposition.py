"""What stands on the other side of a comma says whose a date or an address is: what is in [brackets] is marked."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "He remembered [3 September 2005], his birthday."),
        ("fr", "Il se souvient du [3 septembre 2005], sa date de naissance."),
        ("nl", "Hij dacht aan [3 september 2005], zijn geboortedatum."),
        ("de", "Sie nannte den [3. September 2005], ihr Geburtsdatum."),
        ("es", "En la libreta estaba el [17-09-2001], la fecha de nacimiento del chico."),
        ("it", "Ricorda il [3 settembre 2005], la sua data di nascita."),
        ("pt", "Lembra o [3 de setembro de 2005], a sua data de nascimento."),
        ("el", "Θυμάται την [3 Σεπτεμβρίου 2005], την ημερομηνία γέννησής του."),
        ("cs", "Pamatuje si [3. září 2005], své datum narození."),
        ("pl", "Pamięta [3 września 2005], swoją datę urodzenia."),
        ("en", "We met on 3 September 2005, the birthday of the centre."),
        ("en", "On 3 September 2005, born out of need, the project began."),
    ],
)
def test_date_that_is_said_to_be_a_birthday(lang: str, written: str) -> None:
    assert_marked(lang, written, "birth_date")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "The group decided that letters go to his brother, [12 Mill Lane], from now on."),
        ("fr", "Le groupe a décidé que le courrier va chez son frère, [12 rue des Lilas]."),
        ("nl", "De sleutel hangt bij zijn broer, [Zeedijk 311], in de gang."),
        ("de", "Die Gruppe schickt die Post an seinen Bruder, [Lindenpfad 12]."),
        ("es", "El grupo decidió enviar las cartas a su hermano, [calle Almendros, 63]."),
        ("it", "Il gruppo manda le lettere a suo fratello, [via dei Tigli 12]."),
        ("pt", "O grupo manda as cartas ao irmão, [rua das Flores, 12]."),
        ("cs", "Obálky mu teď chodí k sestře, [Studentská 9/1340]."),
        ("pl", "Grupa wymyśliła, że listy będą przychodzić na adres brata, [ul. Wiatraczna 150]."),
        ("es", "Recibe el correo en [avenida del Parque, 29], donde vive su madrina."),
        ("en", "The post goes to [12 Mill Lane], where her aunt lives."),
        ("de", "Die Post geht in die [Lindenstraße 12], wo ihre Tante wohnt."),
        ("fr", "Le courrier arrive au [12 rue des Lilas], où habite sa tante."),
        ("en", "The post goes to 12 Mill Lane, where the centre has its office."),
    ],
)
def test_address_beside_those_who_live_there(lang: str, written: str) -> None:
    assert_marked(lang, written, "address")
