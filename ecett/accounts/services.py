"""What is written about people."""

from __future__ import annotations

from django.db import transaction

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, Organisation, User


@transaction.atomic
def welcome_trainee(*, user: User, first_name: str, last_name: str, language: str) -> Membership:
    """Complete a person who has just signed up, and make her a trainee."""
    user.first_name, user.last_name, user.language = first_name, last_name, language
    user.save(update_fields=["first_name", "last_name", "language", "sort_name", "changed_at"])
    return grant_role(user=user, role=Role.TRAINEE)


def grant_role(
    *, user: User, role: str, organisation: Organisation | None = None, language: str = ""
) -> Membership:
    """Give a person a role; giving it twice changes nothing."""
    membership, _made = Membership.objects.get_or_create(
        user=user, role=role, organisation=organisation, language=language
    )
    return membership


def correct_name(*, user: User, first_name: str, last_name: str) -> None:
    """Call the person so from now on. The database keeps what she was called before."""
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name", "sort_name", "changed_at"])


def choose_language(*, user: User, language: str) -> None:
    """Speak this language to the person from now on, in mail too."""
    User.objects.filter(pk=user.pk).update(language=language)
