"""Which hosts fit a request: hard rules first, then points with reasons that can be checked.

Hard rules, in this order; a host that breaks several is counted under the first:

* ``unpublished``, ``inactive``: the card is not public, or the host takes no visitors;
* ``sector``: none of the sectors asked;
* ``language``: no common language that both speak at `MIN_LEVEL` or better (a card without languages passes);
* ``capacity``: fewer visitors at once than people who come;
* ``closed``: no free stretch long enough, the slack included;
* ``accessibility``: known not to be reachable without steps, where that is needed;
* ``expertise``: something was sought, and the host offers nothing of it nor anything near it.

Countries are a wish: they give points and exclude nobody, unless the request says ``countries_only`` (rule
``country``). What a card does not say is unknown, not no: it excludes nobody, and its reason says so. The
points sum to the score, 0 to 100.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ecett.core.words import Gettext, mark
from ecett.core.words import mark as _
from hosts.availability import Span, Stay, free_stretch
from hosts.logistics import Price, stay_cost

RULES = (
    *("unpublished", "inactive", "sector", "country", "language", "capacity", "closed", "accessibility"),
    "expertise",
)
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
#: An independent speaker: below, a visitor cannot follow a team's work. Decided reading.
MIN_LEVEL = "B1"
#: Most points a rule can give; together 100.
MOST = {
    "expertise": 40, "language": 20, "window": 16, "freshness": 10, "country": 6, "replies": 4,
    "logistics": 2, "budget": 2,
}  # fmt: skip
#: Points for the better common language, by the level both speak at least.
LANGUAGE_POINTS = {"B1": 14, "B2": 17, "C1": 20, "C2": 20}
#: Points by the days since somebody confirmed the card.
FRESHNESS_POINTS = ((90, 10), (365, 7), (730, 4))
#: Points lost when the host already has a visitor in these days, and when the dates must shift.
BUSY_PENALTY, SHIFT_PENALTY, UNKNOWN_CAPACITY_PENALTY = 8, 4, 2
#: Weight of each part of the expertise, among the parts that were asked.
WEIGHTS = {"concepts": 4, "target_groups": 3, "hints": 2, "sectors": 1}
#: What a related concept is worth beside the one sought.
NEAR_WORTH = Decimal("0.6")
#: A share of replies means little before so many questions.
FEWEST_ASKED = 3


@dataclass(frozen=True, slots=True)
class HostFacts:
    """What matching knows of a host card; ``languages`` maps codes to CEFR levels.

    ``open`` empty = open whenever not closed. ``hosting`` are the stays already agreed.
    """

    id: str
    name: str = ""
    country: str = ""
    sectors: frozenset[str] = frozenset()
    target_groups: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    languages: Mapping[str, str] = field(default_factory=dict)
    published: bool = True
    active: bool = True
    open: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()
    hosting: tuple[Stay, ...] = ()
    capacity: int | None = None
    step_free: bool | None = None
    offers: frozenset[str] = frozenset()
    day_price: Decimal | None = None
    prices: tuple[Price | None, ...] = ()
    last_confirmed_on: date | None = None
    asked: int = 0
    replied: int = 0


@dataclass(frozen=True)
class Request:
    """What a trainee looks for.

    ``start`` to ``end`` is the stay wished, or with ``days`` the time it may lie in; both may shift by
    ``slack_days``. ``hints`` are concepts found in her text; ``near`` maps a concept to related ones;
    ``logistics`` among meals, transport, accommodation; ``budget`` in euros for the stay of one person.
    """

    sectors: frozenset[str] = frozenset()
    target_groups: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()
    near: Mapping[str, frozenset[str]] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    countries_only: bool = False
    start: date | None = None
    end: date | None = None
    days: int | None = None
    slack_days: int = 0
    people: int = 1
    languages: Mapping[str, str] = field(default_factory=dict)
    lang: str = ""
    step_free: bool = False
    logistics: frozenset[str] = frozenset()
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Points and why: a template with values; tuples are codes of concepts, groups or sectors."""

    rule: str
    points: int
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def say(
        self,
        gettext: Gettext = mark,
        label: Callable[[str], str] = str,
        day: Callable[[date], str] = date.isoformat,
    ) -> str:
        """The reason in the reader's language; ``label`` names a code, ``day`` writes a date."""
        values = {}
        for name, value in self.params.items():
            if isinstance(value, tuple):
                value = ", ".join(map(label, value))
            values[name] = day(value) if isinstance(value, date) else value
        return gettext(self.template).format(**values)


@dataclass(frozen=True, slots=True)
class Match:
    """A host that fits; the points of its reasons sum to ``score``."""

    host: HostFacts
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Ranking:
    """Matches, best first (equal scores by id), and how many hosts each hard rule left out."""

    matches: tuple[Match, ...]
    excluded: Mapping[str, int]


def rank(request: Request, hosts: Iterable[HostFacts], today: date) -> Ranking:
    """Score every host once; each is either matched or counted under the first rule it breaks."""
    asked = _Asked(request, today)
    excluded: Counter[str] = Counter()
    matches: list[Match] = []
    for host in hosts:
        found = asked.judge(host)
        if isinstance(found, str):
            excluded[found] += 1
        else:
            matches.append(found)
    matches.sort(key=lambda match: (-match.score, match.host.id))
    return Ranking(tuple(matches), {rule: excluded[rule] for rule in RULES if excluded[rule]})


def judge(request: Request, host: HostFacts, today: date) -> Match | str:
    """One host: its match, or the name of the rule that excludes it ("why not this one?")."""
    return _Asked(request, today).judge(host)


class _Asked:
    """A request with everything that is the same for all hosts computed once."""

    def __init__(self, request: Request, today: date) -> None:
        self.request, self.today = request, today
        self.near = {code: request.near.get(code, frozenset()) for code in request.concepts | request.hints}
        self.levels = {code: LEVELS.index(level) for code, level in request.languages.items()}
        start, end = request.start or request.end, request.end or request.start
        self.window: Span | None = (start, end) if start and end else None
        self.days = 0
        if self.window:
            length = (self.window[1] - self.window[0]).days + 1
            self.days = min(request.days or length, length)

    def judge(self, host: HostFacts) -> Match | str:
        request = self.request
        if not host.published:
            return "unpublished"
        if not host.active:
            return "inactive"
        if request.sectors and request.sectors.isdisjoint(host.sectors):
            return "sector"
        if request.countries_only and request.countries and host.country not in request.countries:
            return "country"
        language = self._language(host)
        if language is None:
            return "language"
        if host.capacity is not None and host.capacity < request.people:
            return "capacity"
        begin: date | None = None
        if self.window:
            begin = self._begin(host, self.window)
            if begin is None:
                return "closed"
        if request.step_free and host.step_free is False:
            return "accessibility"
        expertise = self._expertise(host)
        if request.concepts and not expertise:
            return "expertise"
        reasons = [*expertise, *language, *self._window(host, begin), *self._extras(host)]
        score = sum(reason.points for reason in reasons)
        if begin and (busy := self._busy(host, begin)):
            lost = min(BUSY_PENALTY, score)
            score -= lost
            template = _("already hosts {people} in these days")
            reasons.append(Reason("busy", -lost, template, {"people": busy}))
        return Match(host, score, tuple(reasons))

    def _expertise(self, host: HostFacts) -> list[Reason]:
        """Coverage of what was asked, part by part; related concepts are a reason of their own."""
        request, offered = self.request, host.concepts | host.target_groups
        exact_sum = near_sum = Decimal(0)
        weights = 0
        exact: list[str] = []
        related: list[str] = []
        for part, codes in (("concepts", request.concepts), ("hints", request.hints)):
            if codes:
                hit = codes & offered
                close = [code for code in codes - hit if not self.near[code].isdisjoint(offered)]
                weight = WEIGHTS[part]
                weights += weight
                exact_sum += Decimal(weight * len(hit)) / len(codes)
                near_sum += NEAR_WORTH * weight * len(close) / len(codes)
                exact += hit
                related += close
        for part, codes, there in (
            ("target_groups", request.target_groups, offered),
            ("sectors", request.sectors, host.sectors),
        ):
            if codes:
                hit = codes & there
                weights += WEIGHTS[part]
                # Any of the sectors asked is enough: they are where to look, not all to be found.
                share = Decimal(len(hit)) / len(codes) if part == "target_groups" else Decimal(1)
                exact_sum += WEIGHTS[part] * share
                exact += hit if part == "target_groups" or not exact else ()
        if not weights or not (exact or related):
            return []
        sought = request.concepts or request.hints or request.target_groups
        if request.concepts and not related and set(exact) <= request.sectors:
            return []
        most = MOST["expertise"]
        total = int(most * (exact_sum + near_sum) / weights)
        direct = int(most * exact_sum / weights)
        reasons: list[Reason] = []
        if exact and direct:
            template = _("in its expertise: {things}") if sought else _("works in: {things}")
            reasons.append(Reason("expertise", direct, template, {"things": tuple(sorted(set(exact)))}))
        if related and total > direct:
            template = _("close to its expertise: {things}")
            reasons.append(
                Reason("related", total - direct, template, {"things": tuple(sorted(set(related)))})
            )
        return reasons

    def _language(self, host: HostFacts) -> list[Reason] | None:
        """The best common language; None when there is none, no reason when the card names no language."""
        if not host.languages:
            return []
        if not self.levels:
            level = host.languages.get(self.request.lang, "")
            points = LANGUAGE_POINTS.get(level, 0)
            if not points:
                return []
            params = {"language": self.request.lang, "level": level}
            return [Reason("language", points, _("working language {language}, {level}"), params)]
        common = [
            (min(LEVELS.index(level), self.levels[code]), LEVELS.index(level), code)
            for code, level in host.languages.items()
            if code in self.levels
        ]
        shared, spoken, code = max(common, default=(-1, -1, ""))
        if shared < LEVELS.index(MIN_LEVEL):
            return None
        params = {"language": code, "level": LEVELS[spoken]}
        template = _("working language {language}, {level}")
        return [Reason("language", LANGUAGE_POINTS[LEVELS[shared]], template, params)]

    def _begin(self, host: HostFacts, window: Span) -> date | None:
        if not host.closed and not host.open and not host.hosting:
            return window[0]
        slack = timedelta(days=self.request.slack_days)
        room = None if host.capacity is None else host.capacity - self.request.people

        def stretch(first: date, last: date) -> date | None:
            return free_stretch(
                (first, last), self.days, window[0], host.open, host.closed, host.hosting, room
            )

        return stretch(*window) or stretch(window[0] - slack, window[1] + slack)

    def _window(self, host: HostFacts, begin: date | None) -> list[Reason]:
        if begin is None or self.window is None:
            return []
        end = begin + timedelta(days=self.days - 1)
        points = MOST["window"]
        params: dict[str, Any] = {"start": begin, "end": end, "people": host.capacity}
        if not (self.window[0] <= begin and end <= self.window[1]):
            points -= SHIFT_PENALTY
        if host.capacity is None:
            points -= UNKNOWN_CAPACITY_PENALTY
            # A card from a register says nothing of its days, and nobody has been asked.
            told = host.open or host.closed or host.last_confirmed_on
            template = _("open {start} to {end}") if told else _("not known to be closed {start} to {end}")
            return [Reason("window", points, template, params)]
        return [Reason("window", points, _("open {start} to {end}; visitors at once: {people}"), params)]

    def _busy(self, host: HostFacts, begin: date) -> int:
        end = begin + timedelta(days=self.days - 1)
        return sum(people for first, last, people in host.hosting if first <= end and begin <= last)

    def _extras(self, host: HostFacts) -> list[Reason]:
        request, reasons = self.request, []
        if host.last_confirmed_on:
            age = max(0, (self.today - host.last_confirmed_on).days)
            points = next((points for days, points in FRESHNESS_POINTS if age <= days), 0)
            if points:
                reasons.append(
                    Reason("freshness", points, _("card confirmed {days} days ago"), {"days": age})
                )
        if host.country in request.countries:
            template = _("in a country you wish: {country}")
            reasons.append(Reason("country", MOST["country"], template, {"country": host.country}))
        if host.asked >= FEWEST_ASKED and (
            points := MOST["replies"] * min(host.replied, host.asked) // host.asked
        ):
            params = {"replied": host.replied, "asked": host.asked}
            reasons.append(Reason("replies", points, _("replies to {replied} of {asked}"), params))
        if request.logistics and request.logistics <= host.offers:
            things = tuple(sorted(request.logistics))
            reasons.append(Reason("logistics", MOST["logistics"], _("offers {things}"), {"things": things}))
        # Without dates nobody knows for how many days the budget must last.
        if request.budget is not None and self.days:
            cost = stay_cost(self.days, day_price=host.day_price, prices=host.prices)
            if cost is not None and cost <= request.budget:
                template = _("{cost} euros for the stay, within the budget")
                reasons.append(Reason("budget", MOST["budget"], template, {"cost": cost}))
        if request.step_free:
            known = _("reachable without steps")
            unknown = _("ask whether it is reachable without steps")
            reasons.append(Reason("accessibility", 0, known if host.step_free else unknown))
        return reasons
