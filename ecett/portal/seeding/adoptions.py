"""What became of the demonstration's practices elsewhere: kept, adapted, dropped, a few told as innovations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Any

from ecett.core.clock import today
from ecett.portal import demo
from ecett.portal.demo import DemoHost
from ecett.portal.demo.content import content
from goodpractices.enums import PracticeState
from goodpractices.models import Adoption, GoodPractice, Innovation
from goodpractices.services import count_evidence
from goodpractices.wording import QUESTIONS

# One published practice of so many has been tried elsewhere, by one to four organisations.
EVERY = 4
OUTCOMES = {"kept": 35, "adapted": 30, "dropped": 22, "trying": 13}


def make_adoptions(rng: Random, practices: Sequence[GoodPractice], houses: Sequence[DemoHost]) -> None:
    """Reports on some of the practices by organisations of other towns; then everybody's level is counted."""
    texts = content("adoptions")
    told = [one for one in practices if one.state == PracticeState.PUBLISHED and one.language in texts]
    adoptions = Adoption.objects.bulk_create(
        _adoption(rng, practice, house, texts[practice.language])
        for practice in told[::EVERY]
        for house in rng.sample(houses, rng.randint(1, 4))
        if house.name != practice.host_name
    )
    lasting = [one for one in adoptions if one.measured and one.outcome == Adoption.Outcome.KEPT]
    Innovation.objects.bulk_create(
        Innovation(
            adoption=one,
            title=texts[one.language]["innovation"],
            answers=dict(zip(QUESTIONS, texts[one.language]["answers"], strict=True)),
        )
        for one in lasting[::2]
    )
    count_evidence([practice.pk for practice in practices])


def _adoption(rng: Random, practice: GoodPractice, house: DemoHost, texts: dict[str, Any]) -> Adoption:
    outcome = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    lasts = outcome in ("kept", "adapted")
    before = rng.randrange(10, 40)
    figures = {
        "indicator": texts["indicator"],
        "before": before,
        "after": before + rng.randrange(5, 40),
        "period": texts["period"],
        "method": texts["method"],
    }
    who = demo.person(rng, house.country, language=practice.language)
    return Adoption(
        practice=practice,
        reporter_name=who.name,
        organisation=house.name,
        country=house.country,
        city=house.city,
        language=practice.language,
        since=today() - dt.timedelta(days=rng.randrange(60, 900)),
        outcome=outcome,
        why=rng.choice(texts[outcome]),
        changed=rng.choice(texts["changed"]) if outcome == "adapted" else "",
        people=rng.randrange(8, 160) if lasts else None,
        **(figures if lasts and rng.random() < 0.5 else {}),
    )
