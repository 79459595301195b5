"""To invite somebody of a team, and to accept with a new account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ecett.accounts.forms import PASSWORD_HELP, first_name_field, last_name_field
from ecett.accounts.models import User
from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from ecett.core.notifications.letters import known_language
from hosts.models import Host
from hosts.selectors.people import has_account


class InviteForm(CleanTextMixin, forms.Form):
    """Who is written to, and in which language."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=languages.portal_choices, required=False
    )

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        spoken = host.spokesperson_language or host.language
        super().__init__(*args, initial={"language": known_language(spoken)}, **kwargs)


class JoinForm(CleanTextMixin, forms.Form):
    """A new account for the address that was invited."""

    first_name = first_name_field()
    last_name = last_name_field()
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, name: str = "", **kwargs: Any) -> None:
        first, _space, last = name.strip().partition(" ")
        super().__init__(*args, initial={"first_name": first, "last_name": last}, **kwargs)
        self.email = email

    def account(self) -> dict[str, str]:
        """What the service wants."""
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name", "password")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if has_account(self.email):
            raise ValidationError(
                _("This address has an account already. Sign in, then open the link again."), code="known"
            )
        if password := cleaned.get("password"):
            person = User(
                email=self.email,
                first_name=cleaned.get("first_name", ""),
                last_name=cleaned.get("last_name", ""),
            )
            try:
                password_validation.validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
