"""Signed links: for one purpose, one object and one address, until a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from ecett.accounts.models import Organisation, User
from ecett.core import clock, links
from ecett.core.views.links import link_problem

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
PERSON = User(pk=7, email="ada@example.org")


def make(**changes: object) -> str:
    given_ = {"purpose": "proposal", "subject": PERSON, "email": "maja@host.example", "days": 21, **changes}
    return links.make(**given_)  # type: ignore[arg-type]


def test_link_gives_back_what_it_was_made_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    token = make(name="Maja Lindqvist", role="host")
    assert links.read(token, purpose="proposal", model=User) == links.LinkClaim(
        subject_pk=7,
        email="maja@host.example",
        name="Maja Lindqvist",
        role="host",
        expires=NOW + dt.timedelta(days=21),
    )


def test_link_for_another_purpose_is_invalid() -> None:
    with pytest.raises(links.LinkInvalid):
        links.read(make(), purpose="agreement", model=User)


def test_link_for_another_model_is_invalid() -> None:
    with pytest.raises(links.LinkInvalid, match=r"accounts\.user"):
        links.read(make(), purpose="proposal", model=Organisation)


def test_link_of_another_key_is_invalid(settings: object) -> None:
    token = make()
    settings.SECRET_KEY = "another " * 8  # type: ignore[attr-defined]
    with pytest.raises(links.LinkInvalid):
        links.read(token, purpose="proposal", model=User)


def test_link_still_opens_after_the_key_was_replaced(settings: object) -> None:
    token = make()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another " * 8  # type: ignore[attr-defined]
    assert links.read(token, purpose="proposal", model=User).subject_pk == 7


def test_link_expired_carries_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    token = make(days=2)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=2))
    with pytest.raises(links.LinkExpired) as caught:
        links.read(token, purpose="proposal", model=User)
    assert (caught.value.claim.email, caught.value.claim.subject_pk) == ("maja@host.example", 7)


def test_link_needs_a_stored_object() -> None:
    with pytest.raises(ValueError, match="stored"):
        make(subject=User(email="x@y.example"))


@given(position=st.integers(min_value=0), letter=st.sampled_from("ABab01_-~"))
def test_link_with_one_letter_changed_never_opens_as_something_else(position: int, letter: str) -> None:
    token = make()
    place = position % len(token)
    altered = token[:place] + letter + token[place + 1 :]
    # The last letter of a base64 signature carries unused bits: it may read the same, never differently.
    original = links.read(token, purpose="proposal", model=User)
    try:
        assert links.read(altered, purpose="proposal", model=User) == original
    except links.LinkInvalid:
        assert altered != token


@given(st.text(max_size=300))
def test_link_of_any_text_is_invalid(text: str) -> None:
    with pytest.raises(links.LinkInvalid):
        links.read(text, purpose="proposal", model=User)


def test_link_survives_in_an_address() -> None:
    token = make(name="Παπαδημητρίου & Söhne <b>")
    assert all(letter.isalnum() or letter in "-_~" for letter in token)
    assert len(token) < 300


def test_absolute_joins_portal_and_path(settings: object) -> None:
    settings.PORTAL_URL = "https://portal.example"  # type: ignore[attr-defined]
    assert links.absolute("/verify/ABC/") == "https://portal.example/verify/ABC/"
    assert links.absolute("verify/ABC/") == "https://portal.example/verify/ABC/"


@pytest.mark.django_db
def test_page_for_an_altered_link_is_404(client: Client) -> None:
    response = client.get("/documents/bcdfghjkmnpq/file/?key=nonsense")
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


@pytest.mark.django_db
def test_page_for_an_expired_link_offers_a_new_one_to_the_same_address(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    claim = links.LinkClaim(7, "maja@host.example", "Maja", "host", NOW)
    request = rf.get("/")
    request.user = UserStub()  # type: ignore[assignment]
    response = link_problem(request, links.LinkExpired(claim), resend_url="/resend/")
    page = response.content.decode()
    assert response.status_code == 410
    assert "m…@host.example" in page
    assert "maja@host.example" not in page
    assert 'action="/resend/"' in page


class UserStub:
    """A visitor."""

    is_authenticated = False
    hats: tuple[()] = ()
    pk = None
