"""Short true texts: accessibility and privacy."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ecett.core.permissions import public_view


@public_view
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the portal can be used by everybody, and whom to tell where it cannot."""
    return render(request, "portal/accessibility.html", {"email": contact()})


@public_view
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, how long, and who sees it."""
    return render(request, "portal/privacy.html", {"email": contact()})


def contact() -> str:
    """The address that letters come from is the one that people write to."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
