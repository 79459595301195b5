"""Signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ecett.accounts.services import welcome_trainee


class SignupForm(AllauthSignupForm):
    """E-mail, password and name; everybody who signs up begins as a trainee."""

    first_name = forms.CharField(
        label=_("First name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
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
