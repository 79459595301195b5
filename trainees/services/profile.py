"""What is written about the trainee herself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from ecett.accounts.enums import OrganisationKind
from ecett.accounts.models import Organisation, User
from ecett.core.search import sort_key
from ecett.core.towns import find_town
from trainees.enums import ProjectState
from trainees.models import Project, ResumeEntry, TraineeLanguage, TraineeProfile

PROFILE_FIELDS = (
    "profession",
    "sector",
    "qualification",
    "employer",
    "employer_contact",
    "employer_email",
    "employer_language",
    "phone",
    "about",
)
EMPLOYER_FIELDS = ("employer", "employer_contact", "employer_email", "employer_language")


@transaction.atomic
def save_profile(
    *,
    user: User,
    languages: Iterable[tuple[str, str]] | None = None,
    resume: Iterable[Mapping[str, Any]] | None = None,
    **fields: Any,
) -> TraineeProfile:
    """Keep the profile; ``languages`` (code, CEFR) and ``resume`` (fields of `ResumeEntry`) replace the old.

    Projects still in planning that lack something about the employer take it over. Raises TypeError for a
    field that a profile has not.
    """
    unknown = set(fields) - set(PROFILE_FIELDS)
    if unknown:
        raise TypeError(f"a profile has no {', '.join(sorted(unknown))}")
    profile, _made = TraineeProfile.objects.select_for_update().get_or_create(user=user)
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.save()
    if languages is not None:
        profile.languages.all().delete()
        TraineeLanguage.objects.bulk_create(
            TraineeLanguage(profile=profile, language=code, level=level)
            for code, level in dict(languages).items()
        )
    if resume is not None:
        profile.resume.all().delete()
        ResumeEntry.objects.bulk_create(ResumeEntry(profile=profile, **row) for row in resume)
    for project in Project.objects.select_for_update().filter(trainee=user, state=ProjectState.PLAN):
        if take_employer(project, profile):
            project.save(update_fields=[*EMPLOYER_FIELDS, "changed_at"])
    return profile


def take_employer(project: Project, profile: TraineeProfile) -> bool:
    """Fill what a project does not know of the employer from the profile; whether anything was filled.

    A project that names another employer keeps its own.
    """
    if project.employer_id and project.employer_id != profile.employer_id:
        return False
    missing = [name for name in EMPLOYER_FIELDS if not getattr(project, name) and getattr(profile, name)]
    for name in missing:
        setattr(project, name, getattr(profile, name))
    return bool(missing)


@transaction.atomic
def find_or_add_employer(*, name: str, country: str, city: str, language: str = "en") -> Organisation:
    """The organisation of this name in this town, or a new one with the town's coordinates (if known)."""
    key = sort_key(name)[:300]
    known = Organisation.objects.filter(sort_name=key, country=country)
    for organisation in known:
        if sort_key(organisation.city) == sort_key(city):
            return organisation
    town = find_town(city, country)
    return Organisation.objects.create(
        name=name,
        kind=OrganisationKind.SENDING,
        country=country,
        city=city,
        latitude=town.latitude if town else None,
        longitude=town.longitude if town else None,
        language=language,
    )
