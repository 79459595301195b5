"""Act: the good practice she saw and the new host she met become cards of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core.workflow import Blocked
from goodpractices.enums import PracticeKind
from goodpractices.models import GoodPractice
from goodpractices.services import create_practice
from hosts.models import Host
from hosts.services import create_host
from trainees.enums import InternshipState
from trainees.models import Internship, ReportedHost, ReportedPractice


def _after_the_stay(internship: Internship) -> Internship:
    fresh = (
        Internship.objects.select_for_update(of=("self",))
        .select_related("host", "project")
        .get(pk=internship.pk)
    )
    if fresh.state != InternshipState.CONFIRMED:
        raise Blocked(_("This is possible once the host has confirmed the days of the stay."))
    return fresh


@transaction.atomic
def report_practice(
    *, internship: Internship, author: User, title: str, joint_authors: Iterable[User] = (), **fields: Any
) -> GoodPractice:
    """A draft of the practice she saw, with all that is known of the host filled in.

    The same title twice from one author is one practice. `Blocked` before the days are confirmed.
    """
    fresh = _after_the_stay(internship)
    same = fresh.reported_practices.filter(practice__title=title, practice__authors__user=author).first()
    if same is not None:
        return same.practice
    host = fresh.host
    known: dict[str, Any] = {
        "kind": PracticeKind.TRAINEE,
        "language": fresh.project.language,
        "country": host.country,
        "city": host.city,
        "host": host,
        "host_name": host.name,
        "author_name": author.get_full_name(),
        "sectors": list(host.sectors),
        "target_groups": list(host.target_groups),
        "is_demo": fresh.is_demo,
    }
    practice = create_practice(
        author=author, joint_authors=tuple(joint_authors), title=title, **{**known, **fields}
    )
    ReportedPractice.objects.create(internship=fresh, practice=practice)
    return practice


@transaction.atomic
def report_host(*, internship: Internship, author: User, name: str, **fields: Any) -> Host:
    """A draft of a card for a host she met on her way.

    The same name twice from one author is one card. `Blocked` before the days are confirmed.
    """
    fresh = _after_the_stay(internship)
    same = fresh.reported_hosts.filter(host__name=name, host__created_by=author).first()
    if same is not None:
        return same.host
    known = {"language": fresh.project.language, "is_demo": fresh.is_demo}
    host = create_host(actor=author, name=name, **{**known, **fields})
    ReportedHost.objects.create(internship=fresh, host=host)
    return host
