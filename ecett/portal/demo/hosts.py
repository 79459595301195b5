"""Invented hosts: 1,200 plausible cards in thirty-three countries, or as many as a benchmark needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ecett.portal.demo.content import content, in_language
from ecett.portal.demo.people import DemoPerson, person
from ecett.portal.demo.places import Town, towns
from hosts.logistics import USUAL_UNIT
from hosts.thesaurus import default

SECTORS = {"addiction": 30, "social_work": 27, "youth": 25, "psychiatry": 18}
STATUSES = {"partner": 42, "potential": 50, "inactive": 8}
OFFERS = {"free": 35, "price": 40, "no": 25}
PRICES = {"meals": (6, 8, 10, 14), "transport": (2, 3, 4), "accommodation": (18, 25, 32, 45)}
ENGLISH = {"A2": 8, "B1": 25, "B2": 40, "C1": 27}


@dataclass(frozen=True, slots=True)
class DemoReplies:
    """Requests a host received and answered, and the median of days it took (None: it never answered)."""

    asked: int
    answered: int
    median_days: int | None


@dataclass(frozen=True, slots=True)
class DemoPeriod:
    """Each year, from one (month, day) to another, visitors may or may not come; it may run into the next year."""

    open: bool
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DemoHost:
    """One host card.

    `languages` are pairs of code and CEFR level. `logistics` maps meals, transport and accommodation to free,
    price or no; what has a price is in `prices` (whole euros, unit), or `day_price` covers all. Days ago count
    back from today, None: never.
    """

    name: str
    status: str
    country: str
    city: str
    lat: float
    lon: float
    address: str
    sectors: tuple[str, ...]
    target_groups: tuple[str, ...]
    concepts: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    text_lang: str
    summary: str
    expertise: str
    learn: str
    programme: str
    capacity: int
    step_free: bool
    logistics: dict[str, str]
    day_price: int | None
    prices: dict[str, tuple[int, str]]
    notes: dict[str, str]
    spokesperson: DemoPerson
    charter_days_ago: int | None
    confirmed_days_ago: int | None
    replies: DemoReplies
    periods: tuple[DemoPeriod, ...]


def hosts(rng: Random, n: int) -> Iterator[DemoHost]:
    """`n` hosts, one after the other; no two share a name."""
    facts = content("countries")
    names = list(facts)
    shares = [facts[country]["share"] for country in names]
    taken: set[str] = set()
    for number in range(n):
        yield _host(rng, rng.choices(names, shares)[0], number, taken)


def _host(rng: Random, country: str, number: int, taken: set[str]) -> DemoHost:
    town = _town(rng, country)
    facts = _facts(rng, town)
    sectors = _sectors(rng)
    lang = "en" if rng.random() < 0.12 else rng.choice(facts["texts"])
    groups, concepts = _groups_and_concepts(rng, sectors)
    status = _pick(rng, STATUSES)
    logistics = {item: _pick(rng, OFFERS) for item in ("meals", "transport", "accommodation")}
    prices, notes = _terms(Random(f"prices of {number} in {country}"), logistics, lang)
    spoken = _languages(rng, facts)
    text = _texts(rng, lang, sectors, groups, concepts, town.name, spoken[0][0])
    return DemoHost(
        name=_name(rng, facts, sectors[0], town.name, taken),
        status=status,
        country=country,
        city=town.name,
        lat=round(town.lat + rng.uniform(-0.02, 0.02), 5),
        lon=round(town.lon + rng.uniform(-0.02, 0.02), 5),
        address=rng.choice(facts["streets"]).format(n=rng.randint(1, 120)),
        sectors=sectors,
        target_groups=groups,
        concepts=concepts,
        languages=spoken,
        text_lang=lang,
        **text,
        capacity=rng.choices((1, 2, 3, 4, 6), (30, 40, 15, 10, 5))[0],
        step_free=rng.random() < 0.6,
        logistics=logistics,
        day_price=_day_price(rng, logistics, by_item=bool(prices)),
        prices=prices,
        notes=notes,
        spokesperson=person(rng, country, language=spoken[0][0], number=number),
        charter_days_ago=rng.randint(30, 1500) if status == "partner" else None,
        confirmed_days_ago=_confirmed(rng, status),
        replies=_replies(rng, status),
        periods=tuple(_periods(Random(f"periods of {number} in {country}"))),
    )


def _facts(rng: Random, town: Town) -> dict[str, Any]:
    """What is said of a country, with the language of the town's region first where regions differ."""
    facts = content("countries")[town.country]
    if "regions" not in facts:
        return facts
    lang = facts["regions"].get(town.region) or rng.choice(facts["texts"])
    return facts | {
        "texts": [lang],
        "languages": [lang, *(code for code in facts["languages"] if code != lang)],
        "streets": facts["streets"][lang],
    }


def _town(rng: Random, country: str) -> Town:
    places = towns(country)
    # The larger half holds two thirds of the hosts, as it holds most services.
    half = max(1, len(places) // 2)
    return rng.choice(places[:half] if rng.random() < 0.65 else places)


def _pick(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _sectors(rng: Random) -> tuple[str, ...]:
    first = _pick(rng, SECTORS)
    second = _pick(rng, SECTORS)
    return (first, second) if second != first and rng.random() < 0.35 else (first,)


def _groups_and_concepts(rng: Random, sectors: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pools = content("pools")
    groups: dict[str, None] = {}
    concepts: dict[str, None] = {}
    for place, sector in enumerate(sectors):
        main = place == 0
        groups.update(dict.fromkeys(rng.sample(pools[sector]["groups"], rng.randint(2, 4) if main else 1)))
        concepts.update(
            dict.fromkeys(rng.sample(pools[sector]["concepts"], rng.randint(3, 6) if main else 2))
        )
    return tuple(groups), tuple(concepts)


def _languages(rng: Random, facts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    own = facts["languages"]
    if not own or facts.get("names") == ["en"]:
        return (("en", "C2"), *((code, rng.choice(("B1", "B2"))) for code in own if rng.random() < 0.4))
    spoken = [(own[0], "C2")]
    spoken += [(code, rng.choice(("B1", "B2", "C1"))) for code in own[1:] if rng.random() < 0.45]
    if rng.random() < 0.85:
        spoken.append(("en", _pick(rng, ENGLISH)))
    return tuple(spoken)


def _name(rng: Random, facts: dict[str, Any], sector: str, city: str, taken: set[str]) -> str:
    tables = content("organisations")
    known = facts.get("names") or [code for code in facts["languages"] if code in tables] or ["en"]
    table = tables[known[0]]
    name = ""
    for _ in range(3):
        name = rng.choice(table[sector]).format(name=rng.choice(table["names"]), city=city)
        if name not in taken:
            break
    if name in taken and city not in name:
        name = f"{name} – {city}"
    base, count = name, 2
    while name in taken:
        name, count = f"{base} {count}", count + 1
    taken.add(name)
    return name


def _texts(
    rng: Random,
    lang: str,
    sectors: Sequence[str],
    groups: Sequence[str],
    concepts: Sequence[str],
    city: str,
    local: str,
) -> dict[str, str]:
    parts = in_language("host_texts", lang)
    slots = {
        "city": city,
        "team": rng.randint(6, 28),
        "yearly": rng.randrange(20, 160, 10),
        "years": rng.randint(3, 25),
    }
    summary = [rng.choice(parts["who"][sectors[0]]), parts["groups"].format(groups=_labels(groups, lang))]
    summary += rng.sample(parts["more"]["any"], 2)
    if lang == "en" and (line := content("host_texts")["local_groups"].get(local)):
        summary.append(line.format(groups=_labels(groups, local)))
    learn = [*rng.sample(parts["learn"][sectors[0]], 2), rng.choice(parts["learn"]["any"])]
    return {
        "summary": " ".join(sentence.format_map(slots) for sentence in summary),
        "expertise": parts["methods"].format(methods=_labels(concepts, lang)),
        "learn": " ".join(learn),
        "programme": "\n".join(_days(rng, parts, slots)),
    }


def _days(rng: Random, parts: dict[str, Any], slots: dict[str, object]) -> Iterator[str]:
    """Two to four days, one line each."""
    times = ("09:00", "12:30", "14:30")
    for weekday in parts["weekdays"][: rng.randint(2, 4)]:
        items = (rng.choice(parts["day"][moment]) for moment in ("morning", "midday", "afternoon"))
        listed = " · ".join(f"{time} {item}" for time, item in zip(times, items, strict=True))
        yield f"{weekday} · {listed.format_map(slots)}"


def _labels(codes: Sequence[str], lang: str) -> str:
    words = default()
    return ", ".join(words[code].label(lang) for code in codes)


def _confirmed(rng: Random, status: str) -> int | None:
    if status == "inactive":
        return rng.randint(900, 2500)
    if status == "potential":
        return None if rng.random() < 0.6 else rng.randint(100, 1400)
    return rng.randint(3, 330) if rng.random() < 0.7 else rng.randint(331, 1200)


def _day_price(rng: Random, logistics: dict[str, str], *, by_item: bool) -> int | None:
    """One price for all; drawn for every card with a price, so that what follows is what it was."""
    price = rng.randrange(15, 75, 5) if "price" in logistics.values() else None
    return None if by_item else price


def _terms(
    rng: Random, logistics: dict[str, str], lang: str
) -> tuple[dict[str, tuple[int, str]], dict[str, str]]:
    """What each item costs, where not one price covers all; and some notes. With a chance of its own, like periods."""
    by_item = rng.random() < 0.6
    prices = {
        item: (rng.choice(PRICES[item]), USUAL_UNIT[item])
        for item, offer in logistics.items()
        if by_item and offer == "price"
    }
    words = in_language("host_texts", lang)["notes"]
    notes = {item: words[item][offer] for item, offer in logistics.items() if rng.random() < 0.35}
    return prices, notes


def _periods(rng: Random) -> Iterator[DemoPeriod]:
    """Some receive in spring and autumn only; of the others many close in summer or at the end of the year.

    With a chance of its own, so that cards without periods are what they were.
    """
    if rng.random() < 0.12:
        yield DemoPeriod(True, (rng.randint(1, 3), 10), (6, rng.randint(5, 25)))
        yield DemoPeriod(True, (9, rng.randint(1, 20)), (11, rng.randint(15, 30)))
        return
    if rng.random() < 0.35:
        yield DemoPeriod(False, (7, rng.randint(5, 28)), (8, rng.randint(9, 25)))
    if rng.random() < 0.4:
        yield DemoPeriod(False, (12, rng.randint(20, 24)), (1, rng.randint(2, 8)))


def _replies(rng: Random, status: str) -> DemoReplies:
    asked = rng.randint(1, 14) if status == "partner" else rng.choice((0, 0, 0, 1, 2))
    answered = sum(rng.random() < (0.8 if status == "partner" else 0.35) for _ in range(asked))
    return DemoReplies(asked, answered, rng.randint(1, 21) if answered else None)
