"""A desk, a trainee with a request, and hosts, as the pages meet them."""

import pytest

from ecett.accounts.enums import Role
from tests.factories import person


@pytest.fixture(autouse=True)
def demo(settings):
    # A demo needs no second factor.
    settings.DEMO_MODE = True


@pytest.fixture
def desk():
    return person(Role.HELPDESK, email="ruth@example.org", first_name="Ruth", last_name="Ellery")


@pytest.fixture
def french():
    return person(Role.HELPDESK, language="fr")


@pytest.fixture
def log_in(client):
    """``log_in(user)`` gives the client signed in as this person."""

    def enter(user):
        client.force_login(user)
        return client

    return enter
