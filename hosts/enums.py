"""Sectors, statuses and logistics of hosts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecett.core.states import States


class Sector(models.TextChoices):
    ADDICTION = "addiction", _("Addiction")
    SOCIAL_WORK = "social_work", _("Social work")
    YOUTH = "youth", _("Youth care")
    PSYCHIATRY = "psychiatry", _("Psychiatry")


class HostStatus(States):
    POTENTIAL = "potential", "waiting", _("Potential host"), _("Potential host")
    PARTNER = "partner", "done", _("Partner"), _("Partner")
    INACTIVE = "inactive", "declined", _("Inactive"), _("Inactive")


class Moderation(States):
    """Life of a card before and after it is public."""

    DRAFT = "draft", "draft", _("Draft"), _("Draft")
    SUBMITTED = "submitted", "waiting", _("Being read"), _("To be read")
    CHANGES = "changes", "turn", _("Changes asked"), _("Changes asked")
    PUBLISHED = "published", "done", _("Published"), _("Published")
    REJECTED = "rejected", "declined", _("Not published"), _("Not published")
    MERGED = "merged", "declined", _("Merged into another card"), _("Merged into another card")


class Offer(models.TextChoices):
    """How a host settles one item of logistics."""

    UNKNOWN = "", _("not known")
    FREE = "free", _("offered free")
    PRICE = "price", _("at a price")
    NO = "no", _("not offered")


class PriceUnit(models.TextChoices):
    """What the price of an item of logistics is for."""

    DAY = "day", pgettext_lazy("price", "a day")
    NIGHT = "night", pgettext_lazy("price", "a night")
    TRIP = "trip", pgettext_lazy("price", "a trip")
    STAY = "stay", pgettext_lazy("price", "for the whole stay")


class Cefr(models.TextChoices):
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"


class PeriodKind(models.TextChoices):
    OPEN = "open", _("open to visitors")
    CLOSED = "closed", _("closed to visitors")


class InvitationState(States):
    OPEN = "open", "waiting", _("Invited"), _("Invited")
    ACCEPTED = "accepted", "done", _("Accepted"), _("Accepted")
    WITHDRAWN = "withdrawn", "declined", _("Invitation withdrawn"), _("Invitation withdrawn")


class Scheme(models.TextChoices):
    """Which vocabulary a concept belongs to."""

    ECETT = "ecett", _("ECETT thesaurus")
    ESCO_SKILL = "esco_skill", _("ESCO skill")
    ESCO_OCCUPATION = "esco_occupation", _("ESCO occupation")


class ContactRole(models.TextChoices):
    """What somebody of a team, beside its spokesperson, is there for."""

    DIRECTOR = "director", _("Director")
    GUIDE = "guide", _("Accompanies visitors")
    LOGISTICS = "logistics", _("Bed, meals and travel")
    OTHER = "other", pgettext_lazy("contact", "Other")
