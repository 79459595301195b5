"""A message of the conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ecett.core.fields import CleanTextMixin


class MessageForm(CleanTextMixin, forms.Form):
    text = forms.CharField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 4}))
