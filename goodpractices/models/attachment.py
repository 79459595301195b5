"""Documents that go with a practice: a plan, a form, a leaflet. Nobody else gets one before the desk has looked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from ecett.accounts.rules import is_desk
from ecett.core.cleaning.kinds import KEPT_AS
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may
from ecett.core.workflow import step
from goodpractices.enums import AttachmentKind, AttachmentNote, AttachmentState, PracticeState
from goodpractices.models.practice import GoodPractice
from goodpractices.rules import is_expert

State = AttachmentState


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def kept(self) -> AttachmentQuerySet:
        """All but those that were taken away."""
        return self.exclude(state=AttachmentState.REMOVED)

    def shown(self) -> AttachmentQuerySet:
        """Those anybody gets."""
        return self.filter(state=AttachmentState.SHOWN, practice__state=PracticeState.PUBLISHED)

    def waiting(self) -> AttachmentQuerySet:
        """Those the desk has not looked at."""
        return self.filter(state=AttachmentState.WAITING)

    def visible_to(self, user: Any) -> AttachmentQuerySet:
        """Shown ones of published cards; for an expert also those of cards she reads; all of one's own card, and for
        the desk."""
        if not user.is_authenticated:
            return self.shown()
        if is_desk(user):
            return self.kept()
        cards = Q(practice__state=PracticeState.PUBLISHED)
        if is_expert(user):
            cards |= Q(practice__state=PracticeState.WITH_EXPERT)
        own = models.Exists(GoodPractice.objects.filter(pk=models.OuterRef("practice"), authors__user=user))
        return self.kept().filter((cards & Q(state=AttachmentState.SHOWN)) | Q(own))


class Attachment(FSMModelMixin, Public):
    """A file of a practice, stored under its hash as `ecett.core.cleaning` made it. The row of one that was taken away
    stays, for the history of the card; its file goes."""

    State = AttachmentState

    practice = models.ForeignKey(GoodPractice, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=8)
    kind = models.CharField(max_length=10, choices=AttachmentKind.choices, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    size = models.PositiveIntegerField(editable=False)
    # What the cleaner could not take away, or took away, for whoever looks at it.
    notes = ArrayField(
        models.CharField(max_length=20, choices=AttachmentNote.choices),
        default=list,
        blank=True,
        editable=False,
    )
    state = StateField(default=AttachmentState.WAITING, choices=AttachmentState.choices)
    anonymity_declared = models.BooleanField(default=False)
    # Words of the title that look like somebody's and are no client's, as the author says.
    cleared = ArrayField(models.CharField(max_length=520), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    added_by_name = models.CharField(max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "sha256"],
                condition=~Q(state=AttachmentState.REMOVED.value),
                name="one_file_once_a_practice",
            ),
            models.CheckConstraint(
                condition=~Q(state=AttachmentState.SHOWN.value) | Q(anonymity_declared=True),
                name="shown_attachments_are_anonymous",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_url(self) -> str:
        ending, _media = KEPT_AS[self.kind]
        return reverse("goodpractices:attachment_file", args=[self.sha256, ending])

    def facts(self) -> dict[str, Any]:
        """What a version of the practice keeps of it."""
        return {name: getattr(self, name) for name in ("sha256", "title", "language", "kind", "size")}

    # ── lifecycle ──
    @step(
        state,
        source=State.WAITING,
        target=State.SHOWN,
        label=_("Nobody can be recognised: show it"),
        by=may("goodpractices.clear_attachment"),
        primary=True,
    )
    def show(self) -> None:
        """The desk has read the document: clear, and nobody can be recognised."""

    @step(
        state,
        source=(State.WAITING, State.SHOWN),
        target=State.LEFT_OUT,
        label=_("Leave it out"),
        by=may("goodpractices.clear_attachment"),
        comment="required",
    )
    def leave_out(self) -> None:
        """The desk finds that it is not needed, or that somebody can be recognised; the comment says which."""

    @step(
        state,
        source=(State.SHOWN, State.LEFT_OUT),
        target=State.WAITING,
        label=_("Look at it again"),
        by=may("goodpractices.clear_attachment"),
    )
    def look_again(self) -> None:
        """Undo what was decided about it."""

    @step(
        state,
        source=(State.WAITING, State.SHOWN, State.LEFT_OUT),
        target=State.REMOVED,
        label=_("Remove"),
        by=may("goodpractices.change_attachment"),
        hidden=True,
    )
    def remove(self) -> None:
        """Its author takes it away; the history of the card says so."""


class AttachmentLog(TransitionLog):
    subject = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="log")
