"""Who and which request stand behind each row of the audit trail."""

from __future__ import annotations

from typing import Any

import pghistory
import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class AuditContextMiddleware:
    """Give the database's history rows the user, the hat and the request id of changing requests."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in settings.PGHISTORY_MIDDLEWARE_METHODS:
            return self.get_response(request)
        user = request.user
        hat = getattr(user, "hat", None)
        with pghistory.context(
            user=user.pk if user.is_authenticated else None,
            hat=str(hat.role) if hat else "",
            path=request.path[:200],
            request_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
        ):
            return self.get_response(request)
