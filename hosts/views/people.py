"""Who looks after a card: the host's own people, invited by e-mail; with an account, or by their link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ecett.core import links as signed
from ecett.core.actors import Actor
from ecett.core.permissions import check, public_view
from ecett.core.views.links import link_problem, spoken_to
from ecett.core.views.steps import attempt, perform_or_message
from hosts.enums import InvitationState, Moderation
from hosts.forms_people import InviteForm, JoinForm
from hosts.links import EDIT, INVITATION, INVITATION_DAYS
from hosts.models import Host, HostInvitation
from hosts.selectors.cards import lacks_of
from hosts.selectors.people import has_account, invitations_of, members_of
from hosts.services.invitations import (
    accept_invitation,
    end_access,
    invite_person,
    join_host,
    send_invitation_again,
    withdraw_invitation,
)
from hosts.views.cards import to_card
from hosts.views.checks import edit_by_link
from hosts.views.photos import photos_by_link

METHODS = ["GET", "HEAD", "POST"]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Guest:
    """Who holds a good link, and the invitation it was made for."""

    invitation: HostInvitation
    claim: signed.LinkClaim

    @property
    def actor(self) -> Actor:
        """As whom she accepts."""
        return self._as(INVITATION, self.invitation.pk)

    @property
    def editor(self) -> Actor:
        """As whom she changes the card."""
        return self._as(EDIT, self.invitation.host_id)

    def _as(self, purpose: str, subject: int) -> Actor:
        claim = self.claim
        return Actor.link(
            purpose=purpose,
            subject=subject,
            name=claim.name or claim.email,
            role=claim.role,
            email=claim.email,
            organisation=self.invitation.host.name,
        )


# ── for the desk and the host's own people ──
@require_http_methods(METHODS)
def host_people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who looks after the card, who is invited, and a form to invite somebody."""
    host = _host(request, public_id)
    form = InviteForm(request.POST if request.method == "POST" else None, host=host)
    if request.method == "POST" and form.is_valid():
        invitation = invite_person(host=host, actor=request.user, **form.cleaned_data)
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
        )
        return redirect("hosts:host_people", public_id)
    context = {
        "host": host,
        "form": form,
        "members": members_of(host),
        "invitations": invitations_of(host),
        "days": INVITATION_DAYS,
        "crumbs": [(_("Hosts"), reverse("hosts:host_list")), (host.name, to_card(host)["Location"])],
    }
    return render(request, "hosts/host_people.html", context, status=422 if form.is_bound else 200)


@require_POST
def access_end(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    """Somebody no longer speaks for the host; a second press finds nobody and changes nothing."""
    host = _host(request, public_id)
    for membership in members_of(host):
        if membership.user.public_id == person:
            end_access(membership=membership)
            messages.success(
                request, _("%(name)s no longer speaks for this host.") % {"name": membership.user}
            )
    return redirect("hosts:host_people", public_id)


@require_POST
def invitation_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letter once more, unless it has only just left."""
    invitation = _invitation(request, public_id)
    outcome = attempt(lambda: send_invitation_again(invitation=invitation))
    if outcome.done and outcome.value:
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
        )
    elif outcome.done:
        messages.info(request, _("The letter has only just left."))
    for reason in outcome.reasons:
        messages.warning(request, reason)
    return redirect("hosts:host_people", invitation.host.public_id)


@require_POST
def invitation_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The link opens nothing any more."""
    invitation = _invitation(request, public_id)
    return perform_or_message(
        request,
        lambda: withdraw_invitation(invitation=invitation, actor=request.user),
        said=_("Done."),
        then=reverse("hosts:host_people", args=[invitation.host.public_id]),
    )


# ── by the link of the letter ──
@public_view
@require_http_methods(METHODS)
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """What she is invited to: change the card now, or look after it with an account. Opening it changes nothing."""
    guest = _enter(request, token)
    if isinstance(guest, HttpResponse):
        return guest
    invitation = guest.invitation
    with spoken_to(request, invitation.language):
        known = request.user.is_authenticated
        data = request.POST if request.method == "POST" else None
        form = JoinForm(data, email=invitation.email, name=invitation.name)
        problems: tuple[str, ...] = ()
        status = 200
        if request.method == "POST" and invitation.state == InvitationState.OPEN:
            status = 422
            if known or form.is_valid():
                outcome = attempt(lambda: _accept(request, guest, form))
                if outcome.done:
                    return redirect(to_card(invitation.host)["Location"])
                problems, status = outcome.reasons, outcome.status
        context = {
            "host": invitation.host,
            "invitation": invitation,
            "token": token,
            "form": None if known or has_account(invitation.email) else form,
            "problems": problems,
            "lacks": lacks_of(invitation.host),
            "sign_in": f"{reverse('account_login')}?next={request.path}",
        }
        return render(request, "hosts/invitation.html", context, status=status)


@public_view
@require_http_methods(METHODS)
def invitation_edit(request: HttpRequest, token: str) -> HttpResponse:
    """She changes the card by her link, without an account; what she leaves is confirmed."""
    guest = _enter(request, token)
    if isinstance(guest, HttpResponse):
        return guest
    invitation, back = guest.invitation, reverse("hosts:invitation_open", args=[token])
    if invitation.state != InvitationState.OPEN:
        return redirect(back)
    with spoken_to(request, invitation.language):
        return edit_by_link(request, invitation.host, guest.editor, back=back)


@public_view
@require_http_methods(METHODS)
def invitation_photos(request: HttpRequest, token: str) -> HttpResponse:
    """The team's photographs, as long as she may change the card by her link."""
    guest = _enter(request, token)
    if isinstance(guest, HttpResponse):
        return guest
    invitation, back = guest.invitation, reverse("hosts:invitation_open", args=[token])
    if invitation.state != InvitationState.OPEN:
        return redirect(back)
    with spoken_to(request, invitation.language):
        here = reverse("hosts:invitation_photos", args=[token])
        return photos_by_link(request, invitation.host, here=here, back=back)


@public_view
@require_POST
def invitation_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link to the address of an expired one; a link that is still good is simply opened."""
    try:
        signed.read(token, purpose=INVITATION, model=HostInvitation)
        return redirect("hosts:invitation_open", token)
    except signed.LinkInvalid as error:
        return link_problem(request, error)
    except signed.LinkExpired as error:
        invitation = HostInvitation.objects.filter(pk=error.claim.subject_pk).first()
        if invitation is None or invitation.state != InvitationState.OPEN:
            return link_problem(request, signed.LinkInvalid("the invitation is settled"))
        send_invitation_again(invitation=invitation)
        with spoken_to(request, invitation.language):
            return render(request, "core/link_renewed.html")


def _accept(request: HttpRequest, guest: Guest, form: JoinForm) -> None:
    if request.user.is_authenticated:
        accept_invitation(invitation=guest.invitation, user=request.user, actor=guest.actor)
        return
    user = join_host(
        invitation=guest.invitation, language=get_language() or "en", actor=guest.actor, **form.account()
    )
    login(request, user, backend=BACKEND)


def _enter(request: HttpRequest, token: str) -> Guest | HttpResponse:
    """The holder of a good link, or the page that says what is wrong with it."""
    try:
        claim = signed.read(token, purpose=INVITATION, model=HostInvitation)
    except signed.LinkProblem as error:
        return link_problem(request, error, resend_url=reverse("hosts:invitation_renew", args=[token]))
    found = HostInvitation.objects.select_related("host").filter(pk=claim.subject_pk).first()
    if (
        found is None
        or found.host.moderation == Moderation.MERGED
        or found.state == InvitationState.WITHDRAWN
    ):
        return link_problem(request, signed.LinkInvalid("the invitation is gone"))
    return Guest(found, claim)


def _host(request: HttpRequest, public_id: str) -> Host:
    hosts: Any = Host.objects.visible_to(request.user)
    host: Host = get_object_or_404(hosts.defer("search", "marks"), public_id=public_id)
    check(request.user, "hosts.invite_people", host)
    return host


def _invitation(request: HttpRequest, public_id: str) -> HostInvitation:
    hosts: Any = Host.objects.visible_to(request.user)
    found = get_object_or_404(
        HostInvitation.objects.select_related("host").filter(host__in=hosts.values("pk")), public_id=public_id
    )
    check(request.user, "hosts.withdraw_invitation", found)
    return found
