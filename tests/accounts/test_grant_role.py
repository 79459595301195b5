"""Roles given from the command line: the first people of a portal that is no demonstration."""

import io

import pytest
from django.core.management import CommandError, call_command

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def give(*words: str) -> str:
    out = io.StringIO()
    call_command("grant_role", *words, stdout=out)
    return out.getvalue()


def test_role_is_given_once_and_said() -> None:
    user = UserFactory(email="ada@example.org", first_name="Ada", last_name="Lovelace")
    OrganisationFactory(name="De Oever vzw")
    assert give("Ada@Example.org", "admin") == "Ada Lovelace <ada@example.org>: Administrator\n"
    give("ada@example.org", "admin")
    give("ada@example.org", "helpdesk", "--language", "fr")
    assert "De Oever vzw" in give("ada@example.org", "coordinator", "--organisation", "de oever VZW")
    hats = [(hat.role, hat.language, str(hat.organisation or "")) for hat in user.hats]
    assert hats == [
        (Role.ADMIN, "", ""),
        (Role.HELPDESK, "fr", ""),
        (Role.COORDINATOR, "", "De Oever vzw"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody@example.org", "admin"], "Nobody has signed up with nobody@example.org"),
        (["ada@example.org", "queen"], "invalid choice: 'queen'"),
        (["ada@example.org", "helpdesk"], "serves a language"),
        (["ada@example.org", "helpdesk", "--language", "tlh"], "invalid choice: 'tlh'"),
        (["ada@example.org", "admin", "--language", "fr"], "No other role has one"),
        (["ada@example.org", "coordinator", "--organisation", "oever"], "Known: De Oever vzw"),
        (["ada@example.org", "coordinator", "--organisation", "nowhere"], "There is no organisation nowhere"),
    ],
)
def test_wrong_words_are_said_and_nothing_is_given(words: list[str], said: str) -> None:
    UserFactory(email="ada@example.org")
    OrganisationFactory(name="De Oever vzw")
    with pytest.raises(CommandError, match=said):
        give(*words)
    assert not Membership.objects.exists()
