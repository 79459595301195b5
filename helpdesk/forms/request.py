"""The trainee's request: saved as it is, sent when it says enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ecett.core import languages
from ecett.core.clock import today
from ecett.core.fields import CleanTextMixin, check_order
from ecett.core.search import normalise
from helpdesk.companions import parse_companions
from helpdesk.forms.words import WordsField, folded
from helpdesk.models import HelpRequest
from helpdesk.models.request import says_enough, says_when
from helpdesk.selectors.wording import label
from hosts.enums import Sector
from hosts.thesaurus import default

#: Schemes one may seek; sectors and target groups have boxes of their own.
SOUGHT = ("problems", "methods", "settings", "professions")


def _words(*schemes: str) -> list[str]:
    words, language = default(), get_language() or "en"
    return [concept.label(language) for scheme in schemes for concept in words.scheme(scheme)]


def _find(*schemes: str) -> Any:
    def find(text: str) -> Iterable[str]:
        words = default()
        codes = (text,) if text in words else words.find(text, get_language() or "en") or words.find(text)
        return [code for code in codes if words[code].scheme in schemes]

    return find


def _find_country(text: str) -> Iterable[str]:
    code = {"el": "GR", "uk": "GB"}.get(text.lower())
    if code is None:
        code = folded({code: str(name) for code, name in countries}, normalise).get(normalise(text))
    return [code] if code else []


class RequestForm(CleanTextMixin, forms.Form):
    """``sending=False`` keeps whatever is there; ``sending=True`` asks for what the helpdesk needs."""

    language = forms.ChoiceField(
        label=_("Helpdesk"),
        help_text=_("In which language do you want to speak with the helpdesk?"),
    )
    sectors = forms.MultipleChoiceField(
        label=_("In which sectors shall we look?"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expertise = forms.CharField(
        label=_("What do you want to learn there?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "In your own words. For example: how other teams keep in touch with people in the first month "
            "after discharge."
        ),
    )
    concepts = WordsField(
        label=_("Keywords"),
        required=False,
        help_text=_("One a box; the list suggests words while you type. They find hosts in every language."),
        find=_find(*SOUGHT),
        label_of=label,
        suggestions=lambda: _words(*SOUGHT),
        unknown=_("We do not know %(words)s as a keyword. Say it above, in your own words."),
    )
    target_groups = WordsField(
        label=_("Whom do you work with?"),
        required=False,
        help_text=_("The people your work is for. One group a box."),
        find=_find("target_groups"),
        label_of=label,
        suggestions=lambda: _words("target_groups"),
        unknown=_("We do not know %(words)s as a group. Choose a word of the list, or say it above."),
    )
    countries = WordsField(
        label=_("Countries you would like"),
        required=False,
        help_text=_("A wish, not a condition: hosts elsewhere are looked at too."),
        find=_find_country,
        label_of=lambda code: str(countries.name(code) or code),
        suggestions=lambda: [str(name) for _code, name in countries],
        unknown=_("We do not know the country %(words)s."),
    )
    start = forms.DateField(label=_("Not before"), required=False)
    end = forms.DateField(label=_("Not after"), required=False)
    days = forms.IntegerField(
        label=_("Days of stay"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("Days beside the team, without the journey. Most stays last 2 to 15 days."),
    )
    slack_days = forms.IntegerField(
        label=_("Days you could shift"),
        min_value=0,
        required=False,
        validators=[MaxValueValidator(60)],
        help_text=_("If nothing fits: by how many days may the period move?"),
    )
    people = forms.IntegerField(label=_("How many of you come?"), min_value=1, max_value=20, required=False)
    companions = forms.CharField(
        label=_("Colleagues coming along"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: name, e-mail. For example: Ann Boss, ann@example.org"),
    )
    accessibility = forms.BooleanField(label=_("The place must be reachable without steps"), required=False)
    needs_accommodation = forms.BooleanField(label=_("I need help with accommodation"), required=False)
    share_problem = forms.BooleanField(
        label=_("Hosts may read how I described the problem at my workplace"),
        required=False,
        help_text=_("Otherwise they read your goals, and not the problem."),
    )
    remarks = forms.CharField(
        label=_("Anything else the helpdesk should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    #: Fields by the question they belong to, as the page shows them.
    PARTS = (
        (_("What you look for"), ("sectors", "expertise", "concepts", "target_groups")),
        (_("When and where"), ("start", "end", "days", "slack_days", "countries")),
        (_("Who comes"), ("people", "companions", "accessibility", "needs_accommodation")),
        (_("To the helpdesk"), ("language", "share_problem", "remarks")),
    )
    #: What an empty box means.
    DEFAULTS = {"days": 5, "slack_days": 0, "people": 1}

    def __init__(self, *args: Any, desks: Iterable[str], sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending
        self.hide_optional = True
        codes = list(desks)
        chosen = self.initial.get("language")
        if chosen and chosen not in codes:
            codes.append(chosen)
        self.fields["language"].choices = sorted(  # type: ignore[attr-defined]
            ((code, languages.name(code)) for code in codes), key=lambda pair: pair[1]
        )

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The form's questions: a title and its bound fields."""
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    def clean(self) -> dict[str, Any]:
        """A period in order; and when the request is sent, enough to look for a host."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in self.DEFAULTS.items():
            if name in found and found[name] is None:
                found[name] = value
        check_order(self, "start", "end")
        if self.sending:
            self._check_enough(found)
        return found

    def _check_enough(self, found: dict[str, Any]) -> None:
        """The conditions of the step "file", each beside its field."""
        said = {name: found.get(name) for name in ("sectors", "expertise", "start", "end", "days")}
        wish = HelpRequest(**{name: value for name, value in said.items() if value is not None})
        if not wish.sectors and "sectors" not in self.errors:
            self.add_error("sectors", str(says_enough(wish)))
            wish.sectors = [Sector.ADDICTION]
        if "expertise" not in self.errors and (reason := says_enough(wish)):
            self.add_error("expertise", str(reason))
        if not self.errors.keys() & {"start", "end", "days"} and (reason := says_when(wish)):
            self.add_error(
                "days" if wish.start and wish.end else "end" if wish.start else "start", str(reason)
            )
        if wish.end and wish.end <= today() and "end" not in self.errors:
            self.add_error("end", ValidationError(_("This period is over. Choose later dates."), code="past"))
        coming = len(parse_companions(found.get("companions", "")))
        if coming and found.get("people") and found["people"] < coming + 1:
            text = _("With the colleagues you name you are %(n)s.")
            self.add_error("people", ValidationError(text, params={"n": coming + 1}, code="too_few"))
