"""Views that programmes read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ecett.core.api.problems import Problem
from ecett.core.limits import Allowance, count_question
from ecett.core.permissions import public_view

METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponseBase]


def api_view(view: View) -> View:
    """A public view that programmes, and pages of other sites, may read: GET, HEAD and OPTIONS, so many questions a
    minute and address, an ETag, problems as problem details. It knows no session: everybody gets the same.
    """
    return _read_by_programmes(view, "api")


def export_view(view: View) -> View:
    """The same for a whole list at once, which is work: fewer times a minute."""
    return _read_by_programmes(view, "export")


def as_file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """The answer as a file to keep."""
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _most(scope: str) -> int:
    return int(settings.EXPORTS_A_MINUTE if scope == "export" else settings.API_QUESTIONS_A_MINUTE)


def _read_by_programmes(view: View, scope: str) -> View:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _opened(HttpResponse(status=204, headers={"Allow": METHODS}))
        allowance = count_question(request, scope=scope, most=_most(scope))
        response: HttpResponseBase
        try:
            _refuse(request, allowance)
            response = _conditional(request, view(request, *args, **kwargs))
        except Problem as problem:
            response = problem.response(request)
            patch_cache_control(response, no_store=True)
        window = f'"minute";q={allowance.most};w=60'
        response["RateLimit-Policy"] = window
        response["RateLimit"] = f'"minute";r={max(0, allowance.left)};t={allowance.seconds}'
        return _opened(response)

    return csrf_exempt(public_view(inner))


def answer(body: Any, *, changed_at: Any = None, headers: dict[str, str] | None = None) -> JsonResponse:
    """A JSON answer. ``changed_at``: when what it tells was changed last."""
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False}, headers=headers)
    if changed_at is not None:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def _refuse(request: HttpRequest, allowance: Allowance) -> None:
    if request.method not in ("GET", "HEAD"):
        raise Problem("method", headers={"Allow": METHODS})
    if allowance.spent:
        text = _("At most %(n)s questions a minute from one address. Ask again in %(seconds)s seconds.")
        raise Problem(
            "too-many",
            text % {"n": allowance.most, "seconds": allowance.seconds},
            headers={"Retry-After": str(allowance.seconds)},
        )


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With its ETag; 304 when the reader has this answer already."""
    # Answers may be kept, but whoever keeps one asks whether it still holds.
    patch_cache_control(response, public=True, no_cache=True)
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    set_response_etag(response)
    known = get_conditional_response(request, etag=response["ETag"], last_modified=None, response=response)
    return known or response


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    """Readable for pages of other sites, which send no cookies with it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, RateLimit, Retry-After"
    response["Access-Control-Max-Age"] = "86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
