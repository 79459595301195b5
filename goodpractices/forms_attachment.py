"""Sending a document that goes with a practice, and naming it. Its title is checked as the words of a card are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecett.core import languages
from ecett.core.cleaning.handed_on import ACCEPTED, CleanFile, make_clean
from ecett.core.components.formats import file_size
from ecett.core.fields import CleanTextMixin
from ecett.core.uploads import extensions_of
from goodpractices.forms_adoption import NamesNobodyMixin
from goodpractices.models import GoodPractice


class AttachmentWordsForm(NamesNobodyMixin, CleanTextMixin, forms.Form):
    """What it is called, and the language it is in."""

    told = ("title",)
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("The language it is in"), choices=languages.choices)

    def __init__(
        self, *args: Any, practice: GoodPractice, known: Collection[str] = (), **kwargs: Any
    ) -> None:
        self.practice, self.known = practice, known
        super().__init__(*args, **kwargs)
        # Asked only when there is something to ask.
        self.asks = self.is_bound and bool(self.data.get(self.add_prefix("no_client")))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        language = values.get("language") or self.practice.language
        self.look_for_names(values, self.known, language=language, places=self.practice.places())
        self.asks = self.asks or "no_client" in self.errors
        return values

    def words(self) -> dict[str, Any]:
        """What the services want."""
        return {
            "title": self.cleaned_data["title"],
            "language": self.cleaned_data["language"],
            "cleared": self.marked,
        }


class AttachmentForm(AttachmentWordsForm):
    """A new one; ``cleaned_data["file"]`` is the file as it is kept."""

    file = forms.FileField(
        label=_("Document"), max_length=255, error_messages={"required": _("Please choose a document.")}
    )
    anonymity_declared = forms.BooleanField(
        label=_("No client can be recognised in this document"),
        error_messages={
            "required": _("Clients are always anonymous: please declare it, or change the document first.")
        },
    )  # fmt: skip
    field_order = ("file", "title", "language", "no_client", "anonymity_declared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        endings = [ending for kind in ACCEPTED for ending in extensions_of(kind)]
        self.fields["file"].widget.attrs["accept"] = ",".join(endings)
        self.fields["file"].help_text = gettext(
            "PDF, picture (JPEG, PNG), text, sheet or slides of Word, Excel, PowerPoint or LibreOffice; "
            "at most %(size)s. The names of who wrote it are taken out of its properties."
        ) % {"size": file_size(settings.ATTACHMENT_MAX_BYTES)}
        self.fields["title"].help_text = gettext("For example: Plan for the first week, to fill in")
        self.fields["anonymity_declared"].help_text = gettext(
            "No name, no initials, no face, no date or place that gives somebody away. "
            "The helpdesk reads the document before others get it."
        )
        self.initial.setdefault("language", self.practice.language)

    def clean_file(self) -> CleanFile:
        return make_clean(self.cleaned_data["file"], max_bytes=settings.ATTACHMENT_MAX_BYTES)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.errors and "file" in values:
            # A page cannot put a file back into its field.
            self.add_error(
                "file", ValidationError(_("The document is fine. Please choose it once more."), code="again")
            )
        return values


def limit_text() -> str:
    """How many a card takes, said before anything is sent."""
    most = settings.PRACTICE_ATTACHMENTS
    return ngettext("At most %(n)s document.", "At most %(n)s documents.", most) % {"n": most}
