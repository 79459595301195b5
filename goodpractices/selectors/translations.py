"""Practices in other languages than their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from ecett.accounts.enums import Role
from goodpractices.enums import PracticeState, TranslationState
from goodpractices.models import GoodPractice, PracticeTranslation
from goodpractices.selectors.cards import chapters_of

#: The address of a card says so when the original is wanted.
ORIGINAL = "original"


@dataclass(frozen=True)
class Wording:
    """The words of a card in one language. ``translation``: none for the original."""

    language: str
    texts: dict[str, str]
    translation: PracticeTranslation | None = None

    @property
    def title(self) -> str:
        return self.texts["title"]

    @property
    def description(self) -> str:
        return self.texts["description"]

    @property
    def chapters(self) -> list[tuple[Promise, str]]:
        """What stands below the description: (label, text) of each chapter that is written."""
        return chapters_of(self.texts)


def wording_for(practice: GoodPractice, language: str) -> Wording:
    """The words for a reader of this language: translated when they are, else the author's own."""
    if language != practice.language:
        for translation in practice.in_print:  # type: ignore[attr-defined]
            if translation.language == language:
                # What the translation lacks is read in the original rather than not at all.
                texts = {
                    name: translation.texts.get(name, "") or text for name, text in practice.texts().items()
                }
                return Wording(language, texts, translation)
    return Wording(practice.language, practice.texts())


def titles_for(practices: Iterable[GoodPractice], language: str) -> dict[int, Wording]:
    """{practice: what a list shows of it}; the cards come with `published_translations`."""
    found = {}
    for practice in practices:
        own = {"title": practice.title, "description": practice.description}
        found[practice.pk] = Wording(practice.language, own)
        for translation in practice.in_print:  # type: ignore[attr-defined]
            if translation.language == language != practice.language:
                texts = {name: translation.texts.get(name, "") or text for name, text in own.items()}
                found[practice.pk] = Wording(language, texts, translation)
    return found


def translation_of(user: Any, public_id: str) -> PracticeTranslation | None:
    """A translation that this person may see, with its original."""
    rows = PracticeTranslation.objects.visible_to(user).select_related(
        "practice__host", "original", "translator"
    )
    return rows.filter(public_id=public_id).first()


def translations_for(user: Any, practice: GoodPractice) -> list[PracticeTranslation]:
    """Those of a card that this person may see, by language."""
    return list(PracticeTranslation.objects.visible_to(user).filter(practice=practice).order_by("language"))


def own_translations(user: Any) -> QuerySet[PracticeTranslation]:
    """Those she made of cards that are public, latest first."""
    rows = PracticeTranslation.objects.filter(translator=user, practice__state=PracticeState.PUBLISHED)
    return (
        rows.select_related("practice", "original")
        .defer("practice__search", "practice__marks")
        .order_by("-changed_at")
    )


def translations_to_read(user: Any) -> QuerySet[PracticeTranslation]:
    """What waits for the desk of this person's language, the oldest first."""
    rows = PracticeTranslation.objects.filter(
        state=TranslationState.SUBMITTED, practice__state=PracticeState.PUBLISHED
    )
    if user.role == Role.HELPDESK:
        rows = rows.filter(language=user.hat.language)
    elif user.role != Role.ADMIN:
        return rows.none()
    return rows.select_related("practice").order_by("changed_at", "pk")
