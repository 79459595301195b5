"""Addresses that stand in the letters about host cards; a team answers by a signed link, without an account."""

from __future__ import annotations

from django.urls import reverse

from ecett.core import links
from hosts.models import Host, HostCheck, HostInvitation

#: What the link of the yearly letter is for.
CHECK = "host_check"
#: How long it is good, days: longer than it takes until silence has had all its consequences.
LINK_DAYS = 400
#: What the link of an invitation is for, and as what its holder changes the card.
INVITATION, EDIT = "host_invitation", "host_edit"
INVITATION_DAYS = 30


def check_url(check: HostCheck) -> str:
    """Where the team says that its card is right, or puts it right."""
    token = links.make(
        purpose=CHECK, subject=check, email=check.email, name=check.name, role="host", days=LINK_DAYS
    )
    return links.absolute(reverse("hosts:check_answer", args=[token]))


def card_url(host: Host) -> str:
    """The page of a card."""
    return links.absolute(reverse("hosts:host_detail", args=[host.public_id]))


def invitation_url(invitation: HostInvitation) -> str:
    """Where somebody changes the card of her team, or accepts to look after it."""
    token = links.make(
        purpose=INVITATION,
        subject=invitation,
        email=invitation.email,
        name=invitation.name,
        role="host",
        days=INVITATION_DAYS,
    )
    return links.absolute(reverse("hosts:invitation_open", args=[token]))
