"""What went wrong, as programmes read it: problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecett.core.api import ROOT

CONTENT_TYPE = "application/problem+json"
# {kind: (status, title)}; `ROOT#kind` is the address that explains it.
KINDS: Mapping[str, tuple[int, str | Promise]] = {
    "bad-question": (400, _("The question was not understood")),
    "not-found": (404, _("Nothing is published here")),
    "method": (405, _("This can only be read")),
    "withdrawn": (410, _("Withdrawn by its author")),
    "too-many": (429, _("Too many questions")),
}


class Problem(Exception):
    """An answer other than the one asked for. ``errors``: [{"parameter", "value", "detail"}] of a bad question."""

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}
        self.more = more

    def response(self, request: HttpRequest) -> JsonResponse:
        """The answer, in the reader's language."""
        status, title = KINDS[self.kind]
        body: dict[str, Any] = {
            "type": request.build_absolute_uri(f"{ROOT}#{self.kind}"),
            "title": str(title),
            "status": status,
            "instance": request.get_full_path()[:500],
        }
        if self.detail:
            body["detail"] = self.detail
        if self.errors:
            body["errors"] = list(self.errors)
        return JsonResponse(
            {**body, **self.more}, status=status, content_type=CONTENT_TYPE, headers=dict(self.headers)
        )


def not_found() -> Problem:
    """Nothing that anybody may read has this address."""
    return Problem("not-found", gettext("There is no published card with this address."))


# As it is described: every problem has these.
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {
                    "parameter": {"type": "string"},
                    "value": {"type": "string"},
                    "detail": {"type": "string"},
                    "choices": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": False,
            },
        },
    },
}
