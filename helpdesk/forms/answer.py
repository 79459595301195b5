"""The host's answer: yes, no, or other days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ecett.core.fields import CleanTextMixin
from helpdesk.forms.days import check_stay


class AnswerForm(CleanTextMixin, forms.Form):
    """One choice; each asks only for what it needs."""

    ACCEPT, COUNTER, DECLINE = "accept", "counter", "decline"

    choice = forms.ChoiceField(
        label=_("Your answer"),
        choices=(
            (ACCEPT, _("Yes, these days suit us")),
            (COUNTER, _("Yes, but on other days")),
            (DECLINE, _("No, not this time")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    start = forms.DateField(
        label=_("First day"), required=False, help_text=_("Only if you propose other days.")
    )
    end = forms.DateField(label=_("Last day"), required=False)
    words = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "To the trainee and the helpdesk. If you say no, please tell us why: it helps us next time."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hide_optional = True

    def clean(self) -> dict[str, Any]:
        """Other days must be said, a no gives its reason."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        choice = found.get("choice")
        if choice == self.COUNTER:
            self._check_days(found)
        if choice == self.DECLINE and not found.get("words") and "words" not in self.errors:
            self.add_error("words", ValidationError(_("Please say why, in a few words."), code="required"))
        return found

    def _check_days(self, found: dict[str, Any]) -> None:
        for name in ("start", "end"):
            if found.get(name) is None and name not in self.errors:
                self.add_error(name, ValidationError(_("Say which days would suit you."), code="required"))
        check_stay(self, found)
