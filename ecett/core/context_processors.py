"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ecett.core import nav

THEMES = ("light", "dark")


def portal(request: HttpRequest) -> dict[str, Any]:
    """Menu, demo mode, theme and the person's hats (all without a query of their own for visitors)."""
    theme = request.COOKIES.get("theme", "")
    user = request.user
    return {
        "nav": nav.entries(request),
        "demo_mode": settings.DEMO_MODE,
        "theme": theme if theme in THEMES else "",
        "hats": user.hats if user.is_authenticated else [],
        "hat": user.hat if user.is_authenticated else None,
    }
