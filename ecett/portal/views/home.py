"""The front page: for visitors what ECETT is, for everybody else what needs them now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ecett.core import todo
from ecett.core.permissions import public_view


@public_view
def home(request: HttpRequest) -> HttpResponse:
    """Public home or the person's own."""
    if not request.user.is_authenticated:
        return render(request, "portal/welcome.html")
    items = todo.todos(request.user)
    return render(
        request,
        "portal/home.html",
        {"mine": [item for item in items if item.mine], "others": [item for item in items if not item.mine]},
    )
