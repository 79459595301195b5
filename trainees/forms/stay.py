"""The plan of a stay: days, logistics, budget; then its agreement, attendance and looks back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ecett.core import languages
from ecett.core.components.formats import day as day_words
from ecett.core.fields import CleanTextMixin
from trainees.enums import BudgetHead, FundedBy
from trainees.forms.rows import rows_class

#: More days on the road than any programme pays (source: Erasmus+ programme guide, green travel).
MOST_TRAVEL_DAYS = 6


class StayForm(CleanTextMixin, forms.Form):
    """Nothing is required to save; the agreement asks later for what it needs."""

    hide_optional = True
    logistics = forms.CharField(
        label=_("Meals, nights and transport"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you and the host have settled. It stands in the agreement."),
    )
    insurance = forms.CharField(
        label=_("Insurance"),
        required=False,
        max_length=300,
        help_text=_(
            "Who insures you for accidents and liability? For example: accident and liability by my "
            "employer; European Health Insurance Card"
        ),
    )
    travel_days = forms.IntegerField(
        label=_("Days of travel, there and back"),
        min_value=0,
        max_value=MOST_TRAVEL_DAYS,
        initial=0,
        help_text=_("Erasmus+ pays up to 2, and up to 6 when you travel green."),
    )
    green_travel = forms.BooleanField(
        label=_("I travel most of the way by train, bus, bicycle or shared car"), required=False
    )


class ProgrammeRow(CleanTextMixin, forms.Form):
    """One line of the programme; only days of the stay can be chosen."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=dt.date.fromisoformat)
    time = forms.TimeField(label=_("Time"))
    activity = forms.CharField(label=_("Activity"), max_length=300)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    guide = forms.CharField(label=_("With"), max_length=200, required=False)

    def __init__(self, *args: Any, days: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["day"]
        field.choices = [("", "–"), *((date.isoformat(), day_words(date, "weekday")) for date in days)]
        field.error_messages["invalid_choice"] = _("This day lies outside the stay.")
        for name in ("day", "time"):
            value = self.initial.get(name)
            if isinstance(value, dt.date):
                self.initial[name] = value.isoformat()


class BudgetRow(CleanTextMixin, forms.Form):
    head = forms.ChoiceField(label=_("For"), choices=lambda: [("", "–"), *BudgetHead.choices])
    amount = forms.DecimalField(label=_("Amount, €"), min_value=Decimal(0), max_digits=9, decimal_places=2)
    funded_by = forms.ChoiceField(label=_("Paid by"), choices=FundedBy.choices, initial=FundedBy.GRANT)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def has_changed(self) -> bool:
        """A head that was offered but given no amount is no line."""
        return bool(set(self.changed_data) - {"head", "funded_by"})


ProgrammeRows = rows_class(ProgrammeRow)
BudgetRows = rows_class(BudgetRow)


class AgreementForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of the agreement"),
        choices=languages.portal_choices,
        help_text=_("One that all three read. The e-mails go out in each person's own language."),
    )


class SignForm(CleanTextMixin, forms.Form):
    typed_name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    agree = forms.BooleanField(
        label=_("I have read the agreement and sign it"),
        error_messages={"required": _("Tick this box to sign.")},
    )


class CommentForm(CleanTextMixin, forms.Form):
    """The reason somebody gives for a step."""

    comment = forms.CharField(
        label=_("The reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AttendanceForm(forms.Form):
    """Whole, half or not there, for each day of the stay; everything begins as a whole day."""

    AMOUNTS = (("1", _("whole day")), ("0.5", _("half a day")), ("0", _("not there")))

    def __init__(self, *args: Any, days: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        for date in days:
            self.fields[f"day-{date.isoformat()}"] = forms.ChoiceField(
                label=day_words(date, "full"), choices=self.AMOUNTS, initial="1", widget=forms.RadioSelect
            )

    @property
    def amounts(self) -> dict[dt.date, Decimal]:
        """What was chosen, by day."""
        return {date: Decimal(self.cleaned_data[f"day-{date.isoformat()}"]) for date in self.days}


class EvaluationForm(CleanTextMixin, forms.Form):
    """Two marks, a yes or no, and one's own words."""

    MARKS = tuple((str(mark), str(mark)) for mark in range(1, 6))

    usefulness = forms.TypedChoiceField(
        label=_("How useful was the stay?"),
        help_text=_("1: not at all, 5: very"),
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
    )
    preparation = forms.TypedChoiceField(
        label=_("How well was it prepared?"),
        help_text=_("1: badly, 5: very well"),
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
    )
    again = forms.TypedChoiceField(
        label=_("Would you do it again?"),
        choices=(("yes", _("yes")), ("no", _("no"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("In your own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What will stay with you? The other two can read it. Name no client."),
    )

    def __init__(self, *args: Any, on_card: bool = False, **kwargs: Any) -> None:
        """``on_card``: whoever looks back reads before that the words will stand on the host's card."""
        super().__init__(*args, **kwargs)
        if on_card:
            self.fields["comment"].help_text = _(
                "What will stay with you? Host and employer can read it. Once three trainees have looked back it also "
                "stands on the host's card, without your name. Name no client and no colleague."
            )


class PracticeReportForm(CleanTextMixin, forms.Form):
    """The beginning of a good-practice card; its own page asks for the rest."""

    title = forms.CharField(
        label=_("What is the practice?"),
        max_length=300,
        help_text=_("For example: One phone number that stays open for a year after discharge"),
    )
    description = forms.CharField(
        label=_("What did you see?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Who does what, for whom, how often, and what comes of it?"),
    )
    joint_authors = forms.MultipleChoiceField(
        label=_("Written together with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    anonymity_declared = forms.BooleanField(
        label=_("No client can be recognised in what I wrote"), required=False
    )

    def __init__(self, *args: Any, companions: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        if companions:
            self.fields["joint_authors"].choices = companions  # type: ignore[attr-defined]
        else:
            del self.fields["joint_authors"]


class HostReportForm(CleanTextMixin, forms.Form):
    """A host she met on her way; the card's own page asks for the rest."""

    name = forms.CharField(label=_("Name of the host"), max_length=300)
    country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [("", "–"), *((code, str(name)) for code, name in countries)]
    )
    city = forms.CharField(label=_("Town"), max_length=200)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)
    summary = forms.CharField(
        label=_("Who is it for?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whom do they work with, and what could a colleague learn there?"),
    )
