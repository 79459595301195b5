"""A practice on paper: the words in the reader's language, and the way back to the card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ecett.core import languages, links
from ecett.core.components.formats import file_size
from ecett.core.documents import services as documents
from ecett.core.documents.registry import DocumentKind, register
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from goodpractices.models import Attachment, GoodPractice
from goodpractices.selectors.cards import authors_of, practice_in_print
from goodpractices.selectors.translations import Wording, wording_for
from goodpractices.services.evidence import evidence_of
from goodpractices.wording import LEVELS, reasons_of
from hosts.forms import reader
from hosts.terms import terms
from hosts.wording import place_of, sector_names

KIND = "practice"


def practice_title(practice: GoodPractice) -> str:
    """Its title in the language of the paper, when it is translated."""
    return _wording(practice)[1].title


def practice_paper(subject: GoodPractice) -> Mapping[str, Any]:
    """All that the paper says, in the active language."""
    practice, wording = _wording(subject)
    label = terms().label
    concepts = [concept.code for concept in (*practice.concepts.all(), *practice.competences.all())]
    evidence = evidence_of([practice])[practice.pk]
    about = (
        (_("Sectors"), sector_names(practice.sectors)),
        (_("For whom"), ", ".join(label(code, reader()) for code in practice.target_groups)),
        (
            _("Methods and problems"),
            ", ".join(label(code, reader()) for code in concepts if code in terms().thesaurus),
        ),
        (_("How it reached us"), str(practice.get_kind_display())),
        (_("Author"), authors_of(practice)),
        (
            _("How well it has proved itself"),
            " ".join((f"{LEVELS[evidence.level][1]}.", *reasons_of(evidence))),
        ),
    )
    return {
        "where": place_of(practice.host_name, practice.city, practice.country),
        "words_in": wording.language,
        "description": wording.description,
        "chapters": [(str(name), text) for name, text in wording.chapters],
        "competences": wording.texts["competences_text"],
        "attachments": [
            {
                "title": one.title,
                "kind": str(one.get_kind_display()),
                "size": file_size(one.size),
                "language": languages.name(one.language),
                "code": one.language,
            }
            for one in Attachment.objects.shown().filter(practice=practice)
        ],
        "about": [(name, text) for name, text in about if text],
        "translated_from": languages.word(practice.language) if wording.translation else "",
        "translator": wording.translation.translator_name if wording.translation else "",
        "source": practice.source_note,
        "url": links.absolute(reverse("goodpractices:practice_detail", args=[practice.public_id])),
    }


def may_read_practice(user: Any, document: Document) -> bool:
    """Whoever may read the card."""
    return GoodPractice.objects.visible_to(user).filter(pk=document.object_id).exists()


@transaction.atomic
def ask_for_paper(*, practice: GoodPractice, language: str, actor: Any) -> Document:
    """The card as it is now on paper: the paper made before when it says the same, else a new one."""
    # The lock on the card keeps a double click from making two.
    locked = GoodPractice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    with translation.override(language):
        said = documents.frozen(practice_paper(locked))
    made = Document.objects.filter(
        kind=KIND,
        language=language,
        content_type=ContentType.objects.get_for_model(GoodPractice),
        object_id=locked.pk,
    ).exclude(state=DocumentState.FAILED)
    last = made.order_by("-pk").first()
    if last and {name: text for name, text in last.context.items() if name != "document"} == said:
        return last
    return documents.request_document(kind=KIND, subject=locked, language=language, requested_by=actor)


def _wording(subject: GoodPractice) -> tuple[GoodPractice, Wording]:
    practice = practice_in_print(subject.pk)
    return practice, wording_for(practice, reader())


register(
    DocumentKind(
        name=KIND,
        title=practice_title,
        template="documents/practice.html",
        context=practice_paper,
        may_read=may_read_practice,
        # Nothing is certified: the card's address says what holds now.
        sealed=False,
    )
)
