"""A practice in another language, written by a person beside the original."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.rules import is_desk
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may
from ecett.core.workflow import step
from goodpractices.enums import PracticeState, TranslationState
from goodpractices.passages import CHECKED, Passage, find_passages

State = TranslationState


class TranslationQuerySet(models.QuerySet["PracticeTranslation"]):
    def published(self) -> TranslationQuerySet:
        """Those anybody may read."""
        return self.filter(state=TranslationState.PUBLISHED)

    def visible_to(self, user: Any) -> TranslationQuerySet:
        """Of published cards: those that are published, one's own, and of one's own card; all for the desk."""
        if not user.is_authenticated:
            return self.published().filter(practice__state=PracticeState.PUBLISHED)
        if is_desk(user):
            return self
        hers = Q(translator=user) | Q(practice__authors__user=user)
        rows = self.filter(Q(state=TranslationState.PUBLISHED) | hers)
        return rows.filter(practice__state=PracticeState.PUBLISHED).distinct()


def says_it_all(translation: PracticeTranslation) -> Promise | None:
    """Every part of the original that is written is translated."""
    return _("Some parts are not translated yet.") if translation.missing() else None


def translation_names_nobody(translation: PracticeTranslation) -> Promise | None:
    """What may say who somebody is has been looked at by the translator."""
    if all(passage.cleared for passage in translation.passages()):
        return None
    return _("Some words may say who somebody is. Open the form to look at them first.")


@pghistory.track()
class PracticeTranslation(FSMModelMixin, Public):
    """The words of a practice in one more language: one translation a language, and the person who made it."""

    State = TranslationState

    practice = models.ForeignKey(
        "goodpractices.GoodPractice", on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(_("language"), max_length=8)
    state = StateField(default=TranslationState.DRAFT, choices=TranslationState.choices)
    # {field: words}, the fields of `goodpractices.passages.CHECKED`.
    texts = models.JSONField(default=dict)
    # What the translator had before her; none when the card changed while she wrote.
    original = models.ForeignKey(
        "goodpractices.PracticeVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    translator = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="translations"
    )
    translator_name = models.CharField(max_length=200, blank=True)
    # Words that look like somebody's and are no client's, as the translator says.
    cleared = ArrayField(models.CharField(max_length=520), default=list, blank=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ("language",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "language"], name="one_translation_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.language}"

    @property
    def title(self) -> str:
        return str(self.texts.get("title", ""))

    @property
    def outdated(self) -> bool:
        """The original has changed since it was translated."""
        return self.original is None or self.original.texts != self.practice.texts()

    def missing(self) -> list[str]:
        """Parts of the original without a translation."""
        return [name for name, text in self.practice.texts().items() if text and not self.texts.get(name)]

    def passages(self) -> list[Passage]:
        """What may say who somebody is; cleared by the author of the original or by the translator."""
        cleared = {(row.kind, row.text) for row in self.practice.cleared_marks.all()}
        cleared |= {(kind, text) for kind, _colon, text in (code.partition(":") for code in self.cleared)}
        return find_passages(
            self.texts, self.language, cleared, fields=CHECKED, places=self.practice.places()
        )

    # ── lifecycle ──
    @step(
        state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        label=_("Send to the helpdesk"),
        by=may("goodpractices.edit_translation"),
        conditions=[says_it_all, translation_names_nobody],
        primary=True,
    )
    def submit(self) -> None:
        """The translator finds it complete."""

    @step(
        state,
        source=State.SUBMITTED,
        target=State.PUBLISHED,
        label=_("Publish the translation"),
        by=may("goodpractices.publish_translation"),
        conditions=[says_it_all],
        primary=True,
    )
    def publish(self) -> None:
        """The desk of its language finds it right, and nobody can be recognised."""

    @step(
        state,
        source=State.SUBMITTED,
        target=State.DRAFT,
        label=_("Ask for changes"),
        by=may("goodpractices.publish_translation"),
        comment="required",
    )
    def ask_changes(self) -> None:
        """The desk asks the translator for something; the comment says what."""

    @step(
        state,
        source=(State.SUBMITTED, State.PUBLISHED),
        target=State.DRAFT,
        label=_("Take back to write on"),
        by=may("goodpractices.edit_translation"),
        confirm=_("Take it back? Nobody else reads it until it is published again."),
    )
    def take_back(self) -> None:
        """Its words are to change; the desk reads it again."""


class PracticeTranslationLog(TransitionLog):
    subject = models.ForeignKey(PracticeTranslation, on_delete=models.CASCADE, related_name="log")
