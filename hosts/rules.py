"""Who may write host cards."""

from __future__ import annotations

from typing import Any

import rules

from ecett.accounts.enums import Role
from ecett.accounts.rules import is_desk
from hosts.enums import Moderation


@rules.predicate
def made_host(user: Any, host: Any) -> bool:
    """She wrote the card."""
    return host is not None and host.created_by_id == user.pk


@rules.predicate
def speaks_for_host(user: Any, host: Any) -> bool:
    """She is a spokesperson of the host's organisation."""
    return host is not None and any(
        hat.role == Role.HOST
        and hat.organisation_id is not None
        and hat.organisation_id == host.organisation_id
        for hat in user.hats
    )


@rules.predicate
def speaks_for_invited(user: Any, invitation: Any) -> bool:
    """She speaks for the host that somebody is invited to."""
    return invitation is not None and speaks_for_host.test(user, invitation.host)


@rules.predicate
def made_one_of_pair(user: Any, pair: Any) -> bool:
    """She wrote one of the two cards."""
    return pair is not None and user.pk in (pair.first.created_by_id, pair.second.created_by_id)


# Rooms above say who else needs a team's people: a trainee who is expected there.
_readers: list[rules.Predicate] = []


def register_contact_reader(predicate: rules.Predicate) -> None:
    """Let those whom ``predicate`` (user, host) finds see who is who in a team. Registering twice does nothing."""
    if predicate not in _readers:
        _readers.append(predicate)


@rules.predicate
def is_expected(user: Any, host: Any) -> bool:
    """She has a reason to write to the team, as a room above knows."""
    return host is not None and any(predicate.test(user, host) for predicate in _readers)


@rules.predicate
def is_public(user: Any, host: Any) -> bool:
    """Everybody reads the card."""
    return host is not None and host.moderation == Moderation.PUBLISHED


@rules.predicate
def may_edit_its_card(user: Any, suggestion: Any) -> bool:
    """She may change the card that the suggestion is about."""
    return suggestion is not None and user.has_perm("hosts.edit_host", suggestion.host)


rules.add_perm("hosts.add_host", rules.is_authenticated)
may_edit = made_host | speaks_for_host | is_desk
rules.add_perm("hosts.edit_host", may_edit)
# Who may change a card does not suggest.
rules.add_perm("hosts.suggest_host", rules.is_authenticated & is_public & ~may_edit)
rules.add_perm("hosts.answer_suggestion", may_edit_its_card)
rules.add_perm("hosts.speak_for_host", speaks_for_host | is_desk)
rules.add_perm("hosts.moderate_host", is_desk)
rules.add_perm("hosts.export_contacts", is_desk)
rules.add_perm("hosts.see_contact", speaks_for_host | made_host | is_desk | is_expected)
rules.add_perm("hosts.invite_people", speaks_for_host | is_desk)
rules.add_perm("hosts.withdraw_invitation", speaks_for_invited | is_desk)
rules.add_perm("hosts.merge_hosts", is_desk)
rules.add_perm("hosts.tell_apart", is_desk | made_one_of_pair)
