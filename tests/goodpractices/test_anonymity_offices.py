"""Mailboxes of desks, hubs, numbers of files, births at feasts, authors, stops, problems with a title, who speaks."""

import re

import pytest

from goodpractices.anonymity import check


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "For questions write to infoparents@millbrook.example or library@millbrook.example."),
        ("fr", "Écrivez à contactparents@lesaules.example ou à bibliotheque@lesaules.example."),
        ("nl", "Mail naar infojongeren@deschakel.example."),
        ("de", "Fragen an kontaktstelle@uferhaus.example oder infopunkt@uferhaus.example."),
        ("es", "Escribid a infojovenes@laplaza.example."),
        ("it", "Scrivete a segreteriacorsi@ilponte.example."),
        ("pt", "Dúvidas: infofamilia@aponte.example."),
        ("cs", "Pište na centrum@ulipy.example."),
        ("pl", "Piszcie na swietlica@podlipa.example albo kontaktrodzice@podlipa.example."),
        ("en", "He gave us his own address, [ada.infold@post.example], and asked us to write."),
        ("en", "Please bring the forms to Parents Hub, 27 Quay Road, before noon."),
        ("en", "We wrote to his mother, [27 Quay Road], before noon."),
        ("de", "Akte [44-2/JuA-30518] liegt im Schrank."),
        ("pt", "O processo da CPCJ n.º [207/2022-L] foi lido em voz alta."),
        ("it", "Il fascicolo [L.B. 2207/2019] resta nell'armadio."),
        ("en", "She told us she was born [the day after Christmas 1941], in a barn."),
        ("fr", "Il m'a dit qu'il est né [la veille de Noël 1936], dans une grange."),
        ("nl", "Hij is geboren [vlak voor Kerstmis 1943], op een schip."),
        ("de", "Sie ist [kurz vor Ostern 1939] geboren, im Zug."),
        ("es", "Nació [poco antes de Navidad 1944], en un tren."),
        ("it", "È nata [poco prima di Natale 1937], in una stalla."),
        ("pt", "Ele nasceu [na véspera do Natal de 1940], num barco."),
        ("el", "Γεννήθηκε [λίγο πριν τα Χριστούγεννα του 1942], σε καράβι."),
        ("cs", "Narodil se [těsně před Vánocemi 1938], na statku."),
        ("pl", "Urodziła się [tuż przed Wigilią 1941], w pociągu."),
        ("en", "Our house opened the week before Christmas 2009 with six beds."),
        ("en", "On the wall hangs what Ashdown and Turner wrote in 2004 about families."),
        ("fr", "Nous aimons ce que Delcourt et Moreau écrivaient en 1998 sur les familles."),
        ("fr", "On a pris le bus jusqu'à Jean-Jaurès, puis on a marché."),
        ("es", "Fuimos en metro hasta Antonio Machado y luego a pie."),
        ("de", "Wir fuhren mit der Straßenbahn bis Clara-Zetkin und liefen."),
        ("fr", "Le problème, les enfants l'appellent « Monsieur Colère »."),
        ("de", "Das Problem bekam einen Namen: „Herr Grübel“."),
        ("es", "A la rabia la llamamos «doña Gruñona» y le hicimos un dibujo."),
        ("it", "Alla paura i bambini dicono «signor Brividi»."),
        ("de", "Wir waren bei der Familie, [Am Bachrain 7b], in der Küche."),
        ("de", "Wir waren bei der Familie, am Montag um 7, in der Küche."),
        ("en", "The problem is that they call him “Mr [Grumble]”."),
        ("fr", "Bonjour Docteur, merci pour la visite."),
        ("de", "Was meint der [K.] dazu?"),
        ("it", "Poi dice la [G.] che non viene."),
        ("es", "Luego dice el [J.] que no viene."),
        ("de", "Hier heißt er nur der [Kapitän], und er mag das."),
        ("es", "Ayer me ha saludado el [Chato], que reparte el pan."),
        ("es", "a [yesica] le han dado una cita para el lunes"),
        ("cs", "řekl mi [franta] z kuchyně, že má strach"),
        ("it", "Ciao [Ste], ti lascio le chiavi."),
        ("fr", "Bonjour Accueil, merci pour les clés."),
        ("en", "Hello World, the keys are on the shelf."),
        ("en", "Hello Team, the keys are on the shelf."),
        ("it", "Mi ha detto: «Forse domani parlo con lui.»"),
        ("it", "Non vado più in gita con [A.D.], lo sai."),
        ("pt", "SOS Idoso, chamada grátis. Para marcar, passe cá."),
        ("nl", "Het loket van de gemeente is verhuisd naar het Anna P.J. Smitplein, naast de kerk."),
        ("pl", "Według Rogersa i Kępińskiego liczy się spotkanie."),
    ],
)
def test_marks(lang: str, written: str) -> None:
    parts = re.split(r"\[([^\]]*)\]", written)
    assert [mark.text for mark in check("".join(parts), lang)] == parts[1::2]
