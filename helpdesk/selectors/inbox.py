"""The desk: what needs me now, oldest first; what waits for somebody else; what is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ecett.core.clock import now, today
from ecett.core.components.formats import day
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, Proposal

OPEN = (RequestState.FILED, RequestState.PROPOSED)
OVER = (RequestState.MATCHED, RequestState.WITHDRAWN, RequestState.CLOSED)
#: More open requests than a desk can hold in view; the rest is found by filters.
MOST_SHOWN = 300


@dataclass(frozen=True)
class Waiting:
    """A request and what it waits for. ``mine``: the desk's turn; ``warm``: it has waited, or somebody wrote.

    ``kind``: "wrote", "dates", "propose" (the desk's turn) or "host" (the host's).
    """

    request: HelpRequest
    kind: str
    text: str
    since: dt.datetime
    warm: bool = True

    @property
    def mine(self) -> bool:
        """The desk's turn."""
        return self.kind != "host"

    @property
    def url(self) -> str:
        """Where the desk acts."""
        return reverse("helpdesk:request_detail", args=[self.request.public_id])


@dataclass(frozen=True)
class Desk:
    """What a desk sees: ``mine`` oldest first, ``others`` by who is waited for."""

    mine: list[Waiting]
    others: list[Waiting]
    cut: bool = False


def with_waiting(requests: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
    """Requests with all that `waiting_of` looks at: three questions, however many there are."""
    proposals = Proposal.objects.select_related("host").order_by("position", "pk")
    return with_unread(
        requests.select_related("project__trainee", "project__employer", "assigned_to").prefetch_related(
            Prefetch("proposals", queryset=proposals)
        )
    )


def with_unread(requests: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
    """Requests with ``wrote_at``: when the trainee last wrote something the desk has not read or answered."""
    unread = Max("messages__created_at", filter=Q(messages__from_desk=False) & _is_unread())
    return requests.annotate(wrote_at=unread)


def _is_unread() -> Q:
    return Q(read_by_desk_at__isnull=True) | Q(messages__created_at__gt=F("read_by_desk_at"))


def waiting_of(request: HelpRequest) -> Waiting:
    """Who is waited for with an open request (annotated by `with_waiting`)."""
    proposals = list(request.proposals.all())
    wrote_at = request.wrote_at  # type: ignore[attr-defined]
    if wrote_at is not None:
        return Waiting(request, "wrote", _("Wrote to you"), wrote_at)
    countered = [row for row in proposals if row.state == ProposalState.COUNTERED]
    if countered:
        row = countered[0]
        text = _("%(host)s proposes other dates") % {"host": row.host.name}
        return Waiting(request, "dates", text, row.answered_at or row.changed_at)
    if request.state == RequestState.FILED:
        return _to_propose(request, proposals)
    sent = [row for row in proposals if row.state == ProposalState.SENT]
    if not sent:
        return Waiting(request, "host", _("Waiting for a host"), request.changed_at)
    names = ", ".join(row.host.name for row in sent)
    until = min((row.answer_by for row in sent if row.answer_by), default=None)
    text = _("%(hosts)s: answer by %(day)s") % {"hosts": names, "day": day(until, "short")}
    return Waiting(request, "host", text, min(row.sent_at or row.changed_at for row in sent), warm=False)


def _to_propose(request: HelpRequest, proposals: list[Proposal]) -> Waiting:
    ended = [row for row in proposals if row.state != ProposalState.QUEUED]
    filed = request.filed_at or request.created_at
    if not ended or max(row.changed_at for row in ended) < filed:
        fresh = now() - filed < dt.timedelta(hours=24)
        text = _("Received today") if fresh else _("No host proposed yet")
        return Waiting(request, "propose", text, filed, warm=not fresh)
    last = max(ended, key=lambda row: row.changed_at)
    words = {
        ProposalState.DECLINED.value: _("Host declined: propose another"),
        ProposalState.EXPIRED.value: _("No answer from the host: propose another"),
    }
    text = words.get(last.state, _("No host is being asked: propose another"))
    return Waiting(request, "propose", text, last.changed_at)


def served(user: Any) -> QuerySet[HelpRequest]:
    """The requests of her desk, drafts left out (also her own: she is not her own helpdesk)."""
    requests = HelpRequest.objects.visible_to(user).exclude(state=RequestState.DRAFT)
    hat = user.hat
    return requests.filter(language=hat.language) if hat is not None and hat.language else requests


def desk_of(user: Any, requests: QuerySet[HelpRequest] | None = None) -> Desk:
    """Her desk, or the part of it that ``requests`` leaves."""
    rows = served(user) if requests is None else requests
    found = list(with_waiting(rows.filter(state__in=OPEN)).order_by("filed_at", "pk")[: MOST_SHOWN + 1])
    waiting = [waiting_of(request) for request in found[:MOST_SHOWN]]
    mine = sorted((item for item in waiting if item.mine), key=lambda item: item.since)
    others = sorted((item for item in waiting if not item.mine), key=lambda item: item.since)
    return Desk(mine, others, cut=len(found) > MOST_SHOWN)


def archive(user: Any) -> QuerySet[HelpRequest]:
    """What is over, newest first."""
    return (
        served(user)
        .filter(state__in=OVER)
        .select_related("project__trainee", "assigned_to")
        .prefetch_related(
            Prefetch(
                "proposals",
                queryset=Proposal.objects.filter(state=ProposalState.ACCEPTED).select_related("host"),
                to_attr="accepted",
            )
        )
        .order_by("-changed_at", "-pk")
    )


def host_proposals(user: Any) -> QuerySet[Proposal]:
    """What hosts she speaks for were asked, open ones first; one in line is not theirs to see yet."""
    places = [hat.organisation_id for hat in user.hats if hat.role == "host" and hat.organisation_id]
    return (
        Proposal.objects.filter(host__organisation__in=places, sent_at__isnull=False)
        .exclude(state=ProposalState.QUEUED)
        .select_related("host", "request__project__trainee", "request__project__employer", "sent_by")
        .order_by("-sent_at", "-pk")
    )


def waits_for_host(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that can still be answered, the nearest date first."""
    open_ones = [row for row in proposals if row.state == ProposalState.SENT]
    return sorted(open_ones, key=lambda row: (row.answer_by or today(), row.pk))
