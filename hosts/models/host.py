"""The host card."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from django_fsm import FSMModelMixin

from ecett.accounts.rules import is_desk
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import is_system, may, via_link
from ecett.core.search import sort_key
from ecett.core.workflow import Returned, step
from hosts.enums import HostStatus, Moderation, Sector
from hosts.models.change import note_changes
from hosts.models.logistics import Logistics, price_constraints


class HostQuerySet(models.QuerySet["Host"]):
    def published(self) -> HostQuerySet:
        """Cards anybody may read."""
        return self.filter(moderation=Moderation.PUBLISHED)

    def visible_to(self, user: Any) -> HostQuerySet:
        """Published cards; one's own in any state; all of them for the desk."""
        if not user.is_authenticated:
            return self.published()
        if is_desk(user):
            return self
        own = Q(created_by=user) | Q(
            organisation__in=[hat.organisation_id for hat in user.hats if hat.role == "host"]
        )
        return self.filter(Q(moderation=Moderation.PUBLISHED) | own)


is_phone = RegexValidator(
    r"^\+?[0-9][0-9 ()./-]{4,38}$", _("A telephone number is figures, as in +46 31 123 45 67."), code="phone"
)

# Whom letters and proposals go to.
SPOKESPERSON = ("spokesperson_name", "spokesperson_email", "spokesperson_phone", "spokesperson_language")

# The states of a card that stands for itself.
STANDING = (
    Moderation.DRAFT,
    Moderation.SUBMITTED,
    Moderation.CHANGES,
    Moderation.PUBLISHED,
    Moderation.REJECTED,
)


def enough_told(host: Host) -> Promise | None:
    """A card says at least who, and where."""
    complete = all((host.name.strip(), host.country, host.city.strip()))
    return None if complete else _("Name, country and town are needed.")


def was_partner(host: Host) -> Promise | None:
    """Only what a silence took is given back by an answer."""
    return None if host.silent_from == HostStatus.PARTNER else _("It was no partner before its silence.")


def was_potential(host: Host) -> Promise | None:
    """Only what a silence took is given back by an answer."""
    known = host.silent_from == HostStatus.POTENTIAL
    return None if known else _("It was no potential host before its silence.")


# Who can say for a team that its card is right.
SPEAKS = may("hosts.speak_for_host") | via_link("host_check") | via_link("host_edit")


@pghistory.track(exclude=["search", "marks", "mentions"])
class Host(FSMModelMixin, Logistics, Public):
    """A team that receives visitors. Coordinates in degrees (WGS 84); ``capacity`` is people at once."""

    Status = HostStatus
    State = Moderation

    name = models.CharField(_("name"), max_length=300)
    sort_name = models.CharField(max_length=300, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="hosts"
    )
    # Not protected: an import and a merge take over what a sheet or another card knows of a team, as a whole.
    status = StateField(
        _("status"), default=HostStatus.POTENTIAL, choices=HostStatus.choices, max_length=20, protected=False
    )
    # What a team was before its silence; empty for one that answers.
    silent_from = models.CharField(max_length=20, choices=HostStatus.choices, blank=True, editable=False)
    moderation = StateField(default=Moderation.DRAFT, choices=Moderation.choices)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    country = CountryField(_("country"))
    city = models.CharField(_("town"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    website = models.URLField(_("website"), blank=True)

    sectors = ArrayField(models.CharField(max_length=20, choices=Sector.choices), default=list, blank=True)
    # Codes of ECETT concepts of the group target_groups.
    target_groups = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    concepts = models.ManyToManyField("hosts.Concept", related_name="hosts", blank=True)
    language = models.CharField(_("language of the card"), max_length=8, default="en")
    summary = models.TextField(_("who it is for"), blank=True)
    expertise = models.TextField(_("expertise and qualifications"), blank=True)
    learning = models.TextField(_("what one learns there"), blank=True)
    programme = models.TextField(_("activity programme"), blank=True)

    capacity = models.PositiveSmallIntegerField(_("visitors at once"), null=True, blank=True)
    step_free = models.BooleanField(_("reachable without steps"), null=True, blank=True)
    spokesperson_name = models.CharField(_("spokesperson"), max_length=200, blank=True)
    spokesperson_email = models.EmailField(_("spokesperson's e-mail"), blank=True)
    spokesperson_phone = models.CharField(
        _("spokesperson's phone"), max_length=40, blank=True, validators=[is_phone]
    )
    spokesperson_language = models.CharField(_("spokesperson's language"), max_length=8, blank=True)

    charter_accepted_on = models.DateField(_("charter accepted on"), null=True, blank=True)
    last_confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Where an imported row came from: the name of the layout and a key that survives a second import.
    source = models.CharField(max_length=60, blank=True)
    source_key = models.CharField(max_length=200, blank=True)
    source_note = models.CharField(_("source"), max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)
    # What `hosts.freshness` reads, kept here so that a list of cards asks nothing more. Proposals, counted by the
    # helpdesk's services as they come to an end.
    asked_count = models.PositiveIntegerField(default=0)
    replied_count = models.PositiveIntegerField(default=0)
    median_reply_days = models.FloatField(null=True, blank=True)
    # Agreed stays, counted by the trainees' services.
    stay_count = models.PositiveIntegerField(default=0)
    cancelled_by_host = models.PositiveIntegerField(default=0)
    cancelled_by_trainee = models.PositiveIntegerField(default=0)
    # What the card is found by, the short part of it that ranks, and with which of its words it names a concept:
    # {language: {code: words}}. Kept by hosts.services.index_hosts.
    search = SearchVectorField(null=True, editable=False)
    marks = SearchVectorField(null=True, editable=False)
    mentions = models.JSONField(default=dict, editable=False)

    objects = HostQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source_key=""), name="one_host_a_source_key"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(moderation="merged"), name="merged_hosts_are_marked"
            ),
            *price_constraints(),
        ]
        indexes: ClassVar = [
            models.Index(fields=["moderation", "sort_name", "id"], name="host_list"),
            models.Index(fields=["moderation", "country", "sort_name"], name="host_by_country"),
            GinIndex(fields=["search"], name="host_search"),
            GinIndex(fields=["sectors"], name="host_sectors"),
            GinIndex(fields=["target_groups"], name="host_target_groups"),
            models.Index(fields=["latitude", "longitude"], name="host_place"),
        ]
        triggers: ClassVar = [note_changes("hosts.host")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)[:300]
        super().save(*args, **kwargs)

    # ── lifecycle ──
    @step(
        moderation,
        source=(Moderation.DRAFT, Moderation.CHANGES),
        target=Moderation.SUBMITTED,
        label=_("Send to the helpdesk"),
        by=may("hosts.edit_host"),
        conditions=[enough_told],
        primary=True,
    )
    def submit(self) -> None:
        """The author says the card is complete."""

    @step(
        moderation,
        source=(Moderation.SUBMITTED, Moderation.DRAFT),
        target=Moderation.PUBLISHED,
        label=_("Publish"),
        by=may("hosts.moderate_host") | is_system,
        conditions=[enough_told],
        primary=True,
    )
    def publish(self) -> None:
        """The desk has read the card and found it right."""

    @step(
        moderation,
        source=Moderation.SUBMITTED,
        target=Moderation.CHANGES,
        label=_("Ask for changes"),
        by=may("hosts.moderate_host"),
        comment="required",
    )
    def ask_changes(self) -> None:
        """The desk asks the author for something; the comment says what."""

    @step(
        moderation,
        source=(Moderation.SUBMITTED, Moderation.CHANGES),
        target=Moderation.REJECTED,
        label=_("Do not publish"),
        by=may("hosts.moderate_host"),
        comment="required",
        confirm=_("Refuse this card? Its author reads your reason."),
    )
    def reject(self) -> None:
        """The card will not appear; the comment says why."""

    @step(
        moderation,
        source=(Moderation.PUBLISHED, Moderation.REJECTED),
        target=Moderation.SUBMITTED,
        label=_("Take back to reading"),
        by=may("hosts.moderate_host"),
        comment="required",
    )
    def reopen(self) -> None:
        """Undo a publication or a refusal."""

    @step(
        moderation,
        source=STANDING,
        target=Moderation.MERGED,
        label=_("Merge"),
        by=may("hosts.merge_hosts") | is_system,
        hidden=True,
    )
    def merge(self, *, into: Host) -> None:
        """The same team as another card: that one stays, this address leads there."""
        self.merged_into = into

    @step(
        moderation,
        source=Moderation.MERGED,
        target=Returned(*STANDING),
        label=_("Undo the merge"),
        by=may("hosts.merge_hosts") | is_system,
        hidden=True,
    )
    def part(self, *, state: str) -> str:
        """The merge was a mistake: the card stands for itself again, in the state it had."""
        self.merged_into = None
        return state

    # ── what we know of the team ──
    @step(
        status,
        source=(HostStatus.POTENTIAL, HostStatus.INACTIVE),
        target=HostStatus.PARTNER,
        label=_("Make it a partner"),
        by=may("hosts.moderate_host"),
        comment="optional",
        hidden=True,
    )
    def make_partner(self) -> None:
        """The desk knows that the team receives visitors."""
        self.silent_from = ""

    @step(
        status,
        source=(HostStatus.PARTNER, HostStatus.INACTIVE),
        target=HostStatus.POTENTIAL,
        label=_("Make it a potential host"),
        by=may("hosts.moderate_host"),
        comment="optional",
        hidden=True,
    )
    def make_potential(self) -> None:
        """The desk does not know yet whether the team receives visitors."""
        self.silent_from = ""

    @step(
        status,
        source=(HostStatus.PARTNER, HostStatus.POTENTIAL),
        target=HostStatus.INACTIVE,
        label=_("Make it inactive"),
        by=may("hosts.moderate_host"),
        comment="optional",
        hidden=True,
    )
    def make_inactive(self) -> None:
        """The desk knows that the team receives nobody."""
        self.silent_from = ""

    @step(
        status,
        source=HostStatus.PARTNER,
        target=HostStatus.POTENTIAL,
        label=_("No answer to the yearly letter and its reminders"),
        by=is_system,
        hidden=True,
    )
    def doubt(self) -> None:
        """A partner has not said that its card is still right."""
        self.silent_from = HostStatus.PARTNER

    @step(
        status,
        source=HostStatus.POTENTIAL,
        target=HostStatus.INACTIVE,
        label=_("No answer for a long time"),
        by=is_system,
        hidden=True,
    )
    def rest(self) -> None:
        """The silence went on."""
        self.silent_from = self.silent_from or HostStatus.POTENTIAL

    @step(
        status,
        source=(HostStatus.POTENTIAL, HostStatus.INACTIVE),
        target=HostStatus.PARTNER,
        label=_("The team has answered: a partner again"),
        by=SPEAKS,
        conditions=[was_partner],
        hidden=True,
    )
    def return_partner(self) -> None:
        """The card is confirmed after a silence."""
        self.silent_from = ""

    @step(
        status,
        source=HostStatus.INACTIVE,
        target=HostStatus.POTENTIAL,
        label=_("The team has answered: a potential host again"),
        by=SPEAKS,
        conditions=[was_potential],
        hidden=True,
    )
    def return_potential(self) -> None:
        """The card is confirmed after a silence."""
        self.silent_from = ""


class HostLog(TransitionLog):
    subject = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="log")
