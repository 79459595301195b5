"""Translating a practice: the words are kept with what the translator had before her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ecett.core.workflow import Blocked, transitioned
from goodpractices.enums import TranslationState
from goodpractices.models import GoodPractice, PracticeTranslation, PracticeVersion
from goodpractices.passages import CHECKED, fingerprint
from goodpractices.services.indexing import index_practices
from goodpractices.services.readings import keep_version


@transaction.atomic
def begin_translation(
    *,
    practice: GoodPractice,
    actor: Any,
    language: str,
    texts: Mapping[str, str],
    read: str,
    cleared: Iterable[str] = (),
) -> PracticeTranslation:
    """A new translation, a draft of hers. ``read``: the `fingerprint` of the original she had before her.

    Sent twice it is the same translation. Raises Blocked when there is another.
    """
    if language == practice.language:
        raise Blocked(_("The card is written in this language."))
    translation = PracticeTranslation(
        practice=practice, language=language, translator=actor, translator_name=actor.get_full_name()
    )
    try:
        with transaction.atomic():
            translation.save()
    except IntegrityError:
        begun = PracticeTranslation.objects.get(practice=practice, language=language)
        if begun.translator != actor or any(
            begun.texts.get(name, "") != text for name, text in texts.items()
        ):
            raise Blocked(_("There is a translation into this language already.")) from None
        return begun
    return write_translation(translation=translation, texts=texts, read=read, cleared=cleared)


@transaction.atomic
def write_translation(
    *, translation: PracticeTranslation, texts: Mapping[str, str], read: str, cleared: Iterable[str] = ()
) -> PracticeTranslation:
    """Change its words; it then renders the original that was ``read``."""
    fresh = PracticeTranslation.objects.select_for_update(of=("self",)).get(pk=translation.pk)
    fresh.texts = {name: texts.get(name, fresh.texts.get(name, "")) for name in CHECKED}
    fresh.cleared = sorted({*fresh.cleared, *cleared})
    fresh.original = _version_read(fresh.practice, read) or fresh.original
    fresh.save()
    if fresh.state == TranslationState.PUBLISHED:
        index_practices([fresh.practice_id])
    return fresh


def _version_read(practice: GoodPractice, read: str) -> PracticeVersion | None:
    """The version with these words; None when none was kept (the card changed between two looks)."""
    if fingerprint(practice.texts()) == read:
        return keep_version(practice=practice, actor=None)
    return next(
        (version for version in practice.versions.order_by("-number") if fingerprint(version.texts) == read),
        None,
    )


def find_by_its_words(sender: Any, obj: Any, step: str, **kwargs: Any) -> None:
    """A translation is found by its words while it is published."""
    if sender is PracticeTranslation and step in ("publish", "take_back"):
        index_practices([obj.practice_id])


transitioned.connect(find_by_its_words, dispatch_uid="goodpractices.find_by_its_words")
