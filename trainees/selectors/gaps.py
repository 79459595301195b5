"""What an agreement still lacks, said before anybody is asked to sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from trainees.models import Internship


@dataclass(frozen=True)
class Gap:
    """``text`` says what is missing, ``url`` is the page that fills it (empty when somebody else must)."""

    text: str
    url: str
    label: str


def agreement_gaps(internship: Internship) -> list[Gap]:
    """Everything that is missing for the agreement, in the order of the page; empty when it can be made."""
    project = internship.project
    edit = reverse("trainees:project_edit", args=[project.public_id])
    gaps = []
    if not project.goals.all():
        url = reverse("trainees:goal_add", args=[project.public_id])
        gaps.append(Gap(_("Set at least one goal."), url, _("Add a goal")))
    if project.employer_id is None:
        url = reverse("trainees:profile")
        gaps.append(Gap(_("Say in your profile who employs you."), url, _("Open your profile")))
    if not (project.employer_contact.strip() and project.employer_email.strip()):
        text = _("Say who approves your departure, with an e-mail address.")
        gaps.append(Gap(text, edit, _("Name the person")))
    if not (internship.host_contact.strip() and internship.host_email.strip()):
        gaps.append(Gap(_("The host's contact person is missing. Please ask your helpdesk."), "", ""))
    if not internship.programme.all():
        url = reverse("trainees:programme_edit", args=[internship.public_id])
        gaps.append(Gap(_("Write the programme of the days."), url, _("Plan the days")))
    if not internship.insurance.strip():
        url = reverse("trainees:stay_edit", args=[internship.public_id])
        gaps.append(Gap(_("Say how you are insured during the stay."), url, _("Fill in the details")))
    return gaps
