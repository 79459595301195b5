"""Kinds and states of grant accounting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecett.core.states import States


class Action(models.TextChoices):
    KA121 = "KA121", _("KA121, accredited")
    KA122 = "KA122", _("KA122, short-term")


class ProgrammeSector(models.TextChoices):
    SCHOOL = "SCH", _("School education")
    VET = "VET", _("Vocational education and training")
    ADULT = "ADU", _("Adult education")
    HIGHER = "HED", _("Higher education")


class ContractKind(models.TextChoices):
    SINGLE = "single", _("one organisation")
    CONSORTIUM = "consortium", _("consortium of one country")


class HelpdeskBy(models.TextChoices):
    ECETT = "ecett", _("ECETT's helpdesk")
    SIGNATORY = "signatory", _("the signatory itself")


class MobilityState(States):
    POSTED = "posted", "done", _("Posted"), _("Posted")
    REVERSED = "reversed", "declined", _("Taken off the contract"), _("Taken off the contract")


class Head(models.TextChoices):
    """Accounts of a contract. The grant is credited; every head is debited what is awarded on it."""

    GRANT = "grant", _("Grant committed")
    TRAVEL = "travel", _("Travel")
    INDIVIDUAL = "individual", _("Individual support")
    INCLUSION = "inclusion_organisation", _("Inclusion support, organisation")
    SUPPORT_ECETT = "support_ecett", _("Organisational support: ECETT coordination")
    SUPPORT_HELPDESK = "support_helpdesk", _("Organisational support: helpdesk")
    SUPPORT_SIGNATORY = "support_signatory", _("Organisational support: signatory")


class TransactionKind(models.TextChoices):
    MOBILITY = "mobility", _("Mobility attached")
    REVERSAL = "reversal", _("Reversal")
