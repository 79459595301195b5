"""Every page behind a signed link: expired, altered, cut short, made for something else, used twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ecett.core import clock
from ecett.core.links import make as make_link
from ecett.core.models import Document, Notification
from helpdesk.links import PROPOSAL
from tests.bad_input.conftest import link_pages
from tests.bad_input.crawl import forms_of
from tests.permissions.world import Tenant, token
from trainees import links

PURPOSES = (PROPOSAL, links.SIGN, links.ATTENDANCE, *links.EVALUATE.values())
SUBJECTS = {
    PROPOSAL: "proposal", links.SIGN: "signature", links.ATTENDANCE: "internship",
    **dict.fromkeys(links.EVALUATE.values(), "over"),
}  # fmt: skip


@pytest.fixture(params=PURPOSES)
def purpose(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(tenant: Tenant, purpose: str) -> str:
    return link_pages(tenant)[purpose]


def other(path: str, tenant: Tenant, token_: str) -> str:
    """The same page with another token."""
    return f"{path.rstrip('/').rpartition('/')[0]}/{token_}/"


def later(monkeypatch: pytest.MonkeyPatch, *, days: int) -> None:
    moved = clock.now() + dt.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moved)


def test_good_link_opens(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def owner_of(tenant: Tenant, purpose: str) -> str:
    """The address the portal writes to for this purpose."""
    if purpose == PROPOSAL:
        return str(tenant["proposal"].contact_email)
    if purpose == links.SIGN:
        return str(tenant["signature"].email)
    return str(tenant["over"].project.employer_email if "employer" in purpose else tenant["over"].host_email)


@pytest.mark.parametrize("method", ["get", "post"])
def test_expired_link_says_so_and_sends_a_new_one(
    client: Client, tenant: Tenant, purpose: str, path: str, method: str
) -> None:
    email, subject = owner_of(tenant, purpose), tenant[SUBJECTS[purpose]]
    old = other(path, tenant, make_link(purpose=purpose, subject=subject, email=email, days=-1))
    answer = getattr(client, method)(old)
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "This link has expired" in text
    assert f"{email[0]}…@example.org" in text
    assert email not in text
    form = next(form for form in forms_of(text, old) if "renew" in form.action)
    before = Notification.objects.count()
    for _click in range(2):
        answer = client.post(form.action, form.data())
        assert answer.status_code == 200
    letters = list(Notification.objects.order_by("pk")[before:])
    assert len(letters) <= 1, "a second click sends no second letter"
    assert all(letter.email == email for letter in letters)
    # Attendance is asked of a stay that is agreed: nothing is left to be done at the one of this link.
    assert len(letters) == (0 if purpose == links.ATTENDANCE else 1)


@pytest.mark.parametrize("purpose", links.EVALUATE.values())
def test_link_of_a_former_contact_is_not_renewed(client: Client, tenant: Tenant, purpose: str) -> None:
    """The contact has changed since: the old one gets nothing, and does not make the portal write to the new one."""
    old = make_link(purpose=purpose, subject=tenant["over"], email="former@example.org", days=-1)
    before = Notification.objects.count()
    assert client.post(reverse("trainees:link_renew", args=[purpose, old])).status_code == 200
    assert Notification.objects.count() == before


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t[:20], lambda t: "A" + t, lambda t: t[:10] + t[11:],
                                    lambda t: "x", lambda t: t.replace("~", ""), lambda t: "é" * 40])  # fmt: skip
def test_altered_link_opens_nothing(
    client: Client, tenant: Tenant, purpose: str, path: str, change: Any
) -> None:
    broken = other(path, tenant, change(token(purpose, tenant[SUBJECTS[purpose]])))
    for method in (client.get, client.post):
        answer = method(broken)
        assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()
    assert "copy the whole address" in answer.content.decode()


def test_link_of_another_purpose_opens_nothing(
    client: Client, tenant: Tenant, purpose: str, path: str
) -> None:
    for foreign in PURPOSES:
        if foreign != purpose:
            broken = other(path, tenant, token(foreign, tenant[SUBJECTS[foreign]]))
            assert client.get(broken).status_code == 404, foreign
            assert client.post(broken).status_code == 404, foreign


def test_link_to_another_kind_of_object_opens_nothing(
    client: Client, tenant: Tenant, purpose: str, path: str
) -> None:
    wrong = tenant["host"]
    assert client.get(other(path, tenant, token(purpose, wrong))).status_code == 404


def test_link_to_an_object_that_is_gone_opens_nothing(
    client: Client, tenant: Tenant, purpose: str, path: str
) -> None:
    gone = tenant[SUBJECTS[purpose]]
    gone.pk = 999_999_999
    assert client.get(other(path, tenant, token(purpose, gone))).status_code == 404


def test_host_link_does_not_look_back_as_the_employer(client: Client, tenant: Tenant) -> None:
    good = token(links.EVALUATE["host"], tenant["over"])
    assert client.get(reverse("trainees:look_back_by_link", args=["employer", good])).status_code == 404
    assert client.get(reverse("trainees:look_back_by_link", args=["trainee", good])).status_code == 404
    assert client.get(reverse("trainees:look_back_by_link", args=["nobody", good])).status_code == 404


def test_renewing_what_is_altered_or_unknown_is_404(client: Client, tenant: Tenant) -> None:
    assert client.post(reverse("trainees:link_renew", args=["sign_agreement", "abc"])).status_code == 404
    assert client.post(reverse("trainees:link_renew", args=["nothing", "abc"])).status_code == 404
    assert client.get(reverse("trainees:link_renew", args=["sign_agreement", "abc"])).status_code == 405
    assert client.post(reverse("helpdesk:proposal_renew", args=["abc"])).status_code == 404


def test_used_link_says_that_it_is_done(client: Client, tenant: Tenant) -> None:
    pages = link_pages(tenant)
    Document.objects.update(state="ready", sha256="a" * 64, size=1234, ready_at=clock.now())
    said = {
        PROPOSAL: {"choice": "accept", "words": ""},
        links.SIGN: {"typed_name": "Ada", "agree": "on"},
    }
    for purpose, data in said.items():
        form = forms_of(client.get(pages[purpose]).content.decode(), pages[purpose])
        mine = next(one for one in form if one.action.startswith(pages[purpose]))
        sent = {**mine.data(), **{name: [value] for name, value in data.items()}}
        first = client.post(pages[purpose], sent)
        assert first.status_code == 302, purpose
        second = client.post(pages[purpose], sent)
        assert second.status_code in (200, 302, 409), purpose
        assert client.get(pages[purpose]).status_code == 200
    assert tenant["proposal"].request.project.internships.count() == 1
    tenant["signature"].refresh_from_db()
    assert tenant["signature"].signed_at is not None


def test_document_link_opens_its_document_only(
    client: Client, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tenant["document"]
    page = reverse("core:document_page", args=[document.public_id])
    good = token("document", document)
    assert client.get(page, {"key": good}).status_code == 200
    assert client.get(page, {"key": good[:-1]}).status_code in (302, 404)
    assert client.get(page, {"key": token(links.SIGN, tenant["signature"])}).status_code in (302, 404)
    later(monkeypatch, days=11)
    assert client.get(page, {"key": good}).status_code == 410


def test_link_signed_with_another_key_opens_nothing(client: Client, path: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SECRET_KEY", "another " * 8)
        assert client.get(path).status_code == 404
