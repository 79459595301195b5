"""The kinds of letters the helpdesk writes."""

from django.utils.translation import gettext_lazy as _

from ecett.core.notifications.registry import NotificationKind, register
from helpdesk.services import letters

_DESK = _("you serve this helpdesk")
_TRAINEE = _("it is your request")
_HOST = _("you are the contact of a host")
_BOTH = _("you have a part in this request")

for _name, _why in (
    (letters.REQUEST_FILED, _DESK),
    (letters.REQUEST_WITHDRAWN, _DESK),
    (letters.REQUEST_CLOSED, _TRAINEE),
    (letters.MESSAGE, _BOTH),
    (letters.PROPOSAL_SENT, _HOST),
    (letters.PROPOSAL_REMINDER, _HOST),
    (letters.PROPOSAL_WITHDRAWN, _HOST),
    (letters.PROPOSAL_OVER, _DESK),
    (letters.DATES_PROPOSED, _TRAINEE),
    (letters.DATES_PROPOSED_DESK, _DESK),
    (letters.DATES_REFUSED, _HOST),
    (letters.HOST_FOUND, _TRAINEE),
    (letters.HOST_FOUND_DESK, _DESK),
    (letters.HOST_THANKED, _HOST),
):
    register(NotificationKind(name=_name, template=f"helpdesk/mail/{_name.partition('.')[2]}", why=_why))
