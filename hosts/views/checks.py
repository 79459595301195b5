"""The yearly question: a team says by its link, without an account, that its card is right, or puts it right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core import clock
from ecett.core import links as signed
from ecett.core.actors import Actor
from ecett.core.notifications.selectors import letters_about
from ecett.core.permissions import public_view
from ecett.core.versions import version
from ecett.core.views.editing import meeting_context, say_kept
from ecett.core.views.links import link_problem, spoken_to
from ecett.core.workflow import StaleTransition
from hosts.enums import Moderation
from hosts.forms import HostForm, finds
from hosts.links import CHECK
from hosts.models import Host, HostCheck
from hosts.selectors.cards import lacks_of
from hosts.selectors.people import contacts_of
from hosts.selectors.standing import silence_rules
from hosts.services import confirm_host, send_check_again, update_host
from hosts.silence import rests_on
from hosts.views.cards import LABELS, host_context
from hosts.views.photos import photos_by_link
from hosts.views.writing import meet_host

METHODS = ["GET", "HEAD", "POST"]
#: A new link is not written twice within this time.
PAUSE = dt.timedelta(minutes=10)
#: So long after its answer a team may still write by the same link: the button may have been pressed too soon.
SECOND_THOUGHTS = dt.timedelta(days=7)


@dataclass(frozen=True)
class Visitor:
    """Who holds a good link, and the question it answers."""

    check: HostCheck
    actor: Actor

    @property
    def may_write(self) -> bool:
        """One letter is one answer, and what has been forgotten in it; later the card is written from its own page."""
        answered = self.check.answered_on
        return answered is None or clock.today() <= answered + SECOND_THOUGHTS


@public_view
@require_http_methods(METHODS)
def check_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the card says, and one button. Opening the page changes nothing: programs that look into letters open it
    too.
    """
    visitor = _enter(request, token)
    if isinstance(visitor, HttpResponse):
        return visitor
    check = visitor.check
    if request.method == "POST":
        if check.answered_on is None:
            confirm_host(host=check.host, actor=visitor.actor)
        return redirect("hosts:check_answer", token)
    with spoken_to(request, check.language):
        rules = silence_rules()
        context = {
            **host_context(request, check.host),
            "check": check,
            "may_write": visitor.may_write,
            "token": token,
            "rests_on": rests_on(check.doubted_on, rules) if check.doubted_on else None,
            "rules": rules,
            "was": LABELS.get(check.host.silent_from, ""),
            "team": own_people(check.host),
            "texts": own_words(check.host),
            "lacks": lacks_of(check.host),
        }
        return render(request, "hosts/check_answer.html", context)


def own_words(host: Host) -> list[tuple[str, str]]:
    """What the team has written, each text under the heading that the others read above it."""
    told = []
    for name in ("summary", "expertise", "learning", "programme"):
        field = cast("models.Field[Any, Any]", Host._meta.get_field(name))
        told.append((capfirst(str(field.verbose_name)), str(getattr(host, name))))
    return [(heading, text) for heading, text in told if text]


def own_people(host: Host) -> list[tuple[str, str]]:
    """Who is who, as (role, how to reach her): the form behind this page shows them to whoever holds the link, too."""
    return [
        (one.role, " · ".join(filter(None, (one.name if one.name != one.role else "", one.email, one.phone))))
        for one in contacts_of(host)
    ]


@public_view
@require_http_methods(METHODS)
def check_edit(request: HttpRequest, token: str) -> HttpResponse:
    """The team puts its card right, which confirms it as well."""
    visitor = _enter(request, token)
    if isinstance(visitor, HttpResponse):
        return visitor
    check, back = visitor.check, reverse("hosts:check_answer", args=[token])
    if not visitor.may_write:
        return redirect(back)
    with spoken_to(request, check.language):
        return edit_by_link(request, check.host, visitor.actor, back=back)


@public_view
@require_http_methods(METHODS)
def check_photos(request: HttpRequest, token: str) -> HttpResponse:
    """The team's photographs, as long as it may change the card by this link."""
    visitor = _enter(request, token)
    if isinstance(visitor, HttpResponse):
        return visitor
    check, back = visitor.check, reverse("hosts:check_answer", args=[token])
    if not visitor.may_write:
        return redirect(back)
    with spoken_to(request, check.language):
        here = reverse("hosts:check_photos", args=[token])
        return photos_by_link(request, check.host, here=here, back=back)


def edit_by_link(request: HttpRequest, host: Host, actor: Actor, *, back: str) -> HttpResponse:
    """The card's form for somebody with a good link; what she saves is confirmed. ``back``: the page of her link."""
    finding = finds(request.POST)
    meeting = meet_host(request, host) if request.method == "POST" else None
    form = HostForm((meeting.data if meeting else request.POST) or None, instance=host, submitted=True)
    if meeting and (finding or meeting.clashes):
        form.forgive_all()
    elif meeting and form.is_valid():
        try:
            update_host(host=host, actor=actor, seen=version(host), **form.card_fields())
        except StaleTransition:
            # Somebody saved while this was read: hold it against the card as it is by now.
            return edit_by_link(request, Host.objects.get(pk=host.pk), actor, back=back)
        confirm_host(host=host, actor=actor)
        say_kept(request, meeting)
        return redirect(back)
    context = {
        "form": form,
        "host": host,
        "may_submit": False,
        "crumbs": [(host.name, back)],
        **meeting_context(request, host, form, meeting),
    }
    failed = 409 if meeting and meeting.clashes else 422
    status = failed if request.method == "POST" and not finding else 200
    return render(request, "hosts/host_form.html", context, status=status)


@public_view
@require_POST
def check_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link to the address of an expired one; a link that is still good is simply opened."""
    try:
        signed.read(token, purpose=CHECK, model=HostCheck)
        return redirect("hosts:check_answer", token)
    except signed.LinkInvalid as error:
        return link_problem(request, error)
    except signed.LinkExpired as error:
        check = HostCheck.objects.select_related("host").filter(pk=error.claim.subject_pk).first()
        if check is None:
            return link_problem(request, signed.LinkInvalid("the question is gone"))
        lately = letters_about("hosts.hostcheck", check.pk).filter(created_at__gt=clock.now() - PAUSE)
        if not lately.exists():
            send_check_again(check=check)
        with spoken_to(request, check.language):
            return render(request, "core/link_renewed.html")


def _enter(request: HttpRequest, token: str) -> Visitor | HttpResponse:
    """The holder of a good link, or the page that says what is wrong with it."""
    try:
        claim = signed.read(token, purpose=CHECK, model=HostCheck)
    except signed.LinkProblem as error:
        return link_problem(request, error, resend_url=reverse("hosts:check_renew", args=[token]))
    found: Any = HostCheck.objects.select_related("host").filter(pk=claim.subject_pk).first()
    if found is None or found.host.moderation == Moderation.MERGED:
        return link_problem(request, signed.LinkInvalid("the question is gone"))
    # The link was made for this question; what it answers is asked of the card.
    actor = Actor.link(
        purpose=CHECK,
        subject=found.host_id,
        name=claim.name or claim.email,
        role=claim.role,
        email=claim.email,
        organisation=found.host.name,
    )
    return Visitor(found, actor)
