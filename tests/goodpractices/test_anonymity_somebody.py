"""Other ways to tell of somebody, in the languages that have them: what is in [brackets] is marked."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        (
            "cs",
            (
                "zápis z terénu, čtvrtek. [fanda] chtěl jenom vodu a náplast. za půl "
                "hodiny se vrátil. [fandovi] jsme pak koupily lístek na vlak."
            ),
        ),
        (
            "pl",
            (
                "z dziennika, dzień piąty. [oskar] znowu nie poszedł do szkoły. zrobił "
                "budę dla kota. [oskarowi] nikt nie robił wykładu. jutro malują."
            ),
        ),
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
            "el",
            (
                "ημερολόγιο, πέμπτη. ο [σταύρος] ήρθε για νερό. μισή ώρα μετά γύρισε. "
                "πήραμε του [σταύρου] ένα εισιτήριο. μια φράση στο έντυπο."
            ),
        ),
        (
            "en",
            (
                "field notes, thursday. hope is what they want. in spring the roses "
                "come. hope stays. will we see."
            ),
        ),
        (
            "en",
            (
                "notes, thursday. the roses came in spring. rosemary is in the pot. we "
                "planted rosemary twice. nobody minded."
            ),
        ),
        ("cs", "zápis. [jarmila] zase nepřišla. [jarmile] jsme volali. nikdo to nezvedl. zítra znovu."),
        ("pl", "notatki. róża kwitnie w ogrodzie. podlewamy różę co rano. nikt nie narzeka. jutro znowu."),
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


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "He was found at home, [Flat 3, 27 Harbour Row], and taken in."),
        ("en", "She gave her sister's place as hers: [27 Quay Street]."),
        ("fr", "On sonne chez elle, au [27 rue des Pêcheurs], et elle ouvre."),
        ("fr", "Il dort au [27, quai des Belges], deuxième étage."),
        ("nl", "We bellen aan bij haar thuis, [Kaaistraat 27]."),
        ("nl", "Zijn moeder stond voor de deur in de [Kaaistraat 27 bus 3]."),
        ("de", "Wir klingeln bei ihr, [Kaistraße 27], zweiter Stock."),
        ("de", "Seine Mutter wartet in der [Kaistraße 27]."),
        ("es", "Llamamos a su puerta, [calle Muelle 27], y abrió."),
        ("it", "Suoniamo a casa sua, [via del Molo 27], e apre."),
        ("pt", "Batemos à porta dela, [Rua do Cais, 27], e abriu."),
        ("el", "Χτυπάμε την πόρτα της, [Προκυμαίας 27], και ανοίγει."),
        ("el", "Η μητέρα του περιμένει στην [οδό Προκυμαίας 27]."),
        ("cs", "Zvoníme u ní, [Nábřežní 27], a otevře."),
        ("cs", "Jeho matka čeká v [Nábřežní ulici 27]."),
        ("pl", "Dzwonimy do niej, [Nabrzeżna 27 m. 3], i otwiera."),
        ("pl", "Jego matka czeka na [ul. Nabrzeżnej 27]."),
    ],
)
def test_at_somebodys_door(lang: str, written: str) -> None:
    assert_marked(lang, written, "address")
