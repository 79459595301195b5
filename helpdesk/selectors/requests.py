"""One request with all that its pages show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, User
from ecett.core import languages
from ecett.core.components.formats import date_range, day
from ecett.core.workflow import Action, available
from helpdesk.companions import parse_companions
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, Proposal, ProposalLog
from helpdesk.selectors.wording import country_names, labels
from trainees.models import TraineeLanguage, TraineeProfile

OPEN = (RequestState.DRAFT, RequestState.FILED, RequestState.PROPOSED)


def desk_languages() -> list[str]:
    """Languages in which somebody answers today."""
    desks = Membership.objects.current().filter(role=Role.HELPDESK, user__is_active=True)
    return sorted(set(desks.values_list("language", flat=True)))


def desk_members(language: str) -> list[User]:
    """Who serves a language, by name."""
    current = Membership.objects.current().filter(role=Role.HELPDESK, language=language)
    return list(User.objects.filter(is_active=True, memberships__in=current).order_by("sort_name", "pk"))


def with_page(requests: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
    """Requests with proposals, conversation, goals and concepts: a constant number of questions."""
    proposals = Proposal.objects.select_related("host", "sent_by").order_by("position", "pk")
    return requests.select_related("project__trainee", "project__employer", "assigned_to").prefetch_related(
        "project__goals", "concepts", "messages", Prefetch("proposals", queryset=proposals)
    )


def latest_request(project: Any) -> HelpRequest | None:
    """The request of a project that counts: the newest."""
    return with_page(HelpRequest.objects.filter(project=project)).order_by("-pk").first()


def request_facts(request: HelpRequest) -> list[tuple[str, str]]:
    """What is looked for, in the reader's words: (term, value) pairs."""
    return [
        (_("Looking for"), request.expertise),
        (_("Keywords"), labels(concept.code for concept in request.concepts.all())),
        (_("Sectors"), labels(request.sectors)),
        (_("Working with"), labels(request.target_groups)),
        (_("When"), when(request)),
        (_("Where"), where(request)),
        (_("Coming"), coming(request)),
        (_("Needs"), needs(request)),
        (_("Remarks"), request.remarks),
    ]


def desk_title(project: Any) -> str:
    """What the desk calls a request by: who asks, and about what."""
    return _("%(name)s: %(title)s") % {"name": project.trainee, "title": project.title}


def when(request: HelpRequest) -> str:
    """5 days between 1 March and 16 April 2027, and how far they may shift."""
    if not (request.start and request.end):
        return ""
    days = ngettext("%(n)s day", "%(n)s days", request.days) % {"n": request.days}
    dates = date_range(request.start, request.end)
    if (request.end - request.start).days + 1 > request.days:
        text = _("%(days)s between %(start)s and %(end)s") % {
            "days": days,
            "start": day(request.start),
            "end": day(request.end),
        }
    else:
        text = _("%(days)s, %(dates)s") % {"days": days, "dates": dates}
    if request.slack_days:
        shift = ngettext("may shift by %(n)s day", "may shift by %(n)s days", request.slack_days)
        text = f"{text}; {shift % {'n': request.slack_days}}"
    return text


def where(request: HelpRequest) -> str:
    """The countries wished; others are looked at too."""
    if not request.countries:
        return _("anywhere")
    return _("%(countries)s; open to others") % {"countries": country_names(request.countries)}


def coming(request: HelpRequest) -> str:
    """Who comes along."""
    others = max(request.people - 1, len(parse_companions(request.companions)))
    if not others:
        return _("alone")
    text = ngettext("with one colleague", "with %(n)s colleagues", others) % {"n": others}
    names = ", ".join(name for name, _email in parse_companions(request.companions))
    return f"{text}: {names}" if names else text


def needs(request: HelpRequest) -> str:
    """What the place must offer."""
    wanted = []
    if request.accessibility:
        wanted.append(_("reachable without steps"))
    if request.needs_accommodation:
        wanted.append(_("help with accommodation"))
    return ", ".join(wanted)


def spoken_by(trainee: User) -> str:
    """English C2, French B1."""
    rows = TraineeLanguage.objects.filter(profile__user=trainee).order_by("-level", "language")
    return ", ".join(f"{languages.name(row.language)} {row.level}" for row in rows)


def profile_of(trainee: User) -> TraineeProfile | None:
    """Her profile, if she has told one."""
    return TraineeProfile.objects.filter(user=trainee).first()


def who_is(request: HelpRequest) -> str:
    """Nurse at Galway Dual Diagnosis Unit, Galway."""
    profile, employer = profile_of(request.project.trainee), request.project.employer
    work = profile.profession if profile else ""
    place = f"{employer.name}, {employer.city}" if employer else ""
    if work and place:
        return _("%(work)s at %(place)s") % {"work": work, "place": place}
    return work or place


@dataclass(frozen=True)
class ProposalLine:
    """A proposal on a page: what it waits for, and the buttons the reader has."""

    proposal: Proposal
    note: str
    words: str
    actions: list[Action]


def proposal_lines(request: HelpRequest, user: Any, *, staff: bool) -> list[ProposalLine]:
    """The hosts asked or in line. The trainee sees neither who stands in line nor why one refused."""
    shown = [row for row in request.proposals.all() if staff or row.sent_at is not None]
    reasons = _reasons_of(request) if staff else {}
    lines = []
    for row in shown:
        row.request = request
        public = row.state in (ProposalState.ACCEPTED, ProposalState.COUNTERED)
        words = row.answer or reasons.get(row.pk, "")
        lines.append(
            ProposalLine(row, proposal_note(row), words if staff or public else "", available(row, user))
        )
    return lines


def _reasons_of(request: HelpRequest) -> dict[int, str]:
    rows = ProposalLog.objects.filter(subject__request=request).exclude(comment="")
    return dict(rows.values_list("subject_id", "comment"))


def proposal_note(row: Proposal) -> str:
    """When it was asked, answered, or until when it may answer."""
    asked = date_range(row.start, row.end)
    if row.state == ProposalState.SENT and row.answer_by:
        return _("%(dates)s · answer by %(day)s") % {"dates": asked, "day": day(row.answer_by, "short")}
    if row.state == ProposalState.COUNTERED:
        offered = date_range(row.counter_start, row.counter_end)
        return _("asked for %(dates)s, offers %(offered)s") % {"dates": asked, "offered": offered}
    return asked


def last_comment(request: HelpRequest, step: str) -> str:
    """What was said when it was last closed or withdrawn."""
    row = request.log.filter(step=step).order_by("-pk").first()
    return row.comment if row else ""


def history(request: HelpRequest) -> list[tuple[dt.datetime, str]]:
    """What happened, newest first, with who did it: two questions."""
    said = {
        "file": _("Sent to the helpdesk"),
        "withdraw": pgettext("request", "Withdrawn"),
        "close": _("Closed without a host"),
        "reopen": _("Taken up again"),
        "match": _("Matched"),
    }
    of_host = {
        "send": _("%(host)s asked"),
        "accept": _("%(host)s said yes"),
        "counter": _("%(host)s offered other dates"),
        "agree_dates": _("Dates of %(host)s agreed"),
        "refuse_dates": _("Dates of %(host)s refused"),
        "decline": _("%(host)s said no"),
        "withdraw": _("%(host)s no longer asked"),
        "expire": _("%(host)s did not answer in time"),
    }
    rows = [(row.at, row.actor_name, said[row.step]) for row in request.log.filter(step__in=said)]
    logs = ProposalLog.objects.filter(subject__request=request, step__in=of_host).select_related(
        "subject__host"
    )
    rows += [(row.at, row.actor_name, of_host[row.step] % {"host": row.subject.host.name}) for row in logs]
    rows.sort(key=lambda row: row[0], reverse=True)
    return [(at, f"{text} · {name}" if name else text) for at, name, text in rows]
