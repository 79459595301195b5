"""What a coordinator fills in: a contract, its splits, the terms of a mobility, its further costs, the filter of
the rates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import OrganisationKind
from ecett.accounts.models import Organisation
from ecett.core.components.formats import money
from ecett.core.fields import CleanTextMixin, check_order
from ecett.core.ids import public_id
from grants.costs import REAL, cases
from grants.enums import ContractKind, Head, HelpdeskBy, RateKind
from grants.models import Contract
from grants.rates import RateSet
from grants.reports import NAMES
from grants.selectors.stays import Participant, sees_every_contract
from grants.services.contracts import AWARD_HEADS
from grants.splits import Split
from grants.wording import agency_words, key_words, value_words
from trainees.forms.rows import rows_class

#: Half the way round the earth, km.
FARTHEST = 20_100
MOST_EUROS = Decimal("99999999.99")


def _choice(form: forms.Form, name: str) -> Any:
    """A field that is a choice; its choices come with the form."""
    return form.fields[name]


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.city} ({obj.country.code})"


class OrganisationChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.city} ({obj.country.code})"


class ContractForm(CleanTextMixin, forms.Form):
    """A contract as its grant agreement says it."""

    hide_optional = True

    code = forms.CharField(
        label=_("Project code"),
        max_length=40,
        help_text=_(
            "As on the grant agreement: 2024-1-BE01-KA121-ADU-000123456. Call, national agency, action and "
            "field are read from it."
        ),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("For example: De Oever and partners, 2024 to 2026")
    )
    coordinator = OrganisationChoice(
        label=_("Signatory"),
        queryset=Organisation.objects.none(),
        help_text=_("The organisation that signed with the agency."),
    )
    kind = forms.ChoiceField(
        label=_("For"),
        choices=[
            (ContractKind.SINGLE, _("the signatory alone")),
            (ContractKind.CONSORTIUM, _("a consortium of organisations of one country")),
        ],
        widget=forms.RadioSelect,
        initial=ContractKind.SINGLE,
    )
    members = OrganisationChoices(
        label=_("Other members of the consortium"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All in the signatory's country. Their staff can travel on this contract."),
    )
    start = forms.DateField(label=_("First day of the contract"))
    end = forms.DateField(label=_("Last day of the contract"))
    planned = forms.IntegerField(
        label=_("Stays planned"),
        min_value=1,
        max_value=9_999,
        initial=15,
        help_text=_("A contract with ECETT needs at least 15 over two years."),
    )
    helpdesk_by = forms.ChoiceField(
        label=_("Who does the helpdesk's work"),
        required=False,
        choices=[("", _("as the signatory is trained")), *HelpdeskBy.choices],
        help_text=_("The helpdesk's share goes to whoever does its work."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        senders = Organisation.objects.filter(kind__in=(OrganisationKind.SIGNATORY, OrganisationKind.SENDING))
        own = senders.filter(kind=OrganisationKind.SIGNATORY)
        if not sees_every_contract(user):
            own = Organisation.objects.filter(pk=user.hat.organisation_id)
            self.fields["coordinator"].initial = user.hat.organisation_id
        _choice(self, "coordinator").queryset = own
        _choice(self, "members").queryset = senders
        for head in AWARD_HEADS:
            self.fields[head.value] = forms.DecimalField(
                label=NAMES[head], min_value=0, max_value=MOST_EUROS, decimal_places=2, required=False
            )

    @property
    def award_fields(self) -> list[forms.BoundField]:
        return [self[head.value] for head in AWARD_HEADS]

    def clean(self) -> dict[str, Any]:
        check_order(self, "start", "end")
        return self.cleaned_data

    @property
    def awards(self) -> dict[str, Decimal]:
        """Euros by award head; a head left empty is zero."""
        return {head.value: self.cleaned_data.get(head.value) or Decimal(0) for head in AWARD_HEADS}

    @property
    def facts(self) -> dict[str, Any]:
        """Everything else, as the services take it."""
        heads = {head.value for head in AWARD_HEADS}
        return {name: value for name, value in self.cleaned_data.items() if name not in heads}


def contract_initial(contract: Contract, awards: dict[str, Decimal]) -> dict[str, Any]:
    """A stored contract as the form shows it."""
    names = ("code", "title", "kind", "start", "end", "planned", "helpdesk_by")
    others = [row.organisation_id for row in contract.members.all()]
    return {
        **{name: getattr(contract, name) for name in names},
        "coordinator": contract.coordinator_id,
        "members": [pk for pk in others if pk != contract.coordinator_id],
        **{Head(head).value: amount for head, amount in awards.items()},
    }


class SplitRow(CleanTextMixin, forms.Form):
    """One organisational rate and its three shares, which sum to it."""

    rate = forms.DecimalField(label=_("Rate, €"), min_value=0, max_value=100_000, decimal_places=2)
    ecett = forms.DecimalField(label=_("ECETT"), min_value=0, max_value=100_000, decimal_places=2)
    signatory = forms.DecimalField(label=_("Signatory"), min_value=0, max_value=100_000, decimal_places=2)
    helpdesk = forms.DecimalField(label=_("Helpdesk"), min_value=0, max_value=100_000, decimal_places=2)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        names = ("ecett", "signatory", "helpdesk")
        if found.get("rate") is not None and all(found.get(name) is not None for name in names):
            total = sum((found[name] for name in names), Decimal(0))
            if total != found["rate"]:
                message = gettext("The shares sum to %(total)s, not to %(rate)s.") % {
                    "total": money(total),
                    "rate": money(found["rate"]),
                }
                self.add_error("helpdesk", message)
        return found


class SplitRowsBase(rows_class(SplitRow)):  # type: ignore[misc]
    """Splits of a contract; a rate has one."""

    def clean(self) -> None:
        seen: set[Decimal] = set()
        for form in self.forms:
            rate = getattr(form, "cleaned_data", {}).get("rate")
            if rate is None or form.cleaned_data.get("DELETE"):
                continue
            if rate in seen:
                form.add_error("rate", gettext("This rate has a line above."))
            seen.add(rate)

    @property
    def splits(self) -> dict[Decimal, Split]:
        """As the services take them; call it after ``is_valid``."""
        return {row["rate"]: Split(row["ecett"], row["helpdesk"], row["signatory"]) for row in self.kept}


SplitRows = SplitRowsBase


class TermsForm(CleanTextMixin, forms.Form):
    """What is said about a stay beyond its dates."""

    participants = forms.MultipleChoiceField(
        label=_("Who travels on this contract"), widget=forms.CheckboxSelectMultiple
    )
    official_km = forms.DecimalField(
        label=_("Official distance, km"),
        required=False,
        min_value=0,
        max_value=FARTHEST,
        decimal_places=3,
        help_text=_(
            "Only when the Commission's distance calculator says otherwise: one way, as in 911.5. It wins "
            "over ours, and your name and today's date stand with it."
        ),
    )
    green = forms.BooleanField(
        label=_("Green: the greater part by train, bus, bicycle or shared car"), required=False
    )
    travel_days = forms.IntegerField(
        label=_("Funded travel days"),
        min_value=0,
        max_value=60,
        initial=0,
        help_text=_("Paid like days of activity: up to 2, up to 6 when green."),
    )
    interruption_days = forms.IntegerField(
        label=_("Days of interruption"),
        min_value=0,
        max_value=400,
        initial=0,
        help_text=_("Days between the first and the last on which the stay stopped. They are not paid."),
    )
    fewer_opportunities = forms.MultipleChoiceField(
        label=_("With fewer opportunities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Inclusion support goes to the organisation. No reason is asked or kept."),
    )
    zero_grant = forms.BooleanField(
        label=_("Zero grant: no travel and individual support, organisational support only"), required=False
    )
    # The total the person saw: what is posted is what was shown.
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(person.name, person.name) for person in people]
        _choice(self, "participants").choices = names
        _choice(self, "fewer_opportunities").choices = names


class RateFilter(forms.Form):
    """Rates of one call, of one kind or all."""

    hide_optional = True

    call = forms.TypedChoiceField(label=_("Call"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all kinds")), *RateKind.choices]
    )
    agency = forms.ChoiceField(label=_("Agency"), required=False)

    def __init__(self, *args: Any, years: Sequence[int], agencies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice(self, "call").choices = [(year, year) for year in years]
        _choice(self, "agency").choices = [
            ("", _("all agencies")),
            *((code, agency_words(code)) for code in agencies),
        ]


class CostForm(CleanTextMixin, forms.Form):
    """A further cost: which head, what was spent, what for."""

    hide_optional = True

    head = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[
            (Head.INCLUSION_PARTICIPANT, _("Inclusion support for the participant, at real cost")),
            (Head.LINGUISTIC, _("Linguistic support, an amount per participant")),
            (Head.EXCEPTIONAL, _("Exceptional costs, a share of the real cost")),
        ],
    )
    real = forms.DecimalField(
        label=_("Real cost, €"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=MOST_EUROS,
        decimal_places=2,
        help_text=_("What was spent, as on the receipts. Leave it empty for linguistic support."),
    )
    case = forms.ChoiceField(
        label=_("Share of exceptional costs"),
        required=False,
        help_text=_("What is paid in full is not confirmed for every call: ask your agency."),
    )
    why = forms.CharField(
        label=_("What for?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The agency asks for a reason. For example: a train reserved for a wheelchair. No word about health."
        ),
    )
    # Names this cost: sent twice it is posted once.
    once = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rates: RateSet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = cases(Head.EXCEPTIONAL, rates) if rates else ()
        shown = [
            (row.key, f"{value_words(row.kind, row.value)}, {key_words(row.kind, row.key)}") for row in rows
        ]
        _choice(self, "case").choices = shown or [("", gettext("no share is printed for this call"))]
        self.fields["once"].initial = public_id()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("head") in REAL:
            for name in ("real", "why"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, gettext("This is asked for a real cost."))
        else:
            found["real"] = None
        if found.get("head") != Head.EXCEPTIONAL:
            found["case"] = ""
        return found
