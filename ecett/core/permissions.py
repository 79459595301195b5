"""Deny by default: public views are marked, rights are predicates, and a refusal has a reason.

Scope first (``Model.objects.visible_to(user)``, outside it 404), right second (a ``rules`` predicate, without it 403).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import rules
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rules.predicates import Predicate

from ecett.core.actors import LINK, SYSTEM, Actor

View = TypeVar("View", bound=Callable[..., Any])


def public_view(view: View) -> View:
    """Mark a view that needs no account. A test lists them all."""
    view.public = True  # type: ignore[attr-defined]
    return login_not_required(view)


def demo_only(view: View) -> View:
    """Mark a public view that exists in demo mode only; elsewhere its address does not exist."""
    from django.conf import settings
    from django.http import Http404

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.DEMO_MODE:
            raise Http404
        return view(request, *args, **kwargs)

    return public_view(inner)  # type: ignore[return-value]


def requires(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Ask for a right that concerns no single object; without it 403."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check(request.user, permission)
            return view(request, *args, **kwargs)

        inner.permission = permission  # type: ignore[attr-defined]
        return inner

    return decorate


def check(user: Any, permission: str, obj: object = None, *, reason: str = "") -> None:
    """Raise ``PermissionDenied`` with a reason in the reader's language unless the user has the right."""
    if not user.has_perm(permission, obj):
        raise PermissionDenied(reason or _("Your role does not give you this page."))


# ── Predicates over actors, for transitions ─────────────────────────────────────────────────────────────────────
def may(permission: str) -> Predicate:
    """The acting person has the right on the object (a ``rules`` permission over users)."""

    @rules.predicate(f"may {permission}")
    def has_right(actor: Actor, obj: object) -> bool:
        return actor.user is not None and actor.user.has_perm(permission, obj)

    return has_right


def via_link(purpose: str) -> Predicate:
    """The actor holds a signed link made for this purpose and this very object."""

    @rules.predicate(f"link {purpose}")
    def holds_link(actor: Actor, obj: Any) -> bool:
        return actor.via == LINK and actor.purpose == purpose and actor.subject == obj.pk

    return holds_link


@rules.predicate
def is_system(actor: Actor, obj: object) -> bool:
    """The portal itself acts (beat, sweeps, consequences of another step)."""
    return actor.via == SYSTEM
