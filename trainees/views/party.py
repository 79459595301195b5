"""The home of those who speak for a host or an employer and have an account."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trainees.selectors.party import is_party, stays_of_party
from trainees.selectors.todos import waiting_for_party

PAGE_SIZE = 25


@require_safe
def party_home(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; then every stay at the host or of the employees."""
    if not is_party(request.user):
        raise PermissionDenied(_("This page is for people who speak for a host or an employer."))
    context = {
        "waiting": sorted(waiting_for_party(request.user), key=lambda item: item.since),
        "page": Paginator(stays_of_party(request.user), PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "trainees/party_home.html", context)
