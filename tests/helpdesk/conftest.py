"""A desk, a trainee with a request, and hosts, as the pages meet them."""

import datetime as dt

import pytest
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.actors import Actor
from ecett.core.clock import today
from ecett.core.models import Notification
from helpdesk.models import Proposal
from helpdesk.services import Ask
from tests.factories import AHEAD, HostFactory, person


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


def day(offset: int) -> dt.date:
    return today() + dt.timedelta(days=offset)


def page_of(request):
    return reverse("helpdesk:request_detail", args=[request.public_id])


def by_link(proposal: Proposal) -> Actor:
    return Actor.link(
        purpose="proposal", subject=proposal.pk, name="Maja Lind", role="host", email=proposal.contact_email
    )


def ask(host=None, start: int = AHEAD, days: int = 5, **fields) -> Ask:
    return Ask(host or HostFactory(), day(start), day(start + days - 1), **fields)


def letters(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=f"helpdesk.{kind}").order_by("pk")
    return [row.email for row in rows]
