"""Writing a good practice: everything may wait while it is a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from ecett.core.sections import Layout, SectionsMixin
from goodpractices.models import GoodPractice, PracticeRemark
from hosts.enums import Sector
from hosts.forms import CodesField, ConceptPickMixin, reader
from hosts.models import Host
from hosts.terms import terms

# What a card must say before the desk reads it.
NEEDED = ("title", "country", "sectors", "description", "anonymity_declared")
MOST_KEYWORDS = 12


class RemarkedField(BoundField):
    """A question with what readers say about its answer, which is read out with it."""

    @property
    def remarks(self) -> Sequence[PracticeRemark]:
        """The oldest first."""
        return cast("PracticeForm", self.form).remarks.get(self.name, ())

    @property
    def aria_describedby(self) -> str | None:
        said = f"{self.auto_id}_remarks" if self.remarks else ""
        return " ".join(filter(None, (super().aria_describedby, said))) or None


class PracticeForm(SectionsMixin, ConceptPickMixin, CleanTextMixin, forms.ModelForm):
    """A good practice. ``submitted``: everything the desk needs must be there. ``noted``: what readers or the checker
    say something about; ``remarks``: {field: what readers say about it}."""

    layouts: ClassVar = {
        "what": Layout(_("What is it?"), ("title", "description"), beside=("kind", "language")),
        "where": Layout(_("Where is it done?"), ("host_name", "host_code", "city", "country")),
        "whom": Layout(_("Whom does it help?"), ("sectors", "target_groups")),
        "how": Layout(
            _("How could others do it?"),
            ("objectives", "steps", "resources", "results", "transfer", "keywords_text"),
        ),
        "learn": Layout(_("What does one learn by it?"), ("competences", "competences_text")),
        "document": Layout(_("Does a document go with it?")),
    }
    noted: Collection[str] = ()
    remarks: Mapping[str, Sequence[PracticeRemark]] = {}
    bound_field_class = RemarkedField

    # What is chosen as one when two people have changed a card (`ecett.core.editing`).
    together: ClassVar = {"place": ("country", "city")}
    part_labels: ClassVar = {"place": _("Country and town")}

    picked = "competences"
    schemes = ("esco_skill", "ecett")

    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), choices=Sector.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    target_groups = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    competences = CodesField(label=_("Competences"), required=False)
    keywords_text = forms.CharField(
        label=_("Keywords"),
        required=False,
        max_length=500,
        help_text=_("Separated by commas, for example: telephone, aftercare"),
    )
    host_code = forms.CharField(
        label=_("The host's card"),
        required=False,
        max_length=300,
        help_text=_("Its address in this portal, when there is one. The practice then appears there too."),
    )

    class Meta:
        model = GoodPractice
        fields = (
            "title", "kind", "language", "country", "city", "host_name", "sectors", "target_groups",
            "description",
            "objectives", "resources", "steps", "results", "transfer", "competences_text",
            "anonymity_declared",
        )  # fmt: skip
        help_texts = {
            "title": _("What is done, in one line. For example: One phone number stays open for a year"),
            "description": _("What you saw: who does what, with whom, how often."),
            "transfer": _("What must be there for it to work elsewhere."),
            "host_name": _("The institution where it is done."),
            "anonymity_declared": _("No name, no initials, no date or place that gives somebody away."),
        }

    def __init__(self, *args: Any, submitted: bool = False, **kwargs: Any) -> None:
        practice: GoodPractice | None = kwargs.get("instance")
        if practice is not None and practice.pk:
            known = {
                "competences": [concept.code for concept in practice.competences.all()],
                "keywords_text": ", ".join(practice.keywords),
                "host_code": practice.host.public_id if practice.host else "",
            }
            kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # Shown as needed from the start; a draft is kept without.
            field.required = name in NEEDED and (submitted or not self.is_bound)
        groups = [(group.code, group.label(reader())) for group in terms().thesaurus.scheme("target_groups")]
        self.fields["target_groups"].choices = sorted(groups, key=lambda pair: pair[1].casefold())  # type: ignore[attr-defined]
        self.fields["language"] = forms.ChoiceField(
            label=_("The language you write in"), choices=languages.choices(), required=False
        )
        if not self.is_bound and not (practice and practice.pk):
            self.initial.setdefault("language", reader())

    def needed(self) -> Collection[str]:
        """What the desk wants to read, whoever keeps a draft without it."""
        return NEEDED

    def wanted(self) -> Collection[str]:
        return (*self.noted, *((self.picked,) if self.find_text else ()))

    def clean_country(self) -> str:
        return str(self.cleaned_data.get("country") or "")

    def clean_language(self) -> str:
        return self.cleaned_data.get("language") or reader()

    def clean_kind(self) -> str:
        return self.cleaned_data.get("kind") or GoodPractice.Kind.TRAINEE

    def clean_keywords_text(self) -> list[str]:
        words = [word.strip() for word in self.cleaned_data.get("keywords_text", "").split(",")]
        words = list(dict.fromkeys(word for word in words if word))
        if len(words) > MOST_KEYWORDS or any(len(word) > 80 for word in words):
            raise ValidationError(_("At most twelve words of 80 characters each, please."), code="keywords")
        return words

    def clean_host_code(self) -> Host | None:
        text = self.cleaned_data.get("host_code", "").strip().rstrip("/")
        if not text:
            return None
        host = Host.objects.published().filter(public_id=text.rsplit("/", 1)[-1]).first()
        if host is None:
            raise ValidationError(_("No published host card has this address."), code="unknown_host")
        return host

    def card_fields(self) -> dict[str, Any]:
        """What the service wants."""
        values = {name: self.cleaned_data.get(name) for name in (*self.Meta.fields, "competences")}
        values["keywords"] = self.cleaned_data["keywords_text"]
        values["host"] = self.cleaned_data["host_code"]
        return values
