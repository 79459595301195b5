"""A request is decided under the locks of its project and its row, taken first and in this order:
two hosts who accept at once wait for each other here, never in a circle."""

from __future__ import annotations

from helpdesk.models import HelpRequest
from trainees.models import Project


def lock_request(request: HelpRequest | int) -> HelpRequest:
    """The row as it is now, locked until the transaction ends, and its project with it."""
    pk = request if isinstance(request, int) else request.pk
    Project.objects.select_for_update().get(requests__pk=pk)
    rows = HelpRequest.objects.select_for_update(of=("self",)).select_related(
        "project__trainee", "assigned_to"
    )
    return rows.get(pk=pk)
