"""Invented good practices, told as a visiting colleague would tell them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ecett.portal.demo.content import content
from ecett.portal.demo.hosts import DemoHost
from ecett.portal.demo.people import DemoPerson, person
from hosts.thesaurus import default

LANGUAGES = {"en": 24, "fr": 23, "nl": 17, "it": 16, "es": 15, "de": 5}
HOMES = {
    "en": ("IE", "GB", "MT"),
    "fr": ("BE", "FR", "LU"),
    "nl": ("NL", "BE"),
    "it": ("IT",),
    "es": ("ES",),
    "de": ("DE", "AT"),
}
# Where the words written agree with a woman as their author.
FEMININE = {"fr": True, "it": True}
KINDS = {"trainee": 70, "holder": 18, "expert": 12}
STATES = {"published": 93, "submitted": 5, "changes": 2}


@dataclass(frozen=True, slots=True)
class DemoPractice:
    """One good-practice card; `host` is the position of its host in the sequence given."""

    title: str
    lang: str
    kind: str
    state: str
    country: str
    city: str
    host: int
    host_name: str
    author: DemoPerson
    sectors: tuple[str, ...]
    target_groups: tuple[str, ...]
    concepts: tuple[str, ...]
    keywords: tuple[str, ...]
    description: str
    objectives: str
    resources: str
    steps: str
    results: str
    transfer: str
    days_ago: int
    anonymity_declared: bool = True


def practices(rng: Random, n: int, hosts: Sequence[DemoHost]) -> Iterator[DemoPractice]:
    """`n` practices seen at the hosts given, in six languages, no two with the same title in a language.

    Raises ValueError without hosts.
    """
    if not hosts:
        raise ValueError("practices are seen at hosts: give at least one")
    by_sector: dict[str, list[int]] = {}
    for position, host in enumerate(hosts):
        by_sector.setdefault(host.sectors[0], []).append(position)
    decks: dict[str, list[str]] = {}
    taken: set[tuple[str, str]] = set()
    for number in range(n):
        lang = rng.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        if not decks.get(lang):
            # A shuffled deck: every base practice is told once before one is told again.
            decks[lang] = [key for key in content(f"practices_{lang}") if key != "frame"]
            rng.shuffle(decks[lang])
        base = content(f"practices_{lang}")[decks[lang].pop()]
        position = rng.choice(by_sector.get(base["sector"]) or range(len(hosts)))
        yield _practice(rng, lang, base, position, hosts[position], number, taken)


def _practice(
    rng: Random,
    lang: str,
    base: dict[str, Any],
    position: int,
    host: DemoHost,
    number: int,
    taken: set[tuple[str, str]],
) -> DemoPractice:
    frame = content(f"practices_{lang}")["frame"]
    words = default()
    groups = tuple(dict.fromkeys([*base["groups"], *rng.sample(host.target_groups, 1)]))
    slots = {
        "city": host.city,
        "days": rng.randint(3, 12),
        "team": rng.randint(4, 14),
        "n": rng.randrange(40, 400, 5),
        "weeks": rng.randint(4, 12),
        "months": rng.randrange(6, 36, 2),
        "percent": f"{rng.randint(28, 88)}%" if lang == "en" else f"{rng.randint(28, 88)}\u00a0%",
    }
    told = [rng.choice(frame["opening"]), *base["story"], rng.choice(frame["closing"])]
    return DemoPractice(
        title=_title(rng, lang, base, frame, host.city, groups, taken),
        lang=lang,
        kind=rng.choices(list(KINDS), list(KINDS.values()))[0],
        state=rng.choices(list(STATES), list(STATES.values()))[0],
        country=host.country,
        city=host.city,
        host=position,
        host_name=host.name,
        author=person(rng, rng.choice(HOMES[lang]), language=lang, female=FEMININE.get(lang), number=number),
        sectors=(base["sector"],),
        target_groups=groups,
        concepts=tuple(base["concepts"]),
        keywords=tuple(words[code].label(lang) for code in base["concepts"]),
        description="\n\n".join(paragraph.format_map(slots) for paragraph in told),
        objectives=base["aim"].format_map(slots),
        resources=rng.choice(frame["resources"]).format_map(slots),
        steps="\n".join(f"{place}. {step}" for place, step in enumerate(base["steps"], 1)).format_map(slots),
        results=base["result"].format_map(slots),
        transfer=" ".join(rng.sample(frame["transfer"], 2)).format_map(slots),
        days_ago=rng.randint(20, 2400),
    )


def _title(
    rng: Random,
    lang: str,
    base: dict[str, Any],
    frame: dict[str, Any],
    city: str,
    groups: Sequence[str],
    taken: set[tuple[str, str]],
) -> str:
    """The plain title first, then the other one, then with the group or the town, at last numbered."""
    plain = rng.choice(base["titles"])
    group = default()[rng.choice(groups)].label(lang)
    longer = [
        frame["for_whom"].format(title=plain, group=group),
        frame["seen_in"].format(title=plain, city=city),
    ]
    candidates = [plain, *base["titles"], *rng.sample(longer, 2)]
    title = next((each for each in candidates if (lang, each) not in taken), "")
    count = 2
    while not title or (lang, title) in taken:
        title, count = f"{longer[1]} ({count})", count + 1
    taken.add((lang, title))
    return title
