"""Names of houses, offices and companies are nobody's; what is in [brackets] is somebody and marked all the same."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    "written",
    [
        "Οι δράσεις του Επιχειρησιακού Προγράμματος συνεχίζονται.",
        "Οι φορείς της Δημόσιας Διοίκησης και οι δομές της Περιφέρειας Θεσσαλίας.",
        "Το προσωπικό της Ε.Υ. Αρχή Πληρωμής ταξίδεψε.",
        "Οι ανάγκες της Κ.Υ. της ΜΟΔ καλύφθηκαν.",
        "Έργα για την Ένταξη Μαθητών στην πόλη.",
        "Το δίκτυο ύδρευσης Δ.Κ. Τυρνάβου ανανεώθηκε.",
        "Η ΕΙΔΙΚΗ ΥΠΗΡΕΣΙΑ ΔΙΑΧΕΙΡΙΣΗΣ Ε.Π. ΠΕΡΙΦΕΡΕΙΑΣ ΘΕΣΣΑΛΙΑΣ πλήρωσε.",
        "Η μητέρα του [Γιώργου Παπαδόπουλου] δουλεύει στο πρόγραμμα.",
        "Γνώρισα τον [Χαμίντ Ραχιμί] στη δομή της Περιφέρειας Θεσσαλίας.",
        "Τον [Γ.Δ.] τον ξέρω από το κέντρο.",
        "Η μητέρα της [Ξένιας Δημοσίδου] ήρθε.",
        "Η [Α.Κ. Παπαδοπούλου] δουλεύει εδώ.",
        "Ο [Δ.Κ.] έμενε στον ξενώνα.",
    ],
)
def test_greek_offices_and_programmes(written: str) -> None:
    assert_marked("el", written)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("de", "Wir besuchten die Klinik Dr. Weber, Ulm."),
        ("de", "Wir besuchten das Sanatorium Dr. Amberg, Lech."),
        ("de", "Wir besuchten Rudolf Virchow Klinikum Glauchau gGmbH."),
        ("de", "Wir besuchten Helios St. Elisabeth Klinik Oberhausen."),
        ("de", "Wir besuchten Vitos Rheingau gemeinnützige GmbH."),
        ("de", "Wir besuchten das Krankenhaus der Barmherzigen Brüder Graz."),
        ("de", "Wir waren in Landsberg am Lech und in Brandenburg an der Havel."),
        ("de", "Herr [Weber] vom Klinikum sprach mit uns. Die Brüder [Karl] und [Thomas] kamen."),
        ("de", "In der Klinik sprach Dr. [Weber] mit uns."),
        ("de", "In der Klinik hat Frau [Schlemmer] geweint."),
        ("de", "Seit 2019 lebt [Karl] im Krankenhaus."),
        ("nl", "De W.A. van Elslandschool en de Dr. A. van Damschool doen mee."),
        ("nl", "Perry Sport B.V. en de Kamer van Koophandel Utrecht betalen."),
        ("nl", "In de kliniek vertelde [Karin] over haar moeder."),
        ("nl", "De kamer van [Xhevdet] was leeg."),
    ],
)
def test_what_a_house_is_called_after(lang: str, written: str) -> None:
    assert_marked(lang, written)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("fr", "Nous avons visité HDJ ADULTES PAUL CEZANNE BRON, BRON."),
        ("fr", "Nous avons visité CENTRE DE GERIATRIE FELIX MARECHAL, METZ."),
        ("fr", "Nous avons visité CLINIQUE DU DOCTEUR HONORE CAVE, MONTAUBAN."),
        ("es", "Visitamos CLÍNICA NUESTRA SEÑORA DEL PILAR, ZARAGOZA."),
        ("es", "Visitamos HOSPITAL CENTRAL GOMEZ ULLA, MADRID."),
        ("es", "Visitamos POLICLÍNICA GIPUZKOA, S.A., DONOSTIA."),
        ("it", "Abbiamo visitato P.O. GIOVANNI PAOLO II, SCIACCA."),
        ("it", "Abbiamo visitato CASA DI CURA PROF. BRODETTI, FOGGIA."),
        ("it", "Abbiamo visitato CENTRO RIABILITAZIONE DON CARLO GNOCCHI, LA SPEZIA."),
        ("pt", "Visitámos o Hospital Prof. Doutor Fernando Fonseca, E.P.E., Amadora."),
        ("pt", "Visitámos Hospitais da ULS da Guarda, E.P.E., Guarda."),
        ("fr", "Au centre, [MARIE DUPONT] dort mal."),
        ("fr", "Au Centre de Jour Beauséjour, [Camille], 34 ans, a pleuré."),
        ("en", "At the Elm Day Centre, [Maria], 34, cried."),
        ("fr", "LA MAMAN DE [PAUL] EST VENUE."),
        ("es", "En la clínica, [Juan S.L.] lloró toda la noche."),
        ("es", "La señora [Pilar] vino con su hijo."),
        ("it", "Il P.O. e [Maria Rossi] hanno firmato."),
        ("it", "Nel centro il signor [Gnocchi] piangeva."),
        ("pt", "No hospital a doutora [Fonseca] chorou."),
    ],
)
def test_houses_in_capitals_and_companies(lang: str, written: str) -> None:
    assert_marked(lang, written)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("pl", "Odwiedziliśmy Szpital Wojewódzki im. Mikołaja Kopernika w Koszalinie."),
        ("pl", "Odwiedziliśmy Szpital im. błogosławionego księdza Jerzego Popiełuszki we Włocławku."),
        ("pl", "Odwiedziliśmy SZPITAL PUCKI SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ, Puck."),
        ("cs", "Navštívili jsme Krajská zdravotní, a.s. v Ústí."),
        ("cs", "Navštívili jsme Karvinská hornická nemocnice a.s., Karviná."),
        ("cs", "Navštívili jsme Vividus East, s.r.o., Praha."),
        ("pl", "Pomogła im [Anna Nowak] w szpitalu."),
        ("pl", "Lekarstwo przyniosła im dr [Anna Nowak] rano. Pan [Mikołaj] spółka z nim."),
        ("pl", "W szpitalu ksiądz [Jerzy] płakał."),
        ("cs", "V nemocnici paní [Novotná] plakala."),
    ],
)
def test_patrons_and_legal_forms(lang: str, written: str) -> None:
    assert_marked(lang, written)
