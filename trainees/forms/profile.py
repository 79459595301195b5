"""Who the trainee is: work, employer, languages, résumé."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ecett.accounts.models import Organisation
from ecett.core import languages
from ecett.core.clock import today
from ecett.core.fields import CleanTextMixin
from ecett.core.search import sort_key
from hosts.enums import Cefr, Sector
from trainees.enums import Eqf, ResumeKind
from trainees.forms.rows import rows_class

NOTHING = ("", "–")


def country_choices() -> list[tuple[str, str]]:
    """Countries in the reader's language."""
    return [NOTHING, *((code, str(name)) for code, name in countries)]


class ProfileForm(CleanTextMixin, forms.Form):
    """Nothing is required to save; the agreement asks later for what it needs."""

    # Said once above the form, not beside each field.
    hide_optional = True

    profession = forms.CharField(
        label=_("Profession"), max_length=200, required=False, help_text=_("For example: educator, nurse")
    )
    sector = forms.ChoiceField(
        label=_("Sector of your work"), choices=lambda: [NOTHING, *Sector.choices], required=False
    )
    qualification = forms.TypedChoiceField(
        label=_("Qualification level"),
        choices=lambda: [NOTHING, *Eqf.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_(
            "European Qualifications Framework: a bachelor is 6, a master 7. Leave it open if unsure."
        ),
    )
    phone = forms.CharField(
        label=_("Phone during the stay"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    about = forms.CharField(
        label=_("About you, in a few lines"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Hosts read this. What do you do, and what are you curious about?"),
    )
    employer_name = forms.CharField(
        label=_("Your employer"),
        max_length=300,
        required=False,
        help_text=_("Type its name. If we know it, choose it from the list."),
        widget=forms.TextInput(
            attrs={
                "list": "employers",
                "autocomplete": "organization",
                "hx-get": reverse_lazy("trainees:organisation_options"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#employers",
            }
        ),
    )
    employer_country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    employer_city = forms.CharField(
        label=_("Town"), max_length=200, required=False, help_text=_("The town you leave from")
    )
    employer_contact = forms.CharField(
        label=_("Who approves your departure"),
        max_length=200,
        required=False,
        help_text=_("First and last name. She or he signs your agreement by a link; no account is needed."),
    )
    employer_email = forms.EmailField(label=_("Her or his e-mail"), max_length=254, required=False)
    employer_language = forms.ChoiceField(
        label=_("Her or his language"),
        choices=lambda: [NOTHING, *languages.portal_choices()],
        required=False,
        help_text=_("We write to her or him in this language."),
    )

    def clean(self) -> dict[str, Any]:
        """Find the employer that is meant; one we do not know needs a country and a town."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        name = found.get("employer_name", "")
        found["employer"] = None
        if name:
            same = Organisation.objects.filter(sort_name=sort_key(name)[:300])
            if found.get("employer_country"):
                same = same.filter(country=found["employer_country"])
            city = sort_key(found.get("employer_city") or "")
            fitting = [row for row in same[:50] if not city or sort_key(row.city) == city]
            if len(fitting) == 1:
                found["employer"] = fitting[0]
                return found
            for field, text in (
                ("employer_country", _("Say in which country your employer is.")),
                ("employer_city", _("Say in which town your employer is.")),
            ):
                if not found.get(field):
                    self.add_error(field, text)
        return found


class LanguageRow(CleanTextMixin, forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=lambda: [NOTHING, *languages.choices()])
    level = forms.ChoiceField(label=_("Level"), choices=lambda: [NOTHING, *Cefr.choices])


class ResumeRow(CleanTextMixin, forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ResumeKind.choices, initial=ResumeKind.WORK)
    title = forms.CharField(label=_("What"), max_length=200)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    start_year = forms.IntegerField(label=_("From year"), min_value=1940, max_value=2100)
    end_year = forms.IntegerField(label=_("Until year"), min_value=1940, max_value=2100, required=False)
    note = forms.CharField(label=_("Note"), max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = found.get("start_year"), found.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("This is before the first year."))
        if start and start > today().year:
            self.add_error("start_year", _("This year is still to come."))
        return found


LanguageRows = rows_class(LanguageRow)
ResumeRows = rows_class(ResumeRow)
