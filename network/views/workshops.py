"""Workshops: the list, one workshop with what was presented there, and the forms."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ecett.accounts.models import User
from ecett.core.clock import today
from ecett.core.permissions import check, requires
from ecett.core.views.steps import attempt, perform_or_message
from network import services
from network.forms import PresentForm, WorkshopForm, workshop_initial
from network.models import Presentation, Workshop
from network.selectors import presentations_of, workshop_next, workshops_for

PER_PAGE = 25


@require_safe
@requires("network.see_workshops")
def home(request: HttpRequest) -> HttpResponse:
    """All workshops, latest first."""
    page = Paginator(workshops_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "keeps": request.user.has_perm("network.keep_workshops"), "today": today()}
    return render(request, "network/workshop_list.html", context)


def reader(request: HttpRequest) -> User:
    """The signed-in person (every page of this room asks for one)."""
    return cast(User, request.user)


def _find(request: HttpRequest, public_id: str, permission: str = "") -> Workshop:
    found = get_object_or_404(Workshop.objects.visible_to(request.user), public_id=public_id)
    if permission:
        check(request.user, permission, found)
    return found


@require_safe
def workshop_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was presented, and the form to say so."""
    workshop = _find(request, public_id)
    return _page(request, workshop, PresentForm(user=request.user, workshop=workshop))


def _page(request: HttpRequest, workshop: Workshop, form: PresentForm, status: int = 200) -> HttpResponse:
    keeps = request.user.has_perm("network.keep_workshops")
    presentations = list(presentations_of(workshop, request.user, all_of_them=keeps))
    may_present = form.fields["practice"].queryset.exists()  # type: ignore[attr-defined]
    context = {
        "workshop": workshop,
        "presentations": presentations,
        "next": workshop_next(workshop, presentations, request.user, keeps=keeps, may_present=may_present),
        "form": form,
        "may_present": may_present,
        "keeps": keeps,
        "over": workshop.day <= today(),
        "crumbs": [(_("Workshops"), reverse("network:home")), (workshop.title, "")],
    }
    return render(request, "network/workshop_detail.html", context, status=status)


@require_POST
def present(request: HttpRequest, public_id: str) -> HttpResponse:
    """I present this practice here. A second click finds the practice named already."""
    workshop = _find(request, public_id, "network.add_presentation")
    then = reverse("network:workshop_detail", args=[public_id])
    named = Presentation.objects.filter(
        workshop=workshop,
        presenter=reader(request),
        practice__public_id=request.POST.get("practice", "").replace("\x00", "")[:20],
    )
    if named.exists():
        messages.info(request, _("You have said so already."))
        return redirect(then)
    form = PresentForm(request.POST, user=request.user, workshop=workshop)
    if not form.is_valid():
        return _page(request, workshop, form, status=422)
    outcome = attempt(
        lambda: services.present_practice(
            workshop=workshop,
            practice=form.cleaned_data["practice"],
            presenter=reader(request),
            actor=request.user,
        )
    )
    for reason in outcome.reasons:
        messages.warning(request, reason)
    if outcome.done:
        messages.success(request, _("Noted. It counts once the secretary or the desk has confirmed it."))
    return redirect(then)


def _find_presentation(request: HttpRequest, public_id: str) -> Presentation:
    rows = Presentation.objects.select_related("workshop", "practice")
    if not request.user.has_perm("network.keep_workshops"):
        rows = rows.filter(presenter=reader(request))
    return get_object_or_404(rows, public_id=public_id)


@require_POST
def presentation_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """It took place."""
    found = _find_presentation(request, public_id)
    check(request.user, "network.keep_workshops")
    return perform_or_message(
        request,
        lambda: services.confirm_presentation(presentation=found, actor=request.user),
        said=_("Confirmed."),
        then=reverse("network:workshop_detail", args=[found.workshop.public_id]),
    )


@require_POST
def presentation_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """It did not take place, or was a mistake."""
    found = _find_presentation(request, public_id)
    return perform_or_message(
        request,
        lambda: services.withdraw_presentation(presentation=found, actor=request.user),
        said=_("Taken away."),
        then=reverse("network:workshop_detail", args=[found.workshop.public_id]),
    )


@requires("network.keep_workshops")
def workshop_new(request: HttpRequest) -> HttpResponse:
    """Announce a workshop."""
    return _edit(request, None)


@requires("network.keep_workshops")
def workshop_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a workshop."""
    return _edit(request, _find(request, public_id))


def _edit(request: HttpRequest, workshop: Workshop | None) -> HttpResponse:
    form = WorkshopForm(
        request.POST or None, initial=workshop_initial(workshop) if workshop else {"language": "en"}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            saved = services.save_workshop(actor=request.user, workshop=workshop, **form.cleaned_data)
            messages.success(request, _("The workshop is saved."))
            return redirect("network:workshop_detail", saved.public_id)
    title = _("Change the workshop") if workshop else _("New workshop")
    context = {
        "form": form,
        "title": title,
        "workshop": workshop,
        "crumbs": [(_("Workshops"), reverse("network:home")), (title, "")],
    }
    return render(request, "network/workshop_form.html", context, status=status)
