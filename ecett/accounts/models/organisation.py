"""Organisations: those that send, host, sign contracts, and ECETT itself."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ecett.accounts.enums import OrganisationKind
from ecett.core.models import Public
from ecett.core.search import sort_key


class Organisation(Public):
    """One organisation. Coordinates are those of its town, in degrees (WGS 84)."""

    Kind = OrganisationKind

    name = models.CharField(_("name"), max_length=300)
    sort_name = models.CharField(max_length=300, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    country = CountryField(_("country"))
    city = models.CharField(_("town"), max_length=200)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    oid = models.CharField(
        _("Erasmus+ organisation ID"),
        max_length=9,
        blank=True,
        validators=[
            RegexValidator(r"^E\d{8}$", _("An organisation ID is an E and eight digits, as in E10012345."))
        ],
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    # Trained to do the helpdesk's work itself: the helpdesk's share of the organisational support is then its own.
    does_helpdesk_work = models.BooleanField(_("trained to do the helpdesk's work"), default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sort_key(self.name)[:300]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
