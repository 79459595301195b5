"""Three short looks back: the trainee's, the host's, the employer's."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecett.core.models import Public
from trainees.enums import Party


class Evaluation(Public):
    """One party's evaluation of an internship; marks from 1 (poor) to 5 (very good)."""

    internship = models.ForeignKey(
        "trainees.Internship", on_delete=models.CASCADE, related_name="evaluations"
    )
    party = models.CharField(max_length=10, choices=Party.choices)
    author_name = models.CharField(max_length=200)
    author_email = models.EmailField()
    usefulness = models.PositiveSmallIntegerField(
        _("How useful was the stay?"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    preparation = models.PositiveSmallIntegerField(
        _("How well was it prepared?"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    again = models.BooleanField(_("Would you do it again?"), default=True)
    comment = models.TextField(_("In your own words"), blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "party"], name="one_evaluation_a_party"),
            models.CheckConstraint(
                condition=Q(usefulness__range=(1, 5), preparation__range=(1, 5)),
                name="evaluation_marks_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.internship}"
