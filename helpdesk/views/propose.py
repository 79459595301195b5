"""Asking hosts: fill in, read the letters as they will leave, send."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core import languages
from ecett.core.clock import today
from ecett.core.notifications.letters import Letter, known_language
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from helpdesk import services
from helpdesk.forms import AskForm, OrderForm
from helpdesk.models import HelpRequest, Proposal
from helpdesk.selectors.ranking import Fit, judge_hosts
from helpdesk.services import Ask
from helpdesk.services.letters import preview
from helpdesk.services.proposals import OPEN as PROPOSAL_OPEN
from helpdesk.views.base import PROPOSE, find_request, person, request_page, status_of
from hosts.models import Host


@dataclass(frozen=True)
class Draft:
    """One host on the page: its form, what matching said, and the letter once it is previewed."""

    host: Host
    form: AskForm
    fit: Fit | None
    letter: Letter | None = None
    language: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """``?host=…&host=…`` opens the form; nothing is sent before the letters have been shown."""
    found = find_request(request, public_id, PROPOSE)
    data = request.POST if request.method == "POST" else request.GET
    hosts, left_out = _chosen(found, data.getlist("host"))
    for text in left_out:
        messages.warning(request, text)
    if not hosts:
        if not left_out:
            messages.warning(request, _("Tick at least one host."))
        return redirect(request_page(found, "hosts"))
    bound = request.POST if request.method == "POST" else None
    fits = {item.host.pk: item for item in judge_hosts(found, hosts) if isinstance(item, Fit)}
    drafts = [Draft(host, _form(found, host, fits.get(host.pk), bound), fits.get(host.pk)) for host in hosts]
    order = OrderForm(bound, alone=len(hosts) == 1)
    if bound is None or bound.get("do") == "change":
        return _form_page(request, found, drafts, order, status=200)
    if not all([order.is_valid(), *(draft.form.is_valid() for draft in drafts)]):
        return _form_page(request, found, drafts, order, status=status_of(order))
    if bound.get("do") != "send":
        return _preview_page(request, found, drafts, order)
    return _send(request, found, drafts, order)


def _chosen(found: HelpRequest, ids: list[str]) -> tuple[list[Host], list[str]]:
    """The hosts ticked, in the order of the page, and why others are left out."""
    wanted = list(dict.fromkeys(ids))[:50]
    rows = {host.public_id: host for host in Host.objects.published().filter(public_id__in=wanted)}
    running = {row.host_id for row in found.proposals.all() if row.state in PROPOSAL_OPEN}
    hosts = [rows[public_id] for public_id in wanted if public_id in rows]
    left_out = [
        _("%(host)s has already been asked.") % {"host": host} for host in hosts if host.pk in running
    ]
    free = [host for host in hosts if host.pk not in running]
    room = max(0, services.MOST_ASKED - len(running))
    if len(free) > room:
        text = _("At most %(n)s hosts are asked or in line at the same time.")
        left_out.append(text % {"n": services.MOST_ASKED})
    return free[:room], left_out


def _form(found: HelpRequest, host: Host, fit: Fit | None, bound: Any) -> AskForm:
    start, end = _days(found, fit)
    initial = {
        "start": start,
        "end": end,
        "contact_name": host.spokesperson_name,
        "contact_email": host.spokesperson_email,
        "contact_language": known_language(host.spokesperson_language or host.language),
    }
    return AskForm(bound, host=host, initial=initial)


def _days(found: HelpRequest, fit: Fit | None) -> tuple[dt.date | None, dt.date | None]:
    """The best free days by matching, else the first days of the period asked for, if they are ahead."""
    if fit is not None and fit.start is not None:
        return fit.start, fit.end
    if found.start is None or found.start <= today():
        return None, None
    return found.start, found.start + dt.timedelta(days=found.days - 1)


def _form_page(
    request: HttpRequest, found: HelpRequest, drafts: list[Draft], order: OrderForm, *, status: int
) -> HttpResponse:
    context = {"help_request": found, "drafts": drafts, "order": order, "crumbs": _crumbs(found)}
    return render(request, "helpdesk/propose.html", context, status=status)


def _preview_page(
    request: HttpRequest, found: HelpRequest, drafts: list[Draft], order: OrderForm
) -> HttpResponse:
    """The letters as they will leave: how many, to whom, in which language."""
    shown = [
        Draft(
            draft.host,
            draft.form,
            draft.fit,
            preview(_unsaved(request, found, draft, order)),
            languages.name(known_language(draft.form.cleaned_data["contact_language"])),
        )
        for draft in drafts
    ]
    at_once = order.cleaned_data["order"] == OrderForm.AT_ONCE or len(drafts) == 1
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "do")
    ]
    context = {
        "help_request": found,
        "drafts": shown,
        "now": shown if at_once else shown[:1],
        "later": [] if at_once else shown[1:],
        "answer_days": order.cleaned_data["answer_days"],
        "kept": kept,
        "crumbs": _crumbs(found),
    }
    return render(request, "helpdesk/propose_preview.html", context)


def _unsaved(request: HttpRequest, found: HelpRequest, draft: Draft, order: OrderForm) -> Proposal:
    answer_by = today() + dt.timedelta(days=order.cleaned_data["answer_days"])
    said = draft.form.cleaned_data
    answer_by = min(answer_by, said["start"] - dt.timedelta(days=1))
    return Proposal(request=found, host=draft.host, sent_by=person(request), answer_by=answer_by, **said)


def _send(request: HttpRequest, found: HelpRequest, drafts: list[Draft], order: OrderForm) -> HttpResponse:
    asks = [
        Ask(
            host=draft.host,
            **draft.form.cleaned_data,
            score=draft.fit.score if draft.fit else 0,
            reasons=draft.fit.frozen if draft.fit else [],
        )
        for draft in drafts
    ]
    outcome = attempt(
        lambda: services.propose(
            request=found,
            hosts=asks,
            one_by_one=order.cleaned_data["order"] != OrderForm.AT_ONCE,
            answer_days=order.cleaned_data["answer_days"],
            actor=request.user,
        )
    )
    if not outcome.done:
        for reason in outcome.reasons:
            messages.warning(request, reason)
        return _form_page(request, found, drafts, order, status=outcome.status)
    asked = [row.host.name for row in outcome.value or [] if row.sent_at]
    messages.success(
        request, _("Asked: %(hosts)s. You need not do anything now.") % {"hosts": ", ".join(asked)}
    )
    return redirect(request_page(found, "asked"))


def _crumbs(found: HelpRequest) -> list[tuple[str, str]]:
    title = _("Request %(number)s") % {"number": found.number}
    return [(_("My desk"), reverse("helpdesk:inbox")), (title, request_page(found))]


@require_POST
def proposal_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Take the host's dates, refuse them, or take a proposal back."""
    rows = Proposal.objects.visible_to(request.user).select_related("request__project__trainee", "host")
    proposal = get_object_or_404(rows, public_id=public_id)
    comment, user = comment_of(request), request.user
    changes = {
        "agree_dates": (
            lambda: services.agree_dates(proposal=proposal, actor=user),
            _("Agreed. The stay can be planned now."),
        ),
        "refuse_dates": (
            lambda: services.refuse_dates(proposal=proposal, actor=user, comment=comment),
            _("The host is told that these days do not suit."),
        ),
        "withdraw": (
            lambda: services.withdraw_proposal(proposal=proposal, actor=user, comment=comment),
            _("Taken back. The host is told if it had been asked."),
        ),
    }
    if step not in changes:
        raise Http404
    change, said = changes[step]
    then = request_page(proposal.request)
    if step == "agree_dates" and proposal.request.project.trainee_id == user.pk:
        then = reverse("trainees:project_detail", args=[proposal.request.project.public_id])
    return perform_or_message(request, change, said=said, then=then)
