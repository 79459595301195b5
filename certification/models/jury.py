"""Juries: sessions, seats, votes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.enums import Level, Vote
from ecett.accounts.enums import Role
from ecett.core.models import Public


class JurySessionQuerySet(models.QuerySet["JurySession"]):
    def visible_to(self, user: Any) -> JurySessionQuerySet:
        """Secretary and administrator: all; jurors: their own."""
        if not user.is_authenticated:
            return self.none()
        if user.role in (Role.SECRETARY, Role.ADMIN):
            return self
        if user.role in (Role.JUROR, Role.CHAIR):
            return self.filter(seats__user=user).distinct()
        return self.none()


class JurySession(Public):
    """A sitting. Quorum is data: jury size and majority differ by session."""

    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"))
    place = models.CharField(_("place, or “online”"), max_length=200)
    level = models.CharField(_("level"), max_length=1, choices=Level.choices)
    quorum = models.PositiveSmallIntegerField(
        _("votes needed for a decision"), default=3, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    is_demo = models.BooleanField(default=False)

    objects = JurySessionQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-pk")
        verbose_name = _("jury session")

    def __str__(self) -> str:
        return self.title


class JurySeat(models.Model):
    """A juror of a session; exactly one of them presides and breaks ties."""

    session = models.ForeignKey(JurySession, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="jury_seats")
    is_chair = models.BooleanField(_("presides"), default=False)

    class Meta:
        ordering = ("-is_chair", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="one_seat_a_juror"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(is_chair=True), name="one_chair_a_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.session}"


class JuryVote(Public):
    """One juror's decision on one dossier; seen by the others only once they have given theirs."""

    dossier = models.ForeignKey("certification.Dossier", on_delete=models.CASCADE, related_name="votes")
    juror = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="jury_votes")
    vote = models.CharField(_("decision"), max_length=10, choices=Vote.choices, blank=True)
    reason = models.TextField(_("reasons"), blank=True)
    recused = models.BooleanField(default=False)
    recusal_reason = models.TextField(blank=True)
    cast_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "juror"], name="one_vote_a_juror"),
            models.CheckConstraint(
                condition=Q(recused=False) | Q(vote=""), name="recused_jurors_do_not_vote"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror}: {self.get_vote_display() or _('not yet')}"
