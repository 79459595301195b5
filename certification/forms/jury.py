"""Sessions, votes, decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.enums import CertificateState, Level, Vote
from certification.models import JurySession
from certification.selectors.jury import possible_jurors
from ecett.accounts.models import User
from ecett.core.fields import CleanTextMixin


class SessionForm(CleanTextMixin, forms.Form):
    """A session with its jury."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("For example: Jury B, Torino"))
    level = forms.ChoiceField(label=_("Level"), choices=[one for one in Level.choices if one[0] != "A"])
    day = forms.DateField(label=_("Day"))
    place = forms.CharField(label=_("Place, or “online”"), max_length=200)
    quorum = forms.IntegerField(
        label=_("Votes needed for a decision"),
        min_value=1,
        max_value=15,
        initial=3,
        help_text=_("Three are usual. Abstentions count for the quorum; more yes than no awards."),
    )
    jurors = forms.ModelMultipleChoiceField(
        label=_("Jurors"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A juror with an interest in a candidate is left out of that dossier by herself."),
    )
    chair = forms.ModelChoiceField(
        label=_("Chair"),
        queryset=User.objects.none(),
        empty_label=_("choose"),
        help_text=_("One of the jurors. Her own vote decides when the votes are equal."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = possible_jurors()
        self.fields["jurors"].queryset = people  # type: ignore[attr-defined]
        self.fields["chair"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        jurors, chair, quorum = found.get("jurors"), found.get("chair"), found.get("quorum")
        if jurors is not None and chair is not None and chair not in jurors:
            self.add_error("chair", _("The chair is one of the jurors: choose her above too."))
        if jurors is not None and quorum is not None and len(jurors) < quorum:
            self.add_error("jurors", _("Choose at least as many jurors as votes are needed."))
        return found


def session_initial(session: JurySession) -> dict[str, Any]:
    """What the form shows first."""
    seats = list(session.seats.all())
    return {
        "title": session.title, "level": session.level, "day": session.day, "place": session.place,
        "quorum": session.quorum, "jurors": [seat.user_id for seat in seats],
        "chair": next((seat.user_id for seat in seats if seat.is_chair), None),
    }  # fmt: skip


class VoteForm(CleanTextMixin, forms.Form):
    """A juror's decision."""

    hide_optional = True

    vote = forms.ChoiceField(label=_("Your vote"), choices=Vote.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Your reasons"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Needed for a no or an abstention. They stand in the minutes."),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("vote") in (Vote.NO, Vote.ABSTAIN) and not found.get("reason"):
            self.add_error("reason", _("Please say why; the minutes hold your reason."))
        return found


class DecisionForm(CleanTextMixin, forms.Form):
    """The chair's words with the decision."""

    hide_optional = True

    reason = forms.CharField(
        label=_("Reasons of the jury"),
        required=False,
        widget=forms.Textarea,
        help_text=_("The candidate reads them. Needed when the certificate is not awarded."),
    )


class CertificateFilter(CleanTextMixin, forms.Form):
    """The filters of the list of certificates."""

    hide_optional = True

    q = forms.CharField(label=_("Name or number"), max_length=100, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("All")), *Level.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *CertificateState.choices], required=False
    )
