"""The candidate's dossier and evidence on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from certification.enums import Level
from certification.models import Dossier
from certification.selectors.evidence import practices_of
from ecett.core.clock import today
from ecett.core.fields import CleanTextMixin, check_order
from goodpractices.enums import PracticeState
from goodpractices.models import GoodPractice


class PracticeChoice(forms.ModelMultipleChoiceField):
    """Practices by title, with what they still lack."""

    def label_from_instance(self, obj: Any) -> str:
        state = "" if obj.state == PracticeState.PUBLISHED else f" ({obj.get_state_display()})"
        return f"{obj.title}{state}"


class DossierForm(CleanTextMixin, forms.Form):
    """Nothing is required to save; sending asks the ladder what is missing."""

    hide_optional = True

    practices = PracticeChoice(
        label=_("Good practices you put forward"),
        queryset=GoodPractice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none and the jury sees all you have written."),
    )
    work_title = forms.CharField(label=_("Title of your project"), max_length=200, required=False)
    work_text = forms.CharField(
        label=_("Your project in a few words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "The problem, what you will do or did, with whom, by when, and how one will see that it works."
        ),
    )
    inspired_by = PracticeChoice(
        label=_("Practices that inspired it"),
        queryset=GoodPractice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one was seen in another country than your own."),
    )
    teaching_support_start = forms.DateField(
        label=_("Teaching support since"),
        required=False,
        help_text=_("The day your support by an ECETT teacher began. It counts from certificate C."),
    )
    extension_reason = forms.CharField(
        label=_("Why it lasts longer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only if your teaching support was extended beyond what the rules allow. For example: parental "
            "leave from March to September."
        ),
    )
    extended_until = forms.DateField(
        label=_("Extended until"),
        required=False,
        help_text=_("The last day agreed with your teacher; leave it empty if none was agreed."),
    )
    statement = forms.CharField(
        label=_("What you want the jury to know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "For example: what you saw, what you tried at home, what came of it. Clients stay anonymous. "
            "The jurors read this before they know your name."
        ),
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = practices_of(dossier.candidate)
        self.fields["practices"].queryset = own  # type: ignore[attr-defined]
        self.fields["inspired_by"].queryset = own  # type: ignore[attr-defined]
        if dossier.level not in (Level.C, Level.D):
            del self.fields["work_title"], self.fields["work_text"]
        if dossier.level != Level.D:
            for name in ("inspired_by", "teaching_support_start", "extension_reason", "extended_until"):
                del self.fields[name]
        else:
            self.fields["work_title"].label = _("Title of your masterpiece")
            self.fields["work_text"].label = _("Your masterpiece in a few words")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "extended_until" in self.fields:
            check_order(self, "teaching_support_start", "extended_until")
            if found.get("extended_until") and not found.get("extension_reason") and not self.errors:
                self.add_error("extension_reason", _("An extension needs its reason."))
        return found

    def clean_teaching_support_start(self) -> Any:
        day = self.cleaned_data.get("teaching_support_start")
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


def dossier_initial(dossier: Dossier) -> dict[str, Any]:
    """What the form shows first."""
    return {
        "practices": list(dossier.practices.values_list("practice_id", flat=True)),
        "work_title": dossier.work_title,
        "work_text": dossier.work_text,
        "inspired_by": list(dossier.inspired_by.values_list("pk", flat=True)),
        "teaching_support_start": dossier.teaching_support_start,
        "extension_reason": dossier.extension_reason,
        "extended_until": dossier.extended_until,
        "statement": dossier.statement,
    }


class PaperStayForm(CleanTextMixin, forms.Form):
    """A stay from before the portal, shown on paper."""

    host = forms.CharField(label=_("Host"), max_length=200)
    city = forms.CharField(label=_("Town"), max_length=200)
    country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [("", "–"), *((c, str(n)) for c, n in countries)]
    )
    start = forms.DateField(label=_("First day"))
    end = forms.DateField(label=_("Last day"))
    confirmed_days = forms.DecimalField(
        label=_("Days the paper confirms"), min_value=0.5, max_value=400, decimal_places=1, localize=False,
        help_text=_("Days or half days, as in 4.5"),
        widget=forms.NumberInput(attrs={"step": "0.5"}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What you can show"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("For example: attendance certificate of 12 May 2019, signed by the director."),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        check_order(self, "start", "end")
        end, days = found.get("end"), found.get("confirmed_days")
        if end and end > today():
            self.add_error("end", _("This day is still to come."))
        if days is not None and days * 2 != int(days * 2):
            self.add_error("confirmed_days", _("Give whole or half days."))
        return found

    def record(self) -> dict[str, Any]:
        """As the ladder's contract writes a stay."""
        data = self.cleaned_data
        return {
            "host": f"{data['host']}, {data['city']}",
            "city": data["city"],
            "country": data["country"],
            "start": data["start"].isoformat(),
            "end": data["end"].isoformat(),
            "confirmed_days": float(data["confirmed_days"]),
        }


class PaperCertificateForm(CleanTextMixin, forms.Form):
    """A certificate from before the portal."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    awarded_on = forms.DateField(label=_("Awarded on"))
    note = forms.CharField(
        label=_("What you can show"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("For example: certificate C, number 14, jury of Lyon."),
    )

    def clean_awarded_on(self) -> Any:
        day = self.cleaned_data["awarded_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def record(self) -> dict[str, Any]:
        """As the ladder's contract writes a certificate."""
        return {
            "level": self.cleaned_data["level"],
            "awarded_on": self.cleaned_data["awarded_on"].isoformat(),
        }


PAPER_FORMS: dict[str, type[PaperStayForm | PaperCertificateForm]] = {
    "stay": PaperStayForm,
    "certificate": PaperCertificateForm,
}
