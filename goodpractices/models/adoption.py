"""Who tried a practice elsewhere, and what became of it."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ecett.accounts.rules import is_desk
from ecett.core.models import Picture, Public
from ecett.core.search import sort_key
from goodpractices.enums import AdoptionOutcome


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def open_to_all(self) -> AdoptionQuerySet:
        """Those the desk has not hidden."""
        return self.filter(hidden_at=None)

    def visible_to(self, user: Any) -> AdoptionQuerySet:
        """Reports on published cards; one's own even when hidden; all for the desk."""
        if not user.is_authenticated:
            return self.none()
        if is_desk(user):
            return self
        return self.filter(Q(hidden_at=None, practice__state="published") | Q(reported_by=user))


@pghistory.track()
class Adoption(Public):
    """A report by those who tried: a failure stays and is shown like a success. The database keeps what was before."""

    Outcome = AdoptionOutcome

    practice = models.ForeignKey(
        "goodpractices.GoodPractice", on_delete=models.CASCADE, related_name="adoptions"
    )
    reported_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="adoptions"
    )
    reporter_name = models.CharField(max_length=200)
    organisation = models.CharField(_("organisation that tried it"), max_length=300)
    country = CountryField(_("country"))
    city = models.CharField(_("town"), max_length=200, blank=True)
    language = models.CharField(max_length=8, default="en")
    since = models.DateField(_("tried since"))
    outcome = models.CharField(_("what became of it"), max_length=10, choices=AdoptionOutcome.choices)
    why = models.TextField(_("why?"), blank=True)
    changed = models.TextField(_("what did you do differently?"), blank=True)
    people = models.PositiveIntegerField(
        _("how many people it concerned"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    indicator = models.CharField(_("what you measured"), max_length=200, blank=True)
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2, null=True, blank=True)
    period = models.CharField(_("over which time"), max_length=100, blank=True)
    method = models.CharField(_("how it was measured"), max_length=300, blank=True)
    # Words that look like somebody's and are no client's, as the reporter says.
    cleared = ArrayField(models.CharField(max_length=520), default=list, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_reason = models.CharField(max_length=500, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(before=None, after=None)
                | (Q(before__isnull=False, after__isnull=False) & ~Q(indicator="")),
                name="adoption_measures_something_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_outcome_display()}"

    @property
    def place(self) -> str:
        """The same for one organisation however it is spelled: its name in plain letters and its country."""
        return f"{self.country} {sort_key(self.organisation)}"

    @property
    def measured(self) -> bool:
        """There are figures before and after."""
        return self.before is not None and self.after is not None


@pghistory.track()
class Innovation(Public):
    """An adoption that has become lasting at home, told by those who did it."""

    adoption = models.OneToOneField(Adoption, on_delete=models.CASCADE, related_name="innovation")
    title = models.CharField(_("name of the innovation"), max_length=300)
    # {question code: answer}; the questions: `goodpractices.wording.QUESTIONS`.
    answers = models.JSONField(default=dict)
    publication = models.URLField(_("where one can read about it"), blank=True)
    cleared = ArrayField(models.CharField(max_length=520), default=list, blank=True)

    def __str__(self) -> str:
        return self.title


class InnovationPicture(Picture):
    """What the innovation looks like; seen where its report is."""

    owner_field = "innovation"
    file_view = "goodpractices:picture_file"

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="pictures")

    class Meta(Picture.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["innovation", "large"], name="one_picture_once_an_innovation")
        ]
