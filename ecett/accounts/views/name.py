"""One's own name."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ecett.accounts.forms import NameForm
from ecett.accounts.models import User
from ecett.accounts.services import correct_name


@require_http_methods(["GET", "HEAD", "POST"])
def name_edit(request: HttpRequest) -> HttpResponse:
    """Correct one's name; papers already issued keep the one they were issued with."""
    user = cast(User, request.user)
    form = NameForm(
        request.POST if request.method == "POST" else None,
        initial={"first_name": user.first_name, "last_name": user.last_name},
    )
    if request.method == "POST" and form.is_valid():
        correct_name(user=user, **form.cleaned_data)
        messages.success(request, _("Your name is corrected."))
        return redirect("accounts:name_edit")
    return render(request, "accounts/name_edit.html", {"form": form}, status=422 if form.errors else 200)
