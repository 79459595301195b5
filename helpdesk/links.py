"""Addresses that stand in the helpdesk's letters; a host answers by a signed link, without an account."""

from __future__ import annotations

from django.urls import reverse

from ecett.core import links
from helpdesk.models import HelpRequest, Proposal

#: What the host's link is for.
PROPOSAL = "proposal"
#: How long a link is good, days: longer than any host has to answer, so that a late one reads more.
LINK_DAYS = 90


def answer_url(proposal: Proposal) -> str:
    """Where the host's spokesperson reads the proposal and answers."""
    token = links.make(
        purpose=PROPOSAL,
        subject=proposal,
        email=proposal.contact_email,
        name=proposal.contact_name,
        role="host",
        days=LINK_DAYS,
    )
    return links.absolute(reverse("helpdesk:proposal_answer", args=[token]))


def request_url(request: HelpRequest) -> str:
    """The page of a request, for its trainee and its desk."""
    return links.absolute(reverse("helpdesk:request_detail", args=[request.public_id]))


def project_url(request: HelpRequest) -> str:
    """The trainee's project."""
    return links.absolute(reverse("trainees:project_detail", args=[request.project.public_id]))
