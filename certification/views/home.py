"""The first page of certification: the ladder, the jury's dossiers, or the secretary's desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification.ladder_rules import all_rules, rules_on
from certification.models import Dossier
from certification.selectors.jury import (
    count_seats,
    seats_of,
    sessions_for,
    to_judge,
    waiting_dossiers,
    work_of,
)
from certification.selectors.ladder import condition_text, ladder_of
from certification.views.base import reader
from certification.views.ladder_page import next_words, rung_rows
from ecett.accounts.enums import Role
from ecett.core.clock import today


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """By the hat the person wears."""
    role = reader(request).role
    if role in (Role.JUROR, Role.CHAIR):
        return _jury(request)
    if role in (Role.SECRETARY, Role.ADMIN):
        return _secretary(request)
    return _ladder(request)


def _ladder(request: HttpRequest) -> HttpResponse:
    rungs = ladder_of(request.user)
    past = Dossier.objects.filter(candidate=reader(request)).exclude(
        pk__in=[rung.dossier.pk for rung in rungs if rung.dossier]
    )
    certificates = [one for rung in rungs for one in rung.certificates]
    context = {
        "rungs": rung_rows(request, rungs),
        "next": next_words(rungs),
        "crumbs": [(reader(request).get_full_name(), "")],
        "certificates": certificates,
        "past": past.order_by("-opened_on", "-pk"),
    }
    return render(request, "certification/ladder.html", context)


def _jury(request: HttpRequest) -> HttpResponse:
    dossiers = list(to_judge(request.user))
    seats = seats_of(dossiers)
    rows: list[dict[str, Any]] = []
    for dossier in dossiers:
        if dossier.session is None:
            continue
        own = next((seat for seat in seats[dossier.pk] if seat.user.pk == request.user.pk), None)
        rows.append(
            {
                "dossier": dossier,
                "work": work_of(dossier),
                "voted": bool(own and own.has_voted),
                "chair": bool(own and own.is_chair),
                "tally": count_seats(seats[dossier.pk], dossier.session.quorum),
            }
        )
    context = {
        "waiting": [row for row in rows if row["dossier"].state == "jury"],
        "decided": [row for row in rows if row["dossier"].state != "jury"][:50],
        "sessions": sessions_for(request.user)[:20],
    }
    return render(request, "certification/jury_home.html", context)


def _secretary(request: HttpRequest) -> HttpResponse:
    context = {
        "waiting": waiting_dossiers().count(),
        "oldest": waiting_dossiers().order_by("changed_at").first(),
        "sessions": sessions_for(request.user)[:10],
    }
    return render(request, "certification/secretary_home.html", context)


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """The rules of the ladder in words, with version, day and source."""
    rules = rules_on(today())
    levels = {
        "A": ("visit",),
        "B": ("stay_days", "practice", "competences", "publication", "workshop"),
        "C": ("days", "centres", "practices", "execution_project"),
        "D": ("certificate_C", "masterpiece", "practice_abroad", "teaching_support_months"),
    }
    context = {
        "rules": rules,
        "versions": list(reversed(all_rules())),
        "levels": [
            (level, [condition_text(code, rules) for code in codes]) for level, codes in levels.items()
        ],
    }
    return render(request, "certification/rules.html", context)
