"""What the page of a host shows of the stays there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ecett.core.slots import Panel
from hosts.enums import Moderation
from hosts.freshness import Side
from hosts.models import Host
from trainees.selectors.opinions import SHOWN_FROM, cancelled_stays, opinions_of, past_stays


def stays_panel(host: Host, user: Any) -> Panel | None:
    """How many have been there and what they thought; why stays were called off, for those whom it concerns."""
    if host.moderation != Moderation.PUBLISHED:
        return None
    known = user.is_authenticated
    opinions = opinions_of(host)
    desk = known and user.has_perm("trainees.hide_evaluation")
    concerned = known and host.cancelled_by_host + host.cancelled_by_trainee and user.has_perm(
        "hosts.speak_for_host", host
    )  # fmt: skip
    sides = {
        Side.HOST: _("called off by the team"),
        Side.TRAINEE: _("called off by the trainee"),
        Side.OTHER: _("called off by the network"),
    }
    return Panel(
        "trainees/_at_host.html",
        {
            "host": host,
            "past": past_stays(host),
            "opinions": opinions,
            "shows": opinions.shown or desk,
            "shown_from": SHOWN_FROM,
            "may_hide": desk,
            "cancelled": [(row, sides[row.side]) for row in cancelled_stays(host)] if concerned else [],
        },
    )
