"""Writing a host card: everything may wait while it is a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from ecett.core.sections import Layout, SectionsMixin
from hosts.enums import Cefr, HostStatus, Sector
from hosts.forms_logistics import LogisticsMixin
from hosts.forms_rows import ContactRow, LanguageRow, PeriodRow, Row
from hosts.logistics import ITEMS
from hosts.models import Host, HostPeriod
from hosts.models.logistics import LOGISTICS, terms_of
from hosts.selectors.cards import periods_by_now
from hosts.selectors.concepts import ConceptChoice, concept_choices, find_concept_choices, known_codes
from hosts.terms import terms

LANGUAGE_ROWS = 4
PERIOD_ROWS = 3
CONTACT_ROWS = 2
# More lines of one kind than anybody sends.
MOST_ROWS = 60
# What is looked up is a word or two.
LONGEST_WORD = 120
# What a card must say before the desk reads it.
NEEDED = ("name", "country", "city", "sectors", "summary", "expertise")
# One of its lines of languages is as well.
SPOKEN = "lang*-language"


def finds(data: Mapping[str, Any]) -> bool:
    """Whether a word was sent to be looked up: by its button, or by the Enter key with a word typed (a page that was
    pasted there is none, and the form says so).
    """
    intent, word = data.get("intent"), str(data.get("find", "")).strip()
    return intent == "find" or (intent == "enter" and 0 < len(word) <= LONGEST_WORD)


class ConceptPickMixin:
    """A form with concepts to find by a word and to tick; finding costs a click without JavaScript.

    Subclasses name the field of codes in ``picked`` and the vocabularies in ``schemes``.
    """

    picked = "concepts"
    schemes: tuple[str, ...] = ()
    data: Any
    fields: dict[str, forms.Field]

    def chosen_choices(self) -> list[ConceptChoice]:
        """The concepts ticked now."""
        return concept_choices(self._codes(), language=reader())

    @property
    def find_text(self) -> str:
        """The word typed to find concepts."""
        return str(self.data.get("find", ""))

    def found_choices(self) -> list[ConceptChoice]:
        """The concepts that the typed word finds, without those ticked already."""
        return find_concept_choices(
            self.find_text, language=reader(), schemes=self.schemes, leave_out=self._codes()
        )

    def _codes(self) -> list[str]:
        if self.is_bound:  # type: ignore[attr-defined]
            return list(self.data.getlist(self.picked))
        return list(self.initial.get(self.picked, ()))  # type: ignore[attr-defined]

    def forgive(self) -> None:
        """Show what was typed without judging it yet: the person was only looking for a word."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}


class CodesField(forms.Field):
    """Ticked codes of concepts, each known."""

    widget = forms.SelectMultiple

    def say(self, codes: Collection[str]) -> str:
        """The concepts in the reader's language."""
        return ", ".join(choice.label for choice in concept_choices(codes, language=reader()))

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(value or ()))
        if len(codes) > 60 or set(codes) - known_codes(codes[:60]):
            raise ValidationError(
                _("One of these is not known here. Please choose again."), code="unknown_concept"
            )
        return codes


class HostForm(SectionsMixin, LogisticsMixin, ConceptPickMixin, CleanTextMixin, forms.ModelForm):
    """A host card. ``submitted``: everything the desk needs must be there."""

    layouts: ClassVar = {
        "team": Layout(_("Which team is it?"), ("name", "country", "city", "address", "postcode", "website")),
        "work": Layout(
            _("Whom does it work with, and how?"),
            ("sectors", "summary", "expertise", "target_groups", "concepts"),
            beside=("language",),
        ),
        "visit": Layout(_("What does a visitor find there?"), ("learning", "programme")),
        "languages": Layout(_("In which languages does the team work?"), (SPOKEN,), beside=("lang*-level",)),
        "staying": Layout(
            _("Coming and staying"),
            ("capacity", *ITEMS),
            beside=("step_free", "day_price", *(name for item in ITEMS for name in terms_of(item))),
        ),
        "periods": Layout(
            _("When is it open or closed to visitors?"), ("period*-start",), beside=("past*-start",)
        ),
        "spokesperson": Layout(
            _("Who speaks for the team?"),
            ("spokesperson_name", "spokesperson_email", "spokesperson_phone", "charter_accepted_on"),
            beside=("spokesperson_language",),
        ),
        "contacts": Layout(_("Whom else may a visitor need?"), ("contact*-name",)),
    }

    # What is chosen as one when two people have changed a card (`ecett.core.editing`).
    together: ClassVar = {
        "place": ("country", "city"),
        "street": ("address", "postcode"),
        "spokesperson": (
            "spokesperson_name",
            "spokesperson_email",
            "spokesperson_phone",
            "spokesperson_language",
        ),
        **LogisticsMixin.together,
    }
    part_labels: ClassVar = {
        "place": _("Country and town"),
        "street": _("Address"),
        "spokesperson": _("Spokesperson"),
        "lang": _("Working languages"),
        "period": _("Open and closed periods"),
        "past": _("Periods that are over"),
        "contact": _("Who is who in the team"),
        **LogisticsMixin.part_labels,
    }

    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), choices=Sector.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    target_groups = forms.MultipleChoiceField(
        label=_("Who comes to this team"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    concepts = CodesField(label=_("Methods and problems it knows"), required=False)

    class Meta:
        model = Host
        fields = (
            "name",
            "country",
            "city",
            "address",
            "postcode",
            "website",
            "sectors",
            "target_groups",
            "language",
            "summary",
            "expertise",
            "learning",
            "programme",
            "capacity",
            "step_free",
            *LOGISTICS,
            "spokesperson_name",
            "spokesperson_email",
            "spokesperson_phone",
            "spokesperson_language",
            "charter_accepted_on",
        )
        help_texts = {
            "summary": _("Two sentences. For example: Mobile team and day centre for people aged 16 to 25."),
            "expertise": _("What this team does well, and who works there."),
            "learning": _("What a visitor can take home."),
            "programme": _("What a usual week of a visit looks like."),
            "capacity": _("How many visitors can come at the same time."),
            "day_price": _(
                "Only if one price covers all: what a day costs a visitor, meals and bed together."
            ),
            "spokesperson_name": _(
                "The public never sees this; the helpdesk writes to this person, "
                "and a trainee who is expected reads it."
            ),
            "language": _("The language this card is written in."),
        }

    def __init__(self, *args: Any, submitted: bool = False, **kwargs: Any) -> None:
        host: Host | None = kwargs.get("instance")
        if host is not None and host.pk:
            kwargs["initial"] = {**_related_initial(host), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # Shown as needed from the start; a draft is kept without.
            field.required = name in NEEDED and (submitted or not self.is_bound)
        groups = terms().thesaurus.scheme("target_groups")
        known = [(group.code, group.label(reader())) for group in groups]
        self.fields["target_groups"].choices = sorted(known, key=lambda pair: pair[1].casefold())  # type: ignore[attr-defined]
        spoken = [("", "–"), *languages.choices()]
        for name in ("language", "spokesperson_language"):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=languages.choices() if name == "language" else spoken,
                required=False,
                help_text=self.fields[name].help_text,
            )
        if not self.is_bound and not (host and host.pk):
            self.initial.setdefault("language", reader())
        self.submitted = submitted
        self.language_rows = [
            LanguageRow(self.data or None, prefix=f"lang{at}", initial=initial)
            for at, initial in enumerate(self._lines("lang", "spoken", LANGUAGE_ROWS))
        ]
        self.period_rows = [
            PeriodRow(self.data or None, prefix=f"period{at}", initial=initial)
            for at, initial in enumerate(self._lines("period", "when", PERIOD_ROWS))
        ]
        # What is over: kept, and changed by those who may change the card; no line to add one.
        self.past_rows = [
            PeriodRow(self.data or None, prefix=f"past{at}", initial=initial)
            for at, initial in enumerate(self._lines("past", "over", 0))
        ]
        self.contact_rows = [
            ContactRow(self.data or None, prefix=f"contact{at}", initial=initial)
            for at, initial in enumerate(self._lines("contact", "people", CONTACT_ROWS))
        ]

    def _lines(self, prefix: str, known: str, least: int) -> list[dict[str, Any]]:
        """The lines there are and some empty ones; as many as were sent, even when the card has fewer by now."""
        known_lines = self.initial.get(known, ())
        numbers = (
            name.partition("-")[0].removeprefix(prefix) for name in self.data if name.startswith(prefix)
        )
        sent = max(
            (int(number) + 1 for number in numbers if number.isdecimal() and len(number) < 3), default=0
        )
        wanted = max(least, min(sent, MOST_ROWS))
        # One more than there are, so that one may always be added, where adding makes sense.
        return _padded(known_lines, max(wanted, len(known_lines) + 1) if least else wanted)

    def needed(self) -> Collection[str]:
        """What the desk wants to read, whoever keeps a draft without it."""
        return (*NEEDED, SPOKEN)

    def wanted(self) -> Collection[str]:
        return (self.picked,) if self.find_text else ()

    @property
    def rows(self) -> list[Row]:
        """The lines of languages, of periods and of contacts."""
        return [*self.language_rows, *self.period_rows, *self.past_rows, *self.contact_rows]

    def is_valid(self) -> bool:
        """The card and each of its lines; called for all, so that every mistake is shown at once."""
        sound = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(sound)

    @property
    def past_faulty(self) -> bool:
        """Whether a line of a period that is over holds a mistake: it is then shown unfolded."""
        return any(row.errors for row in self.past_rows)

    def forgive_all(self) -> None:
        """Show what was typed in the card and its lines without judging it yet."""
        self.is_valid()
        self.forgive()
        for row in self.rows:
            row.forgive()

    def clean_country(self) -> str:
        return str(self.cleaned_data.get("country") or "")

    def clean_language(self) -> str:
        return self.cleaned_data.get("language") or reader()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.submitted and not any(row.data_given() for row in self.language_rows):
            self.add_error(
                None, ValidationError(_("Name at least one language the team works in."), code="language")
            )
        return cleaned

    def card_fields(self) -> dict[str, Any]:
        """What the service wants."""
        values = {name: self.cleaned_data.get(name) for name in (*self.Meta.fields, "concepts")}
        values["languages"] = [
            (row.cleaned_data["language"], row.cleaned_data["level"] or Cefr.B2)
            for row in self.language_rows
            if row.cleaned_data.get("language")
        ]
        values["periods"] = [
            (
                row.cleaned_data["kind"],
                row.cleaned_data["start"],
                row.cleaned_data["end"],
                row.cleaned_data["note"],
            )
            for row in (*self.period_rows, *self.past_rows)
            if row.cleaned_data.get("start")
        ]
        values["contacts"] = [row.contact() for row in self.contact_rows if row.cleaned_data.get("name")]
        return values


class StatusForm(forms.Form):
    """What the desk knows of a team."""

    status = forms.ChoiceField(
        label=_("Status"), choices=HostStatus.choices, widget=forms.Select(attrs={"class": "form-select"})
    )
    comment = forms.CharField(label=_("Why"), required=False, max_length=500)


class MergeForm(forms.Form):
    """Which card stays: its address, or the code at the end of it."""

    into = forms.CharField(label=_("The card that stays"), max_length=300)

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_into(self) -> Host:
        code = self.cleaned_data["into"].strip().rstrip("/").rsplit("/", 1)[-1]
        found = Host.objects.filter(public_id=code, merged_into__isnull=True).exclude(pk=self.host.pk).first()
        if found is None:
            raise ValidationError(_("No other card has this address."), code="unknown_card")
        return found


def reader() -> str:
    """The reader's language, two letters."""
    return (get_language() or "en")[:2]


def _period(row: HostPeriod) -> dict[str, Any]:
    return {"kind": row.kind, "start": row.start, "end": row.end, "note": row.note}


def _related_initial(host: Host) -> dict[str, Any]:
    current, over = periods_by_now(host)
    return {
        "concepts": [concept.code for concept in host.concepts.all()],
        "spoken": [{"language": row.language, "level": row.level} for row in host.languages.all()],
        "when": [_period(row) for row in current],
        "over": [_period(row) for row in over],
        "people": [
            {
                "name": row.name,
                "role": row.role,
                "email": row.email,
                "phone": row.phone,
                **dict(zip(("speaks", "speaks_too"), row.languages, strict=False)),
            }
            for row in host.contacts.all()
        ],
    }


def _padded(rows: Any, wanted: int) -> list[dict[str, Any]]:
    """The rows there are and empty ones."""
    known = list(rows)
    return [*known, *({} for _row in range(wanted - len(known)))]
