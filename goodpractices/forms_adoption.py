"""Reporting what became of a practice. Its words are checked as those of a practice are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ecett.core.clock import today
from ecett.core.fields import CleanTextMixin
from goodpractices.enums import AdoptionOutcome
from goodpractices.evidence import LASTS
from goodpractices.models import Adoption, Innovation
from goodpractices.passages import find_passages
from goodpractices.wording import MEANS, QUESTIONS
from hosts.forms import reader


class NamesNobodyMixin(forms.Form):
    """Asks once about words that may say who somebody is; ``told``: the fields whose words are read."""

    no_client = forms.BooleanField(
        label=_("None of these words is about a client"), required=False, help_text=_("The helpdesk sees it.")
    )
    told: Sequence[str] = ()
    marked: tuple[str, ...] = ()

    def look_for_names(
        self,
        values: dict[str, Any],
        known: Iterable[str],
        *,
        language: str = "",
        places: Collection[str] = (),
    ) -> None:
        """An error on ``no_client`` that names the words, unless she has ticked it. ``language``: of what is told
        (the reader's); ``places``: names that are a town's or a house's."""
        passages = find_passages(values, language or reader(), fields=self.told, places=places)
        new = [passage for passage in passages if passage.code not in set(known)]
        self.marked = tuple(passage.code for passage in passages)
        if new and not values.get("no_client"):
            words = ", ".join(f"“{passage.text}”" for passage in new[:10])
            text = _("These words may say who somebody is: %(words)s. Change them, or tick this.")
            self.add_error("no_client", ValidationError(text, code="names", params={"words": words}))


class AdoptionForm(NamesNobodyMixin, CleanTextMixin, forms.ModelForm):
    """What became of it. Failures are asked for as plainly as successes."""

    told = ("why", "changed", "indicator", "method")
    outcome = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)

    class Meta:
        model = Adoption
        fields = (
            "organisation", "country", "city", "since", "outcome", "why", "changed", "people", "indicator",
            "before", "after", "period", "method",
        )  # fmt: skip
        widgets = {"since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "why": _("Why it was kept, adapted or dropped. What did not work helps others as much."),
            "indicator": _("For example: residents with a contact person two weeks after leaving, in %"),
            "period": _("For example: January to June 2026"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (value, format_html('{}<span class="form-text">{}</span>', label, MEANS[value]))
            for value, label in AdoptionOutcome.choices
        ]
        self.order_fields([*self.Meta.fields, "no_client"])

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day and day > today():
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        before, after = values.get("before"), values.get("after")
        if (before is None) != (after is None) and not {"before", "after"} & set(self.errors):
            self.add_error("after" if after is None else "before", _("Give both figures, or none."))
        if before is not None and after is not None and not values.get("indicator"):
            self.add_error("indicator", _("Say what the figures count."))
        if values.get("outcome") == Adoption.Outcome.DROPPED and not values.get("why"):
            self.add_error("why", _("Say why it was dropped: others learn from it."))
        if values.get("outcome") and values["outcome"] not in LASTS and hasattr(self.instance, "innovation"):
            self.add_error("outcome", _("It is told as an innovation: that needs it to be kept."))
        places = [values.get("organisation") or "", values.get("city") or ""]
        self.look_for_names(values, self.instance.cleared, places=places)
        return values

    def report(self) -> dict[str, Any]:
        """What the service wants."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**values, "language": reader(), "cleared": list(self.marked)}


class InnovationForm(NamesNobodyMixin, CleanTextMixin, forms.Form):
    """The interview: a few questions, each with its answer."""

    told = tuple(QUESTIONS)
    title = forms.CharField(label=_("Name of the innovation"), max_length=300)
    publication = forms.URLField(
        label=_("Where one can read about it"), required=False, assume_scheme="https", max_length=200
    )

    def __init__(self, *args: Any, innovation: Innovation | None = None, **kwargs: Any) -> None:
        self.known = innovation.cleared if innovation else []
        if innovation:
            known = {"title": innovation.title, "publication": innovation.publication, **innovation.answers}
            kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for code, question in QUESTIONS.items():
            self.fields[code] = forms.CharField(
                label=question, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
            )
        self.order_fields(["title", *QUESTIONS, "publication", "no_client"])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        self.look_for_names(values, self.known)
        return values

    def story(self) -> dict[str, Any]:
        """What the service wants."""
        return {
            "title": self.cleaned_data["title"],
            "publication": self.cleaned_data["publication"],
            "answers": {code: self.cleaned_data[code] for code in QUESTIONS},
            "cleared": list(self.marked),
        }
