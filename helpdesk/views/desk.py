"""The desk: what needs me now, a request with the hosts that fit, what is over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from ecett.core import languages
from ecett.core.permissions import check
from ecett.core.views.steps import perform_or_message
from ecett.core.workflow import available
from helpdesk import services
from helpdesk.enums import ProposalState, RequestState
from helpdesk.filters import archive_filter, open_filter
from helpdesk.forms import MessageForm
from helpdesk.models import HelpRequest
from helpdesk.selectors.inbox import Waiting, archive, desk_of, served, waiting_of
from helpdesk.selectors.ranking import judge_hosts, rank_for
from helpdesk.selectors.requests import (
    desk_title,
    history,
    last_comment,
    proposal_lines,
    request_facts,
    spoken_by,
    who_is,
)
from helpdesk.services.proposals import OPEN as PROPOSAL_OPEN
from helpdesk.tables import ArchiveTable
from helpdesk.views.base import INBOX, PROPOSE, find_request, person, request_page
from hosts.models import Host

#: Hosts shown at first, and when one asks for more.
SHORT, LONG = 5, 25
FOUND_BY_NAME = 8
LIVING = (RequestState.FILED, RequestState.PROPOSED)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Oldest first; what waits for somebody else is folded."""
    check(request.user, INBOX)
    filtered = open_filter(request.GET, served(request.user))
    desk = desk_of(request.user, filtered.qs)
    narrowed = _narrowed(request)
    context = {
        "desk": desk,
        "filter": filtered,
        "narrowed": narrowed,
        "invalid": bool(narrowed) and not filtered.form.is_valid(),
        "desk_name": desk_name(request),
    }
    return render(request, "helpdesk/inbox.html", context)


@require_safe
def request_archive(request: HttpRequest) -> HttpResponse:
    """Requests that are over."""
    check(request.user, INBOX)
    filtered = archive_filter(request.GET, archive(request.user))
    table = ArchiveTable(filtered.qs)
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    narrowed = _narrowed(request)
    context = {
        "table": table,
        "filter": filtered,
        "total": table.page.paginator.count,
        "narrowed": narrowed,
        "invalid": bool(narrowed) and not filtered.form.is_valid(),
        "desk_name": desk_name(request),
    }
    return render(request, "helpdesk/archive.html", context)


def _narrowed(request: HttpRequest) -> int:
    """How many filters are on."""
    return sum(bool(value.strip()) for name in ("q", "state") for value in request.GET.getlist(name))


def desk_name(request: HttpRequest) -> str:
    """Which desk: its language, or all of them for the administrator."""
    hat = person(request).hat
    if hat is None or not hat.language:
        return _("All helpdesks")
    return _("Helpdesk: %(language)s") % {"language": languages.name(hat.language)}


def desk_page(request: HttpRequest, found: HelpRequest, form: MessageForm, status: int = 200) -> HttpResponse:
    """One request as the desk sees it, with the hosts that fit."""
    check(request.user, PROPOSE, found)
    living = found.state in LIVING
    waiting = waiting_of(found) if living else None
    more = request.GET.get("more") == "1"
    asked = {row.host_id: row for row in found.proposals.all()}
    context = {
        "help_request": found,
        "project": found.project,
        "title": desk_title(found.project),
        "desk": desk_of(request.user),
        "desk_name": desk_name(request),
        "who": who_is(found),
        "facts": [*request_facts(found), (_("Languages"), spoken_by(found.project.trainee))],
        "public_state": RequestState[found.state.upper()].public_label,
        "waiting": waiting,
        "next_text": _next_text(waiting) if waiting else "",
        "jump": _jump(waiting) if waiting else None,
        "lines": proposal_lines(found, request.user, staff=True),
        "living": living,
        "ranked": rank_for(found, limit=LONG if more else SHORT) if living else None,
        "more": more,
        "asked": asked,
        "open_asked": {pk for pk, row in asked.items() if row.state in PROPOSAL_OPEN},
        "conversation": list(found.messages.all()),
        "form": form,
        "may_write": found.state != RequestState.DRAFT,
        "actions": [action for action in available(found, request.user) if action.name == "close"],
        "history": history(found),
        "ending": ending(found),
        "max_asked": services.MOST_ASKED,
        **_by_name(request, found, living),
    }
    return render(request, "helpdesk/request_desk.html", context, status=status)


def ending(found: HelpRequest) -> dict[str, str] | None:
    """Of a request that is over: what became of it, and the reason that was given."""
    if found.state == RequestState.MATCHED:
        hosts = [row.host.name for row in found.proposals.all() if row.state == ProposalState.ACCEPTED]
        text = _("%(host)s has said yes. The trainee plans the stay now.") % {"host": ", ".join(hosts)}
        return {"text": text, "reason": ""}
    if found.state == RequestState.CLOSED:
        text = _("nothing, unless the trainee changes the request and sends it again.")
        return {"text": text, "reason": last_comment(found, "close")}
    if found.state == RequestState.WITHDRAWN:
        text = _("nothing, unless the trainee takes the request up again.")
        return {"text": text, "reason": last_comment(found, "withdraw")}
    return None


def _next_text(waiting: Waiting) -> str:
    """The one line on top: what the desk does now, or who is waited for."""
    said = {
        "wrote": _("answer what the trainee wrote."),
        "dates": _("the trainee, or you for her, say whether the host's dates suit."),
        "propose": _("choose the hosts to ask."),
    }
    return said.get(waiting.kind) or _("a host answers. You need not do anything.")


def _jump(waiting: Waiting) -> tuple[str, str] | None:
    """Where on the page the desk acts, and what the button that leads there says."""
    places = {
        "wrote": ("conversation", _("Answer")),
        "dates": ("asked", _("See the dates")),
        "propose": ("hosts", _("See the hosts")),
    }
    return places.get(waiting.kind)


def _by_name(request: HttpRequest, found: HelpRequest, living: bool) -> dict[str, Any]:
    """Hosts the desk looks for by name, each with what matching says of it."""
    sought = request.GET.get("host", "").replace("\x00", "").strip()[:100]
    if not sought or not living:
        return {"sought": "", "by_name": []}
    hosts = Host.objects.published().filter(name__icontains=sought).defer("search", "marks")
    return {
        "sought": sought,
        "by_name": judge_hosts(found, hosts.order_by("sort_name", "pk")[:FOUND_BY_NAME]),
    }


@require_POST
def request_assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take care of it oneself, or give it back to all."""
    found = find_request(request, public_id, PROPOSE)
    to = person(request) if request.POST.get("to") == "me" else None
    said = _("%(name)s takes care of it.") % {"name": to} if to else _("It is there for everybody again.")
    return perform_or_message(
        request,
        lambda: services.assign_request(request=found, to=to, actor=person(request)),
        said=said,
        then=request_page(found),
    )


@require_POST
def request_read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Nothing to answer to what the trainee wrote."""
    found = find_request(request, public_id, PROPOSE)
    return perform_or_message(
        request,
        lambda: services.mark_read(request=found, actor=person(request)),
        said=_("Marked as read."),
        then=request_page(found),
    )
