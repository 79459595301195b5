"""What is written about people."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership, Organisation, User
from ecett.core.clock import today
from ecett.core.workflow import Blocked


@transaction.atomic
def welcome_trainee(*, user: User, first_name: str, last_name: str, language: str) -> Membership:
    """Complete a person who has just signed up, and make her a trainee."""
    user.first_name, user.last_name, user.language = first_name, last_name, language
    user.save(update_fields=["first_name", "last_name", "language", "sort_name", "changed_at"])
    return grant_role(user=user, role=Role.TRAINEE)


def grant_role(
    *, user: User, role: str, organisation: Organisation | None = None, language: str = ""
) -> Membership:
    """Give a person a role; giving it twice changes nothing, and one that had ended holds again."""
    membership, _made = Membership.objects.get_or_create(
        user=user, role=role, organisation=organisation, language=language
    )
    if membership.ends_on is not None and membership.ends_on < today():
        membership.ends_on = None
        membership.save(update_fields=["ends_on", "changed_at"])
    return membership


def end_role(*, membership: Membership) -> None:
    """A person no longer has a role, from this moment; the row stays as long as it says something of the past."""
    if membership.starts_on < today():
        membership.ends_on = today() - dt.timedelta(days=1)
        membership.save(update_fields=["ends_on", "changed_at"])
    else:
        membership.delete()


@transaction.atomic
def open_account(*, email: str, first_name: str, last_name: str, password: str, language: str) -> User:
    """An account for an address that is proved to be the person's own. Raises Blocked when it has one already."""
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Blocked(_("This address has an account already. Sign in, then open the link again."))
    user = User.objects.create_user(
        email, password, first_name=first_name, last_name=last_name, language=language
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def correct_name(*, user: User, first_name: str, last_name: str) -> None:
    """Call the person so from now on. The database keeps what she was called before."""
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name", "sort_name", "changed_at"])


def choose_language(*, user: User, language: str) -> None:
    """Speak this language to the person from now on, in mail too."""
    User.objects.filter(pk=user.pk).update(language=language)
