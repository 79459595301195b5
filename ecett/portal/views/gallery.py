"""The gallery: every part pages are made of, in each of its states. Public in demo mode and while
developing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ecett.core.components.lists import pdca
from ecett.core.components.pages import badge_as
from ecett.core.icons import PATHS
from ecett.core.permissions import public_view
from ecett.core.sections import Section

YEARS = [("2022", 49), ("2023", 52), ("2024", 58), ("2025", 71), ("2026", 63)]
GROUPS = [
    (57.7, 12.0, "Sweden", 7),
    (43.6, 11.3, "Italy", 6),
    (45.8, 4.8, "France", 4),
    (39.6, -8.4, "Portugal", 4),
    (61.5, 23.8, "Finland", 2),
    (49.2, 16.6, "Czechia", 1),
]
PAIRS = [
    ((57.7, 11.97, "Göteborg"), (51.05, 3.72, "Gent", "before"), (50.47, 4.87, "Namur", "below")),
    ((38.72, -9.14, "Lisboa", "below"), (53.35, -6.26, "Dublin", "before"), (40.42, -3.70, "Madrid")),
    ((44.49, 11.34, "Bologna", "below"), (54.35, 18.65, "Gdańsk"), (45.81, 15.98, "Zagreb")),
]


# (key, title, what is in it, lacking, answered, faulty): a part of a long form in each of its states.
PARTS = [
    ("wrong", "Which team is it?", ("Name", "Country", "Town"), (), 2, True),
    ("lacking", "Whom does it work with?", ("Sectors", "Expertise"), ("Sectors",), 1, False),
    ("empty", "What does a visitor find there?", ("What one learns there", "Programme"), (), 0, False),
    ("begun", "Coming and staying", ("Visitors at once", "Meals", "Bed"), (), 2, False),
    ("filled", "Who speaks for the team?", ("Spokesperson", "E-mail"), (), 2, False),
]


class SampleForm(forms.Form):
    """One field of each kind, with help and an example."""

    workplace = forms.CharField(
        label=gettext_lazy("Name of your workplace"),
        help_text=gettext_lazy("As on its letterhead, for example: De Oever vzw"),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day of the stay"),
        help_text=gettext_lazy("For example: 12 February 2027"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), choices=[("", "–"), ("SE", "Sweden"), ("IT", "Italy")], required=False
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=[("addiction", gettext_lazy("Addiction")), ("youth", gettext_lazy("Youth"))],
        widget=forms.RadioSelect,
    )
    problem = forms.CharField(
        label=gettext_lazy("The problem"),
        help_text=gettext_lazy("Three sentences are enough. What happens, to whom, how often?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("Attachment"), required=False)
    anonymous = forms.BooleanField(label=gettext_lazy("No client can be recognised in what I wrote"))


def sample() -> dict[str, Any]:
    """What the gallery shows: invented, the same every time."""
    wrong = SampleForm({"workplace": "De Oever vzw", "last_day": "2027-02-30", "country": "SE"})
    now = dt.datetime(2026, 11, 20, 9, 2, tzinfo=dt.UTC)
    return {
        "icons": list(PATHS),
        "shapes": [
            ("draft", _("Draft")),
            ("waiting", _("Waiting for others")),
            ("turn", _("Your turn")),
            ("half", _("Under way")),
            ("done", _("Accepted")),
            ("declined", _("Declined")),
        ],
        "crumbs": [(_("My projects"), "#"), ("Project 2026-118", "")],
        "state": badge_as("waiting", _("Waiting for others")),
        "steps": pdca(
            "check",
            at=40,
            notes={
                "plan": _("done 20 January"),
                "do": _("5 days, confirmed"),
                "check": _("1 of 3 looked back"),
            },
        ),
        "events": [
            (dt.date(2027, 2, 12), "Stay ended", "done"),
            (_("now"), "Your evaluation", "turn"),
            (_("by 12 March"), "Host and employer look back", "later"),
        ],
        "years": YEARS,
        "shares": [("ECETT coordination", 140), ("stays with De Oever", 140), ("helpdesk", 70)],
        "budget": [
            ("Nights", 546),
            ("Train", 312),
            ("Meals", 238),
            ("Local transport", 117),
            ("Free", 254, "free"),
        ],
        "groups": GROUPS,
        "pairs": PAIRS,
        "page": Paginator(range(120), 10).page(2),
        "chips": [("Youth", "#"), ("Sweden", "#")],
        "bulk": [("remind", _("Remind")), ("export", _("Export"))],
        "rows": [("Kotisatama", "Tampere"), ("De Tussenstap", "Utrecht")],
        "facts": [
            (_("Looking for"), "step-down care, psychosis and addiction"),
            (_("When"), "5 days between 1 March and 16 April 2027"),
            (_("With her"), ""),
        ],
        "signers": [
            ("Lotte Claes", _("Trainee"), now),
            ("An De Wilde", "De Oever vzw", now + dt.timedelta(days=2)),
            ("Maja Lindqvist", "Vågbrytaren", None, _("Asked on 20 November")),
        ],
        "smart": {"S": "ok", "M": "weak", "A": "ok", "R": "ok", "T": "bad"},
        "advice": {"M": "How will you notice that it worked? A number helps.", "T": "By when? Name a date."},
        "why": [
            (40, "step-down care and dual diagnosis are both in its expertise"),
            (20, "working language English, C1"),
            (-8, "already hosts one trainee in March"),
        ],
        "rungs": [
            {
                "level": "A",
                "title": "A visit",
                "note": "Porto, 14 May 2024, and two more stays",
                "state": "done",
            },
            {"level": "B", "title": "A practice", "note": "“Coffee before questions”", "state": "done"},
            {
                "level": "C",
                "title": "A project",
                "note": "Three of five conditions met",
                "state": "now",
                "end": badge_as("half", _("Under way")),
                "conditions": [
                    ("10 days of training", 8, 10, "2 days", "3 attendances", "#"),
                    ("3 different centres", 3, 3, "", "Porto, Lyon, Turku", "#"),
                    ("Execution project presented", _("yes"), 0, "", "Project, version 3", "#"),
                ],
                "rules": "Rules of level C, version 2, valid since 1 January 2025.",
            },
            {"level": "D", "title": "A masterpiece", "end": badge_as("waiting", _("Later"))},
        ],
        "form": SampleForm(initial={"workplace": "De Oever vzw"}, prefix="good"),
        "wrong": wrong,
        "parts": [
            Section(key, title, inside, inside, lacking, lacking, answered, faulty)
            for key, title, inside, lacking, answered, faulty in PARTS
        ],
        "start": dt.date(2027, 2, 8),
        "end": dt.date(2027, 2, 12),
        "moment": now,
        "price": "1213.50",
    }


@public_view
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in each of its states; 404 outside demo mode and development."""
    if not (settings.DEMO_MODE or settings.DEBUG):
        raise Http404
    return render(request, "portal/gallery.html", sample())
