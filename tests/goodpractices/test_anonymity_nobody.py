"""What only looks like somebody, in the languages that have it: what is in [brackets] is marked all the same."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "The schooner Anna Katharina lies in Cork and takes six teenagers to sea."),
        ("en", "The van runs from three to eight and is called Matilda."),
        ("en", "The frigate Queen Johanna II is a museum."),
        ("en", "The minibus, Charlotte, has a kettle."),
        ("fr", "Le voilier Anne-Catherine est amarré à Brest."),
        ("fr", "La camionnette roule de 15 à 20 heures et s'appelle Mathilde."),
        ("fr", "La péniche Vrouwe Johanna sert d'abri."),
        ("fr", "Le minibus s'appelle Charlotte."),
        ("nl", "Het schip Vrouwe Johanna ligt in Zwolle en dient als nachtopvang."),
        ("nl", "De bestelwagen rijdt van 15 tot 20 uur en heet Mathilde."),
        ("nl", "De klipper Anna Maria vaart met jongeren."),
        ("de", "Der Segelkutter Anna Katharina liegt in Flensburg."),
        ("de", "Der Bus fährt von 15 bis 20 Uhr und heißt Mathilde."),
        ("de", "Das Hausboot Johanna liegt am Ufer."),
        ("es", "La goleta Ana Catalina navega con jóvenes."),
        ("es", "La furgoneta circula de 15 a 20 horas y se llama Matilde."),
        ("es", "El velero Juan Sebastián sale los lunes."),
        ("it", "La goletta Anna Caterina porta i ragazzi al largo."),
        ("it", "Il furgone gira dalle 15 alle 20 e si chiama Matilde."),
        ("it", "Il veliero Maria Teresa parte da La Spezia."),
        ("pt", "A fragata D. Fernando II e Glória está em Almada."),
        ("pt", "A carrinha circula das 15 às 20 horas e chama-se Matilde."),
        ("pt", "A caravela Vera Cruz e o veleiro Maria Teresa levam jovens."),
        ("el", "Το ιστιοφόρο Ελένη Μαρία ταξιδεύει με εφήβους."),
        ("el", "Το βανάκι κυκλοφορεί από τις 3 ως τις 8 και λέγεται Ματθίλδη."),
        ("cs", "Plachetnice Anna Kateřina kotví v přístavu."),
        ("cs", "Dodávka jezdí od 15 do 20 hodin a jmenuje se Matylda."),
        ("pl", "Żaglowiec Anna Katarzyna pływa z młodzieżą."),
        ("pl", "Busik jeździ od 15 do 20 i nazywa się Matylda."),
        ("pl", "Jacht Maria Teresa stoi w porcie."),
        ("en", "The woman sits by the door and is called [Matilda]."),
        ("nl", "De man werkt in de tuin en heet [Johan]."),
    ],
)
def test_boats_and_vans_have_names_of_people(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "The method was developed by Vladimir Hudolin and lives in many countries."),
        ("en", "The approach comes from Pierina Scarpetti, and we tried it."),
        ("fr", "La méthode est née avec Pierina Scarpetti et vit partout."),
        ("fr", "La méthode mise au point par Pierina Scarpetti marche bien."),
        ("nl", "De methode werd ontwikkeld door Pieter Scarpema."),
        ("de", "Die Methode wurde von Peter Scarpemann entwickelt."),
        ("de", "Die Methode stammt von Peter Scarpemann."),
        ("es", "El método nace de Vladimir Hudolin y vive en muchos países."),
        (
            "it",
            (
                "Il metodo dei club alcologici territoriali nasce da Vladimir Hudolin "
                "e vive in tantissimi paesi."
            ),
        ),
        ("it", "Il modello ideato da Piera Scarpetti funziona."),
        ("pt", "O método foi criado por Pedro Scarpeta."),
        ("el", "Η μέθοδος αναπτύχθηκε από τον Πέτρο Σκαρπέτα."),
        ("cs", "Metodu vyvinul Petr Skarpeta v roce 1964."),
        ("pl", "Metodę opracował Piotr Skarpeta w roku 1964."),
        ("it", "Il quaderno nasce da un'idea di [Piera Scarpetti], una mamma."),
    ],
)
def test_who_thought_out_a_method_is_known(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "The Simon Community in Galway keeps a table."),
        ("en", "We visited the Arthur Movement and the Jude Fellowship."),
        ("it", "Il centro Don Carlo Gnocchi ci manda due gruppi."),
        ("it", "La fondazione don Carlo Gnocchi ci manda due gruppi."),
        ("it", "Lavora alla cooperativa Padre Giovanni Minozzi."),
        ("fr", "Le foyer Abbé Jean Dupré nous reçoit."),
        ("fr", "La maison Mère Thérèse ouvre à huit heures."),
        ("es", "El centro Padre Manuel Garrido abre a las ocho."),
        ("es", "La fundación Don Manuel Garrido abre a las ocho."),
        ("pt", "O lar Padre Manuel Antunes abre cedo. A escola D. Maria II fica ao lado."),
        ("nl", "Het centrum Pater Damiaan ligt aan zee."),
        ("cs", "Nadace Dr. Jana Nováka pomáhá."),
        ("it", "Nel centro il signor [Carlo Gnocchi] cucina."),
    ],
)
def test_houses_have_names_of_people(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("pt", "A reunião de pais de Viseu foi marcada numa pastelaria."),
        ("es", "La reunión de padres de Vitigudino fue en un bar."),
        ("it", "Il gruppo di genitori di Cuggiono si trova al bar."),
        ("fr", "La réunion de parents de Tulle se tient au café."),
        ("en", "A meeting of parents of Ballyhaunis was held in a pub."),
        ("nl", "Een groep van ouders van Zelzate komt samen."),
        ("pt", "A mãe da [Xhandra] veio. Os pais do [Xhandri] também."),
        ("es", "Los padres de [Xhandri] vinieron."),
        ("en", "The parents of [Xhandri] came."),
        ("fr", "Les parents de [Xhandri] sont venus."),
        ("nl", "De moeder van [Xhandra] kwam. Een meisje van twaalf heet [Fatima]."),
    ],
)
def test_parents_of_a_town(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("de", "Der Meister sagt, Holz verzeihe nicht. Im Winter schläft er bei seiner Schwester."),
        ("de", "Der Koch lacht. Ein Wolf schläft im Gehege. Der Kaiser kam nie. Im Sommer kommt sie."),
        ("de", "Herr [Winter] sagt, er komme. Frau [Meister] schläft."),
        ("de", "Ruhe. Der [Kevin] schläft noch."),
    ],
)
def test_german_nouns_are_no_surnames(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        (
            "de",
            "Es wohnten noch 83 Prozent der Mieter in derselben Wohnung. Hier leben 12 Frauen mit Kindern.",
        ),
        ("de", "Hier wohnen 14 Jugendliche in drei Häusern."),
        ("de", "Er wohnt am [Lindenplatz 4]."),
        ("en", "He lives at [12 Mill Lane]."),
        ("fr", "Il habite [12 rue des Lilas]."),
    ],
)
def test_what_is_counted_is_no_street(lang: str, written: str) -> None:
    assert_marked(lang, written, "address")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "The Lord Advocate made it easier. The Lord Mayor came, and the Lady Provost too."),
        ("en", "Mr President, she said, and we laughed. Lord Justice was busy."),
        ("fr", "Monsieur le Maire est venu. Madame la Présidente a ri."),
        ("de", "Der Herr Bürgermeister kam, Frau Präsidentin auch. Herr Doktor, sagte sie."),
        ("es", "El señor Alcalde vino. La señora Presidenta también."),
        ("it", "Il signor Sindaco venne. Il signor Presidente rise."),
        ("pt", "O senhor Presidente veio. A senhora Vereadora riu."),
        ("pl", "Pan Burmistrz przyszedł. Pani Dyrektor się śmiała."),
        ("cs", "Pan Starosta přišel. Paní Ředitelka se smála."),
        ("nl", "Mevrouw de Burgemeester kwam. Mijnheer Pastoor lachte."),
    ],
)
def test_offices_are_nobody(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "The dryer is called Bertha. The robot Emma greets them. The printer, Oscar, is old."),
        ("fr", "L'imprimante s'appelle Berthe. Le robot Emma les salue. Le tracteur, Oscar, est vieux."),
        ("nl", "De wasmachine heet Bertha. De robot Emma groet hen. De bakfiets heet Greta."),
        ("de", "Die Waschmaschine heißt Berta. Der Roboter Emma grüßt. Der Traktor, Oskar, ist alt."),
        ("es", "La lavadora se llama Berta. El robot Emma saluda. El tractor, Óscar, es viejo."),
        ("it", "La lavatrice si chiama Berta. Il robot Emma saluta. Il trattore, Oscar, è vecchio."),
        ("pt", "A máquina chama-se Berta. O robô Emma cumprimenta."),
        ("el", "Το πλυντήριο λέγεται Μπέρτα. Το ρομπότ Έμμα χαιρετά."),
        ("cs", "Pračka se jmenuje Berta. Robot Emma zdraví. Traktor jménem Oskar je starý."),
        ("pl", "Pralka nazywa się Berta. Robot Emma wita. Traktor imieniem Oskar jest stary."),
    ],
)
def test_machines_have_names_of_people(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")
