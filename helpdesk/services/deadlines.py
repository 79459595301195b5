"""Dates to answer by: a reminder before, the next host after. Run by beat, actor "system"."""

from __future__ import annotations

import datetime as dt

import structlog
from django.db import transaction

from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.workflow import StaleTransition, perform
from helpdesk.enums import ProposalState
from helpdesk.models import Proposal
from helpdesk.services import letters
from helpdesk.services.locks import lock_request
from helpdesk.services.proposals import ask_next
from helpdesk.services.replies import note_silence

#: A host that has not answered is reminded so many days before.
REMIND_DAYS = 3
log = structlog.get_logger(__name__)


def expire_due() -> int:
    """Close proposals whose date has passed, each in its own transaction; how many."""
    due = Proposal.objects.filter(state=ProposalState.SENT, answer_by__lt=today())
    done = 0
    for pk, request_pk in due.order_by("answer_by", "pk").values_list("pk", "request_id"):
        try:
            _expire(pk, request_pk)
            done += 1
        except StaleTransition:
            log.info("answered_while_expiring", proposal=pk)
    return done


@transaction.atomic
def _expire(pk: int, request_pk: int) -> None:
    request = lock_request(request_pk)
    proposal = Proposal.objects.select_related("host", "request__project__trainee").get(pk=pk)
    expired = perform(proposal, "expire", actor=Actor.system())
    note_silence(expired)
    letters.proposal_over(expired, reason="", following=ask_next(request))


def remind_due() -> int:
    """Remind hosts once, `REMIND_DAYS` before their date, not on the day they were asked; how many."""
    day = today()
    due = Proposal.objects.filter(
        state=ProposalState.SENT,
        reminded_at__isnull=True,
        answer_by__gte=day,
        answer_by__lte=day + dt.timedelta(days=REMIND_DAYS),
        sent_at__lt=now() - dt.timedelta(days=1),
    )
    done = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            row = Proposal.objects.select_for_update(of=("self",)).get(pk=pk)
            if row.state != ProposalState.SENT or row.reminded_at is not None:
                continue
            row.reminded_at = now()
            row.save()
            letters.proposal_sent(row, again=True)
            done += 1
    return done


def send_link_again(*, proposal: Proposal) -> bool:
    """A new link to the address the proposal was sent to; False when there is nothing to answer any more."""
    with transaction.atomic():
        row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if row.sent_at is None:
            return False
        letters.proposal_sent(row, again=True)
    return True
