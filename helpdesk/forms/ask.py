"""Asking hosts: to whom, for which days, with which words, in which order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from helpdesk.forms.days import check_stay
from helpdesk.services.proposals import ANSWER_DAYS
from hosts.models import Host


class AskForm(CleanTextMixin, forms.Form):
    """One host. The contact comes from its card; what is missing there is typed here."""

    message = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A line or two to the person who reads it. They open the e-mail."),
    )
    start = forms.DateField(label=_("First day"))
    end = forms.DateField(label=_("Last day"))
    contact_name = forms.CharField(label=_("Who answers"), max_length=200)
    contact_email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"required": _("The card names no address: type the one of the person who answers.")},
    )
    contact_language = forms.ChoiceField(label=_("We write in"), choices=languages.portal_choices)

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"host-{host.public_id}", **kwargs)
        self.host = host
        self.hide_optional = True

    def clean(self) -> dict[str, Any]:
        """Days in order, ahead, and not too many."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        check_stay(self, found)
        return found


class OrderForm(forms.Form):
    """One after the other, or all at once."""

    ONE_BY_ONE, AT_ONCE = "one", "all"

    order = forms.ChoiceField(
        label=_("In which order?"),
        choices=(
            (ONE_BY_ONE, _("One after the other: the next when one declines or does not answer in time")),
            (AT_ONCE, _("All at once: the first yes counts, the others are told")),
        ),
        initial=ONE_BY_ONE,
        widget=forms.RadioSelect,
    )
    answer_days = forms.IntegerField(
        label=_("Days each host has to answer"), min_value=1, max_value=60, initial=ANSWER_DAYS
    )

    def __init__(self, *args: Any, alone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alone:
            self.fields["order"].required = False
            self.fields["order"].widget = forms.HiddenInput()
            self.fields["answer_days"].label = _("Days to answer")
