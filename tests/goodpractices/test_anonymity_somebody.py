"""Other ways to tell of somebody, in the languages that have them: what is in [brackets] is marked."""

import re

import pytest

from goodpractices.anonymity import check


def assert_marked(lang: str, written: str, kind: str) -> None:
    parts = re.split(r"\[([^\]]*)\]", written)
    found = [mark.text for mark in check("".join(parts), lang) if mark.kind == kind]
    assert found == parts[1::2]


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
        (
            "de",
            (
                "notizen, donnerstag. [oskar] wollte nur wasser. nach einer halben "
                "stunde kam er zurück. wir kauften [oskar] ein ticket. ein satz im formular."
            ),
        ),
        (
            "pt",
            (
                "diário, quinta. [jorge] só queria água. meia hora depois voltou. "
                "comprámos um bilhete ao [jorge]. uma frase no formulário."
            ),
        ),
        (
            "en",
            (
                "field notes, thursday. hope is what they want. in spring the roses "
                "come. hope stays. will we see."
            ),
        ),
    ],
)
def test_names_written_small_in_a_diary(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("cs", "Tentokrát mluvila [O. Pospíchalová] o dceři. [O. Pospíchalová] přišla brzy."),
        ("de", "Die letzte Beschwerde kam von [H.-P. Lüdenscheidt], der das Frühstück zu früh fand."),
        ("de", "Dann sprach [O. Querfurth] über ihre Tochter. Danach rief [K. Müller-Thurgau] an."),
        ("de", "Sie hat Hepatitis C. Danach kam ein Arzt. Auf Station B. Lange Flure."),
        ("en", "This time [O. Pottinger] spoke about her daughter. [O. Pottinger] told us more."),
        ("en", "She has hepatitis C. Treatment is free. He moved to block B. Nobody minded."),
        (
            "fr",
            (
                "Cette fois [O. Pottinier] a parlé de sa fille. La plainte venait de "
                "[H.-P. Lüdenscheidt], qui dort mal."
            ),
        ),
        ("fr", "Elle a une hépatite C. Le traitement est gratuit."),
        (
            "nl",
            (
                "Deze keer sprak [O. Pottingers] over haar dochter. De klacht kwam van "
                "[H.-P. Ludenscheid], die slecht slaapt."
            ),
        ),
        ("es", "Esta vez habló [O. Pospinera] de su hija. La queja vino de [H. P. Ludeña], que duerme mal."),
        (
            "it",
            "Stavolta parlò [O. Pospinetti] della figlia. Il reclamo era di [G. Ludenzi], che dorme male.",
        ),
        ("pt", "Desta vez falou [O. Pospinheira] da filha. A queixa era de [H. Ludenho], que dorme mal."),
        ("el", "Αυτή τη φορά μίλησε η [Ο. Ποσπίχαλου] για την κόρη της."),
        ("pl", "Tym razem mówiła [O. Pospieszalska] o córce. Skarga była od [H. Ludenszyta], który źle śpi."),
        ("pl", "Ma zapalenie wątroby typu C. Leczenie jest darmowe. Mieszka w bloku B. Nikt nie narzeka."),
        ("cs", "Má hepatitidu C. Léčba je zdarma. Bydlí v bloku B. Nikdo si nestěžuje."),
    ],
)
def test_initials_before_a_surname(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("fr", "L'équipe a invité [Inès T.] à expliquer ce qu'elle attendait."),
        ("fr", "On a proposé à [Kévin B.] de venir. [Inès T.] a ri."),
        ("en", "The team invited [Xhandra T.] to explain. We gave [Rose B.] a key."),
        ("nl", "Het team vroeg [Inès T.] om uitleg te geven."),
        ("de", "Das Team lud [Inès T.] ein, und sie kam."),
        ("es", "El equipo invitó a [Inés T.] a explicarlo."),
        ("it", "L'équipe ha invitato [Inès T.] a spiegare."),
        ("pt", "A equipa convidou a [Inês T.] a explicar."),
        ("cs", "Tým pozval [Janu T.] na poradu."),
        ("pl", "Zespół zaprosił [Annę T.] na rozmowę."),
        ("el", "Η ομάδα κάλεσε την [Άννα Τ.] να εξηγήσει."),
    ],
)
def test_a_first_name_and_an_initial(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("fr", "Madame [VAN HOECKE] est arrivée avec une valise. Monsieur [DUPUYTREN] dort."),
        ("en", "Mrs [FEATHERSTONE] came in. Mr [O'DONOHUE] left."),
        ("nl", "Mevrouw [VAN HOECKE] kwam met een koffer. De heer [VERSCHUEREN] sliep."),
        ("de", "Frau [LÜDENSCHEIDT] kam mit einem Koffer."),
        ("es", "La señora [GARRIDO PEÑA] vino."),
        ("it", "La signora [SCARPETTI] è arrivata."),
        ("pt", "A senhora [BARROSO] chegou."),
        ("cs", "Paní [POSPÍCHALOVÁ] přišla s kufrem."),
        ("pl", "Pani [POSPIESZALSKA] przyszła z walizką."),
        ("el", "Η κυρία [ΠΑΠΑΔΑΚΗ] ήρθε με μια βαλίτσα."),
    ],
)
def test_surnames_in_capitals_behind_a_title(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("fr", "L'une des petites, [Merveille], ne parle presque pas."),
        ("fr", "L'un des garçons, [Xhandri], dort encore. Une des maisons, Bellevue, est fermée."),
        ("en", "One of the girls, [Xhandra], hardly speaks. One of the towns, Ballyhaunis, is far."),
        ("nl", "Een van de meisjes, [Xhandra], zegt bijna niets. Een van de huizen, Zonnelied, is dicht."),
        ("de", "Eine der Kleinen, [Xhandra], spricht kaum. Eines der Häuser, Sonnenhof, ist zu."),
        ("es", "Una de las niñas, [Xhandra], casi no habla. Uno de los pueblos, Vitigudino, está lejos."),
        ("it", "Una delle bambine, [Xhandra], quasi non parla. Uno dei paesi, Cuggiono, è lontano."),
        ("pt", "Uma das meninas, a [Xhandra], quase não fala. Uma das vilas, Vouzela, fica longe."),
        ("el", "Ένα από τα κορίτσια, η [Ξάντρα], σχεδόν δεν μιλά."),
        ("cs", "Jedna z holčiček, [Xhandra], skoro nemluví. Jedno z měst, Vítkov, je daleko."),
        ("pl", "Jedna z uczennic, [Mehwish], skróciła własną suknię. Jedno z miast, Wąchock, jest daleko."),
        ("pl", "Jeden z chłopaków, [Xhandr], nie mówi."),
    ],
)
def test_one_of_several_people(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "A boy who signs his walls [Skrunk] had been excluded."),
        ("en", "A boy whom even his teachers call [Skrunk] came. [Skrunk] laughed."),
        ("en", "The boss is [Fatso], as he likes to be called, a thin man."),
        (
            "fr",
            (
                "Un garçon qui signe ses murs [Skrunk] est venu. Le chef est [Gros], "
                "comme il veut qu'on l'appelle."
            ),
        ),
        ("fr", "Un garçon que même ses profs appellent [Skrunk] est venu."),
        (
            "nl",
            (
                "Een jongen die zijn muren tekent met [Skrunk] kwam langs. Een jongen "
                "die zelfs zijn leraars [Skrunk] noemen, lachte."
            ),
        ),
        ("nl", "[Spritzi] wordt hier een vroegere arts genoemd."),
        ("de", "[Spritzi] wird dort eine frühere Ärztin genannt, die seit Jahren hier lebt."),
        (
            "de",
            (
                "Ein Junge, den sogar die Lehrer [Skrunk] nennen, kam. Ein Patient, "
                "den alle nur [Pinocchio] rufen, lachte."
            ),
        ),
        ("de", "Chef der Schicht ist der [Dicke], wie er sich nennen lässt, ein dünner Mann."),
        (
            "es",
            (
                "Un chico que firma sus muros [Skrunk] vino. Un chico al que hasta sus "
                "profes llaman [Skrunk] rió."
            ),
        ),
        ("es", "El jefe es el [Gordo], como pide que le llamen, un hombre flaco."),
        (
            "it",
            (
                "Un ragazzo che firma i muri [Skrunk] è venuto. Un ragazzo che perfino "
                "i professori chiamano [Skrunk] rise."
            ),
        ),
        ("it", "Il capo è [Ciccio], come vuole essere chiamato, un uomo magro."),
        (
            "pt",
            (
                "Um rapaz que assina as paredes [Skrunk] veio. Um rapaz a quem até os "
                "professores chamam [Skrunk] riu."
            ),
        ),
        ("pt", "O chefe é o [Gordo], como quer ser chamado, um homem magro."),
        ("el", "Ένα αγόρι που ακόμη κι οι δάσκαλοι φωνάζουν [Σκρανκ] ήρθε."),
        (
            "cs",
            (
                "Kluk, kterému i učitelé říkají [Skrunk], přišel. Šéfem směny je "
                "[Tlustý], jak si nechává říkat, hubený muž."
            ),
        ),
        (
            "pl",
            (
                "Szefem zmiany jest [Gruby], jak każe się nazywać, dwudziestolatek. "
                "[Grubemu] nikt nie złożył reklamacji."
            ),
        ),
        ("pl", "Chłopak, którego nawet nauczyciele nazywają [Skrunk], przyszedł."),
    ],
)
def test_what_somebody_has_others_call_them(lang: str, written: str) -> None:
    assert_marked(lang, written, "name")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("cs", "U pana Dezidera, který se stěhoval na [Merhautovu 412/67], tým smažil bramboráky."),
        ("cs", "Její maminka čeká v [Kounicově 14/3] a vaří."),
        ("cs", "Úřad najdete na Husově 12/3 v centru. Spis Nkd 214/20 leží na stole."),
        ("pl", "Jego mama czeka na [Kwiatowej 12/4] i gotuje."),
        ("es", "El piso, en [calle Almendros, 63, 3.º B], tiene cinco habitaciones."),
        ("it", "L'appartamento, in [via Mandorli 63, int. 4], ha cinque stanze."),
        ("fr", "L'appartement, [12 rue des Amandiers, apt. 4], a cinq pièces."),
        ("pt", "O apartamento, na [rua das Amendoeiras, 63, 3.º B], tem cinco quartos."),
        ("de", "Die Wohnung, [Mandelgasse 63, Whg. 4], hat fünf Zimmer."),
        ("nl", "Het appartement, [Amandelstraat 63 bus 4], heeft vijf kamers."),
        ("en", "The flat, [Flat 4, 63 Almond Lane], has five rooms."),
    ],
)
def test_streets_without_a_word_and_flats(lang: str, written: str) -> None:
    assert_marked(lang, written, "address")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("it", "La pratica [1187/2021] in tribunale è stata chiusa."),
        ("fr", "Le dossier [1187/2021] est clos."),
        ("de", "Die Akte [1187/2021] ist zu."),
        ("cs", "Spis [1187/2021] leží na soudě."),
        ("pl", "Sprawa [1187/2021] w sądzie jest zamknięta."),
        ("es", "El expediente [1187/2021] está cerrado. La ley 39/2006 ayuda."),
        ("pt", "O processo [1187/2021] foi arquivado."),
        ("nl", "Het dossier [1187/2021] is gesloten."),
        ("en", "The case [1187/2021] is closed. The file of 9/2021 is thin."),
    ],
)
def test_files_counted_by_the_year(lang: str, written: str) -> None:
    assert_marked(lang, written, "id_number")
