"""What happened in a project, newest first: from the logs of all that belongs to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ecett.core import slots
from trainees.enums import Party
from trainees.models import AgreementLog, Internship, InternshipLog, Project, ProjectLog

#: As many as one looks through.
MOST_EVENTS = 12


@dataclass(frozen=True)
class Event:
    """One line; ``state`` is "done", "turn" or "later" as for the timeline component."""

    at: dt.datetime
    text: str
    state: str = "done"
    url: str = ""

    @property
    def when(self) -> dt.datetime:
        """The name the component asks for."""
        return self.at


def timeline(project: Project, user: Any) -> list[Event]:
    """The last events. Higher apps add theirs by the slot "project_timeline": a provider answers rows of
    (datetime, text) or (datetime, text, state, url)."""
    internships = list(project.internships.all())
    events = [Event(project.created_at, _("Project begun"))]
    for internship in internships:
        events += _of_stay(internship)
    events += _of_logs(project, [internship.pk for internship in internships])
    for rows in slots.panels("project_timeline", project, user):
        events += [Event(*row) for row in rows]
    return sorted(events, key=lambda event: event.at, reverse=True)[:MOST_EVENTS]


def _of_stay(internship: Internship) -> list[Event]:
    events = [Event(internship.created_at, _("%(host)s said yes") % {"host": internship.host})]
    for agreement in internship.agreements.all():
        for signature in agreement.signatures.all():
            values = {"name": signature.name, "version": agreement.version}
            if signature.signed_at:
                events.append(Event(signature.signed_at, _("%(name)s signed version %(version)s") % values))
            elif signature.asked_at and agreement.state == agreement.State.SIGNING:
                text = _("%(name)s asked to sign") % values
                events.append(Event(signature.reminded_at or signature.asked_at, text, "later"))
    for evaluation in internship.evaluations.all():
        side = Party(evaluation.party).label
        events.append(Event(evaluation.created_at, _("Looked back: %(side)s") % {"side": side}))
    for report in internship.reported_practices.all():
        text = _("Good practice begun: %(title)s") % {"title": report.practice.title}
        events.append(Event(report.practice.created_at, text))
    return events


def _of_logs(project: Project, internships: list[int]) -> list[Event]:
    said = {
        "finish": _("Project finished"),
        "drop": _("Project given up"),
        "resume": _("Project taken up again"),
        "replan": _("Plan changed; the agreement became void"),
        "confirm": _("Attendance confirmed"),
        "cancel": _("Stay cancelled by %(name)s"),
        "seal": _("Agreement sealed"),
    }
    rows = [
        *ProjectLog.objects.filter(subject=project, step__in=said),
        *InternshipLog.objects.filter(subject__in=internships, step__in=said),
        *AgreementLog.objects.filter(subject__internship__in=internships, step__in=said),
    ]
    return [Event(row.at, said[row.step] % {"name": row.actor_name}) for row in rows]
