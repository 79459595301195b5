"""What the helpdesk's views share: scope first (404), right second (403)."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core.permissions import check
from helpdesk.models import HelpRequest
from helpdesk.selectors.inbox import with_unread
from helpdesk.selectors.requests import with_page

PROPOSE = "helpdesk.propose"
INBOX = "helpdesk.see_inbox"
#: What a form answers when something in it is wrong.
WRONG = 422


def find_request(request: HttpRequest, public_id: str, permission: str = "") -> HelpRequest:
    """A request the person may see, with all its page shows; with ``permission`` one she may do that to."""
    rows = with_unread(with_page(HelpRequest.objects.visible_to(request.user)))
    found: HelpRequest = get_object_or_404(rows, public_id=public_id)
    if permission:
        check(request.user, permission, found)
    return found


def person(request: HttpRequest) -> User:
    """Who is signed in; the views that ask are closed to everybody else."""
    return cast(User, request.user)


def request_page(found: HelpRequest, part: str = "") -> str:
    """The address of a request's page."""
    path = reverse("helpdesk:request_detail", args=[found.public_id])
    return f"{path}#{part}" if part else path


def status_of(*forms: Any) -> int:
    """200 for a fresh form, 422 for one that comes back."""
    return WRONG if any(form.is_bound for form in forms) else 200


def project_crumbs(found: HelpRequest) -> list[tuple[str, str]]:
    """Where the trainee is."""
    project = found.project
    number = _("Project %(number)s") % {"number": project.number}
    return [
        (_("My projects"), reverse("trainees:home")),
        (number, reverse("trainees:project_detail", args=[project.public_id])),
    ]
