"""A new link for an expired one."""

from __future__ import annotations

from django.db import transaction

from ecett.core import clock
from ecett.core.notifications.selectors import letters_about
from trainees import links
from trainees.enums import AgreementState, InternshipState, Party
from trainees.models import Internship, Signature
from trainees.services import letters
from trainees.services.lookback import PAUSE


@transaction.atomic
def renew_link(*, purpose: str, subject_pk: int, email: str) -> bool:
    """Send a new link to the same address; False when nothing is to be done there any more.

    Somebody who asks again and again gets one letter in three days (and True: it is on its way).
    """
    if purpose == links.SIGN:
        return _renew_signing(subject_pk, email)
    internship = Internship.objects.select_related("project__trainee", "host").filter(pk=subject_pk).first()
    if internship is None:
        return False
    if purpose == links.ATTENDANCE:
        if internship.state != InternshipState.AGREED or internship.host_email != email:
            return False
        if not _just_sent(internship, letters.ATTENDANCE_REQUEST, email):
            letters.attendance_request(internship)
        return True
    party = next(side for side, name in links.EVALUATE.items() if name == purpose)
    done = internship.evaluations.filter(party=party).exists()
    if done or internship.state != InternshipState.CONFIRMED:
        return False
    contact = internship.host_email if party == Party.HOST else internship.project.employer_email
    if contact != email:
        return False
    if not _just_sent(internship, letters.EVALUATION_REQUEST, email):
        letters.evaluation_request(internship, party)
    return True


def _renew_signing(signature_pk: int, email: str) -> bool:
    signature = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("agreement__internship__project__trainee", "agreement__internship__host")
        .filter(pk=signature_pk, email=email, signed_at=None, agreement__state=AgreementState.SIGNING)
        .first()
    )
    if signature is None:
        return False
    if not _just_sent(signature.agreement.internship, letters.SIGN_REMINDER, email):
        letters.sign_request(signature, again=True)
    return True


def _just_sent(internship: Internship, kind: str, email: str) -> bool:
    since = clock.now() - PAUSE
    sent = letters_about("trainees.internship", internship.pk)
    return sent.filter(kind=kind, email=email, created_at__gt=since).exists()
