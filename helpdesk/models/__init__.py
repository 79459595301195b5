"""Requests, proposals, conversations."""

from helpdesk.models.proposal import Proposal, ProposalLog
from helpdesk.models.request import HelpRequest, HelpRequestLog, Message

__all__ = ["HelpRequest", "HelpRequestLog", "Message", "Proposal", "ProposalLog"]
