"""Cards that may be the same: the desk's list, two cards side by side, the merge and its undoing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from ecett.core.components.formats import number
from ecett.core.permissions import check, requires
from ecett.core.versions import version
from ecett.core.views.comments import comment_of
from ecett.core.views.steps import attempt, perform_or_message
from ecett.core.workflow import perform
from hosts.models import DuplicatePair, Host, HostMerge
from hosts.models.duplicate import SearchState
from hosts.selectors.duplicates import (
    countries_of,
    last_search,
    moving_with,
    open_pairs,
    pairs_visible_to,
)
from hosts.services import merge_hosts, undo_merge
from hosts.services.duplicates import ask_search, tell_apart
from hosts.views import lists
from hosts.views.comparing import Compared, compared, keeper, read_answers
from hosts.wording import reason_of, things

PAIRS_A_PAGE = 25
MOST_AT_ONCE = 100


@requires("hosts.merge_hosts")
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs that nobody has settled, the likeliest first; several can be told apart at once, after a preview."""
    if request.method == "POST":
        return _tell_apart(request)
    pairs = open_pairs(request.user)
    countries = countries_of(pairs)
    country = request.GET.get("country", "")
    known = not country or country in dict(countries)
    if country:
        pairs = pairs.filter(first__country=country)
    page = Paginator(pairs, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    search = last_search()
    context = {
        "rows": [_line(pair) for pair in page],
        "page_obj": page,
        "countries": [(code, lists.country_name(code), many) for code, many in countries],
        "country": country,
        "known": known,
        "search": search,
        "progress": _progress(search),
        "bulk": [("different", _("They are two teams"))],
    }
    return render(request, "hosts/duplicate_list.html", context)


@requires("hosts.merge_hosts")
@require_POST
def duplicate_search(request: HttpRequest) -> HttpResponse:
    """Let the worker look through all cards."""
    ask_search(actor=request.user)
    return redirect("hosts:duplicate_list")


@requires("hosts.merge_hosts")
@require_safe
def duplicate_progress(request: HttpRequest) -> HttpResponse:
    """How far the worker is; once it has ended the whole page is fetched again."""
    search = last_search()
    progress = _progress(search)
    if progress is None:
        return HttpResponseClientRefresh()
    return render(request, "hosts/_duplicate_progress.html", {"search": search, "progress": progress})


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two cards side by side: merge them field by field, or say that they are two teams."""
    check(request.user, "hosts.merge_hosts")
    pair = get_object_or_404(pairs_visible_to(request.user), public_id=public_id)
    here = reverse("hosts:duplicate_detail", args=[pair.public_id])
    intent = request.POST.get("intent", "")
    if request.method == "POST" and intent in ("tell_apart", "ask_again"):
        said = _("Noted: they are two teams.") if intent == "tell_apart" else _("They may be the same again.")
        then = reverse("hosts:duplicate_list") if intent == "tell_apart" else here
        comment = comment_of(request, limit=2000)
        return perform_or_message(
            request, lambda: perform(pair, intent, actor=request.user, comment=comment), said=said, then=then
        )
    stays, goes = _sides(request, pair)
    rows = compared(stays, goes, chosen=request.POST if intent == "merge" else {})
    if request.method == "POST" and intent == "merge":
        fields = read_answers(rows)
        seen = request.POST.get("seen_goes", ""), request.POST.get("seen_stays", "")
        outcome = attempt(
            lambda: merge_hosts(host=goes, into=stays, actor=request.user, fields=fields, seen=seen)
        )
        if outcome.done:
            messages.success(
                request, _("Merged. The old address now leads to this card; you can undo this below.")
            )
            return redirect("hosts:host_detail", public_id=stays.public_id)
        for reason in outcome.reasons:
            messages.warning(request, reason)
        status = outcome.status
    else:
        status = 200
    return render(request, "hosts/duplicate_detail.html", _context(pair, stays, goes, rows), status=status)


@require_POST
def merge_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two cards again."""
    check(request.user, "hosts.merge_hosts")
    merge = get_object_or_404(HostMerge.objects.select_related("loser", "survivor"), public_id=public_id)
    outcome = attempt(lambda: undo_merge(merge=merge, actor=request.user))
    for reason in outcome.reasons:
        messages.warning(request, reason)
    if outcome.value is not None:
        messages.success(request, _("Undone. Both cards stand for themselves again."))
        if outcome.value.kept:
            names = ", ".join(str(Host._meta.get_field(name).verbose_name) for name in outcome.value.kept)  # type: ignore[union-attr]
            text = _("Changed since the merge, and so left as it is: %(fields)s.") % {"fields": names}
            messages.info(request, text)
    shown = merge.loser if outcome.done else merge.survivor
    return redirect("hosts:host_detail", public_id=shown.public_id)


def _tell_apart(request: HttpRequest) -> HttpResponse:
    """A preview of what is chosen, then the deed."""
    chosen = [code.replace("\x00", "") for code in request.POST.getlist("chosen")[:MOST_AT_ONCE]]
    pairs = list(open_pairs(request.user).filter(public_id__in=chosen))
    if not pairs or request.POST.get("action", "different") != "different":
        messages.warning(request, _("Nothing was chosen."))
        return redirect("hosts:duplicate_list")
    if not request.POST.get("sure"):
        left = len(set(chosen)) - len(pairs)
        context = {"rows": [_line(pair) for pair in pairs], "left": left}
        return render(request, "hosts/duplicate_apart.html", context)
    outcome = attempt(lambda: tell_apart(pairs=pairs, actor=request.user))
    for reason in outcome.reasons:
        messages.warning(request, reason)
    if outcome.done:
        n = len(pairs)
        said = ngettext("%(n)s pair: two teams", "%(n)s pairs: two teams each", n) % {"n": number(n)}
        messages.success(request, said)
    return redirect("hosts:duplicate_list")


def _sides(request: HttpRequest, pair: DuplicatePair) -> tuple[Host, Host]:
    """(the card that stays, the card that goes): as asked in the address or the form, else the sensible one."""
    asked = request.POST.get("stays") or request.GET.get("stays")
    stays = next((host for host in (pair.first, pair.second) if host.public_id == asked), None)
    stays = stays or keeper(pair.first, pair.second, moving_with([pair.first, pair.second]))
    return stays, pair.second if stays == pair.first else pair.first


def _context(pair: DuplicatePair, stays: Host, goes: Host, rows: list[Compared]) -> Mapping[str, Any]:
    moving = moving_with([goes])
    return {
        "pair": pair,
        "stays": stays,
        "goes": goes,
        "rows": rows,
        "same": [row for row in rows if not row.differs],
        "differing": [row for row in rows if row.differs],
        "moving": [(things(model), number(many)) for model, many in moving.get(goes.pk, {}).items()],
        "reasons": [reason_of(kind, detail) for kind, detail in pair.reasons],
        "seen": (version(goes), version(stays)),
        "crumbs": [
            (_("Hosts"), reverse("hosts:host_list")),
            (_("Cards that may be the same"), reverse("hosts:duplicate_list")),
        ],
    }


def _line(pair: DuplicatePair) -> dict[str, Any]:
    return {
        "pair": pair,
        "cards": [
            {"host": host, "place": lists.place_of(host.city, host.country)}
            for host in (pair.first, pair.second)
        ],
        "why": [reason_of(kind, detail) for kind, detail in pair.reasons],
    }


def _progress(search: Any) -> dict[str, Any] | None:
    """What the progress line shows while the worker looks; None when it does not."""
    if search is None or search.state not in (SearchState.QUEUED, SearchState.RUNNING):
        return None
    known = search.total > 0
    return {
        "value": search.done if known else None,
        "total": search.total or 100,
        "poll": reverse("hosts:duplicate_progress"),
        "note": _("%(done)s of %(total)s cards")
        % {"done": number(search.done), "total": number(search.total)}
        if known
        else _("begun"),
    }
