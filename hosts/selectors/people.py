"""The people of a team: who is who, who speaks for it, and who is invited to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, User
from ecett.core import languages
from hosts.enums import InvitationState
from hosts.models import Host, HostInvitation

#: As many open invitations as a page shows.
MOST = 100


@dataclass(frozen=True)
class Contact:
    """Somebody of a team as a page shows her; ``role`` and ``speaks`` in the reader's words."""

    name: str
    role: str
    email: str
    phone: str
    speaks: str

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return re.sub(r"[^+0-9]", "", self.phone)


def contacts_of(host: Host) -> list[Contact]:
    """The spokesperson, who stands on the card itself, then the others. One query."""
    found = []
    if host.spokesperson_name or host.spokesperson_email or host.spokesperson_phone:
        found.append(
            Contact(
                host.spokesperson_name or _("Spokesperson"),
                _("Spokesperson"),
                host.spokesperson_email,
                host.spokesperson_phone,
                _spoken([host.spokesperson_language]),
            )
        )
    return found + [
        Contact(row.name, row.get_role_display(), row.email, row.phone, _spoken(row.languages))
        for row in host.contacts.all()
    ]


def _spoken(codes: list[str]) -> str:
    return ", ".join(str(languages.name(code)) for code in codes if code)


def members_of(host: Host) -> QuerySet[Membership]:
    """Those who speak for the host's organisation today, with their accounts."""
    return (
        Membership.objects.current()
        .filter(role=Role.HOST, organisation=host.organisation_id, organisation__isnull=False)
        .select_related("user")
        .order_by("user__sort_name", "pk")
    )


def invitations_of(host: Host) -> QuerySet[HostInvitation]:
    """Those that wait for an answer, the last one first."""
    return host.invitations.filter(state=InvitationState.OPEN).select_related("invited_by")[:MOST]


def has_account(email: str) -> bool:
    """Whether this address signs in already."""
    return User.objects.filter(email__iexact=email).exists()
