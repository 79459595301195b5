"""The ladder A to D: what a dossier proves and what is still missing.

The rules are data with a version (``certification/data/ladder_rules.toml``). Decided readings:

* Days count when the host confirmed them, at most the calendar days of the stay, each calendar day once.
* The window looks at the start of a stay: from ``window_years`` before the dossier was opened to that day.
* A colleague's stay or practice proves nothing for this person; a joint one does.
* Evidence on paper counts when enough different people have verified it.
* B: the days lie in one stay; competences, publication and workshop belong to one practice from such a stay.
* C does not require B; a centre is a host card after merging.
* D: a valid certificate C, teaching support counted from it, a masterpiece inspired by a practice abroad.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from certification.ladder_rules import LadderRules, rules_on
from ecett.core.words import Gettext, Message, mark
from ecett.core.words import mark as _

CODES = (
    *(
        "visit",
        "stay_days",
        "days",
        "centres",
        "practice",
        "practices",
        "competences",
        "publication",
        "workshop",
    ),
    *("execution_project", "certificate_C", "masterpiece", "practice_abroad", "teaching_support_months"),
    "extension_with_reason",
)


@dataclass(frozen=True)
class Stay:
    """A stay at a host card. ``confirmed_days`` None = all its calendar days."""

    id: str
    host: str
    start: date
    end: date
    confirmed: bool = False
    confirmed_days: float | None = None
    person: str = "self"
    source: str = "portal"
    verified_by: frozenset[str] = frozenset()

    @property
    def days(self) -> float:
        """Confirmed days, never more than the calendar days."""
        calendar = (self.end - self.start).days + 1
        return calendar if self.confirmed_days is None else min(self.confirmed_days, calendar)


@dataclass(frozen=True)
class Practice:
    """A good practice and the stay it was observed in."""

    id: str
    stay: str = ""
    published: bool = False
    competences: bool = False
    presented_at_workshop: bool = False
    author: str = "self"


@dataclass(frozen=True)
class Certificate:
    """An earlier certificate; ``valid`` is false when revoked or under review."""

    level: str
    awarded_on: date
    valid: bool = True
    source: str = "portal"
    verified_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TeachingSupport:
    """Support after certificate C; an extension counts only with its reason."""

    start: date
    extension_reason: str = ""
    extended_until: date | None = None


@dataclass(frozen=True)
class Evidence:
    """All a person shows. Countries: ISO 3166-1 alpha-2. ``merged``: host card to the one it went into."""

    stays: Sequence[Stay] = ()
    practices: Sequence[Practice] = ()
    certificates: Sequence[Certificate] = ()
    execution_project_presented: bool = False
    masterpiece_presented: bool = False
    masterpiece_inspired_by_countries: frozenset[str] = frozenset()
    home_country: str = ""
    merged: Mapping[str, str] = field(default_factory=dict)
    teaching_support: TeachingSupport | None = None


@dataclass(frozen=True)
class Missing:
    """What one condition still lacks: ``amount`` of days, centres, months, or 1 for a thing."""

    code: str
    amount: float
    message: Message

    def say(self, gettext: Gettext = mark) -> str:
        return self.message.say(gettext)


@dataclass(frozen=True)
class Condition:
    """One line of the ladder page: needed, had, the records that show it (also when they are too few)."""

    code: str
    need: float
    have: float
    records: tuple[str, ...]
    template: str

    @property
    def missing(self) -> Missing | None:
        amount = self.need - self.have
        if amount <= 0:
            return None
        amount = int(amount) if amount == int(amount) else round(amount, 2)
        return Missing(
            self.code, amount, Message(self.template, {"amount": f"{amount:g}", "need": f"{self.need:g}"})
        )


@dataclass(frozen=True)
class Result:
    """The judgement of one dossier by one version of the rules."""

    level: str
    rules: LadderRules
    conditions: tuple[Condition, ...]

    @property
    def missing(self) -> tuple[Missing, ...]:
        return tuple(found for condition in self.conditions if (found := condition.missing))

    @property
    def proof(self) -> tuple[Condition, ...]:
        """The conditions that are met, with their records."""
        return tuple(condition for condition in self.conditions if condition.missing is None)

    @property
    def eligible(self) -> bool:
        return not self.missing


def check(level: str, opened_on: date, evidence: Evidence, rules: LadderRules | None = None) -> Result:
    """Judge the evidence for a level. Raises ValueError for an unknown level."""
    rules = rules or rules_on(opened_on)
    judges: dict[str, Callable[[_Dossier], list[Condition]]] = {
        "A": _level_a, "B": _level_b, "C": _level_c, "D": _level_d,
    }  # fmt: skip
    if level not in judges:
        raise ValueError(f"no such level: {level}")
    return Result(level, rules, tuple(judges[level](_Dossier(opened_on, evidence, rules))))


def describe(missing: Iterable[Missing], gettext: Gettext = mark) -> list[str]:
    """What is missing, in words of the reader's language."""
    return [entry.say(gettext) for entry in missing]


def count_days(stays: Iterable[Stay]) -> float:
    """Confirmed days of several stays, each calendar day counted once.

    When a host confirmed fewer days than the calendar has, nobody says which ones: the days are laid so that
    the trainee keeps the most (each stretch goes to the stay that ends first: the best possible choice).
    """
    found = list(stays)
    left = {index: stay.days for index, stay in enumerate(found)}
    edges = sorted({edge for stay in found for edge in (stay.start.toordinal(), stay.end.toordinal() + 1)})
    total = 0.0
    for first, after in pairwise(edges):
        room = float(after - first)
        here = [
            i for i, stay in enumerate(found) if stay.start.toordinal() <= first < stay.end.toordinal() + 1
        ]
        for index in sorted(here, key=lambda i: (found[i].end, i)):
            used = min(room, left[index])
            left[index] -= used
            room -= used
            total += used
    return total


def add_months(day: date, months: int) -> date:
    """The same day some months later (earlier below zero); the month's last where that day does not exist."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def full_months(start: date, end: date) -> int:
    """Whole months between two days, 0 when the end is earlier. 31 January to 28 February is one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return max(0, months)


def centre(host: str, merged: Mapping[str, str]) -> str:
    """The host card after merging; a circle of merges ends at its smallest id."""
    seen: list[str] = []
    while host in merged and host not in seen:
        seen.append(host)
        host = merged[host]
    return min(seen[seen.index(host) :]) if host in seen else host


@dataclass(frozen=True)
class _Dossier:
    opened_on: date
    evidence: Evidence
    rules: LadderRules

    def trusted(self, record: Stay | Certificate) -> bool:
        return record.source != "paper" or len(record.verified_by) >= self.rules.paper_verifiers

    @property
    def stays(self) -> list[Stay]:
        """Stays that count: own, confirmed, trusted, begun within the window."""
        earliest = add_months(self.opened_on, -12 * self.rules.window_years)
        return [
            stay
            for stay in self.evidence.stays
            if stay.confirmed
            and stay.days > 0
            and stay.person != "colleague"
            and self.trusted(stay)
            and earliest <= stay.start <= self.opened_on
        ]

    def practices(self, stays: Iterable[Stay]) -> list[Practice]:
        """Own practices observed in one of these stays, published or not."""
        ids = {stay.id for stay in stays}
        return [
            entry for entry in self.evidence.practices if entry.stay in ids and entry.author != "colleague"
        ]


def _level_a(dossier: _Dossier) -> list[Condition]:
    visits = [stay.id for stay in dossier.stays if stay.days >= dossier.rules.visit_days]
    template = _("A visit of at least half a day that the host has confirmed.")
    return [Condition("visit", 1, len(visits), tuple(visits), template)]


def _level_b(dossier: _Dossier) -> list[Condition]:
    need = dossier.rules.stay_days
    stays = [stay for stay in dossier.stays if stay.days >= need]
    longest = max((stay.days for stay in dossier.stays), default=0)
    conditions = [
        Condition(
            "stay_days", need, longest, tuple(stay.id for stay in stays),
            _("Confirmed days still missing in one stay of at least {need} days: {amount}."),
        )
    ]  # fmt: skip
    practices = dossier.practices(stays)
    if not practices:
        template = _(
            "A good practice from such a stay, with its competences, published and presented at a workshop."
        )
        return [*conditions, Condition("practice", 1, 0, (), template)]
    # All must hold for one and the same practice: take the one that lacks least.
    best = max(
        practices,
        key=lambda one: (one.competences + one.published + one.presented_at_workshop, one.published),
    )
    conditions.append(Condition("practice", 1, 1, (best.id,), ""))
    for code, done, template in (
        ("competences", best.competences, _("The competences that go with the good practice.")),
        ("publication", best.published, _("The publication of the good practice after its check.")),
        (
            "workshop",
            best.presented_at_workshop,
            _("The presentation of this good practice at an ECETT workshop."),
        ),
    ):
        conditions.append(Condition(code, 1, int(done), (best.id,) if done else (), template))
    return conditions


def _level_c(dossier: _Dossier) -> list[Condition]:
    stays, rules = dossier.stays, dossier.rules
    centres = tuple(dict.fromkeys(centre(stay.host, dossier.evidence.merged) for stay in stays))
    published = tuple(entry.id for entry in dossier.practices(stays) if entry.published)
    presented = dossier.evidence.execution_project_presented
    ids = tuple(stay.id for stay in stays)
    return [
        Condition(
            "days", rules.days, count_days(stays), ids,
            _("Confirmed days of training still missing: {amount}."),
        ),
        Condition(
            "centres", rules.centres, len(centres), centres, _("Different centres still missing: {amount}.")
        ),
        Condition(
            "practices", rules.practices, len(published), published,
            _("Published good practices from confirmed stays still missing: {amount}."),
        ),
        Condition(
            "execution_project", 1, int(presented), ("execution_project",) if presented else (),
            _("The execution project, presented."),
        ),
    ]  # fmt: skip


def _level_d(dossier: _Dossier) -> list[Condition]:
    evidence, rules = dossier.evidence, dossier.rules
    held = [
        entry
        for entry in evidence.certificates
        if entry.level == "C" and entry.awarded_on <= dossier.opened_on and dossier.trusted(entry)
    ]
    valid = [entry for entry in held if entry.valid]
    presented = evidence.masterpiece_presented
    abroad = tuple(sorted(evidence.masterpiece_inspired_by_countries - {evidence.home_country}))
    conditions = [
        Condition(
            "certificate_C", 1, min(1, len(valid)), tuple(f"C {entry.awarded_on}" for entry in valid),
            _("A valid certificate C, neither revoked nor under review."),
        ),
        Condition(
            "masterpiece", 1, int(presented), ("masterpiece",) if presented else (),
            _("The masterpiece, presented."),
        ),
        Condition(
            "practice_abroad", 1, min(1, len(abroad)), abroad,
            _("A practice observed in another country that inspired the masterpiece."),
        ),
    ]  # fmt: skip
    # A certificate under review keeps its date: the support given since then is not lost when it is cleared.
    awarded = min((entry.awarded_on for entry in valid or held), default=None)
    support = evidence.teaching_support
    months, too_long = 0, False
    if support and awarded:
        begun = max(support.start, awarded)
        months = full_months(begun, dossier.opened_on)
        too_long = dossier.opened_on > add_months(begun, rules.teaching_support_months_max)
    conditions.append(
        Condition(
            "teaching_support_months", rules.teaching_support_months, months,
            ("teaching_support",) if months else (),
            _("Months of teaching support since certificate C still missing: {amount}."),
        )
    )  # fmt: skip
    if support and too_long:
        in_time = support.extended_until is None or dossier.opened_on <= support.extended_until
        extended = bool(support.extension_reason.strip()) and in_time
        conditions.append(
            Condition(
                "extension_with_reason", 1, int(extended), ("teaching_support",) if extended else (),
                _("The teaching support has lasted longer than allowed: an extension with its reason."),
            )
        )  # fmt: skip
    return conditions
