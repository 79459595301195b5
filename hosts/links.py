"""Addresses that stand in the letters about host cards; a team answers by a signed link, without an account."""

from __future__ import annotations

from django.urls import reverse

from ecett.core import links
from hosts.models import Host, HostCheck

#: What the link of the yearly letter is for.
CHECK = "host_check"
#: How long it is good, days: longer than it takes until silence has had all its consequences.
LINK_DAYS = 400


def check_url(check: HostCheck) -> str:
    """Where the team says that its card is right, or puts it right."""
    token = links.make(
        purpose=CHECK, subject=check, email=check.email, name=check.name, role="host", days=LINK_DAYS
    )
    return links.absolute(reverse("hosts:check_answer", args=[token]))


def card_url(host: Host) -> str:
    """The page of a card."""
    return links.absolute(reverse("hosts:host_detail", args=[host.public_id]))
