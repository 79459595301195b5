"""Who may write and publish good practices."""

from __future__ import annotations

from typing import Any

import rules

from ecett.accounts.rules import is_desk


@rules.predicate
def is_author(user: Any, practice: Any) -> bool:
    """She is one of the card's authors."""
    return practice is not None and practice.authors.filter(user=user).exists()


rules.add_perm("goodpractices.add_practice", rules.is_authenticated)
rules.add_perm("goodpractices.edit_practice", is_author | is_desk)
rules.add_perm("goodpractices.moderate_practice", is_desk)
