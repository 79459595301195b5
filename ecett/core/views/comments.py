"""The comment beside a button: read in one way everywhere, and given back when it is too long."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ecett.core.fields import LONG_TEXT
from ecett.core.search import clean


class CommentTooLong(Exception):
    """More than a comment may hold. `CommentMiddleware` answers with a page on which it can be shortened."""

    def __init__(self, name: str, text: str, limit: int) -> None:
        super().__init__(f"{name}: {len(text)} characters")
        self.name, self.text, self.limit = name, text, limit


def comment_of(request: HttpRequest, name: str = "comment", *, limit: int = LONG_TEXT) -> str:
    """The text of this POST field without invisible characters; raises `CommentTooLong`, never cuts."""
    text = clean(request.POST.get(name, ""))
    if len(text) > limit:
        raise CommentTooLong(name, text, limit)
    return text


class CommentMiddleware:
    """A comment that is too long comes back in a field of its own, with everything else that was sent (422)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, CommentTooLong):
            return None
        others = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in (exception.name, "csrfmiddlewaretoken")
        ]
        context = {
            "path": request.get_full_path(),
            "name": exception.name,
            "text": exception.text,
            "length": len(exception.text),
            "limit": exception.limit,
            "others": others,
        }
        return render(request, "core/comment_too_long.html", context, status=422)
