"""States of requests and proposals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecett.core.states import States


class RequestState(States):
    DRAFT = "draft", "draft", _("Draft"), _("Draft")
    FILED = "filed", "turn", _("Received"), _("Needs screening")
    PROPOSED = "proposed", "waiting", _("Hosts are being asked"), _("Waiting for a host")
    MATCHED = "matched", "done", _("A host has said yes"), _("Matched")
    WITHDRAWN = "withdrawn", "declined", pgettext_lazy("request", "Withdrawn"), _("Withdrawn by the trainee")
    CLOSED = "closed", "declined", _("Closed without a host"), _("Closed without a host")


class ProposalState(States):
    QUEUED = "queued", "waiting", _("Next in line"), _("Next in line")
    SENT = "sent", "waiting", _("Waiting for the host"), _("Waiting for the host")
    COUNTERED = "countered", "turn", _("Other dates proposed"), _("Other dates proposed")
    ACCEPTED = "accepted", "done", _("Accepted"), _("Accepted")
    DECLINED = "declined", "declined", _("Declined"), _("Declined")
    WITHDRAWN = "withdrawn", "declined", _("No longer needed"), pgettext_lazy("proposal", "Withdrawn")
    EXPIRED = "expired", "declined", _("No answer in time"), _("No answer in time")
