"""Two cards become one and two again: nothing is lost, old addresses lead on, and two people do not collide."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pghistory.models
import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ecett.core.versions import version
from ecett.core.workflow import Blocked, Denied, StaleTransition
from hosts.merging import BOTH, MERGED_FIELDS, OTHER, OWN_FIELDS, QUESTIONS, THIS, answered, proposed
from hosts.models import Host, HostLanguage, HostMerge
from hosts.models.relations import STAYS, relations
from hosts.services import merge_hosts, undo_merge
from hosts.services.duplicates import pair_up
from tests.factories import HostFactory, InternshipFactory, PracticeFactory, person

OLD, NEW = dt.date(2025, 1, 1), dt.date(2026, 1, 1)
TEXTS = next(question for question in QUESTIONS if question.name == "summary")


# ── choosing (pure) ──
@given(st.text(), st.text())
def test_joined_texts_lose_neither(ours: str, theirs: str) -> None:
    text = answered(TEXTS, BOTH, {"summary": ours}, {"summary": theirs})["summary"]
    assert ours.strip() in text
    assert theirs.strip() in text


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_united_lists_lose_nothing_and_repeat_nothing(ours: list[str], theirs: list[str]) -> None:
    question = next(question for question in QUESTIONS if question.name == "sectors")
    united = answered(question, BOTH, {"sectors": ours}, {"sectors": theirs})["sectors"]
    assert set(united) == {*ours, *theirs}
    assert len(united) == len(set(united))


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "fresher", "answer"),
    [
        ("website", {"website": ""}, {"website": "http://a.eu"}, False, OTHER),
        ("website", {"website": "http://a.eu"}, {"website": ""}, True, THIS),
        ("website", {"website": "http://a.eu"}, {"website": "http://b.eu"}, True, OTHER),
        ("summary", {"summary": "Short"}, {"summary": "A longer one"}, False, OTHER),
        ("status", {"status": "potential"}, {"status": "partner"}, False, OTHER),
        ("sectors", {"sectors": ["youth"]}, {"sectors": ["addiction"]}, False, BOTH),
        ("last_confirmed_on", {"last_confirmed_on": NEW}, {"last_confirmed_on": OLD}, True, THIS),
        ("map", {"latitude": 0.0, "longitude": 0.0}, {"latitude": None, "longitude": None}, True, THIS),
    ],
)  # fmt: skip
def test_proposed_answer(name: str, ours: Any, theirs: Any, fresher: bool, answer: str) -> None:
    question = next(question for question in QUESTIONS if question.name == name)
    assert proposed(question, ours, theirs, theirs_is_fresher=fresher) == answer


def test_every_field_of_a_card_is_chosen_or_kept() -> None:
    """A field that somebody adds to the card must be asked about in a merge, or said to stay with each card."""
    assert {field.name for field in Host._meta.concrete_fields} == {*MERGED_FIELDS, *OWN_FIELDS}


def test_every_relation_to_a_card_moves_or_is_said_to_stay() -> None:
    found = {name for name, _key in relations()}
    throughs = [through for model in _models() for through in _throughs(model)]
    for model in {*_models(), *throughs}:
        if model is Host or issubclass(model, (*STAYS, pghistory.models.Event)):
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Host:
                assert f"{model._meta.label}.{field.name}" in found


def _models() -> list[type[models.Model]]:
    from django.apps import apps

    return list(apps.get_models(include_auto_created=True))


def _throughs(model: type[models.Model]) -> list[type[models.Model]]:
    return [field.remote_field.through for field in model._meta.many_to_many if field.remote_field.through]


# ── in the database ──
@pytest.fixture
def desk() -> Any:
    return person("helpdesk", language="en")


def image(host: Host) -> dict[str, Any]:
    """All that a card says, as it is stored, but when it was changed and what is computed."""
    host = Host.objects.get(pk=host.pk)
    left_out = ("changed_at", "search", "marks", "mentions")
    fields = {
        field.name: getattr(host, field.attname)
        for field in Host._meta.concrete_fields
        if field.name not in left_out
    }
    return fields | {
        name: sorted(key.model._base_manager.filter(**{key.name: host}).values_list("pk", flat=True))
        for name, key in relations()
    }  # fmt: skip


def two_cards() -> tuple[Host, Host]:
    """A card to go and one to stay, with a stay and a practice each, and a language in common."""
    gone = HostFactory(name="Gone", summary="Told here", sectors=["youth"], languages=[("fr", "B2"), ("en", "C1")],
                       day_price=Decimal("12.50"), latitude=50.1, longitude=4.2,
                       asked_count=3, replied_count=2)  # fmt: skip
    kept = HostFactory(
        name="Kept", summary="", sectors=["addiction"], languages=[("en", "B1")], asked_count=4
    )
    for host in (gone, kept):
        PracticeFactory(host=host)
        InternshipFactory(host=host)
    return gone, kept


@pytest.mark.django_db
def test_merge_moves_what_hangs_on_the_card_and_undo_brings_both_back(desk: Any) -> None:
    gone, kept = two_cards()
    before = image(gone), image(kept)
    merge = merge_hosts(
        host=gone, into=kept, actor=desk, fields={"summary": "Told here", "day_price": gone.day_price}
    )
    kept.refresh_from_db()
    assert (kept.summary, kept.asked_count, kept.replied_count) == ("Told here", 7, 2)
    assert (kept.practices.count(), kept.internships.count()) == (2, 2)
    assert sorted(kept.languages.values_list("language", "level")) == [("en", "B1"), ("fr", "B2")]
    undone = undo_merge(merge=merge, actor=desk)
    assert (image(gone), image(kept), undone.kept) == (*before, ())
    assert list(gone.log.values_list("step", flat=True)) == ["merge", "part"]


@pytest.mark.django_db
def test_a_period_that_both_have_stands_once_and_comes_back(desk: Any) -> None:
    goes, stays = HostFactory(name="Goes"), HostFactory(name="Stays")
    both = {"kind": "open", "start": NEW, "end": NEW + dt.timedelta(days=20)}
    for card in (goes, stays):
        card.periods.create(**both, note="")
    goes.periods.create(**both, note="With the school")
    merge = merge_hosts(host=goes, into=stays, actor=desk)
    assert sorted(period.note for period in stays.periods.all()) == ["", "With the school"]
    undo_merge(merge=merge, actor=desk)
    assert (goes.periods.count(), stays.periods.count()) == (2, 1)


@pytest.mark.django_db
def test_undo_keeps_what_people_changed_since(desk: Any) -> None:
    gone, kept = two_cards()
    merge = merge_hosts(
        host=gone, into=kept, actor=desk, fields={"summary": "Told here", "website": "http://a.eu"}
    )
    Host.objects.filter(pk=kept.pk).update(summary="Written later", postcode="9000")
    newer = PracticeFactory(host=kept)
    undone = undo_merge(merge=merge, actor=desk)
    kept.refresh_from_db()
    newer.refresh_from_db()
    assert (undone.kept, kept.summary, kept.website, kept.postcode) == (
        ("summary",),
        "Written later",
        "",
        "9000",
    )
    assert newer.host == kept


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "submitted", "changes", "published", "rejected"])
def test_undo_brings_the_state_back(desk: Any, state: str) -> None:
    gone, kept = HostFactory(moderation=state), HostFactory()
    undo_merge(merge=merge_hosts(host=gone, into=kept, actor=desk), actor=desk)
    gone.refresh_from_db()
    assert (gone.moderation, gone.merged_into) == (state, None)


@pytest.mark.django_db
def test_old_addresses_lead_to_the_last_card_and_undo_ends_that(client: Client, desk: Any) -> None:
    first, second, third = (HostFactory(name=name) for name in ("First", "Second", "Third"))
    merge_hosts(host=first, into=second, actor=desk)
    second.refresh_from_db()
    later = merge_hosts(host=second, into=third, actor=desk)

    def leads(host: Host) -> tuple[int, str]:
        response = client.get(reverse("hosts:host_detail", args=[host.public_id]))
        return response.status_code, response.headers.get("Location", "")

    def page(host: Host) -> str:
        return reverse("hosts:host_detail", args=[host.public_id])

    def after(host: Host, one: Host) -> tuple[int, str]:
        return 301, f"{page(host)}?was={one.public_id}"

    assert [leads(first), leads(second)] == [after(third, first), after(third, second)]
    undo_merge(merge=later, actor=desk)
    assert [leads(first), leads(second)] == [after(second, first), (200, "")]


@pytest.mark.django_db
def test_chains_are_undone_from_their_end_and_circles_do_not_happen(desk: Any) -> None:
    first, second, third = (HostFactory() for _each in range(3))
    earlier = merge_hosts(host=first, into=second, actor=desk)
    second.refresh_from_db()
    merge_hosts(host=second, into=third, actor=desk)
    with pytest.raises(Blocked, match="undo that first"):
        undo_merge(merge=earlier, actor=desk)
    with pytest.raises(StaleTransition):
        merge_hosts(host=third, into=first, actor=desk)
    with pytest.raises(ValueError, match="itself"):
        merge_hosts(host=third, into=third, actor=desk)


@pytest.mark.django_db
def test_second_press_says_so_and_changes_nothing(desk: Any) -> None:
    gone, kept = two_cards()
    merge = merge_hosts(host=gone, into=kept, actor=desk)
    with pytest.raises(StaleTransition):
        merge_hosts(host=gone, into=kept, actor=desk)
    undo_merge(merge=merge, actor=desk)
    with pytest.raises(StaleTransition, match="undone already"):
        undo_merge(merge=merge, actor=desk)
    assert HostMerge.objects.count() == 1


@pytest.mark.django_db
def test_an_edit_in_between_stops_the_merge(desk: Any) -> None:
    gone, kept = two_cards()
    seen = version(gone), version(kept)
    kept.capacity = 9
    kept.save()
    with pytest.raises(StaleTransition, match="look again"):
        merge_hosts(host=gone, into=kept, actor=desk, seen=seen)
    gone.refresh_from_db()
    assert (gone.moderation, HostMerge.objects.count()) == ("published", 0)


@pytest.mark.django_db
def test_only_the_desk_merges_and_undoes(desk: Any) -> None:
    gone, kept = two_cards()
    with pytest.raises(Denied):
        merge_hosts(host=gone, into=kept, actor=person("trainee"))
    merge = merge_hosts(host=gone, into=kept, actor=desk)
    with pytest.raises(Denied):
        undo_merge(merge=merge, actor=person("coordinator"))


@pytest.mark.django_db
def test_the_pair_follows_its_merge(desk: Any) -> None:
    gone, kept = two_cards()
    pair = pair_up(host=gone, other=kept)
    merge = merge_hosts(host=gone, into=kept, actor=desk)
    pair.refresh_from_db()
    assert pair.state == "merged"
    undo_merge(merge=merge, actor=desk)
    pair.refresh_from_db()
    assert (pair.state, list(pair.log.values_list("step", flat=True))) == (
        "open",
        ["mark_merged", "mark_parted"],
    )


@pytest.mark.django_db(transaction=True)
def test_two_people_merge_the_same_pair_at_once_and_one_wins() -> None:
    desk = person("helpdesk", language="en")
    gone, kept = two_cards()

    def merge(pair: tuple[Host, Host]) -> str:
        try:
            merge_hosts(host=pair[0], into=pair[1], actor=desk)
        except StaleTransition:
            return "late"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(merge, [(gone, kept), (kept, gone)]))
    assert told == ["done", "late"]
    assert HostMerge.objects.count() == 1
    survivor = HostMerge.objects.get().survivor
    assert survivor.internships.count() == 2
    assert HostLanguage.objects.filter(host=survivor).count() == 2
