"""What a reader of a published card may do next: learn there; and whoever finds no host: ask people."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ecett.accounts.enums import Role
from ecett.core.slots import NextStep, Panel
from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice
from hosts.enums import HostStatus, Moderation
from hosts.models import Host


def host_invites(host: Host, user: Any) -> NextStep | None:
    """To a visitor and a trainee: you could go there."""
    if host.moderation != Moderation.PUBLISHED or host.status == HostStatus.INACTIVE:
        return None
    if user.is_authenticated and user.has_perm("hosts.edit_host", host):
        return None
    return _invite(_("you can go there for some days and learn beside the team."), user)


def practice_invites(practice: GoodPractice, user: Any) -> NextStep | None:
    """To a visitor and a trainee: you could see it done."""
    if practice.state != PracticeState.PUBLISHED:
        return None
    if user.is_authenticated and user.has_perm("goodpractices.edit_practice", practice):
        return None
    return _invite(_("you can see it done and try it at home."), user)


def helpdesk_instead(wanted: Any, user: Any) -> Panel:
    """To whoever found no host: people know more than cards."""
    return Panel("trainees/_ask_instead.html")


def _invite(text: str, user: Any) -> NextStep | None:
    if not user.is_authenticated:
        note = _(
            "Describe the problem at your workplace; the helpdesk of your language asks the team for you."
        )
        return NextStep(
            text, note=note, url=reverse("trainees:project_start"), label=_("Describe your problem")
        )
    if user.role in (Role.TRAINEE, ""):
        note = _("Name it in the request of your project; your helpdesk asks the team for you.")
        return NextStep(text, note=note, url=reverse("trainees:home"), label=_("Go to my projects"))
    return None
