"""Days called after saints, codes of laws with Roman numbers; in [brackets] who is told of all the same."""

import pytest

from tests.goodpractices.marked import assert_marked


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("nl", "Met Driekoningen, met Pinksteren en op Hemelvaart is er feest; op Koningsdag ook."),
        ("nl", "Voor Sinterklaas bakken ze, na Kerstmis rusten ze en met Carnaval verkleden ze zich."),
        ("de", "Zu Johanni gibt es ein Feuer, zu Martini Gänse und an Silvester Raketen."),
        ("de", "Vor Georgi und nach Jakobi ist das Haus zu; zu Maria Lichtmess brennen Kerzen."),
        (
            "it",
            "Per Santo Stefano la mensa è aperta, a Santa Caterina arriva il freddo, per San Rocco c'è la fiera.",
        ),
        ("it", "Il giorno di Santa Barbara e la vigilia di San Pietro si mangia insieme."),
        ("it", "A San Silvestro e per Sant'Anna si balla."),
        ("el", "Του Άη Γιώργη ψήνουν αρνί, του Αϊ-Νικόλα ψαρεύουν και του Αϊ-Λια ανεβαίνουν στο βουνό."),
        (
            "cs",
            "Na Mikuláše chodí čert, na Barboru se řežou třešně, o Václavu je pouť a před Štěpánem se vaří.",
        ),
        (
            "cs",
            "Po Josefu se sází, na Silvestra se slaví, na Jana se pálí ohně a na svatou Annu jsou zavřeno.",
        ),
        ("cs", "Na Tři krále a na Lucii chodí koleda."),
        ("pl", "Na Barbórkę jest zabawa, na Jana pali się ogień, na Józefa sieją, po Michale zbierają."),
        ("pl", "W Sylwestra i na Mikołaja przychodzą goście, w Andrzejki leją wosk, na Walentynki pieką."),
        ("pl", "W dniu świętej Łucji i na świętą Annę dom jest otwarty."),
        ("fr", "À la Saint-Nicolas, à la Saint-Martin et pour la Sainte-Lucie, ils cuisinent."),
        ("fr", "À Saint-Jean on danse, et la Saint-Sylvestre se fête au foyer."),
        ("es", "En San Blas, por San Andrés y el día de Santa Cecilia hay merienda."),
        ("pt", "No Santo Amaro, pelo São Pedro e na véspera de São José há bailarico."),
        (
            "en",
            "At Martinmas, on St Lucy's Day and on St Stephen's Day they sing; on Bonfire Night they stay in.",
        ),
        ("cs", "Těšili jsme se na [Barboru] a mluvili s [Josefem]."),
        ("cs", "Čekala na [Lucii] u dveří. Zvonili jsme na [Štěpána]."),
        ("pl", "Czekała na [Barbarę] przy drzwiach, a ja patrzyłam na [Jana]."),
        ("pl", "Na [Józefa] można liczyć."),
        ("it", "[Lucia] arriva per Santo Stefano con [Pietro]."),
        ("it", "Ho portato un libro a [Caterina] e un fiore per [Agata]."),
        ("el", "Ο πατέρας του [Νικόλα] ήρθε χθες."),
    ],
)
def test_a_day_is_nobody(lang: str, written: str) -> None:
    assert_marked(lang, written)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("de", "Grundlage sind SGB VIII, SGB XII und § 35a SGB VIII; nach BtMG und AufenthG, Kap. II."),
        ("de", "Die Kosten trägt nach SGB IX der LWV. Im SGB II steht mehr, ebenso im SGB V."),
        ("de", "Frau [Kaiser] kennt SGB II und XII. Herr SGB II gibt es nicht."),
        ("de", "Das KJHG, das PsychKG NRW und der § 1631b BGB, Abs. III."),
        ("de", "Bezahlt wird über SGB VIII, sagt die Leiterin, oder über das Budget nach § 29 SGB IX."),
        ("de", "Im Rahmen von SGB XI, Teil IV, und der GOÄ."),
        ("nl", "De WMO en de WVGGZ, art. IV Sr, en het VN-verdrag, Titel II."),
        ("fr", "L'article L. 345-2 du CASF, le Livre III du CSP, la loi HPST et la MDPH."),
        ("es", "El artículo 25 de la LECRIM, el Título II de la LGSS y la Ley Orgánica IV."),
        ("it", "L'art. 75 del DPR, il Titolo II della L. 328 e il SERT, Allegato IV."),
        ("pt", "O artigo 40 do CPP, o Título II da LBSS e o DL 54, Anexo IV."),
        ("en", "Section 17 CA, Part II MCA, the EHCP and the CPA; Tier IV and ASAM III."),
        ("cs", "Podle ZSS, § 37 OZ a hlavy II TZ; MPSV a ÚP."),
        ("pl", "Według UPS, art. 53 KK, tytułu II KRO; MOPS i PCPR."),
        ("el", "Κατά τον ΚΠΔ, άρθρο 97 ΠΚ, Μέρος II, και τον ΑμεΑ, Τίτλος III."),
        ("de", "Rechtsgrundlage bleibt SGB IX, die Hilfe ist umsonst."),
        ("de", "Frau [König] und Herr [Kaiser] essen mit."),
        ("en", "Mr [King] brought soup."),
    ],
)
def test_codes_of_laws_are_nobody(lang: str, written: str) -> None:
    assert_marked(lang, written)
