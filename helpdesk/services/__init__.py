"""What is written about requests, proposals and conversations. Each function is atomic."""

from helpdesk.services.answers import (
    accept_proposal,
    agree_dates,
    counter_proposal,
    decline_proposal,
    refuse_dates,
    withdraw_proposal,
)
from helpdesk.services.conversation import mark_read, post_message
from helpdesk.services.deadlines import expire_due, remind_due, send_link_again
from helpdesk.services.proposals import MOST_ASKED, Ask, propose
from helpdesk.services.requests import (
    assign_request,
    close_request,
    file_request,
    reopen_request,
    save_request,
    start_request,
    withdraw_open_requests,
    withdraw_request,
)

__all__ = [
    "MOST_ASKED",
    "Ask",
    "accept_proposal",
    "agree_dates",
    "assign_request",
    "close_request",
    "counter_proposal",
    "decline_proposal",
    "expire_due",
    "file_request",
    "mark_read",
    "post_message",
    "propose",
    "refuse_dates",
    "remind_due",
    "reopen_request",
    "save_request",
    "send_link_again",
    "start_request",
    "withdraw_open_requests",
    "withdraw_proposal",
    "withdraw_request",
]
