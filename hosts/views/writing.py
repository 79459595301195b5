"""Writing a card and what the desk does with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.core.editing import Meeting, meet, parts_of
from ecett.core.permissions import check, requires
from ecett.core.versions import version
from ecett.core.views.comments import comment_of
from ecett.core.views.editing import meeting_context, note_saved, sent_again
from ecett.core.views.steps import perform_or_message
from ecett.core.workflow import StaleTransition, available, can, perform
from hosts.duplicates import Facts
from hosts.enums import Moderation
from hosts.forms import HostForm, MergeForm, StatusForm, finds, reader
from hosts.models import Host
from hosts.selectors.cards import host_for_page, moderation_queue, own_hosts, question_of, surviving
from hosts.selectors.concepts import find_concept_choices
from hosts.selectors.duplicates import Alike, alike, told_apart_from
from hosts.services import confirm_host, set_status, update_host
from hosts.services.duplicates import create_other_host, keep_apart, pair_up
from hosts.views import lists
from hosts.views.cards import host_context, to_card
from hosts.wording import merged_reason, reason_of

FORM_METHODS = ["GET", "HEAD", "POST"]


@requires("hosts.add_host")
@require_http_methods(FORM_METHODS)
def host_create(request: HttpRequest) -> HttpResponse:
    """A new card."""
    return _write(request, None)


@require_http_methods(FORM_METHODS)
def host_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a card. What was written while it was merged is held against the card that stayed."""
    asked = _visible(request, public_id)
    host = surviving(asked)
    if host != asked:
        check(request.user, "hosts.edit_host", host, reason=merged_reason(host))
        if request.method != "POST":
            return redirect("hosts:host_edit", public_id=host.public_id)
    check(request.user, "hosts.edit_host", host)
    return _write(request, host)


def _write(request: HttpRequest, host: Host | None) -> HttpResponse:
    intent = "find" if finds(request.POST) else request.POST.get("intent", "draft")
    # A card that is public already must stay whole, whoever changes it.
    whole = intent == "submit" or (host is not None and host.moderation in ("published", "submitted"))
    meeting = meet_host(request, host) if host and request.method == "POST" else None
    data = (meeting.data if meeting else request.POST) or None
    form = HostForm(data, instance=host, submitted=whole or intent == "find")
    if host and meeting and meeting.clashes and sent_again(request):
        return to_card(host)
    if request.method == "POST" and (intent == "find" or (meeting and meeting.clashes)):
        form.forgive_all()
    elif request.method == "POST" and form.is_valid():
        values = form.card_fields()
        # A card is held against the others before it is made, and when its draft is sent.
        asks = host is None or (intent == "submit" and host.moderation == Moderation.DRAFT)
        near = _near(request, values, host) if asks else []
        apart = request.POST.getlist("another")
        twins = [each for each in near if each.host.public_id not in apart]
        if twins:
            return _page(
                request, form, host, whole=whole, meeting=meeting, twins=near, apart=apart, status=422
            )
        others = [each.host for each in near]
        if host:
            try:
                saved = update_host(host=host, actor=request.user, seen=version(host), **values)
            except StaleTransition:
                # Somebody saved while this was read: hold it against the card as it is by now.
                return _write(request, _visible(request, host.public_id))
            keep_apart(host=saved, others=others, actor=request.user)
            if meeting:
                note_saved(request, meeting)
        else:
            saved = create_other_host(actor=request.user, others=others, **values)
        page = reverse("hosts:host_detail", args=[saved.public_id])
        if intent == "submit" and can(saved, "submit", request.user):
            said = _("Thank you. The helpdesk reads your card and writes to you.")
            return perform_or_message(
                request, lambda: perform(saved, "submit", actor=request.user), said=said, then=page
            )
        messages.success(request, _("Saved."))
        return redirect(page)
    failed = request.method == "POST" and intent != "find"
    status = 409 if meeting and meeting.clashes else 422
    return _page(request, form, host, whole=whole, meeting=meeting, status=status if failed else 200)


def meet_host(request: HttpRequest, host: Host) -> Meeting:
    """What she sent, held against the card as it is now."""
    now = parts_of(HostForm(instance=host))
    return meet(now=now, data=request.POST, build=lambda data: HostForm(data, instance=host))


def _page(
    request: HttpRequest,
    form: HostForm,
    host: Host | None,
    *,
    whole: bool,
    meeting: Meeting | None = None,
    twins: Sequence[Alike] = (),
    apart: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The form; with ``twins``, the cards that may be the same team, to look at or to say no to."""
    context = {
        "form": form,
        "host": host,
        "whole": whole,
        "question": question_of(host) if host else None,
        **meeting_context(request, host, form, meeting),
        "twins": [
            {
                "host": each.host,
                "place": lists.place_of(each.host.city, each.host.country),
                "why": [reason_of(reason.kind, reason.detail) for reason in each.likeness.reasons],
                "another": each.host.public_id in apart,
            }
            for each in twins
        ],
        "may_submit": host is None
        or any(action.name == "submit" for action in available(host, request.user)),
        "crumbs": [
            (_("Hosts"), reverse("hosts:host_list")),
            *([(host.name, to_card(host)["Location"])] if host else []),
        ],
    }
    return render(request, "hosts/host_form.html", context, status=status)


def _near(request: HttpRequest, values: Mapping[str, Any], host: Host | None) -> list[Alike]:
    """The cards that a new one may repeat, of those that its author may read and was not asked about before."""
    facts = Facts(
        key="",
        name=values.get("name") or "",
        city=values.get("city") or "",
        country=str(values.get("country") or ""),
        address=values.get("address") or "",
        postcode=values.get("postcode") or "",
        latitude=values.get("latitude"),
        longitude=values.get("longitude"),
        website=values.get("website") or "",
        email=values.get("spokesperson_email") or "",
    )
    asked = {host.pk, *told_apart_from(host)} if host else set()
    return alike(facts, among=Host.objects.visible_to(request.user), but=asked)


@require_POST
def host_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """A button of the card's life: send, publish, ask for changes, refuse, take back."""
    host = _visible(request, public_id)
    if step not in ("submit", "publish", "ask_changes", "reject", "reopen"):
        raise Http404
    comment = comment_of(request, limit=2000)
    then = reverse("hosts:host_detail", args=[host.public_id])
    return perform_or_message(
        request, lambda: perform(host, step, actor=request.user, comment=comment), said=_("Done."), then=then
    )


@require_POST
def host_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card is right today."""
    host = surviving(_visible(request, public_id))
    check(request.user, "hosts.edit_host", host)
    confirm_host(host=host, actor=request.user)
    messages.success(request, _("Thank you. The card now says that it was confirmed today."))
    return to_card(host)


@require_POST
def host_status(request: HttpRequest, public_id: str) -> HttpResponse:
    """Potential, partner or inactive."""
    host = _visible(request, public_id)
    check(request.user, "hosts.moderate_host", host)
    form = StatusForm(request.POST)
    if not form.is_valid():
        card = host_for_page(request.user, public_id) or host
        context = {**host_context(request, card), "status_form": form}
        return render(request, "hosts/host_detail.html", context, status=422)
    return perform_or_message(
        request,
        lambda: set_status(host=host, actor=request.user, **form.cleaned_data),
        said=_("Saved."),
        then=to_card(host)["Location"],
    )


@require_http_methods(FORM_METHODS)
def host_merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name the card of the same team; the two are then seen side by side."""
    host = _visible(request, public_id)
    check(request.user, "hosts.merge_hosts", host)
    form = MergeForm(request.POST or None, host=host)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        pair = pair_up(host=host, other=into)
        address = reverse("hosts:duplicate_detail", args=[pair.public_id])
        return redirect(f"{address}?{urlencode({'stays': into.public_id})}")
    context = {
        "form": form,
        "host": host,
        "crumbs": [(_("Hosts"), reverse("hosts:host_list")), (host.name, to_card(host)["Location"])],
    }
    return render(request, "hosts/host_merge.html", context, status=422 if form.is_bound else 200)


@requires("hosts.moderate_host")
@require_safe
def host_moderation(request: HttpRequest) -> HttpResponse:
    """Cards that wait to be read, oldest first."""
    return render(request, "hosts/host_moderation.html", {"hosts": moderation_queue()[:100]})


@require_safe
def host_mine(request: HttpRequest) -> HttpResponse:
    """The cards she wrote or speaks for."""
    return render(request, "hosts/host_mine.html", {"hosts": own_hosts(request.user)[:200]})


@require_safe
def concept_find(request: HttpRequest) -> HttpResponse:
    """The concepts that a typed word finds, to tick (a fragment for pages with JavaScript)."""
    field = request.GET.get("field", "concepts")
    schemes = ("esco_skill", "ecett") if field == "competences" else ("ecett",)
    found = find_concept_choices(
        request.GET.get("find", ""), language=reader(), schemes=schemes, leave_out=request.GET.getlist(field)
    )
    context = {
        "found": found,
        "field": "competences" if field == "competences" else "concepts",
        "asked": request.GET.get("find", ""),
    }
    return render(request, "hosts/_concepts_found.html", context)


def _visible(request: HttpRequest, public_id: str) -> Host:
    hosts: Any = Host.objects.visible_to(request.user)
    return get_object_or_404(hosts.defer("search", "marks"), public_id=public_id)
