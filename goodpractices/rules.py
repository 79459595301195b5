"""Who may write and publish good practices."""

from __future__ import annotations

from typing import Any

import rules

from ecett.accounts.rules import is_admin, is_desk, is_helpdesk, is_juror
from goodpractices.enums import IN_READING, PracticeState


@rules.predicate
def is_author(user: Any, practice: Any) -> bool:
    """She is one of the card's authors."""
    return practice is not None and practice.authors.filter(user=user).exists()


@rules.predicate
def read_it_first(user: Any, practice: Any) -> bool:
    """She was the first reader: two stages are two people."""
    return practice is not None and practice.first_reader_id() == user.pk


@rules.predicate
def waits_for_the_desk(user: Any, practice: Any) -> bool:
    """The first stage."""
    return practice is not None and practice.state == PracticeState.SUBMITTED


@rules.predicate
def waits_for_an_expert(user: Any, practice: Any) -> bool:
    """The second stage."""
    return practice is not None and practice.state == PracticeState.WITH_EXPERT


# An expert is whoever sits on juries: the network has judged her able to judge practices.
is_expert = is_juror | is_admin

rules.add_perm("goodpractices.add_practice", rules.is_authenticated)
rules.add_perm("goodpractices.edit_practice", is_author | is_desk)
rules.add_perm("goodpractices.moderate_practice", is_desk)
may_judge = is_expert & ~is_author & ~read_it_first
rules.add_perm("goodpractices.judge_practice", may_judge)
rules.add_perm(
    "goodpractices.remark_practice", (is_desk & waits_for_the_desk) | (waits_for_an_expert & may_judge)
)


@rules.predicate
def reported_it(user: Any, adoption: Any) -> bool:
    """The report is hers."""
    return adoption is not None and adoption.reported_by_id == user.pk


rules.add_perm("goodpractices.report_adoption", rules.is_authenticated)
rules.add_perm("goodpractices.edit_adoption", reported_it)
rules.add_perm("goodpractices.hide_adoption", is_desk)
rules.add_perm("goodpractices.see_readings", is_desk | is_expert)
rules.add_perm("goodpractices.see_versions", is_author | is_desk | is_expert)


@rules.predicate
def is_public(user: Any, practice: Any) -> bool:
    """Anybody may read the card."""
    return practice is not None and practice.state == PracticeState.PUBLISHED


@rules.predicate
def translates_it(user: Any, translation: Any) -> bool:
    """She translated it, or wrote the original."""
    return translation is not None and (
        translation.translator_id == user.pk or is_author(user, translation.practice)
    )


@rules.predicate
def serves_its_language(user: Any, translation: Any) -> bool:
    """The hat she wears is that of the desk of this language."""
    return translation is not None and is_helpdesk(user) and user.hat.language == translation.language


# docs/decisions/0011-translations.md
may_publish_translation = serves_its_language | is_admin
rules.add_perm("goodpractices.translate_practice", rules.is_authenticated & is_public)
rules.add_perm("goodpractices.edit_translation", translates_it | may_publish_translation)
rules.add_perm("goodpractices.publish_translation", may_publish_translation)


@rules.predicate
def is_being_read(user: Any, practice: Any) -> bool:
    """What readers have before them does not change under their eyes."""
    return practice is not None and practice.state in IN_READING


@rules.predicate
def may_attach(user: Any, practice: Any) -> bool:
    """The card's authors while nobody reads it, and the desk."""
    return practice is not None and bool((is_desk | (is_author & ~is_being_read)).test(user, practice))


@rules.predicate
def may_change_its_card(user: Any, attachment: Any) -> bool:
    """As for the card it belongs to."""
    return attachment is not None and bool(may_attach.test(user, attachment.practice))


rules.add_perm("goodpractices.add_attachment", may_attach)
rules.add_perm("goodpractices.change_attachment", may_change_its_card)
rules.add_perm("goodpractices.clear_attachment", is_desk)
