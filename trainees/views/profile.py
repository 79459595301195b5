"""Profile and résumé: one page, three tables."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecett.accounts.enums import OrganisationKind
from ecett.accounts.models import Organisation
from ecett.core.search import clean, sort_key
from trainees import services
from trainees.forms.profile import LanguageRows, ProfileForm, ResumeRows
from trainees.forms.rows import filled, retyped, with_more
from trainees.models import TraineeProfile
from trainees.views.base import person

#: How many organisations are offered while one types.
OFFERED = 12
LANGUAGES, RESUME = "languages", "resume"


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Show and keep the profile. The buttons "add" give more lines and keep what was typed."""
    profile = TraineeProfile.objects.filter(user=person(request)).select_related("employer").first()
    if request.method != "POST":
        return _page(request, *_stored(profile))
    if "add" in request.POST:
        more = {name: 3 if request.POST["add"] == name else 1 for name in (LANGUAGES, RESUME)}
        return _page(
            request,
            retyped(ProfileForm, request.POST),
            with_more(LanguageRows, request.POST, prefix=LANGUAGES, more=more[LANGUAGES]),
            with_more(ResumeRows, request.POST, prefix=RESUME, more=more[RESUME]),
        )
    form = ProfileForm(request.POST)
    languages = LanguageRows(request.POST, prefix=LANGUAGES)
    resume = ResumeRows(request.POST, prefix=RESUME)
    if not all([form.is_valid(), languages.is_valid(), resume.is_valid()]):
        return _page(request, form, languages, resume, status=422)
    employer = _employer(form.cleaned_data, request)
    names = ("profession", "sector", "qualification", "phone", "about", "employer_contact", "employer_email")
    services.save_profile(
        user=person(request),
        languages=[(row["language"], row["level"]) for row in languages.kept],
        resume=resume.kept,
        employer=employer,
        employer_language=form.cleaned_data["employer_language"],
        **{name: form.cleaned_data[name] for name in names},
    )
    messages.success(request, _("Your profile is saved."))
    return redirect("trainees:home" if "leave" in request.POST else "trainees:profile")


def _employer(found: dict[str, Any], request: HttpRequest) -> Organisation | None:
    if found["employer"] or not found["employer_name"]:
        known: Organisation | None = found["employer"]
        return known
    employer = services.find_or_add_employer(
        name=found["employer_name"],
        country=found["employer_country"],
        city=found["employer_city"],
        language=person(request).language,
    )
    if employer.latitude is None:
        text = _("We do not know where %(town)s lies. The coordinator of the grant will type the distance.")
        messages.info(request, text % {"town": employer.city})
    return employer


def _stored(profile: TraineeProfile | None) -> tuple[Any, Any, Any]:
    if profile is None:
        return (
            ProfileForm(),
            filled(LanguageRows, [], prefix=LANGUAGES, empty=2),
            filled(ResumeRows, [], prefix=RESUME),
        )
    names = ("profession", "sector", "qualification", "phone", "about", "employer_contact", "employer_email")
    initial = {name: getattr(profile, name) for name in (*names, "employer_language")}
    if profile.employer:
        initial |= {
            "employer_name": profile.employer.name,
            "employer_country": str(profile.employer.country),
            "employer_city": profile.employer.city,
        }
    return (
        ProfileForm(initial=initial),
        filled(LanguageRows, list(profile.languages.values("language", "level")), prefix=LANGUAGES),
        filled(
            ResumeRows,
            list(profile.resume.values("kind", "title", "place", "start_year", "end_year", "note")),
            prefix=RESUME,
        ),
    )


def _page(request: HttpRequest, form: Any, languages: Any, resume: Any, status: int = 200) -> HttpResponse:
    context = {"form": form, "languages": languages, "resume": resume}
    return render(request, "trainees/profile.html", context, status=status)


@require_safe
def organisation_options(request: HttpRequest) -> HttpResponse:
    """Employers whose name begins like what is being typed, as options of the field."""
    typed = sort_key(clean(request.GET.get("employer_name", "")[:100]))
    found: Any = []
    if len(typed) >= 2:
        kinds = (OrganisationKind.SENDING, OrganisationKind.SIGNATORY, OrganisationKind.HOSTING)
        found = Organisation.objects.filter(sort_name__startswith=typed, kind__in=kinds)[:OFFERED]
    return render(request, "trainees/_organisation_options.html", {"organisations": found})
