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
    """Accounts of a contract.

    An award debits the heads ``award_…`` and credits ``award``: what the agency has promised. A mobility
    debits the heads it is paid from and credits ``grant``: what is committed of the promise.
    """

    GRANT = "grant", _("Grant committed")
    TRAVEL = "travel", _("Travel")
    INDIVIDUAL = "individual", _("Individual support")
    INCLUSION = "inclusion_organisation", _("Inclusion support, organisation")
    INCLUSION_PARTICIPANT = "inclusion_participant", _("Inclusion support, participant")
    LINGUISTIC = "linguistic", _("Linguistic support")
    EXCEPTIONAL = "exceptional", _("Exceptional costs")
    SUPPORT_ECETT = "support_ecett", _("Organisational support: ECETT coordination")
    SUPPORT_HELPDESK = "support_helpdesk", _("Organisational support: helpdesk")
    SUPPORT_SIGNATORY = "support_signatory", _("Organisational support: signatory")
    AWARD = "award", _("Grant awarded")
    AWARD_ORGANISATIONAL = "award_organisational", _("Awarded: organisational support")
    AWARD_TRAVEL = "award_travel", _("Awarded: travel")
    AWARD_INDIVIDUAL = "award_individual", _("Awarded: individual support")
    AWARD_INCLUSION = "award_inclusion", _("Awarded: inclusion support, organisation")
    AWARD_INCLUSION_PARTICIPANT = (
        "award_inclusion_participant",
        _("Awarded: inclusion support, participant"),
    )
    AWARD_LINGUISTIC = "award_linguistic", _("Awarded: linguistic support")
    AWARD_EXCEPTIONAL = "award_exceptional", _("Awarded: exceptional costs")
    AWARD_OTHER = "award_other", _("Awarded: other heads")


class TransactionKind(models.TextChoices):
    AWARD = "award", _("Grant awarded")
    MOBILITY = "mobility", _("Mobility attached")
    COST = "cost", _("Further cost of a mobility")
    REVERSAL = "reversal", _("Reversal")


class RateKind(models.TextChoices):
    """What a rate row prints; the values are those of `grants.rates.KINDS`."""

    TRAVEL = "travel", _("Travel, standard")
    TRAVEL_GREEN = "travel_green", _("Travel, green")
    COUNTRY_GROUP = "country_group", _("Country group")
    STAFF_DAY = "staff_day", _("Individual support, a day")
    STAFF_DAY_FACTOR = "staff_day_factor", _("Individual support, share of the full day rate")
    ORGANISATIONAL = "organisational", _("Organisational support")
    INCLUSION_ORGANISATION = "inclusion_organisation", _("Inclusion support, organisation")
    LINGUISTIC = "linguistic", _("Linguistic support")
    INCLUSION_SHARE = "inclusion_share", _("Inclusion support, participant: share of the real cost")
    EXCEPTIONAL_SHARE = "exceptional_share", _("Exceptional costs: share of the real cost")
    LIMIT = "limit", _("Rule of the call")
    COUNTS_AS = "counts_as", _("Territory that counts as a country")
    COURSE_FEE_DAY = "course_fee_day", _("Course fee, a day")
    COURSE_FEE_MAX = "course_fee_max", _("Course fee, at most")


class Certainty(models.TextChoices):
    """How sure a rate is, in words: who said it."""

    MISSION = "S", _("from ECETT's own text")
    READ = "V", _("read in the source")
    SECOND_HAND = "2", _("second-hand: printed by a beneficiary, not by the agency")
    INFERRED = "I", _("our reading; no source says it")
    UNCONFIRMED = "?", _("not confirmed: check with your agency")
