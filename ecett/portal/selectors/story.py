"""A good practice told on the front page, another one each day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import MD5, Concat

from ecett.core.clock import today
from ecett.portal.selectors.cached import remember
from goodpractices.enums import PracticeKind
from goodpractices.models import GoodPractice

KEPT_SECONDS = 3600
QUOTE_CHARACTERS = 190


@dataclass(frozen=True)
class Story:
    """A published practice as the front page tells it; `quote` are its first sentences on results."""

    title: str
    public_id: str
    language: str
    author: str
    host: str
    city: str
    text: str
    quote: str


def story(language: str) -> Story | None:
    """The practice of the day in a language, else in English; None when there is none in either."""
    found = remember(f"story:{language}:{today()}", lambda: [_pick(language)], seconds=KEPT_SECONDS)[0]
    return found or (story("en") if language != "en" else None)


def _pick(language: str) -> Story | None:
    chosen = (
        GoodPractice.objects.published()
        .filter(language=language, kind=PracticeKind.TRAINEE)
        .exclude(results="")
        .order_by(MD5(Concat(F("public_id"), Value(str(today())))))
        .only("title", "public_id", "language", "author_name", "host_name", "city", "objectives", "results")
        .first()
    )
    if chosen is None:
        return None
    return Story(
        title=chosen.title,
        public_id=chosen.public_id,
        language=chosen.language,
        author=chosen.author_name,
        host=chosen.host_name,
        city=chosen.city,
        text=chosen.objectives,
        quote=first_sentences(chosen.results),
    )


def first_sentences(text: str, limit: int = QUOTE_CHARACTERS) -> str:
    """As many whole sentences as fit into `limit` characters, at least the first one."""
    sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
    taken = sentences[0]
    for sentence in sentences[1:]:
        if len(taken) + 1 + len(sentence) > limit:
            break
        taken = f"{taken} {sentence}"
    return taken
