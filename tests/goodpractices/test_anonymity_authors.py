"""Authors of methods, likenesses and places called after people; in [brackets] who is told of all the same."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "The unit follows STEPS as Laura Pennington developed it."),
        ("en", "Inspired by Gerald Osborne and Ruth Whitmore, the team keeps a shared diary."),
        ("en", "A bronze bust of Sir Edwin Halloway greets visitors."),
        ("en", "The eco-map, a tool devised by Ann Hartwell, hangs on the wall."),
        ("fr", "On suit le modèle tel que Béatrice Lormeau l'a décrit."),
        ("fr", "Une stèle de Mère Agnès Tissier se dresse dans la cour."),
        ("fr", "Inspirée par Lucien Garaud, l'équipe écrit chaque soir."),
        ("nl", "We volgen het model zoals Greet Vanlaer het beschreef."),
        ("nl", "Een gedenkplaat voor pastoor Aloys Boons hangt aan de gevel."),
        ("nl", "Het team werkt volgens Herman Lodewijks."),
        ("de", "Wir folgen dem Modell, wie Renate Kolbe es beschrieben hat."),
        ("de", "Eine Büste von Pfarrer Albin Hecht steht im Hof."),
        ("de", "Der Ansatz nach Gisela Moormann ist bekannt."),
        ("es", "Seguimos el modelo como lo describió Amparo Rueda."),
        ("es", "Un busto de don Emilio Cantero preside el patio."),
        ("it", "Seguiamo il modello come lo ha descritto Nadia Bressan."),
        ("it", "Un busto di don Alfredo Pozzi sta nel cortile."),
        ("pt", "Seguimos o modelo como o descreveu Lídia Quental."),
        ("pt", "Um busto do padre Américo Seixas está no pátio."),
        ("el", "Ακολουθούμε το μοντέλο όπως το περιέγραψε η Λένα Μαυρίδου."),
        ("el", "Μια προτομή του Στέφανου Κανάρη στέκεται στην αυλή."),
        ("cs", "Řídíme se modelem, jak jej popsala Renata Kolbová. Model zná každý."),
        ("cs", "Busta faráře Aloise Hechta stojí na dvoře."),
        ("pl", "Stosujemy model, jak opisała go Renata Kolba."),
        ("pl", "Popiersie księdza Alojzego Hechta stoi na podwórzu."),
        ("en", "As [Robert Miles] told us, the house was empty."),
        ("en", "The nurse works after lunch with [Mary Stone]."),
        ("en", "The model was explained to us by [Helen Porter], the psychologist."),
        ("en", "As [Anna Kowalski] describes it, the first night was the worst."),
        ("en", "She painted a picture for [Mary Wells]."),
        ("fr", "Comme [Claire Dumont] nous l'a décrit, la première nuit fut dure."),
        ("fr", "Le portrait est accroché chez [Paul Meunier]."),
        ("nl", "Zoals [Annie Verbeke] het vertelde, was het stil."),
        ("de", "Wir fragten nach [Ursula Baumann], der Leiterin."),
        ("de", "Wie [Monika Seidel] uns erzählte, war es still."),
        ("es", "Como nos contó [Julia Robles], era de noche."),
        ("it", "Come ci ha raccontato [Marta Villani], era notte."),
        ("pt", "Como nos contou a [Marta Vilar], era de noite."),
        ("el", "Όπως μας είπε η [Μάρθα Βλάχου], ήταν νύχτα."),
        ("cs", "Jak nám řekla [Marta Vilímová], byla noc."),
        ("pl", "Jak nam powiedziała [Marta Wilk], była noc."),
        ("en", "The plan is based on what [Irene Baldwin] wants."),
        ("de", "Der Plan, den [Karl Lindner] entwickelt hat, hängt in seinem Zimmer."),
    ],
)
def test_whom_everybody_may_know(lang: str, written: str) -> None:
    assert_marked(lang, written)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("de", "Im Sommer schwimmen sie im Berta-See, im Winter laufen sie an der Gerda-Ufer-Promenade."),
        ("de", "Die Kunsthalle liegt hinter der Hedwig-Kirche und dem Clara-Zetkin-Park."),
        ("de", "Sie wohnt im Pfarrer Lorenzhaus, die Werkstatt ist im Hedwigheim."),
        ("de", "Frau [Baumgarten] und Herr [Neuhaus] kochen."),
        ("de", "Heute kocht [Jana Weingarten] für alle."),
        ("nl", "Ze zwemmen in het Berthabad en wandelen in het Frederikspark en over de Sofiabrug."),
        ("nl", "De dagbesteding zit in het Zuster Corriehuis en het Kapelaan Vinkhof."),
        ("nl", "Mevrouw [Veldhuis] en [Jan Verkade] koken."),
        ("en", "The group walks to Margaret Bridge and back along Dr. Barlow Road."),
        (
            "es",
            "El local está en el jardín de la Doctora Blanco, junto al puente Isabel Segunda.",
        ),
        (
            "it",
            "La sede è vicino al viadotto Luigi Moretti, alla piazzetta don Gallo e al palazzetto Elio Fusco.",
        ),
        ("pt", "A sede fica no viaduto Duarte Pacheco, junto ao jardim Dona Amélia e ao ginásio Rosa Mota."),
        ("el", "Ο σύλλογος είναι δίπλα στο γήπεδο Γεωργίου Καραϊσκάκη και στο γυμναστήριο Δημήτρη Τόφαλου."),
        ("cs", "Klub sídlí u lávky Terezy Novákové, vedle knihovny Jiřího Mahena a haly Josefa Masopusta."),
        (
            "pl",
            "Klub mieści się przy kładce Ireny Sendler, obok biblioteki Józefa Lompy i hali Jerzego Kukuczki.",
        ),
    ],
)
def test_places_called_after_people(lang: str, written: str) -> None:
    assert_marked(lang, written)
