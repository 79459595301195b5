"""Who the trainee is: asked once, used everywhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecett.core.models import Public
from hosts.enums import Cefr, Sector
from trainees.enums import Eqf, ResumeKind


class TraineeProfile(Public):
    """A trainee's work and workplace; the employer is the one who approves the departure."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="trainee_profile")
    profession = models.CharField(_("profession"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    qualification = models.PositiveSmallIntegerField(
        _("qualification level"), choices=Eqf.choices, null=True, blank=True
    )
    employer = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="trainees"
    )
    employer_contact = models.CharField(_("who approves your departure"), max_length=200, blank=True)
    employer_email = models.EmailField(_("her or his e-mail"), blank=True)
    employer_language = models.CharField(_("her or his language"), max_length=8, blank=True)
    phone = models.CharField(_("phone during the stay"), max_length=40, blank=True)
    about = models.TextField(_("about you, in a few lines"), blank=True)

    def __str__(self) -> str:
        return str(self.user)


class TraineeLanguage(models.Model):
    """A language the trainee speaks."""

    profile = models.ForeignKey(TraineeProfile, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=8)
    level = models.CharField(_("level"), max_length=2, choices=Cefr.choices)

    class Meta:
        ordering = ("-level", "language")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "language"], name="one_level_a_trainee_language")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class ResumeEntry(models.Model):
    """One line of the résumé."""

    profile = models.ForeignKey(TraineeProfile, on_delete=models.CASCADE, related_name="resume")
    kind = models.CharField(_("kind"), max_length=20, choices=ResumeKind.choices, default=ResumeKind.WORK)
    title = models.CharField(_("what"), max_length=200)
    place = models.CharField(_("where"), max_length=200, blank=True)
    start_year = models.PositiveSmallIntegerField(_("from year"))
    end_year = models.PositiveSmallIntegerField(_("until year"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("-start_year", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end_year__isnull=True) | Q(end_year__gte=F("start_year")),
                name="resume_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title
