"""One case of ``check_ladder``: JSON in, JSON out.

Where a case leaves something open: ``confirmed`` left out is true when days are given or the stay is on paper
(paper proves by its verifiers), else false; ``confirmed_days`` left out means every calendar day; ``status``
of a certificate left out means valid; ``verified_by`` may also be one name or the number of people.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from certification import eligibility as ladder
from certification.ladder_rules import LEVELS
from ecett.core import jsonlines

Record = TypeVar("Record", ladder.Stay, ladder.Practice)

KEYS = ("id", "level", "dossier_opened_on", "evidence")
EVIDENCE_KEYS = (
    *("home_country", "stays", "practices", "execution_project", "masterpiece", "certificates", "merged"),
    *("teaching_support", "masterpiece_inspired_by_countries"),
)
STAY_KEYS = (
    *(
        "id",
        "host",
        "city",
        "country",
        "start",
        "end",
        "confirmed_days",
        "confirmed",
        "with_colleagues",
        "person",
    ),
    *("source", "verified_by"),
)
PRACTICE_KEYS = ("id", "stay", "published", "competences", "presented_at_workshop", "author")
CERTIFICATE_KEYS = ("id", "level", "awarded_on", "status", "source", "verified_by")
SUPPORT_KEYS = ("start", "extension", "extension_reason", "reason", "extended_until")
PEOPLE = ("self", "joint", "colleague")
SOURCES = ("portal", "paper")
STEPS = ("none", "draft", "started", "presented")
#: Words for the state of a certificate, and whether it is then valid.
STATUSES = {
    **dict.fromkeys(("valid", "active", "issued", "awarded"), True),
    **dict.fromkeys(("revoked", "under_review", "suspended", "withdrawn", "expired", "superseded"), False),
}


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The contract's answer to one case, or ``{"id", "error", "text"}``. Never raises."""
    return jsonlines.settle(case, _answer, KEYS)


def as_answer(result: ladder.Result) -> dict[str, Any]:
    """A result with the contract's keys."""
    return {
        "eligible": result.eligible,
        "missing": [{"code": one.code, "amount": one.amount, "text": one.say()} for one in result.missing],
        "proof": [{"code": one.code, "records": list(one.records)} for one in result.proof],
    }


def read_evidence(found: Mapping[str, Any], level: str = "") -> ladder.Evidence:
    """The ``evidence`` object as `Evidence`. Raises CaseError ("bad_input") naming place and field."""
    jsonlines.refuse_unknown_keys(found, EVIDENCE_KEYS, "evidence")
    home = jsonlines.country_of(found, "home_country", "")
    if level == "D" and not home:
        jsonlines.refuse("“home_country” is missing: level D asks for a practice seen in another country.")
    merged = jsonlines.object_of(found, "merged", {})
    inspired = jsonlines.list_of(found, "masterpiece_inspired_by_countries")
    return ladder.Evidence(
        stays=_all_different([_stay(one) for one in jsonlines.list_of(found, "stays", dict)], "stays"),
        practices=_all_different(
            [_practice(one) for one in jsonlines.list_of(found, "practices", dict)], "practices"
        ),
        certificates=[_certificate(one) for one in jsonlines.list_of(found, "certificates", dict)],
        execution_project_presented=_step(found, "execution_project") == "presented",
        masterpiece_presented=_step(found, "masterpiece") == "presented",
        masterpiece_inspired_by_countries=frozenset(
            jsonlines.country_of(
                {"masterpiece_inspired_by_countries": one}, "masterpiece_inspired_by_countries"
            )
            for one in inspired
        ),
        home_country=home,
        merged={str(card): _name({"merged": into}, "merged") for card, into in merged.items()},
        teaching_support=_support(jsonlines.object_of(found, "teaching_support", None)),
    )


def _answer(case: Mapping[str, Any]) -> dict[str, Any]:
    level = jsonlines.text_of(case, "level").strip().upper()
    if level not in LEVELS:
        jsonlines.refuse(f"“level” must be one of: {', '.join(LEVELS)}.")
    opened_on = jsonlines.day_of(case, "dossier_opened_on")
    evidence = read_evidence(jsonlines.object_of(case, "evidence"), level)
    return as_answer(ladder.check(level, opened_on, evidence))


def _stay(found: Mapping[str, Any]) -> ladder.Stay:
    stay_id = _name(found, "id")
    jsonlines.refuse_unknown_keys(found, STAY_KEYS, f"stay {stay_id}")
    start, end = jsonlines.day_of(found, "start"), jsonlines.day_of(found, "end")
    if end < start:
        jsonlines.refuse(f"Stay {stay_id} ends on {end}, before it starts on {start}.")
    days = jsonlines.number_of(found, "confirmed_days", None)
    if days is not None and days < 0:
        jsonlines.refuse(f"“confirmed_days” of stay {stay_id} must be a number of days, 0 or more.")
    source = jsonlines.choice_of(found, "source", SOURCES, "portal")
    return ladder.Stay(
        id=stay_id,
        host=_name(found, "host"),
        start=start,
        end=end,
        confirmed=jsonlines.flag_of(found, "confirmed", source == "paper" or days is not None),
        confirmed_days=days,
        person=jsonlines.choice_of(found, "person", PEOPLE, "self"),
        source=source,
        verified_by=_people(found),
    )


def _practice(found: Mapping[str, Any]) -> ladder.Practice:
    practice_id = _name(found, "id")
    jsonlines.refuse_unknown_keys(found, PRACTICE_KEYS, f"practice {practice_id}")
    competences = found.get("competences")
    if isinstance(competences, dict) or (isinstance(competences, str) and not competences.strip()):
        competences = None
    if isinstance(competences, list):
        competences = [one for one in competences if str(one or "").strip()]
    return ladder.Practice(
        id=practice_id,
        stay=_name(found, "stay", ""),
        published=_done(found, "published"),
        competences=bool(competences),
        presented_at_workshop=_done(found, "presented_at_workshop"),
        author=jsonlines.choice_of(found, "author", PEOPLE, "self"),
    )


def _certificate(found: Mapping[str, Any]) -> ladder.Certificate:
    jsonlines.refuse_unknown_keys(found, CERTIFICATE_KEYS, "certificates")
    status = jsonlines.choice_of(found, "status", tuple(STATUSES), "valid")
    return ladder.Certificate(
        level=jsonlines.choice_of(found, "level", LEVELS),
        awarded_on=jsonlines.day_of(found, "awarded_on"),
        valid=STATUSES[status],
        source=jsonlines.choice_of(found, "source", SOURCES, "portal"),
        verified_by=_people(found),
    )


def _support(found: Mapping[str, Any] | None) -> ladder.TeachingSupport | None:
    """``extension`` may be the reason itself, or an object with ``reason`` and ``until``."""
    if not found or found.get("start") is None:
        return None
    jsonlines.refuse_unknown_keys(found, SUPPORT_KEYS, "teaching_support")
    extension = found.get("extension")
    inner = extension if isinstance(extension, dict) else {}
    jsonlines.refuse_unknown_keys(inner, ("reason", "until"), "extension")
    reasons = [extension, inner.get("reason"), found.get("extension_reason"), found.get("reason")]
    until = jsonlines.day_of(inner, "until", None) or jsonlines.day_of(found, "extended_until", None)
    return ladder.TeachingSupport(
        start=jsonlines.day_of(found, "start"),
        extension_reason=next((one for one in reasons if isinstance(one, str) and one.strip()), ""),
        extended_until=until,
    )


def _step(found: Mapping[str, Any], name: str) -> str:
    step: str = jsonlines.choice_of(found, name, STEPS, "none")
    return step


def _name(found: Mapping[str, Any], name: str, default: Any = None) -> str:
    """An id: a text or a whole number, kept as text."""
    value = found.get(name)
    if value is None and default is not None:
        return str(default)
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        jsonlines.refuse(f"“{name}” is missing, or is neither a text nor a whole number.")
    return str(value).strip()


def _done(found: Mapping[str, Any], name: str) -> bool:
    """true or false; the day or the name of the event also says that it took place."""
    value = found.get(name)
    if isinstance(value, str):
        return bool(value.strip())
    return bool(jsonlines.flag_of(found, name, False))


def _people(found: Mapping[str, Any]) -> frozenset[str]:
    value = found.get("verified_by")
    if value is None:
        return frozenset()
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100:
        return frozenset(map(str, range(value)))
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or any(isinstance(n, bool) or not isinstance(n, str | int) for n in names):
        jsonlines.refuse("“verified_by” must be a list of people.")
    return frozenset(text for name in names if (text := str(name).strip().casefold()))


def _all_different(records: list[Record], what: str) -> list[Record]:
    ids = [record.id for record in records]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        jsonlines.refuse(f"The same id is given twice in “{what}”: {', '.join(twice)}.")
    return records
