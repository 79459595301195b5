"""Long words of Germanic and Finno-Ugric languages taken apart: ``Suchthilfeeinrichtung``. Pure: no Django."""

from collections.abc import Callable, Mapping

# Letters between the parts.
LINKS: Mapping[str, tuple[str, ...]] = {
    "nl": ("", "s", "en", "e", "n"),
    "de": ("", "s", "es", "n", "en", "er", "e"),
    "da": ("", "s", "e"),
    "no": ("", "s", "e"),
    "sv": ("", "s"),
    "fi": ("", "n"),
    "hu": ("",),
    "et": ("",),
}
# Parts that name no concept by themselves but stand in many names.
COMMON: Mapping[str, str] = {
    "nl": """afdeling arbeid begeleiding behandeling beleid beroep bestuur buurt centrum cliënt dag dienst gebruik
        geneeskunde groep helling huis hulp instelling kamer kliniek kracht leven medewerker medisch onderzoek
        opleiding opvang plaats praktijk probleem programma project regio school stad stelling team traject verlening
        vrij werk werker werking wonen woning zorg zieken zelf crisis nacht straat wijk""",
    "de": """abteilung amt angebot anstalt arbeit beratung bereich betreuung bezirk dienst einrichtung fach förderung
        frei gebiet gemeinschaft gesellschaft gesundheit gruppe haus heil heim hilfe institut kreis kunde land
        leben leistung maßnahme medizin pflege platz praxis problem programm projekt raum rehabilitation
        schutz schwerpunkt stadt station stelle tag team therapie träger universität verband verein versorgung
        werk werkstatt wohnen wohnung zeit zentrum gefährdete abhängige kranke nacht straße krise""",
    "sv": """avdelning behandling boende enhet grupp hem hus klinik lasarett mottagning omsorg rehabilitering
        sjukhus skola skydd stöd team universitet verksamhet vård vårdcentral center central dag natt liv""",
    "da": """afdeling behandling bosted center gruppe hjem hjælp hospital hus klinik omsorg pleje rådgivning
        skole støtte sygehus team universitet region dag nat""",
    "no": """avdeling behandling bolig center gruppe hjelp hjem hus institusjon klinikk omsorg poliklinikk
        senter skole støtte sykehus team universitet dag natt region""",
    "fi": """asema asuminen hoito keskus keskuksen kodin koti kuntoutus neuvola osasto palvelu sairaala talo
        terveys terveysasema toiminta tuki työ yksikkö yliopisto keskussairaala klinikka""",
    "hu": """egészség ellátás gondozó intézet kórház klinika központ osztály otthon rendelő segítő szakkórház
        szolgálat szolgáltatás""",
    "et": "haigla keskus kliinik kodu osakond teenus tervis töö",
}
MOST_PARTS = 4
SHORTEST = 3
# A shorter word is no compound that one would look for.
LONG = 8


def split(word: str, language: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The parts of a folded word, all of them known; the fewest, the longest first. () when it has none."""
    links = LINKS.get(language)
    if links is None or len(word) < LONG:
        return ()
    for most in range(2, MOST_PARTS + 1):
        if parts := _parts(word, links, known, most):
            return parts
    return ()


def _parts(word: str, links: tuple[str, ...], known: Callable[[str], bool], most: int) -> tuple[str, ...]:
    if most == 1:
        return (word,) if known(word) else ()
    for end in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        first = word[:end]
        if not known(first):
            continue
        for link in links:
            rest = word[end + len(link) :]
            fits = len(rest) >= SHORTEST and word.startswith(link, end)
            if fits and (others := _parts(rest, links, known, most - 1)):
                return (first, *others)
    return ()
