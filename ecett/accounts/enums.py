"""Roles and kinds of organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    TRAINEE = "trainee", _("Trainee")
    EMPLOYER = "employer", _("Employer")
    HOST = "host", _("Host")
    HELPDESK = "helpdesk", _("Helpdesk")
    JUROR = "juror", _("Juror")
    CHAIR = "chair", _("Jury chair")
    SECRETARY = "secretary", _("Jury secretary")
    COORDINATOR = "coordinator", _("Grant coordinator")
    ADMIN = "admin", _("Administrator")


class OrganisationKind(models.TextChoices):
    SIGNATORY = "signatory", _("Signatory organisation")
    SENDING = "sending", _("Sending organisation")
    HOSTING = "hosting", _("Host organisation")
    NETWORK = "network", _("ECETT")
