"""Animals a house keeps and whose they are, cafés with a title, counted wards; homes, births, mailboxes beside."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "They keep a tortoise at the day centre, Gertie, who sleeps under the radiator."),
        (
            "en",
            "There is a parrot in the hallway, Winston, that swears at visitors. Winston has his own chair.",
        ),
        ("en", "They have a dog at home, [Martha] told us."),
        ("en", "The shelter keeps two goats behind the laundry, Doris and Edna, and everybody feeds Edna."),
        ("en", "She has a van and a driver, [Martin], who takes them home."),
        ("fr", "Elle a un chien, Rex, et un fils, [Mathieu], qui vit à Lyon."),
        ("it", "Ha un cane e un fratello, [Paolo], che vive a Lecce."),
        ("cs", "Má psa a [Martin] ho venčí."),
        ("pl", "Ma psa i [Tomek] go wyprowadza."),
        ("cs", "Má kočku. [Jana] ji krmí."),
        (
            "fr",
            "Le foyer a une chèvre au fond du jardin, Clémentine, qui mange le linge. Tout le monde adore Clémentine.",
        ),
        ("fr", "Il y a un chien à l'accueil, Gustave, qui dort sous le bureau."),
        ("nl", "Er woont een kater in de inloop, Gijs, die op de balie slaapt. Gijs krijgt te veel te eten."),
        ("de", "Im Hof des Tageszentrums leben zwei Ziegen, Resi und Herr Huber, die alle füttern."),
        ("de", "Die Einrichtung hält eine Katze im Büro, Lotte, die auf den Akten schläft."),
        ("en", "Two pigs, Nora and Mr Jenkins, live behind the kitchen."),
        ("fr", "Deux ânes, Marcel et Madame Dupont, vivent derrière le foyer."),
        ("nl", "Twee geiten, Truus en Meneer de Vries, lopen in de tuin."),
        ("es", "Dos burros, Paco y la señora Pérez, viven detrás del albergue."),
        ("es", "Tienen una perra en el albergue, Lola, que duerme en la entrada. Lola no ladra."),
        ("it", "Tengono un'asina in cortile, Teresa, che tutti accarezzano."),
        ("it", "Due capre, Bianca e il signor Rossi, vivono dietro la cucina."),
        ("pt", "Têm uma gata na receção, Amélia, que dorme em cima dos papéis."),
        ("pt", "Dois porcos, a Rosa e o senhor Silva, vivem atrás da cozinha."),
        ("el", "Έχουν μια γάτα στον ξενώνα, την Κατερίνα, που κοιμάται στη σόμπα."),
        ("el", "Δύο κατσίκες, η Μαρία και ο κύριος Νίκος, ζουν πίσω από την κουζίνα."),
        ("cs", "V denním centru mají ovci Lucii a dvě husy. Kdo krmí Lucii, má volno."),
        ("cs", "V zahradě chovají koně Tomáše a poníka."),
        ("cs", "Dvě kozy, Alžběta a pan Novák, žijí za kuchyní."),
        ("cs", "Na dvoře žije kocour Josef. Josefa tu krmí všichni."),
        ("cs", "Pes [Soni] spí pod stolem."),
        ("cs", "Mají psa [Terezy] u sebe v kanceláři."),
        ("pl", "Ośrodek ma kozę Balbinę i dwie gęsi. Kto karmi Balbinę, nie idzie na grupę."),
        ("pl", "Na podwórku mieszka kot Stefan. Stefana karmią wszyscy."),
        ("pl", "Dwie kozy, Halina i pan Kowalski, mieszkają za kuchnią."),
        ("pl", "W biurze mają psa Tadeusza, który śpi pod biurkiem."),
        ("pl", "Pies [Zosi] śpi pod stołem."),
        ("pl", "Suczka Bronia śpi w świetlicy. Najpierw głaszczą Bronię, potem rozmawiają."),
        ("de", "Übergabe: [Brigitte] ruhig, Mirta 15 mg, Pipam 1-0-1"),
        ("en", "Handover: settled, Olan 10 mg given at nine."),
        ("fr", "Relève : Tercia 25 mg à 20 h, calme."),
        ("pl", "Pacjenci prowadzą kawiarnię „U Pani Walewskiej”, otwartą codziennie."),
        ("pl", "Bar „U Pana Tadeusza” zatrudnia osoby po leczeniu."),
        ("cs", "Kavárna „U pana Hrabala“ zaměstnává bývalé klienty."),
        ("fr", "Le café « Chez Madame Irma » emploie d'anciens résidents."),
        ("de", "Das Café „Bei Frau Holle“ beschäftigt ehemalige Klienten."),
        ("it", "La trattoria «Da Don Peppe» assume ex ospiti."),
        ("es", "El bar «Casa del señor Ramón» contrata a antiguos usuarios."),
        ("en", "The café “Mr Tumble” employs former clients."),
        ("nl", "Het eethuis ‘Bij Mevrouw Jansen’ neemt oud-cliënten aan."),
        ("pt", "O restaurante «O Senhor Zé» emprega ex-utentes."),
        ("el", "Το καφενείο «Ο κύριος Μάνος» απασχολεί πρώην ωφελούμενους."),
        ("el", "Η ομάδα δουλεύει με τη μέθοδο της Βιρτζίνια Σατίρ και του Τζέι Χέιλι."),
        ("el", "Χρησιμοποιούν το μοντέλο του Γιάκο Σέικουλα και της Μαίρης Όλσον."),
        ("fr", "On travaille avec la méthode de Marta Rosen et de Paul Verdier."),
        ("en", "They use the method of Joan Halpern and Peter Strand."),
        ("it", "Lavorano con il metodo di Carla Bassi e di Paolo Verri."),
        ("es", "Trabajan con el método de Carmen Ruiz y de Pablo Soler."),
        ("pt", "Trabalham com o método da Marta Rosas e do Pedro Sales."),
        ("nl", "Ze werken met de methode van Marta Roos en Piet Vermeer."),
        ("de", "Sie arbeiten mit der Methode von Marta Rosen und Paul Vogel."),
        ("cs", "Pracují s metodou Marty Rosenové a Pavla Veselého."),
        ("pl", "Pracują metodą Marty Rosen i Pawła Wesołego."),
        ("fr", "moussa le boulanger apportait du pain"),
        ("nl", "de stagiaire vroeg aan mo of ze wilde koken en ze zei nee"),
        ("nl", "mijn collega vroeg aan [sjaakie] of hij mee ging vissen"),
        ("de", "die kollegin fragte den [ronny] ob er mitkommt"),
        ("it", "ieri c'era [ciccio] che lavava i piatti"),
        ("pl", "i wtedy [mirek] mówi do terapeutki że nie chce"),
        ("cs", "[honza] mi rekl at jdu dal"),
        ("es", "El monitor, [Koldo Arrizabalaga], llevó el grupo."),
        ("en", "Peer worker [Adebayo Oyelaran-Smith] rang me."),
        ("pl", "Wszyscy mówią na nią [Doktorka], bo zna wszystkie leki."),
        ("pl", "Na oddziale mówią na niego [Inżynier], bo naprawia radia."),
        ("pl", "Wołają na niego [Kierownik]."),
        ("cs", "Říkají mu [Doktor], protože zná všechny léky."),
        ("cs", "Na oddělení mu všichni říkají [Inženýr]."),
        ("en", "On the ward they all call him [Captain], because he was at sea."),
        ("de", "Auf Station nennen ihn alle [Professor], weil er Fehler verbessert."),
        ("fr", "Dans le service tout le monde l'appelle [Docteur], parce qu'il connaît les médicaments."),
        ("nl", "Op de afdeling noemt iedereen hem [Professor], omdat hij fouten verbetert."),
        ("es", "En la planta todos le llaman [Profesor], porque corrige los periódicos."),
        ("it", "In reparto tutti lo chiamano [Professore], perché corregge i giornali."),
        ("pt", "Na enfermaria todos lhe chamam [Professor], porque corrige os jornais."),
        ("el", "Στην κλινική όλοι τον φωνάζουν [Δάσκαλο], γιατί διορθώνει τις εφημερίδες."),
        ("en", "According to [Katarzyna Wolny], the peer worker, it works."),
        ("de", "Auf [Leopolds] Bett lag ein Brief."),
    ],
)
def test_names(lang: str, written: str) -> None:
    assert_marked(lang, written)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("es", "Ella, llegada de Cádiz, no habló en toda la tarde."),
        ("el", "Το τηλέφωνο είναι γραμμένο στην πόρτα του κέντρου, στην οδό Αγίου Δημητρίου 12."),
        ("el", "Η αφίσα κρέμεται στον ξενώνα, στην οδό Μεσολογγίου 31."),
        ("el", "Μένει σε ένα διαμέρισμα στην [οδό Μεσολογγίου 31]."),
        ("fr", "On a sonné au [8 ter, rue des Lilas], chez le monsieur dont on parlait hier."),
        ("fr", "Nous sommes passées au [21, allée des Charmes], chez la dame aux trois chats."),
        ("fr", "On s'est présentés au 4 rue des Lilas, chez Emmaüs."),
        ("nl", "Huisbezoek met het wijkteam, [Lange Nieuwstraat 41], tweede verdieping. Niemand deed open."),
        ("nl", "Op huisbezoek met het IHT-team, [Korte Vest 12-III], vier hoog."),
        ("de", "Wir klingelten im [Birkenweg 14b], niemand öffnete."),
        ("de", "Wir standen vor der [Lindenstraße 3], die Tür blieb zu."),
        ("de", "Wir klingelten bei der Beratungsstelle im Birkenweg 14, niemand öffnete."),
        ("en", "We rang at [9 Orchard Way], nobody came to the door."),
        ("en", "We knocked at [17b Canal Street]; the lights went off."),
        ("es", "Llamamos en la [calle Olivo, 12], nadie abrió."),
        ("it", "Abbiamo suonato in [via dei Tigli 9], nessuno ha aperto."),
        ("pt", "Tocámos na [Rua das Amoreiras, 14], ninguém abriu a porta."),
        ("el", "Χτυπήσαμε στην [οδό Μυκηνών 12], κανείς δεν άνοιξε."),
        ("cs", "Zvonili jsme v [Lipové ulici 14], nikdo neotevřel."),
        ("pl", "Zadzwoniliśmy przy [ul. Lipowej 14], nikt nie otworzył."),
        ("en", "[Priory Lane, number 6], was where he lived until the fire."),
        ("en", "He lives in [Priory Lane, number 6]."),
    ],
)
def test_addresses(lang: str, written: str) -> None:
    assert_marked(lang, written, "address")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("it", "Cartella 12, letto 4: donna del [1979], tranquilla."),
        ("it", "Utente del [1991], seguito dal servizio da due anni."),
        ("it", "Le donne del 1979 lottavano per altro."),
        ("es", "Cama 5: paciente del [1983], tranquila."),
        ("es", "Usuaria de [1990], derivada por su médica."),
        ("pt", "Cama 2: doente de [1972], sem família."),
        ("fr", "Lit 4 : patiente de [1981], calme."),
        ("nl", "Bed 4: patiënte van [1981], rustig."),
        ("pl", "Łóżko 4: pacjentka z [1981], spokojna."),
        ("de", "Bett 4: Patientin von [1981], ruhig."),
        ("de", "Bett 4: Patientin, Jg. [81], ruhig."),
        ("en", "Bed 4: patient born [1981], calm."),
        ("cs", "Lůžko 4: pacientka, ročník [1981], klidná."),
        ("it", "Il paziente del 2019 era seguito in un altro modo."),
    ],
)
def test_births(lang: str, written: str) -> None:
    assert_marked(lang, written, "birth_date")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("es", "Para camas: camas@refugio-norte.example o reservas@refugio.example, ingresos@hogar.example"),
        ("fr", "Écrire à places@abri-nord.example, admissions@foyer.example, lits@abri.example"),
        (
            "nl",
            "Mail naar bedden@opvang.example, plaatsen@opvang.example, intake@opvang.example, reserveren@huis.example",
        ),
        (
            "de",
            "Mail an plaetze@haus.example, betten@haus.example, platzanfrage@haus.example, belegung@haus.example",
        ),
        ("en", "Write to beds@shelter.example, places@shelter.example, bookings@shelter.example"),
        ("it", "Scrivere a posti@rifugio.example, letti@rifugio.example, prenotazioni@rifugio.example"),
        ("pt", "Escrever para vagas@abrigo.example, camas@abrigo.example, reservas@abrigo.example"),
        ("cs", "Pište na luzka@dum.example, kapacita@dum.example, rezervace@dum.example"),
        ("pl", "Pisać na miejsca@dom.example, lozka@dom.example, rezerwacje@dom.example"),
        ("el", "Γράψτε στο klines@xenonas.example, theseis@xenonas.example, kratiseis@xenonas.example"),
    ],
)
def test_mailboxes(lang: str, written: str) -> None:
    assert_marked(lang, written, "email")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("cs", "Na listu stálo: r. č. [795823/1147], bez pojištění."),
        ("cs", "Rodné číslo [916203/4471] si pletla."),
        ("cs", "r.č. [815412/3386]"),
    ],
)
def test_numbers(lang: str, written: str) -> None:
    assert_marked(lang, written, "id_number")
