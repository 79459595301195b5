"""A host's own people: invited by e-mail, changing the card by their link, with an account when they want one."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecett.accounts.models import Membership, User
from ecett.accounts.services import end_role, grant_role
from ecett.core import links
from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.workflow import StaleTransition
from hosts.links import INVITATION, INVITATION_DAYS
from hosts.models import Host, HostInvitation
from hosts.services.invitations import invite_person, send_invitation_again, withdraw_invitation
from tests.factories import HostFactory, OrganisationFactory, UserFactory, person

pytestmark = pytest.mark.django_db
ACCOUNT = {"first_name": "Maja", "last_name": "Lind", "password": "three calm words here"}


@pytest.fixture
def host() -> Host:
    return HostFactory(last_confirmed_on=None)


@pytest.fixture
def invitation(host: Host) -> HostInvitation:
    return invite_person(
        host=host, email="Maja@Example.org", name="Maja Lind", language="en", actor=person("helpdesk")
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link(invitation: HostInvitation) -> str:
    """The path of the link in the letter."""
    letter = Notification.objects.filter(kind="hosts.host_invitation", email=invitation.email).order_by(
        "-pk"
    )[0]
    found = re.search(r"https?://[^/\s]+(/hosts/invited/[^\s/]+/)", letter.text)
    assert found is not None
    return found[1]


def card(host: Host, **changes: Any) -> dict[str, Any]:
    return {
        "name": host.name, "country": "SE", "city": host.city, "sectors": ["addiction"], "language": "en",
        "summary": host.summary, "expertise": host.expertise, "lang0-language": "sv", "lang0-level": "C2",
        **changes,
    }  # fmt: skip


# ── the letter ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("language", ["en", "fr", "nl", "es", "it"])
def test_letter_speaks_the_language_of_the_invited(host: Host, language: str) -> None:
    invite_person(host=host, email="maja@example.org", language=language, actor=person("helpdesk"))
    letter = Notification.objects.get(kind="hosts.host_invitation")
    assert letter.language == language
    assert host.name in letter.subject_line
    assert "{{" not in letter.text + letter.subject_line


def test_the_same_address_has_one_open_invitation(host: Host, invitation: HostInvitation) -> None:
    again = invite_person(host=host, email="maja@example.org ", actor=person("helpdesk"))
    assert again == invitation
    assert again.name == "Maja Lind"
    assert Notification.objects.filter(kind="hosts.host_invitation").count() == 1


# ── who invites ─────────────────────────────────────────────────────────────────────────────────────────────
def test_desk_and_own_people_invite_others_do_not(host: Host) -> None:
    host.organisation = OrganisationFactory(kind="hosting")
    host.save()
    page = reverse("hosts:host_people", args=[host.public_id])
    for user, status in (
        (person("helpdesk"), 302),
        (person("host", organisation=host.organisation), 302),
        (person("trainee"), 403),
        (person("host", organisation=OrganisationFactory()), 403),
    ):
        sent = {"email": f"guest{user.pk}@example.org", "language": "en"}
        assert signed_in(user).post(page, sent).status_code == status
    assert HostInvitation.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "maja"},
        {"email": "maja@example.org\0"},
        {"language": "xx"},
        {"name": "M" * 201},
    ],
)
def test_wrong_invitation_is_refused_and_kept(host: Host, wrong: dict[str, str]) -> None:
    sent = {"email": "maja@example.org", "name": "Maja", "language": "en", **wrong}
    answer = signed_in(person("helpdesk")).post(reverse("hosts:host_people", args=[host.public_id]), sent)
    assert answer.status_code == 422
    assert not HostInvitation.objects.exists()


def test_send_again_waits_a_while_and_withdraw_ends_it(invitation: HostInvitation) -> None:
    desk = signed_in(person("helpdesk"))
    again = reverse("hosts:invitation_again", args=[invitation.public_id])
    assert desk.post(again).status_code == 302
    assert Notification.objects.filter(kind="hosts.host_invitation").count() == 1
    Notification.objects.update(created_at=timezone.now() - dt.timedelta(hours=1))
    desk.post(again)
    assert Notification.objects.filter(kind="hosts.host_invitation").count() == 2
    path = link(invitation)
    withdraw = reverse("hosts:invitation_withdraw", args=[invitation.public_id])
    for _press in range(2):
        assert desk.post(withdraw).status_code == 302
    assert invitation.log.count() == 1
    for address in (path, f"{path}edit/"):
        assert Client().get(address).status_code == 404
    assert Client().post(f"{path}edit/", card(invitation.host)).status_code == 404


# ── by the link ─────────────────────────────────────────────────────────────────────────────────────────────
def test_opening_changes_nothing(invitation: HostInvitation) -> None:
    before = Host.objects.values().get(pk=invitation.host_id)
    for address in (link(invitation), f"{link(invitation)}edit/"):
        assert Client().get(address).status_code == 200
    assert Host.objects.values().get(pk=invitation.host_id) == before
    assert HostInvitation.objects.get().state == "open"
    assert not User.objects.filter(email="maja@example.org").exists()


def test_card_is_changed_without_an_account_and_confirmed(invitation: HostInvitation) -> None:
    edit = f"{link(invitation)}edit/"
    refused = Client().post(edit, card(invitation.host, name="", summary="Typed with care"))
    assert refused.status_code == 422
    assert "Typed with care" in refused.content.decode()
    for _press in range(2):
        assert Client().post(edit, card(invitation.host, summary="Two flats.")).status_code == 302
    host = Host.objects.get(pk=invitation.host_id)
    assert (host.summary, host.last_confirmed_on) == ("Two flats.", today())
    assert HostInvitation.objects.get().state == "open"


def test_silent_team_gets_its_standing_back_by_the_link(invitation: HostInvitation) -> None:
    Host.objects.filter(pk=invitation.host_id).update(status="inactive", silent_from="partner")
    Client().post(f"{link(invitation)}edit/", card(invitation.host))
    assert Host.objects.get(pk=invitation.host_id).status == "partner"


def test_account_is_made_signed_in_and_speaks_for_the_host(invitation: HostInvitation) -> None:
    client, path = Client(), link(invitation)
    answer = client.post(path, ACCOUNT)
    host = Host.objects.get(pk=invitation.host_id)
    assert answer.headers["Location"] == reverse("hosts:host_detail", args=[host.public_id])
    user = User.objects.get(email="maja@example.org")
    assert EmailAddress.objects.get(user=user).verified
    assert user.check_password(ACCOUNT["password"])
    assert (user.role, user.hat.organisation) == ("host", host.organisation)  # type: ignore[union-attr]
    assert host.organisation is not None
    assert host.organisation.kind == "hosting"
    assert client.get(reverse("hosts:host_edit", args=[host.public_id])).status_code == 200
    assert client.get(reverse("hosts:host_edit", args=[HostFactory().public_id])).status_code == 403
    (entry,) = invitation.log.all()
    assert (entry.to_state, entry.actor_name) == ("accepted", "Maja Lind")


def test_link_works_once(invitation: HostInvitation) -> None:
    path = link(invitation)
    Client().post(path, ACCOUNT)
    assert "accepted" in Client().get(path).content.decode()
    assert Client().post(path, {**ACCOUNT, "first_name": "Eve"}).status_code == 200
    assert Client().get(f"{path}edit/").status_code == 302
    assert Client().post(f"{path}edit/", card(invitation.host, summary="Eve's")).status_code == 302
    assert Host.objects.get(pk=invitation.host_id).summary != "Eve's"
    assert Membership.objects.filter(role="host").count() == 1


def test_somebody_with_an_account_signs_in_and_accepts(invitation: HostInvitation) -> None:
    user = UserFactory(email="maja@example.org")
    path = link(invitation)
    page = Client().get(path).content.decode()
    assert "has an account already" in page
    assert "password" not in page
    assert Client().post(path, ACCOUNT).status_code == 422
    assert User.objects.filter(email="maja@example.org").count() == 1
    assert signed_in(user).post(path).status_code == 302
    assert (
        User.objects.get(pk=user.pk).hats[0].organisation
        == Host.objects.get(pk=invitation.host_id).organisation
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "1234567890123"}, "entirely numeric"),
        ({"password": "maja@example.org"}, "too similar"),
        ({"first_name": ""}, "required"),
        ({"last_name": "L" * 101}, "100 characters"),
        ({"first_name": "M\0"}, "Null characters"),
    ],
)
def test_wrong_account_is_refused_beside_its_field(
    invitation: HostInvitation, wrong: dict[str, str], words: str
) -> None:
    answer = Client().post(link(invitation), {**ACCOUNT, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.filter(email="maja@example.org").exists()


def test_expired_link_sends_a_new_one_to_the_same_address_only(
    invitation: HostInvitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = link(invitation), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + dt.timedelta(days=INVITATION_DAYS + 1))
    assert Client().get(path).status_code == 410
    assert Client().post(path, ACCOUNT).status_code == 410
    for _press in range(2):
        assert Client().post(f"{path}renew/", {"email": "eve@example.org"}).status_code == 200
    assert list(Notification.objects.values_list("email", flat=True)) == ["maja@example.org"] * 2
    assert Client().get(link(invitation)).status_code == 200


def test_altered_and_foreign_links_open_nothing(invitation: HostInvitation) -> None:
    token = link(invitation).split("/")[-2]
    other = links.make(purpose="host_check", subject=invitation, email="eve@example.org", days=9)
    wrong_kind = links.make(purpose=INVITATION, subject=invitation.host, email="eve@example.org", days=9)
    for bad in (f"{token}x", token[:-3], other, wrong_kind):
        for name in ("hosts:invitation_open", "hosts:invitation_edit"):
            assert Client().get(reverse(name, args=[bad])).status_code == 404
        assert Client().post(reverse("hosts:invitation_renew", args=[bad])).status_code == 404


# ── and no longer ───────────────────────────────────────────────────────────────────────────────────────────
def test_access_ends_and_comes_back_with_a_new_invitation(host: Host, invitation: HostInvitation) -> None:
    Client().post(link(invitation), ACCOUNT)
    user = User.objects.get(email="maja@example.org")
    Membership.objects.filter(user=user).update(starts_on=today() - dt.timedelta(days=9))
    end = reverse("hosts:access_end", args=[host.public_id, user.public_id])
    desk = signed_in(person("helpdesk"))
    for _press in range(2):
        assert desk.post(end).status_code == 302
    edit = reverse("hosts:host_edit", args=[host.public_id])
    assert signed_in(user).get(edit).status_code == 403
    again = invite_person(host=host, email=user.email, actor=person("helpdesk"))
    maja = signed_in(user)
    assert maja.post(link(again)).status_code == 302
    assert maja.get(edit).status_code == 200


def test_a_role_of_today_ends_at_once() -> None:
    user, place = UserFactory(), OrganisationFactory()
    end_role(membership=grant_role(user=user, role="host", organisation=place))
    assert not User.objects.get(pk=user.pk).hats


def test_settled_invitations_are_not_sent_again(invitation: HostInvitation) -> None:
    withdraw_invitation(invitation=invitation, actor=person("helpdesk"))
    with pytest.raises(StaleTransition):
        send_invitation_again(invitation=invitation)


def test_many_people_cost_no_more_than_few(host: Host, django_assert_max_num_queries: Any) -> None:
    host.organisation = OrganisationFactory(kind="hosting")
    host.save()
    client = signed_in(person("helpdesk"))
    page = reverse("hosts:host_people", args=[host.public_id])
    client.get(page)
    with django_assert_max_num_queries(200) as few:
        client.get(page)
    for at in range(30):
        person("host", organisation=host.organisation)
        HostInvitation.objects.create(host=host, email=f"guest{at}@example.org", last_letter_on=today())
    with django_assert_max_num_queries(len(few)):
        client.get(page)


def test_who_is_invited_to_an_empty_card_reads_what_it_lacks(
    client: Client, invitation: HostInvitation
) -> None:
    assert "The card does not say yet" not in client.get(link(invitation)).text
    Host.objects.update(summary="", expertise="")
    page = client.get(link(invitation)).text
    assert "The card does not say yet: who it is for, expertise and qualifications." in page
    assert "Fill in the card" in page
