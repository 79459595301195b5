"""The trainee's side: write the request, send it, withdraw it, take it up again, talk with the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core.components.pages import badge
from ecett.core.permissions import check
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import available
from helpdesk import services
from helpdesk.enums import RequestState
from helpdesk.forms import MessageForm, RequestForm
from helpdesk.models import HelpRequest
from helpdesk.models.request import has_goal, has_problem
from helpdesk.selectors.project import project_next
from helpdesk.selectors.requests import (
    OPEN,
    desk_languages,
    last_comment,
    latest_request,
    proposal_lines,
    request_facts,
)
from helpdesk.services.requests import FIELDS
from helpdesk.views.base import (
    WRONG,
    find_request,
    person,
    project_crumbs,
    request_page,
    status_of,
)
from helpdesk.views.desk import desk_page
from trainees.models import Project

LOOKING = (RequestState.DRAFT, RequestState.FILED, RequestState.PROPOSED)


def ending(found: HelpRequest) -> dict[str, str] | None:
    """Of a request that is over: what she can do now, and the reason that was given."""
    if found.state == RequestState.MATCHED:
        text = _("a host has said yes. Plan your stay on the page of the project.")
        return {"text": text, "reason": ""}
    if found.state == RequestState.CLOSED:
        text = _("change the request, for example its dates or countries, and send it again.")
        return {"text": text, "reason": last_comment(found, "close")}
    if found.state == RequestState.WITHDRAWN:
        text = _("you can take it up again: nothing you wrote is lost.")
        return {"text": text, "reason": last_comment(found, "withdraw")}
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def request_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the request: *Save draft* keeps what is there, *Send* asks for what the desk needs."""
    projects = Project.objects.visible_to(request.user).select_related("trainee").prefetch_related("goals")
    project = get_object_or_404(projects, public_id=public_id)
    latest = latest_request(project)
    probe = latest or HelpRequest(project=project)
    check(request.user, "helpdesk.edit_request", probe, reason=_("Only the trainee writes her request."))
    if latest is not None and latest.state in OPEN and latest.state != RequestState.DRAFT:
        if request.method == "POST":
            messages.info(request, _("Your request has already been sent."))
        return redirect(request_page(latest))
    sending = request.POST.get("do") == "send"
    form = RequestForm(
        request.POST or None, desks=desk_languages(), initial=_initial(project, latest), sending=sending
    )
    if request.method == "POST" and form.is_valid():
        answer = _keep(request, project, form, sending)
        if answer is not None:
            return answer
    draft = latest if latest is not None and latest.state == RequestState.DRAFT else None
    context = {
        "form": form,
        "project": project,
        "draft": draft,
        "state": badge(draft) if draft else "",
        "missing": [str(reason) for reason in (has_problem(probe), has_goal(probe)) if reason],
        "crumbs": project_crumbs(probe),
    }
    return render(request, "helpdesk/request_edit.html", context, status=status_of(form))


def _initial(project: Project, latest: HelpRequest | None) -> dict[str, Any]:
    """What the boxes hold at first: the draft, or what she wrote last time."""
    if latest is None:
        return {"language": project.trainee.language, "days": 5, "slack_days": 0, "people": 1}
    values = {name: getattr(latest, name) for name in FIELDS}
    values["concepts"] = [concept.code for concept in latest.concepts.all()]
    return values


def _keep(request: HttpRequest, project: Project, form: RequestForm, sending: bool) -> HttpResponse | None:
    """Save, and send if asked; None when the page must be shown again with the reasons."""
    values = dict(form.cleaned_data)
    concepts = values.pop("concepts")

    def change() -> HelpRequest:
        draft = services.start_request(project=project)
        return services.save_request(request=draft, actor=request.user, concepts=concepts, **values)

    kept = attempt(change)
    if kept.value is None:
        kept.tell(form)
        return None
    draft = kept.value
    if not sending:
        messages.success(request, _("Your draft is kept. Send it when it is ready."))
        return redirect("helpdesk:request_edit", project.public_id)
    sent = attempt(lambda: services.file_request(request=draft, actor=request.user))
    if not sent.done:
        sent.tell(form)
        return None
    messages.success(request, _("Sent. The helpdesk reads it and writes to you."))
    return redirect(request_page(draft))


@require_safe
def request_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A request: the trainee sees her side of it, the desk its own."""
    found = find_request(request, public_id)
    if found.project.trainee_id == request.user.pk:
        return trainee_page(request, found, MessageForm())
    return desk_page(request, found, MessageForm())


def trainee_page(
    request: HttpRequest, found: HelpRequest, form: MessageForm, status: int = 200
) -> HttpResponse:
    """What the trainee sees: state in public wording, hosts asked, conversation."""
    step = project_next(found.project, request.user)
    actions = available(found, request.user)
    context = {
        "help_request": found,
        "project": found.project,
        "crumbs": project_crumbs(found),
        "facts": request_facts(found),
        "lines": proposal_lines(found, request.user, staff=False),
        "conversation": list(found.messages.all()),
        "form": form,
        "may_write": found.state != RequestState.DRAFT,
        "step": step,
        "ending": ending(found) if step is None or found.state not in LOOKING else None,
        "actions": [action for action in actions if action.name in ("withdraw", "reopen")],
        "draft": found.state == RequestState.DRAFT,
    }
    return render(request, "helpdesk/request_trainee.html", context, status=status)


@require_POST
def request_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Withdraw, take up again, close."""
    found = find_request(request, public_id)
    comment, user = comment_of(request), request.user
    changes = {
        "withdraw": (
            lambda: services.withdraw_request(request=found, actor=user, comment=comment),
            _("Your request is withdrawn. You can take it up again."),
            request_page(found),
        ),
        "reopen": (
            lambda: services.reopen_request(request=found, actor=user),
            _("Change what you like and send it again."),
            reverse("helpdesk:request_edit", args=[found.project.public_id]),
        ),
        "close": (
            lambda: services.close_request(request=found, actor=user, comment=comment),
            _("Closed. The trainee reads your reason."),
            reverse("helpdesk:inbox") if user.pk != found.project.trainee_id else request_page(found),
        ),
    }
    if step not in changes:
        raise Http404
    change, said, then = changes[step]
    return perform_or_message(request, change, said=said, then=then)


@require_POST
def message_post(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to the other side."""
    found = find_request(request, public_id, "helpdesk.write_message")
    form = MessageForm(request.POST)
    page = trainee_page if found.project.trainee_id == request.user.pk else desk_page
    if not form.is_valid():
        return page(request, found, form, status=WRONG)
    outcome = attempt(
        lambda: services.post_message(request=found, author=person(request), text=form.cleaned_data["text"])
    )
    if not outcome.done:
        outcome.tell(form, "text")
        return page(request, found, form, status=WRONG)
    messages.success(request, _("Sent. The other side gets an e-mail."))
    return redirect(request_page(found, "conversation"))
