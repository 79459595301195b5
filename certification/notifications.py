"""The kinds of letters certification writes."""

from django.utils.translation import gettext_lazy as _

from certification.services import kinds
from ecett.core.notifications.registry import NotificationKind, register

_HOLDER = _("the certificate is yours")
_CANDIDATE = _("the dossier is yours")

for _name, _why in (
    (kinds.CERTIFICATE_READY, _HOLDER),
    (kinds.CERTIFICATE_CHANGED, _HOLDER),
    (kinds.DOSSIER_SCHEDULED, _CANDIDATE),
    (kinds.DOSSIER_REFUSED, _CANDIDATE),
    (kinds.JUROR_ASKED, _("you sit in this jury")),
):
    register(NotificationKind(name=_name, template=f"certification/mail/{_name.partition('.')[2]}", why=_why))
