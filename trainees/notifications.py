"""The kinds of letters the journey writes."""

from django.utils.translation import gettext_lazy as _

from ecett.core.notifications.registry import NotificationKind, register
from trainees.services import letters

_SIGNER = _("you were named in the agreement of a stay")
_HOST = _("you received a visiting colleague")
_CONCERNED = _("you have a part in this stay")
_TRAINEE = _("it is your project")

for _name, _why in (
    (letters.SIGN_REQUEST, _SIGNER),
    (letters.SIGN_REMINDER, _SIGNER),
    (letters.AGREEMENT_SEALED, _SIGNER),
    (letters.AGREEMENT_VOID, _SIGNER),
    (letters.STAY_CANCELLED, _CONCERNED),
    (letters.PROJECT_DROPPED, _CONCERNED),
    (letters.ATTENDANCE_REQUEST, _HOST),
    (letters.ATTENDANCE_CONFIRMED, _TRAINEE),
    (letters.EVALUATION_REQUEST, _CONCERNED),
    (letters.ALL_LOOKED_BACK, _TRAINEE),
    (letters.EVALUATION_HIDDEN, _TRAINEE),
):
    register(NotificationKind(name=_name, template=f"trainees/mail/{_name.partition('.')[2]}", why=_why))
