"""The forms of an account: allauth's, in the portal's words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ecett.accounts.services import welcome_trainee
from ecett.core.fields import CleanTextMixin

PASSWORD_HELP = _("At least 10 characters, not only figures. Three or four words are easy to remember.")


class PlainMixin:
    """The label says what belongs into a field; a grey repetition inside it does not help. A password's rules
    in one line instead of four.
    """

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.label = _("E-mail address")
            if name == "password1":
                field.help_text = PASSWORD_HELP


class LoginForm(PlainMixin, allauth.LoginForm):
    """Signing in."""


class AddEmailForm(PlainMixin, allauth.AddEmailForm):
    """One more address."""


class ChangePasswordForm(PlainMixin, allauth.ChangePasswordForm):
    """A new password, by somebody who knows the old one."""


class SetPasswordForm(PlainMixin, allauth.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(PlainMixin, allauth.ResetPasswordForm):
    """Whom the link to a new password goes to."""


class ResetPasswordKeyForm(PlainMixin, allauth.ResetPasswordKeyForm):
    """A new password, by somebody who followed that link."""


class ReauthenticateForm(PlainMixin, allauth.ReauthenticateForm):
    """Once more the password, before something is changed."""


def first_name_field() -> forms.CharField:
    """As the person writes it; browsers know it."""
    return forms.CharField(
        label=_("First name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )


def last_name_field() -> forms.CharField:
    """As the person writes it; browsers know it."""
    return forms.CharField(
        label=_("Last name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class NameForm(CleanTextMixin, forms.Form):
    """What one is called."""

    first_name = first_name_field()
    last_name = last_name_field()


class SignupForm(PlainMixin, allauth.SignupForm):
    """E-mail, password and name; everybody who signs up begins as a trainee."""

    first_name = first_name_field()
    last_name = last_name_field()
    field_order = ("first_name", "last_name", "email", "password1", "password2")

    def save(self, request: HttpRequest) -> Any:
        user = super().save(request)
        if user is not None:
            welcome_trainee(
                user=user,
                first_name=self.cleaned_data["first_name"],
                last_name=self.cleaned_data["last_name"],
                language=translation.get_language() or "en",
            )
        return user
