"""Demo data: complete, the same each time, and only where they belong."""

import io
from random import Random
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from certification.models import Certificate, Dossier
from ecett.accounts.models import User
from ecett.core import todo
from ecett.core.clock import today
from ecett.portal.demo import hosts as demo_hosts
from ecett.portal.seeding import AlreadySeeded, seed
from ecett.portal.seeding.accounts import ACCOUNTS, PASSWORD, ensure_accounts
from ecett.portal.seeding.hosts import make_hosts
from goodpractices.models import GoodPractice
from grants.models import Contract, Entry, Mobility
from helpdesk.enums import ProposalState, RequestState
from helpdesk.models import HelpRequest, Proposal
from hosts.models import DuplicatePair, Host, HostPeriod
from hosts.services import load_thesaurus
from trainees.enums import InternshipState, ProjectState
from trainees.models import Internship, Project

pytestmark = pytest.mark.django_db


def test_accounts_sign_in_with_the_password(client: Any) -> None:
    ensure_accounts()
    for account in ACCOUNTS:
        assert client.login(email=account.email, password=PASSWORD), account.email
        client.logout()
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(ACCOUNTS)
    roles = {account.name: account.hats[0][0].value for account in ACCOUNTS}
    expected = ("trainee", "employer", "host", "juror", "chair", "secretary", "coordinator", "admin")
    assert {name: roles[name] for name in expected} == {name: name for name in expected}
    assert {f"helpdesk-{language}" for language in ("en", "fr", "nl", "es", "it")} <= roles.keys()


def test_accounts_are_made_once() -> None:
    first = ensure_accounts()
    assert ensure_accounts() == first
    assert User.objects.count() == len(ACCOUNTS)


def test_demo_accounts_prints_each_address(settings: Any) -> None:
    out = io.StringIO()
    call_command("demo_accounts", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 1 + len(ACCOUNTS)
    assert lines[1].split()[:3] == ["trainee", "trainee@demo.example", "demo"]


def test_outside_demo_mode_there_are_no_accounts_and_no_data(settings: Any) -> None:
    settings.DEMO_MODE = False
    out = io.StringIO()
    call_command("demo_accounts", stdout=out)
    with pytest.raises(CommandError, match="demo mode"):
        call_command("seed_demo")
    assert User.objects.count() == 0
    assert "no demo accounts" in out.getvalue()


def test_hosts_made_in_bulk_are_found_and_complete() -> None:
    load_thesaurus()
    drafts = list(demo_hosts(Random(3), 40))
    cards = make_hosts(drafts)
    assert [card.name for card in cards] == [draft.name for draft in drafts]
    card = Host.objects.get(pk=cards[7].pk)
    assert dict(card.languages.values_list("language", "level")) == dict(drafts[7].languages)
    assert set(card.concepts.values_list("code", flat=True)) == set(drafts[7].concepts)
    assert card.search is not None
    assert card.is_demo
    assert {host.pk for host in cards if host.periods.exists()} == {
        host.pk for host, draft in zip(cards, drafts, strict=True) if draft.periods
    }
    assert not HostPeriod.objects.filter(end__lt=today()).exists()


def test_seed_refuses_a_portal_that_has_hosts() -> None:
    load_thesaurus()
    make_hosts(list(demo_hosts(Random(3), 1)))
    with pytest.raises(AlreadySeeded):
        seed(hosts=40)
    out = io.StringIO()
    call_command("seed_demo", if_empty=True, stdout=out)
    assert "already" in out.getvalue()
    assert Host.objects.count() == 1


def test_directory_is_the_same_for_the_same_numbers() -> None:
    load_thesaurus()

    def made() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        seed(hosts=45, scale=0)
        cards = list(Host.objects.order_by("pk").values_list("name", "city", "summary", "capacity"))
        told = list(GoodPractice.objects.order_by("pk").values_list("title", "language", "state"))
        Host.objects.all().delete()
        GoodPractice.objects.all().delete()
        return cards, told

    first = made()
    assert first == made()
    assert len(first[0]) == 45
    assert len({language for _title, language, _state in first[1]}) >= 5


@pytest.mark.slow
def test_seed_puts_people_on_every_stage_and_work_before_every_role(assets: Any) -> None:
    """The whole demonstration with few hosts: each account has something to do."""
    call_command("load_reference", stdout=io.StringIO())
    seed(hosts=150)
    assert set(Project.objects.values_list("state", flat=True)) == set(ProjectState.values)
    assert set(Internship.objects.values_list("state", flat=True)) == set(InternshipState.values)
    assert set(RequestState.values) - {"withdrawn"} <= set(
        HelpRequest.objects.values_list("state", flat=True)
    )
    states = set(Proposal.objects.values_list("state", flat=True))
    assert {
        ProposalState.SENT,
        ProposalState.QUEUED,
        ProposalState.COUNTERED,
        ProposalState.DECLINED,
    } <= states
    assert {"draft", "submitted", "jury", "awarded", "refused"} <= set(
        Dossier.objects.values_list("state", flat=True)
    )
    assert set(Certificate.objects.values_list("level", flat=True)) >= {"A", "B"}
    assert {pair.first.country for pair in DuplicatePair.objects.select_related("first")} == {"GR", "BE"}
    assert Contract.objects.count() == 2
    assert Mobility.objects.count() >= 4
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0
    # History stays history: nothing was done in the future, and numbers follow the years.
    assert (
        Project.objects.order_by("created_at").first().created_at.year
        < Project.objects.latest("created_at").created_at.year
    )  # type: ignore[union-attr]
    people = {account.name: User.objects.get(email=account.email) for account in ACCOUNTS}
    busy = {name: [item.title for item in todo.todos(user) if item.mine] for name, user in people.items()}
    idle = [name for name in busy if not busy[name] and name not in ("colleague", "admin", "coordinator")]
    assert idle == []
