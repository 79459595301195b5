"""What the journey adds to "what needs me now"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ecett.core.clock import now
from ecett.core.components.formats import date_range
from ecett.core.todo import Todo
from trainees.enums import Party, ProjectState
from trainees.selectors.journey import projects_of
from trainees.selectors.party import attendance_waiting, evaluations_waiting, is_party, signatures_waiting
from trainees.selectors.steps import next_step

CLOSED = (ProjectState.DONE, ProjectState.DROPPED)


def trainee_todos(user: Any) -> Iterator[Todo]:
    """The next step of each of her open projects."""
    for project in projects_of(user).exclude(state__in=CLOSED):
        step = next_step(project, user)
        page = reverse("trainees:project_detail", args=[project.public_id])
        text = str(step.text)
        yield Todo(
            title=project.title,
            text=text[:1].upper() + text[1:],
            url=step.url if step.url and not step.post else page,
            since=step.since or project.created_at,
            mine=step.mine,
        )


def waiting_for_party(user: Any) -> Iterator[Todo]:
    """Agreements to sign, days to confirm and looks back of those who speak for a host or an employer."""
    if not is_party(user):
        return
    for signature in signatures_waiting(user):
        internship = signature.agreement.internship
        yield Todo(
            title=_("Sign the agreement of %(trainee)s") % {"trainee": internship.project.trainee},
            text=_what(internship),
            url=reverse("trainees:signature", args=[signature.public_id]),
            since=signature.asked_at or signature.created_at,
        )
    for internship in attendance_waiting(user):
        yield Todo(
            title=_("Confirm the days of %(trainee)s") % {"trainee": internship.project.trainee},
            text=_what(internship),
            url=reverse("trainees:attendance_account", args=[internship.public_id]),
            # The host can confirm from the last day on: that is when the waiting began.
            since=timezone.make_aware(dt.datetime.combine(internship.end, dt.time())),
        )
    for party in (Party.HOST, Party.EMPLOYER):
        for internship in evaluations_waiting(user, party):
            yield Todo(
                title=_("Look back at the stay of %(trainee)s") % {"trainee": internship.project.trainee},
                text=_what(internship),
                url=reverse("trainees:look_back_as", args=[internship.public_id, party]),
                since=internship.confirmed_at or now(),
            )


def _what(internship: Any) -> str:
    return f"{internship.host} · {date_range(internship.start, internship.end)}"
