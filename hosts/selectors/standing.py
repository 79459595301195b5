"""Whom to ask whether a card is still right, and who stays silent."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate

from ecett.core.models import Notification
from ecett.core.models.notification import NotificationState
from ecett.core.notifications.selectors import letters_about
from hosts.enums import HostStatus, Moderation
from hosts.models import Host, HostCheck
from hosts.silence import SilenceRules

_CHECK = HostCheck._meta.label_lower


def silence_rules() -> SilenceRules:
    """The waits as the settings say them."""
    return SilenceRules(**settings.HOST_SILENCE)


def open_checks() -> QuerySet[HostCheck]:
    """Questions that wait for an answer, the oldest letter first; a team that rests is not written to."""
    return (
        HostCheck.objects.filter(answered_on__isnull=True, host__moderation=Moderation.PUBLISHED)
        .exclude(host__status=HostStatus.INACTIVE)
        .order_by("last_letter_on", "pk")
    )


def hosts_to_ask(day: dt.date, rules: SilenceRules) -> QuerySet[Host]:
    """Teams whose year is over, the longest first: partners, and others that have confirmed their card once. An
    imported card that nobody has ever looked after is nobody's to answer for.
    """
    return _year_over(day, rules).exclude(spokesperson_email="")


def partners_without_address(day: dt.date, rules: SilenceRules) -> QuerySet[Host]:
    """Partners whose year is over and whom we cannot ask."""
    return _year_over(day, rules).filter(spokesperson_email="", status=HostStatus.PARTNER)


def _year_over(day: dt.date, rules: SilenceRules) -> QuerySet[Host]:
    return (
        Host.objects.published()
        .filter(
            Q(status=HostStatus.PARTNER) | Q(status=HostStatus.POTENTIAL, last_confirmed_on__isnull=False)
        )
        .exclude(pk__in=HostCheck.objects.filter(answered_on__isnull=True).values("host"))
        .annotate(heard=Coalesce(
            Greatest("last_confirmed_on", Max("checks__answered_on")), TruncDate("created_at")
        ))
        .filter(heard__lte=day - dt.timedelta(days=rules.ask_after))
        .order_by("heard", "pk")
    )  # fmt: skip


def silent_hosts() -> QuerySet[Host]:
    """Teams that lost their standing by silence and that the desk has not looked at."""
    return (
        Host.objects.published().exclude(silent_from="").defer("search", "marks").order_by("changed_at", "pk")
    )


def letter_is_lost(check: HostCheck) -> bool:
    """Whether the last letter has not left us."""
    last = letters_about(_CHECK, check.pk).values_list("state", flat=True).first()
    return last in (NotificationState.FAILED, NotificationState.QUEUED)


def undelivered_checks() -> QuerySet[HostCheck]:
    """Open questions of which a letter could not be delivered."""
    app, model = _CHECK.split(".")
    failed = Notification.objects.filter(
        content_type__app_label=app, content_type__model=model, state=NotificationState.FAILED
    )
    return open_checks().filter(pk__in=failed.values("object_id")).select_related("host")


def is_asked(host: Host) -> bool:
    """Whether a letter to the team waits for an answer."""
    return host.checks.filter(answered_on__isnull=True).exists()


def last_check(host: Host) -> HostCheck | None:
    """The latest question put to a team."""
    return host.checks.order_by("-asked_on", "-pk").first()
