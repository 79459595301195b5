"""A host's own people: who is invited to look after a card, who does, and who no longer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from ecett.accounts.enums import OrganisationKind, Role
from ecett.accounts.models import Membership, Organisation, User
from ecett.accounts.services import end_role, grant_role, open_account
from ecett.core import clock
from ecett.core.actors import Actor
from ecett.core.notifications.selectors import letters_about
from ecett.core.workflow import StaleTransition, perform
from hosts.enums import InvitationState
from hosts.models import Host, HostInvitation
from hosts.services import letters

#: Between two letters about one invitation.
PAUSE = dt.timedelta(minutes=10)
SETTLED = gettext_lazy("This invitation is settled: it was accepted or withdrawn.")


@transaction.atomic
def invite_person(
    *, host: Host, email: str, name: str = "", language: str = "", actor: Any
) -> HostInvitation:
    """Write to somebody of the team. An address that has an open invitation gets its letter again, unless that has only
    just left.
    """
    fresh = Host.objects.select_for_update(of=("self",), no_key=True).get(pk=host.pk)
    address = email.strip().lower()
    invitation = fresh.invitations.filter(email__iexact=address, state=InvitationState.OPEN).first()
    if invitation is None:
        invitation = HostInvitation(host=fresh, email=address, invited_by=Actor.of(actor).user)
    invitation.name, invitation.language = name or invitation.name, language or invitation.language
    _write(invitation)
    return invitation


@transaction.atomic
def send_invitation_again(*, invitation: HostInvitation) -> bool:
    """A new link to the same address; False when one has only just left. Raises `StaleTransition` when the invitation
    is settled.
    """
    fresh = HostInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if fresh.state != InvitationState.OPEN:
        raise StaleTransition(SETTLED)
    return _write(fresh)


def withdraw_invitation(*, invitation: HostInvitation, actor: Any) -> HostInvitation:
    """The link opens nothing any more. Raises what `perform` raises."""
    return perform(invitation, "withdraw", actor=actor)


@transaction.atomic
def accept_invitation(*, invitation: HostInvitation, user: User, actor: Actor) -> HostInvitation:
    """``user`` speaks for the host from now on. ``actor``: the holder of the link. Raises what `perform` raises."""
    host = Host.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.host_id)
    accepted = perform(invitation, "accept", actor=actor, user=user)
    grant_role(user=user, role=Role.HOST, organisation=_organisation(host))
    return accepted


@transaction.atomic
def join_host(
    *, invitation: HostInvitation, first_name: str, last_name: str, password: str, language: str, actor: Actor
) -> User:
    """A new account for the address that was invited: its mailbox has been proved by the link. Raises what `perform`
    raises; of two presses at once the second finds the invitation settled.
    """
    fresh = HostInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if fresh.state != InvitationState.OPEN:
        raise StaleTransition(SETTLED)
    user = open_account(
        email=fresh.email, first_name=first_name, last_name=last_name, password=password, language=language
    )
    accept_invitation(invitation=fresh, user=user, actor=actor)
    return user


def end_access(*, membership: Membership) -> None:
    """Somebody no longer speaks for the host."""
    end_role(membership=membership)


def _write(invitation: HostInvitation) -> bool:
    """Send the letter unless one has only just left: a second press, or a second person, writes no second one."""
    since = clock.now() - PAUSE
    known = invitation.pk is not None
    if known and letters_about("hosts.hostinvitation", invitation.pk).filter(created_at__gt=since).exists():
        invitation.save()
        return False
    invitation.last_letter_on = clock.today()
    invitation.save()
    letters.invited(invitation)
    return True


def _organisation(host: Host) -> Organisation:
    """The organisation that the card belongs to; made from the card when it has none."""
    if host.organisation is None:
        host.organisation = Organisation.objects.create(
            name=host.name,
            kind=OrganisationKind.HOSTING,
            country=host.country,
            city=host.city,
            latitude=host.latitude,
            longitude=host.longitude,
            language=host.language,
            is_demo=host.is_demo,
        )
        host.save(update_fields=["organisation", "changed_at"])
    return host.organisation
