"""Searches that people keep: by name, with e-mails about what is new."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ecett.accounts import saving
from ecett.accounts.models import SavedSearch
from ecett.accounts.searches import pack, unpack
from ecett.core import clock
from ecett.core.models import Notification
from ecett.core.notifications.services import message
from hosts.services import index_hosts
from tests.factories import HostFactory, PracticeFactory, person


@given(st.sets(st.integers(1, 2**40)))
def test_packed_ids_are_found_again(ids: set[int]) -> None:
    assert unpack(pack(ids)) == ids


@pytest.fixture
def reader(db: Any) -> Any:
    return make_reader()


def make_reader(**fields: Any) -> Any:
    user = person("trainee", **fields)
    user.language = "fr"
    user.save()
    return user


def save(
    reader: Any, address: str = "country=SE", *, kind: str = "host", alert: str = "daily"
) -> SavedSearch:
    return saving.save_search(user=reader, kind=kind, address=address, name="Sweden", alert=alert)


def later(search: SavedSearch, days: float = 1) -> None:
    search.refresh_from_db()
    SavedSearch.objects.filter(pk=search.pk).update(checked_at=search.checked_at - dt.timedelta(days=days))


def letters() -> list[Notification]:
    return list(Notification.objects.filter(kind="accounts.search_alert").order_by("pk"))


def test_search_is_kept_in_one_spelling_and_once(reader: Any) -> None:
    first = save(reader, "sector=youth&country=EL&page=3&sort=name")
    again = save(reader, "country=GR&sector=youth", alert="none")
    assert first.pk == again.pk
    assert again.address == "country=GR&sector=youth"


@pytest.mark.parametrize(
    ("address", "code"), [("", "empty"), ("page=2", "empty"), ("sector=psychatry", "unknown")]
)
def test_search_that_asks_nothing_or_nonsense_is_not_kept(reader: Any, address: str, code: str) -> None:
    with pytest.raises(saving.CannotSave) as refused:
        save(reader, address)
    assert refused.value.code == code
    assert not SavedSearch.objects.exists()


def test_letter_tells_of_new_cards_once_and_of_nothing_else(reader: Any) -> None:
    HostFactory(name="Known", country="SE")
    search = save(reader)
    HostFactory(name="Elsewhere", country="FR")
    HostFactory(name="Not published", country="SE", moderation="draft")
    later(search)
    assert saving.send_due_alerts() == 0
    HostFactory(name="Ny grupp", country="SE", city="Lund")
    assert saving.send_due_alerts() == 0, "it was looked at today already"
    later(search)
    assert saving.send_due_alerts() == 1
    later(search)
    assert saving.send_due_alerts() == 0
    (letter,) = letters()
    assert letter.language == "fr"
    assert letter.subject_line == "Une nouvelle fiche pour « Sweden »"
    assert "Ny grupp\nLund, Suède\nhttp" in letter.text
    assert "Known" not in letter.text
    assert "Elsewhere" not in letter.text


def test_letter_says_why_and_shows_ten_cards_of_many(reader: Any) -> None:
    search = save(reader, "q=aftercare")
    for number in range(12):
        HostFactory(name=f"Team {number}", summary="Aftercare with horses.", expertise="")
    index_hosts()
    later(search)
    assert saving.send_due_alerts() == 1
    (letter,) = letters()
    assert letter.text.count("/hosts/") == 11  # ten cards and the list
    assert "et 2 autres." in letter.text
    assert "aftercare" in letter.text.lower()


def test_weekly_search_waits_a_week_and_practices_have_theirs(reader: Any) -> None:
    search = save(reader, "country=SE", kind="practice", alert="weekly")
    PracticeFactory(title="Une ligne ouverte")
    later(search, days=3)
    assert saving.send_due_alerts() == 0
    later(search, days=4)
    assert saving.send_due_alerts() == 1
    assert "Une ligne ouverte" in letters()[0].text


def test_no_letters_for_searches_without_alert_deleted_ones_or_people_who_left(reader: Any) -> None:
    gone, quiet = save(reader), save(reader, "country=FI", alert="none")
    saving.delete_search(search=gone)
    left = save(person("trainee", is_active=False), "country=SE")
    HostFactory(country="SE")
    HostFactory(country="FI")
    for search in (gone, quiet, left):
        later(search, days=8)
    assert saving.send_due_alerts() == 0


def test_stop_link_works_without_signing_in_and_only_when_pressed(reader: Any, client: Client) -> None:
    search = save(reader)
    HostFactory(country="SE")
    later(search)
    saving.send_due_alerts()
    (letter,) = letters()
    path = letter.unsubscribe_url.split("/", 3)[3]
    mail = message(letter)
    assert mail.extra_headers["List-Unsubscribe"] == f"<{letter.unsubscribe_url}>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.unsubscribe_url in letter.text
    assert client.get(f"/{path}").status_code == 200
    search.refresh_from_db()
    assert search.alert == "daily"
    # As a mail program does it: no cookie, no token of ours.
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    search.refresh_from_db()
    assert (search.alert, search.deleted_at) == ("none", None)
    assert client.get(f"/{path[:-3]}xx/").status_code == 404


def test_search_is_saved_renamed_deleted_and_brought_back_on_its_page(reader: Any, client: Client) -> None:
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    client.post(
        reverse("accounts:search_save"),
        {"kind": "host", "address": "country=SE", "name": "North", "alert": "weekly"},
    )
    (search,) = SavedSearch.objects.all()
    page = client.get(reverse("accounts:search_list")).content.decode()
    assert "/hosts/?country=SE" in page
    client.post(
        reverse("accounts:search_change", args=[search.public_id]), {"name": "Far north", "alert": "none"}
    )
    search.refresh_from_db()
    assert (search.name, search.alert) == ("Far north", "none")
    gone = client.post(
        reverse("accounts:search_delete", args=[search.public_id]), follow=True
    ).content.decode()
    assert "Far north" in gone
    assert reverse("accounts:search_restore", args=[search.public_id]) in gone
    client.post(reverse("accounts:search_restore", args=[search.public_id]))
    assert SavedSearch.objects.kept().count() == 1


def test_odd_input_saves_nothing_and_leads_back_to_the_question(reader: Any, client: Client) -> None:
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("accounts:search_save")
    assert (
        client.post(url, {"kind": "host", "address": "country=SE", "name": "x" * 300}).url
        == "/hosts/?country=SE"
    )  # type: ignore[attr-defined]
    assert client.post(url, {"kind": "horse", "address": "country=SE"}).url == reverse("accounts:search_list")  # type: ignore[attr-defined]
    assert client.post(url, {"kind": "host", "address": "sector=x"}).status_code == 302
    assert not SavedSearch.objects.exists()


def test_list_of_searches_asks_as_many_questions_for_30_as_for_1(
    reader: Any, client: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("accounts:search_list"))
        return len(captured)

    save(reader)
    one = questions()
    for number in range(29):
        SavedSearch.objects.create(
            user=reader, kind="host", address=f"q=word{number}", name="n", checked_at=clock.now()
        )
    assert questions() == one


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8))
def test_reason_said_once_is_that_of_most_cards(reasons: list[str]) -> None:
    common = saving.common_reason(reasons)
    if common:
        assert reasons.count(common) * 2 > len(reasons) > 1
    assert not common or all(reasons), "a card without a reason would seem to have this one"


def test_letter_says_the_reason_of_most_cards_once(reader: Any) -> None:
    search = save(reader, "q=toxicomanie")
    for name in ("One", "Two", "Three"):
        HostFactory(name=name, sectors=["addiction"], summary="A house by the sea")
    HostFactory(name="Four", sectors=["youth"], summary="Young people with gaming disorder")
    index_hosts()
    later(search)
    assert saving.send_due_alerts() == 1
    (letter,) = letters()
    common = "« toxicomanie » → dépendances, déclaré sur la fiche"
    assert letter.text.replace("\u00a0", " ").count(common) == 1
    assert letter.text.index("Pourquoi la plupart ont été trouvées") < letter.text.index("\nOne\n")
    assert "gaming disorder, qui en est proche" in letter.text
