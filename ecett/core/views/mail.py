"""The demo's letter box: in demo mode no letter leaves the machine, and anyone may read what was written."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from ecett.core.models import Notification
from ecett.core.notifications.letters import linked
from ecett.core.notifications.selectors import outbox
from ecett.core.permissions import demo_only

PAGE_SIZE = 25
# A letter shows its own colours and nothing else: no scripts, no pictures from elsewhere, no forms.
LETTER_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": [],
}


@demo_only
@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    """All letters, newest first; ``?to=`` narrows to an address or a name."""
    wanted = request.GET.get("to", "").replace("\x00", "").strip()[:200]
    letters = outbox(email=wanted).defer("text", "html", "error")
    page = Paginator(letters, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "core/mail/outbox.html", {"page": page, "wanted": wanted})


@demo_only
@never_cache
def demo_mail_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One letter: its text with links that work, and its HTML part as a mail program shows it."""
    letter = get_object_or_404(Notification, public_id=public_id)
    return render(request, "core/mail/letter.html", {"letter": letter, "text": linked(letter.text)})


@demo_only
@never_cache
@xframe_options_sameorigin
@csp_replace(LETTER_POLICY)  # type: ignore[arg-type]
def demo_mail_html(request: HttpRequest, public_id: str) -> HttpResponse:
    """The HTML part alone, as a mail program shows it."""
    letter = get_object_or_404(Notification, public_id=public_id)
    return HttpResponse(letter.html)
