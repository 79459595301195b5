"""The letters to a team about its card, in the language of its spokesperson."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ecett.core.models import Notification
from ecett.core.notifications.services import Address, notify
from hosts import links
from hosts.models import Host, HostCheck, HostInvitation

CHECK = "hosts.host_check"
CHECK_REMINDER = "hosts.host_check_reminder"
DOUBTED = "hosts.host_doubted"
RESTING = "hosts.host_resting"
INVITATION = "hosts.host_invitation"


def check_asked(check: HostCheck, *, until: dt.date | None, again: bool = False) -> Notification:
    """Is this still right? ``until``: the day on which silence would have a consequence, if one is left."""
    return _write(
        CHECK_REMINDER if again else CHECK, check, until=until, partner=check.host.status == "partner"
    )


def host_doubted(check: HostCheck, *, until: dt.date, was_partner: bool) -> Notification:
    """The card now says "potential host"; until when an answer keeps it from resting."""
    return _write(DOUBTED, check, until=until, partner=was_partner)


def host_resting(check: HostCheck) -> Notification:
    """The card now says "inactive"; an answer changes that."""
    return _write(RESTING, check)


def invited(invitation: HostInvitation) -> Notification:
    """The link by which somebody changes the card of her team, or makes an account to look after it."""
    host = invitation.host
    return notify(
        kind=INVITATION,
        to=Address(invitation.email, invitation.name, invitation.language or host.language),
        context={
            **_named(host),
            "who": str(invitation.invited_by or "ECETT"),
            "days": links.INVITATION_DAYS,
        },
        subject=invitation,
        action_url=links.invitation_url(invitation),
    )


def _write(kind: str, check: HostCheck, **context: Any) -> Notification:
    host = check.host
    return notify(
        kind=kind,
        to=Address(check.email, check.name, check.language or host.language),
        context={**_named(host), **context},
        subject=check,
        action_url=links.check_url(check),
    )


def _named(host: Host) -> dict[str, str]:
    """The team as subject lines name it, and with its town as texts do; many an imported card has none."""
    return {"host": host.name, "team": f"{host.name} ({host.city})" if host.city else host.name}
