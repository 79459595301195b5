"""One host card and what stands around it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext

from ecett.accounts.enums import Role
from ecett.core.clock import today
from hosts.enums import Moderation
from hosts.freshness import Record, Replies, Stays, age
from hosts.models import Host, HostCheck, HostLog, HostPeriod
from hosts.selectors.listing import FRESH_DAYS, STANDING

RELATED = 4


def host_for_page(user: Any, public_id: str) -> Host | None:
    """The card with what its page shows, if this person may read it; a merged one for everybody: its address
    leads on.
    """
    hosts = Host.objects.select_related("organisation", "merged_into", "created_by").prefetch_related(
        "languages", "concepts", Prefetch("periods", HostPeriod.objects.order_by("start"))
    )
    visible = hosts.visible_to(user).filter(public_id=public_id).defer("search", "marks").first()
    if visible is not None:
        return visible
    return hosts.filter(public_id=public_id, moderation=Moderation.MERGED).first()


def periods_by_now(host: Host) -> tuple[list[HostPeriod], list[HostPeriod]]:
    """The card's periods that are on or to come, and those that are over (the last one first). One query at most."""
    rows = sorted(host.periods.all(), key=lambda row: (row.start, row.end))
    day = today()
    return [row for row in rows if row.end >= day], [row for row in reversed(rows) if row.end < day]


def surviving(host: Host) -> Host:
    """The card that speaks for this one after merging."""
    seen = {host.pk}
    while host.merged_into is not None and host.merged_into_id not in seen:
        host = host.merged_into
        seen.add(host.pk)
    return host


def former_card(host: Host, public_id: str) -> Host | None:
    """The published card that became part of this one and whose address somebody opened."""
    if not public_id.isalnum():
        return None
    merged = Host.objects.filter(public_id=public_id, moderation=Moderation.MERGED)
    former = merged.filter(log__step="merge", log__from_state=Moderation.PUBLISHED).first()
    return former if former and former.name != host.name and surviving(former) == host else None


def taken_back(public_id: str) -> HostLog | None:
    """When the helpdesk took a card back that everybody could read; None for cards that are shown or never were."""
    rows = HostLog.objects.filter(
        subject__public_id=public_id, step="reopen", from_state=Moderation.PUBLISHED
    ).exclude(subject__moderation__in=(Moderation.PUBLISHED, Moderation.MERGED))
    return rows.select_related("subject").order_by("-pk").first()


def question_of(host: Host) -> HostLog | None:
    """What the desk asked last, while the author has the card."""
    if host.moderation != Moderation.CHANGES:
        return None
    return host.log.filter(step="ask_changes").order_by("-pk").first()


def related_hosts(host: Host) -> list[Host]:
    """A few other published teams of the same sectors: those of the country first, then partners."""
    if not host.sectors:
        return []
    here = Case(When(country=host.country, then=Value(0)), default=Value(1), output_field=IntegerField())
    alike = Host.objects.published().filter(sectors__overlap=list(host.sectors)).exclude(pk=host.pk)
    fields = ("public_id", "name", "city", "country", "status", "sectors")
    return list(alike.only(*fields).order_by(here, STANDING, "sort_name")[:RELATED])


def record_of(host: Host) -> Record:
    """How far the card can be trusted, from what is kept on it: no query."""
    return Record(
        age(host.last_confirmed_on, today(), fresh_days=FRESH_DAYS or 0),
        Replies(host.asked_count, host.replied_count, host.median_reply_days),
        Stays(host.stay_count, host.cancelled_by_host, host.cancelled_by_trainee),
    )


def is_fresh(host: Host) -> bool:
    """Whether somebody confirmed the card within a year."""
    return record_of(host).age.fresh


def lacks_of(host: Host) -> list[str]:
    """What a visitor looks for first and the card does not say, by the names of the form. ``host``: with its languages
    read already (`host_for_page`).
    """
    names = ("city", "sectors", "summary", "expertise")
    lacks = [str(Host._meta.get_field(name).verbose_name) for name in names if not getattr(host, name)]  # type: ignore[union-attr]
    return lacks if host.languages.all() else [*lacks, gettext("working languages")]


def moderation_queue() -> QuerySet[Host]:
    """Cards that wait to be read, oldest first."""
    return (
        Host.objects.filter(moderation=Moderation.SUBMITTED)
        .select_related("created_by")
        .defer("search", "marks")
        .order_by("changed_at", "pk")
    )


def _teams_of(user: Any) -> list[int]:
    """The organisations she speaks for as a host."""
    return [hat.organisation_id for hat in user.hats if hat.role == Role.HOST and hat.organisation_id]


def own_hosts(user: Any) -> QuerySet[Host]:
    """The cards she wrote or speaks for, unfinished ones first."""
    places = _teams_of(user)
    mine = Host.objects.filter(created_by=user) | Host.objects.filter(organisation__in=places)
    return (
        mine.exclude(moderation=Moderation.MERGED).distinct().order_by("-changed_at").defer("search", "marks")
    )


def own_doubtful_hosts(user: Any) -> QuerySet[Host]:
    """The published cards of teams she speaks for that have grown old or that our letter asks about; each with
    ``asked_at``, when the letter went.
    """
    places = _teams_of(user)
    if not places:
        return Host.objects.none()
    asked = HostCheck.objects.filter(host=OuterRef("pk"), answered_on__isnull=True).values("created_at")[:1]
    confirmed = Q(last_confirmed_on__gte=today() - dt.timedelta(days=FRESH_DAYS or 0))
    cards = Host.objects.published().filter(organisation__in=places).annotate(asked_at=Subquery(asked))
    return cards.filter(~confirmed | Q(asked_at__isnull=False)).defer("search", "marks").order_by("pk")


def own_empty_hosts(user: Any) -> QuerySet[Host]:
    """Her published cards that do not say what the team does."""
    nothing = Q(summary="") | Q(expertise="")
    return own_hosts(user).filter(nothing, moderation=Moderation.PUBLISHED).order_by("changed_at")
