"""Suggesting a change of a card, and answering: whole, part by part, or no with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecett.core.editing import Meeting, Part, meet
from ecett.core.permissions import check
from ecett.core.versions import version
from ecett.core.views.comments import comment_of
from ecett.core.views.editing import meeting_context
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import can, perform
from hosts.forms import finds
from hosts.forms_suggestion import SuggestForm, changes_between, form_with, parts_said
from hosts.models import Host, HostSuggestion
from hosts.selectors.suggestions import suggestions_visible_to
from hosts.services import accept_suggestion, suggest_changes
from hosts.wording import labelled

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def host_suggest(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card's form, filled in with what it says; what is different is sent to those who may change it."""
    hosts: Any = Host.objects.visible_to(request.user)
    host = get_object_or_404(hosts.defer("search", "marks"), public_id=public_id)
    check(request.user, "hosts.suggest_host", host, reason=_("You may change this card yourself."))
    if request.method != "POST":
        return _form_page(request, host, SuggestForm(instance=host))
    now = SuggestForm(instance=host).parts()
    meeting = meet(now=now, data=request.POST, build=lambda data: SuggestForm(data, instance=host))
    form = SuggestForm(meeting.data or None, instance=host)
    if finds(request.POST) or meeting.clashes:
        form.forgive_all()
        return _form_page(request, host, form, meeting=meeting, status=409 if meeting.clashes else 200)
    if form.is_valid():
        changes = changes_between(now, form.parts())
        outcome = attempt(
            lambda: suggest_changes(
                host=host, author=request.user, changes=changes, note=form.cleaned_data["note"]
            )
        )
        if outcome.value is not None:
            messages.success(
                request, _("Thank you. The team or the helpdesk looks at it, and you get a letter.")
            )
            return redirect("hosts:suggestion_detail", public_id=outcome.value.public_id)
        outcome.tell(form)
    return _form_page(request, host, form, meeting=meeting, status=422)


def _form_page(
    request: HttpRequest, host: Host, form: SuggestForm, *, meeting: Meeting | None = None, status: int = 200
) -> HttpResponse:
    card = reverse("hosts:host_detail", args=[host.public_id])
    context = {
        "form": form,
        "host": host,
        "suggests": True,
        "crumbs": [(_("Hosts"), reverse("hosts:host_list")), (host.name, card)],
        **meeting_context(request, host, form, meeting),
    }
    return render(request, "hosts/host_form.html", context, status=status)


@require_http_methods(METHODS)
def suggestion_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Side by side: what the card says and what is suggested, with what may be done about it."""
    suggestion = get_object_or_404(suggestions_visible_to(request.user), public_id=public_id)
    if request.method != "POST":
        return _page(request, suggestion)
    here = reverse("hosts:suggestion_detail", args=[suggestion.public_id])
    intent = request.POST.get("intent", "")
    if intent in ("decline", "withdraw"):
        comment = comment_of(request, limit=2000)
        said = _("Withdrawn.") if intent == "withdraw" else _("Noted. The author reads your reason.")
        return perform_or_message(
            request,
            lambda: perform(suggestion, intent, actor=request.user, comment=comment),
            said=said,
            then=here,
        )
    return _take_over(request, suggestion, here)


def _take_over(request: HttpRequest, suggestion: HostSuggestion, here: str) -> HttpResponse:
    check(request.user, "hosts.answer_suggestion", suggestion)
    host, taken = suggestion.host, request.POST.getlist("take")
    # As it was seen; a form sent without is held against the card as it is.
    seen = request.POST.get("seen") or version(host)
    comment = comment_of(request, limit=2000)
    form = form_with(Host.objects.get(pk=host.pk), suggestion.changes, taken)
    if not form.is_valid():
        wrong = [
            labelled(str(form.fields[name].label), error) if name in form.fields else str(error)
            for name, errors in form.errors.items()
            for error in errors
        ]
        wrong += [str(error) for row in form.rows for errors in row.errors.values() for error in errors]
        return _page(request, suggestion, taken=taken, comment=comment, wrong=wrong, status=422)
    outcome = attempt(
        lambda: accept_suggestion(
            suggestion=suggestion,
            actor=request.user,
            taken=taken,
            fields=form.card_fields(),
            seen=seen,
            comment=comment,
        )
    )
    if not outcome.done:
        fresh = suggestions_visible_to(request.user).get(pk=suggestion.pk)
        return _page(
            request, fresh, taken=taken, comment=comment, wrong=outcome.reasons, status=outcome.status
        )
    messages.success(request, _("The card now says so, and the author gets a letter."))
    return redirect(here)


def _page(
    request: HttpRequest,
    suggestion: HostSuggestion,
    *,
    taken: Any = None,
    comment: str = "",
    wrong: Any = (),
    status: int = 200,
) -> HttpResponse:
    host = suggestion.host
    waiting = suggestion.state == HostSuggestion.State.WAITING
    context = {
        "suggestion": suggestion,
        "host": host,
        "rows": _rows(suggestion, suggestion.changes if taken is None else taken),
        "waiting": waiting,
        "may_answer": can(suggestion, "decline", request.user),
        "may_withdraw": can(suggestion, "withdraw", request.user),
        "seen": version(host),
        "comment": comment,
        "wrong": wrong,
        "answer": suggestion.log.order_by("-pk").first() if not waiting else None,
        "crumbs": [
            (_("Hosts"), reverse("hosts:host_list")),
            (host.name, reverse("hosts:host_detail", args=[host.public_id])),
        ],
    }
    return render(request, "hosts/suggestion_detail.html", context, status=status)


def _rows(suggestion: HostSuggestion, ticked: Any) -> list[dict[str, Any]]:
    """Each part: before, suggested, and what the card says now when that is something else."""
    host, changes = suggestion.host, suggestion.changes
    now = SuggestForm(instance=host).parts()
    before, after = parts_said(host, changes, "before"), parts_said(host, changes, "after")
    waiting = suggestion.state == HostSuggestion.State.WAITING
    return [
        {
            "key": key,
            "label": wanted.label,
            "before": before[key].shown,
            "after": wanted.shown,
            "now": now[key].shown if waiting and _moved(now[key], before[key], wanted) else None,
            "already": waiting and now[key].digest == wanted.digest,
            "ticked": key in ticked,
            "taken": key in suggestion.taken,
        }
        for key, wanted in after.items()
        # A part that the card's form no longer has cannot be taken over.
        if key in now and key in before
    ]


def _moved(now: Part, before: Part, after: Part) -> bool:
    return now.digest not in (before.digest, after.digest)
