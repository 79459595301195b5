"""The secretary's desk: sessions, the queue of dossiers, minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from certification import services
from certification.forms.jury import SessionForm, session_initial
from certification.models import Dossier, JurySession
from certification.selectors.conflicts import conflicts
from certification.selectors.jury import count_seats, seats_of, sessions_for, waiting_dossiers
from certification.services import kinds
from certification.services.jury import why_not
from certification.views.base import crumbs, find_session
from ecett.core.clock import today
from ecett.core.documents.selectors import current_document
from ecett.core.permissions import check, requires
from ecett.core.views.steps import attempt

PER_PAGE = 25


@require_safe
@requires("certification.keep_sessions")
def session_list(request: HttpRequest) -> HttpResponse:
    """All sessions, latest first."""
    page = Paginator(sessions_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "certification/session_list.html", {"page_obj": page, "crumbs": crumbs((_("Sessions"), ""))}
    )


@requires("certification.keep_sessions")
def session_new(request: HttpRequest) -> HttpResponse:
    """A new session."""
    return _edit(request, None)


@requires("certification.keep_sessions")
def session_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a session or its jury."""
    return _edit(request, find_session(request, public_id))


def _edit(request: HttpRequest, session: JurySession | None) -> HttpResponse:
    form = SessionForm(request.POST or None, initial=session_initial(session) if session else {})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            outcome = attempt(
                lambda: services.save_session(actor=request.user, session=session, **form.cleaned_data)
            )
            if outcome.done and outcome.value is not None:
                messages.success(request, _("The session is saved."))
                return redirect("certification:session_detail", outcome.value.public_id)
            status = outcome.status
            outcome.tell(form)
    title = _("Change the session") if session else _("New session")
    context = {
        "form": form,
        "session": session,
        "title": title,
        "interests": _interests(form, session),
        "crumbs": crumbs((_("Sessions"), reverse("certification:session_list")), (title, "")),
    }
    return render(request, "certification/session_form.html", context, status=status)


def _interests(form: SessionForm, session: JurySession | None) -> list[dict[str, Any]]:
    """Which juror may not judge which dossier, waiting or already before this session."""
    rows = list(waiting_dossiers())
    if session is not None:
        rows += list(session.dossiers.select_related("candidate"))
    jurors = list(form.fields["jurors"].queryset)  # type: ignore[attr-defined]
    against = conflicts(jurors, {one.candidate_id: one.candidate for one in rows}.values())
    return [
        {"juror": juror, "dossier": dossier, "reason": against[juror.pk, dossier.candidate_id]}
        for juror in jurors
        for dossier in rows
        if (juror.pk, dossier.candidate_id) in against
    ]


@require_safe
def session_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A session: its jury, its dossiers with the progress of votes, its minutes."""
    session = find_session(request, public_id, "certification.keep_sessions")
    dossiers = list(session.dossiers.select_related("candidate", "session").order_by("number"))
    seats = seats_of(dossiers)
    rows = [
        {
            "dossier": dossier,
            "tally": count_seats(seats[dossier.pk], session.quorum),
            "left_out": [seat for seat in seats[dossier.pk] if seat.left_out],
            "voted": sum(seat.has_voted and not seat.left_out for seat in seats[dossier.pk]),
            "of": sum(not seat.left_out for seat in seats[dossier.pk]),
        }
        for dossier in dossiers
    ]
    undecided = sum(dossier.state == "jury" for dossier in dossiers)
    context = {
        "session": session,
        "jury": list(session.seats.select_related("user")),
        "rows": rows,
        "undecided": undecided,
        "minutes": current_document(kind=kinds.MINUTES, subject=session),
        "waiting": waiting_dossiers().filter(level=session.level).count(),
        "crumbs": crumbs((_("Sessions"), reverse("certification:session_list")), (session.title, "")),
    }
    return render(request, "certification/session_detail.html", context)


@require_POST
def minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the minutes as PDF and go to its page."""
    session = find_session(request, public_id, "certification.keep_sessions")
    outcome = attempt(lambda: services.make_minutes(session=session, actor=request.user))
    if outcome.done and outcome.value is not None:
        return redirect("core:document_page", outcome.value.public_id)
    for reason in outcome.reasons:
        messages.warning(request, reason)
    return redirect("certification:session_detail", session.public_id)


# ── The queue ───────────────────────────────────────────────────────────────────────────────────────────
@requires("certification.keep_sessions")
def queue(request: HttpRequest) -> HttpResponse:
    """Dossiers that wait for a session. Choose some: a preview says which go, and why another does not."""
    if request.method == "POST":
        return _schedule(request)
    page = Paginator(waiting_dossiers(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "sessions": _coming(), "crumbs": crumbs((_("Waiting dossiers"), ""))}
    return render(request, "certification/queue.html", context)


def _coming() -> Any:
    return JurySession.objects.filter(day__gte=today()).order_by("day", "pk")


def _schedule(request: HttpRequest) -> HttpResponse:
    check(request.user, "certification.keep_sessions")
    chosen = request.POST.getlist("chosen")[:200]
    dossiers = list(
        Dossier.objects.visible_to(request.user)
        .filter(public_id__in=chosen)
        .select_related("candidate", "session")
        .order_by("number")
    )
    if not dossiers or not request.POST.get("session"):
        messages.warning(request, _("Choose dossiers and a session."))
        return redirect("certification:queue")
    session = get_object_or_404(_coming(), public_id=request.POST["session"])
    jury = list(session.seats.select_related("user"))
    rows = [{"dossier": one, "why_not": why_not(one, session, jury)} for one in dossiers]
    if "confirm" not in request.POST:
        context = {
            "session": session,
            "going": [row["dossier"] for row in rows if not row["why_not"]],
            "left_out": [row for row in rows if row["why_not"]],
            "crumbs": crumbs((_("Waiting dossiers"), reverse("certification:queue")), (_("Preview"), "")),
        }
        return render(request, "certification/queue_preview.html", context)
    done = 0
    with transaction.atomic():
        for row in rows:
            if row["why_not"]:
                continue
            dossier = row["dossier"]
            done += attempt(
                lambda dossier=dossier: services.schedule_dossier(  # type: ignore[misc]
                    dossier=dossier, session=session, actor=request.user
                )
            ).done
    words = ngettext(
        "%(n)s dossier is now before %(session)s.", "%(n)s dossiers are now before %(session)s.", done
    )
    messages.success(request, words % {"n": done, "session": session.title})
    return redirect("certification:session_detail", session.public_id)
