"""What the helpdesk says on the page of a project and at home: panel, next step, time line, things to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from ecett.accounts.enums import Role
from ecett.core import languages
from ecett.core.components.formats import date_range, day
from ecett.core.slots import NextStep, Panel
from ecett.core.todo import Todo
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, HelpRequestLog, Message, Proposal
from helpdesk.selectors.inbox import desk_of, host_proposals, waits_for_host
from helpdesk.selectors.requests import OPEN, desk_title, latest_request, proposal_lines, when
from trainees.enums import InternshipState, ProjectState

#: As many of each as a home page holds.
MOST_TODOS = 20


def _concerns(project: Any, user: Any) -> bool:
    return user.is_authenticated and (
        user.pk == project.trainee_id or user.role in (Role.HELPDESK, Role.ADMIN)
    )


def _has_stay(project: Any) -> bool:
    return any(stay.state != InternshipState.CANCELLED for stay in project.internships.all())


def project_panel(project: Any, user: Any) -> Panel | None:
    """The request in public wording, with its conversation a click away."""
    if not _concerns(project, user):
        return None
    own = user.pk == project.trainee_id
    request = latest_request(project)
    if (
        request is not None
        and not own
        and not HelpRequest.objects.visible_to(user).filter(pk=request.pk).exists()
    ):
        return None
    open_plan = project.state == ProjectState.PLAN and not _has_stay(project)
    if request is None and not (own and open_plan):
        return None
    context = {
        "request_row": request,
        "project": project,
        "own": own,
        "may_ask": own and open_plan and (request is None or request.state not in OPEN),
        "when": when(request) if request else "",
        "lines": proposal_lines(request, user, staff=False) if request else [],
        "last": list(request.messages.all())[-1:] if request else [],
        "desk": languages.name(request.language) if request else "",
    }
    return Panel("helpdesk/_project_panel.html", context)


def _latest(project: Any) -> HelpRequest | None:
    """The newest request with what the next step looks at: two questions."""
    last = (
        Message.objects.filter(request=OuterRef("pk")).order_by("-created_at", "-pk").values("from_desk")[:1]
    )
    proposals = Proposal.objects.select_related("host").order_by("position", "pk")
    rows = HelpRequest.objects.filter(project=project).annotate(desk_wrote=Subquery(last))
    return rows.prefetch_related(Prefetch("proposals", queryset=proposals)).order_by("-pk").first()


def project_next(project: Any, user: Any) -> NextStep | None:
    """What happens next while a host is looked for; None while problem or goals are missing."""
    if project.state != ProjectState.PLAN or _has_stay(project):
        return None
    request = _latest(project)
    edit = reverse("helpdesk:request_edit", args=[project.public_id])
    if request is None or request.state in (RequestState.MATCHED, RequestState.WITHDRAWN):
        if not project.problem.strip() or not project.goals.all():
            return None
        since = request.changed_at if request else project.created_at
        return NextStep(_("ask the helpdesk for a host."), True, since, "", edit, _("Write the request"))
    page = reverse("helpdesk:request_detail", args=[request.public_id])
    if request.state == RequestState.DRAFT:
        text = _("finish your request and send it to the helpdesk.")
        return NextStep(text, True, request.changed_at, "", edit, _("Go on with the request"))
    if request.state == RequestState.CLOSED:
        text = _("the helpdesk found no host. Read what was tried, change the request and send it again.")
        return NextStep(text, True, request.changed_at, "", page, _("Read it"))
    return _while_looking(request, page)


def _while_looking(request: HelpRequest, page: str) -> NextStep:
    for row in request.proposals.all():
        if row.state == ProposalState.COUNTERED:
            text = _("%(host)s offers other days, %(dates)s. Do they suit you?")
            values = {"host": row.host.name, "dates": date_range(row.counter_start, row.counter_end)}
            return NextStep(text % values, True, row.answered_at, "", page, _("Answer"))
    sent = [row for row in request.proposals.all() if row.state == ProposalState.SENT]
    note = _("The helpdesk wrote to you.") if request.desk_wrote else ""  # type: ignore[attr-defined]
    if sent:
        names = ", ".join(row.host.name for row in sent)
        until = min((row.answer_by for row in sent if row.answer_by), default=None)
        text = _("%(hosts)s: the answer is due by %(day)s.") % {"hosts": names, "day": day(until)}
        return NextStep(text, False, sent[0].sent_at, note, page, _("See the request"))
    text = _("the helpdesk (%(language)s) reads your request and looks for hosts.")
    words = text % {"language": languages.name(request.language)}
    return NextStep(words, False, request.filed_at, note, page, _("See the request"))


def project_timeline(project: Any, user: Any) -> list[tuple[dt.datetime, str]]:
    """What happened with the request."""
    if not _concerns(project, user):
        return []
    said = {
        "file": _("Request sent to the helpdesk"),
        "propose": _("A host was asked"),
        "withdraw": _("Request withdrawn"),
        "close": _("Request closed without a host"),
    }
    rows = HelpRequestLog.objects.filter(subject__project=project, step__in=said)
    return [(row.at, said[row.step]) for row in rows]


def desk_todos(user: Any) -> Iterator[Todo]:
    """What a desk has to do; its own page shows all of it."""
    if user.role not in (Role.HELPDESK, Role.ADMIN):
        return
    for item in desk_of(user).mine[:MOST_TODOS]:
        project = item.request.project
        yield Todo(title=desk_title(project), text=item.text, url=item.url, since=item.since)


def host_todos(user: Any) -> Iterator[Todo]:
    """Proposals that wait for a host's answer."""
    if not any(hat.role == Role.HOST for hat in user.hats):
        return
    for row in waits_for_host(host_proposals(user).filter(state=ProposalState.SENT)[:MOST_TODOS]):
        yield Todo(
            title=_("Say whether %(trainee)s may come") % {"trainee": row.request.project.trainee},
            text=f"{row.host.name} · {date_range(row.start, row.end)}",
            url=reverse("helpdesk:proposal_detail", args=[row.public_id]),
            since=row.sent_at or row.created_at,
            deadline=row.answer_by,
        )
