"""Desks, switchboards, what the gentleman does: nobody's mailbox, number, surname; in [brackets] somebody's."""

import pytest

from goodpractices.anonymity import check
from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Reception (01223 555 012) is open till six; enrolment@millfarm.example."),
        ("en", "Ring the front desk on 0131 496 0033."),
        ("fr", "On appelle la loge (03 88 11 22 33) ou on écrit à hebergement@lamoisson.example."),
        ("nl", "Het onthaal (09 233 44 11) of verwijzing@hetanker.example."),
        ("de", "Der Empfang (0341 998877) oder geschaeftsstelle@anker-haus.example."),
        ("es", "La conserjería (91 555 66 77) o solicitudes@elancla.example."),
        ("it", "L'accettazione (051 223344) o prenotazioni@lancora.example."),
        ("pt", "A portaria (21 888 77 66) ou marcacoes@aancora.example."),
        ("el", "Η υποδοχή (210 888 7766) ή eggrafes@agkyra.example."),
        ("cs", "Vrátnice (222 333 444) nebo rezervace@kotva.example."),
        ("pl", "Recepcja (22 888 77 66) lub rezerwacje@kotwica.example."),
    ],
)
def test_a_house_answers(lang: str, text: str) -> None:
    assert check(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("fr", "Sa mère est joignable au [03 88 11 22 34], le standard ferme à 17 h."),
        ("nl", "Zijn moeder is bereikbaar op [09 233 44 12]."),
        ("de", "Seine Mutter erreicht man unter [0341 998878]."),
        ("es", "Su madre está en el [91 555 66 78]."),
        ("it", "Sua madre risponde allo [051 223345]."),
        ("pt", "A mãe dela atende no [21 888 77 67]."),
        ("el", "Η μητέρα του απαντά στο [210 888 7767]."),
        ("cs", "Jeho matka má číslo [222 333 445]."),
        ("pl", "Jego matka ma numer [22 888 77 67]."),
    ],
)
def test_a_number_beside_a_house_is_somebodys(lang: str, written: str) -> None:
    assert_marked(lang, written, "phone")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("nl", "Mevrouw slaapt nog en meneer knikt. Meneer vroeg om koffie, mevrouw bedankte hem."),
        ("nl", "Gisteren zei mevrouw alleen dat meneer ziek werd."),
        ("nl", "Ik ging met mevrouw [janssens] naar de winkel en meneer [peeters] wachtte."),
        ("nl", "Juffrouw leidt de groep, mijnheer zwaait en mevrouw wuift terug."),
        ("fr", "Monsieur revint tard, madame préparait la soupe. Mademoiselle chantait."),
        ("fr", "Hier madame pleure encore, et monsieur seul reste assis."),
        ("fr", "On a vu monsieur [lefebvre] avec madame [garcia] au marché."),
        ("fr", "Madame souhaite un logement, monsieur cherche un emploi."),
        ("es", "La sra dijo que no. El sr [garcía] vino."),
        ("it", "La sig disse di no."),
        ("en", "Mrs says she is fine. I met mr [brown] and mrs [okafor]."),
    ],
)
def test_what_the_gentleman_does_is_no_surname(lang: str, written: str) -> None:
    assert_marked(lang, written)
