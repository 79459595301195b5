"""Meals, transport and bed of a card: how each is offered, its price, what the price is for, a note."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ecett.core.imports.engine import import_file
from hosts.imports.importer import HostImporter
from hosts.logistics import Price, stay_cost
from hosts.models import Host, HostSuggestion
from hosts.services.merging import merge_hosts, undo_merge
from tests.factories import HostFactory, person
from tests.hosts.conftest import form_in
from tests.hosts.test_card_form import FORM
from tests.hosts.test_round_trip import sheet, told

pytestmark = pytest.mark.django_db
EUROS = st.decimals(min_value="0.01", max_value="999999.99", places=2)
PRICES = st.builds(Price, EUROS, st.sampled_from(("day", "night", "trip", "stay")))


@given(st.lists(PRICES, min_size=1, max_size=3), st.integers(1, 60))
def test_stay_costs_the_sum_of_its_items(prices: list[Price], days: int) -> None:
    cost = stay_cost(days, day_price=None, prices=prices)
    assert cost == sum(stay_cost(days, day_price=None, prices=[each]) or 0 for each in prices)
    longer = stay_cost(days + 1, day_price=None, prices=prices)
    assert longer is not None
    assert cost is not None
    assert (longer > cost) == any(each.unit != "stay" for each in prices)


@given(st.lists(PRICES, max_size=2), EUROS, st.integers(1, 60))
def test_one_price_for_all_counts_before_the_items(prices: list[Price], euros: Decimal, days: int) -> None:
    assert stay_cost(days, day_price=euros, prices=[*prices, None]) == euros * days
    assert stay_cost(days, day_price=None, prices=[*prices, None]) is None
    assert stay_cost(days, day_price=None, prices=[]) is None


def test_stay_cost_of_each_unit() -> None:
    costs = [
        stay_cost(5, day_price=None, prices=[Price(Decimal(10), unit)])
        for unit in ("day", "night", "trip", "stay")
    ]
    assert costs == [50, 50, 100, 10]


def posted(client: Client, **more: str) -> Any:
    return client.post(reverse("hosts:host_create"), {**FORM, "intent": "draft", **more})


def test_form_keeps_price_unit_and_note(client: Client, author: Any) -> None:
    client.force_login(author)
    posted(
        client, meals="free", meals_unit="day", meals_note="lunch at noon", accommodation="price",
        accommodation_price="37.5", accommodation_unit="stay", transport="price", transport_price="3",
    )  # fmt: skip
    host = Host.objects.get()
    assert (host.meals_price, host.meals_unit, host.meals_note) == (None, "", "lunch at noon")
    assert (host.accommodation_price, host.accommodation_unit) == (Decimal("37.50"), "stay")
    # A form without the list (a program's) means what the price of a trip usually is for.
    assert (host.transport_price, host.transport_unit) == (Decimal("3.00"), "trip")
    text = client.get(reverse("hosts:host_detail", args=[host.public_id])).content.decode()
    assert "at a price: €37.50 for the whole stay" in text
    assert "lunch at noon" in text


@pytest.mark.parametrize("offer", ["free", "no", ""])
def test_form_price_of_what_is_not_sold_is_refused_beside_the_field(
    client: Client, author: Any, offer: str
) -> None:
    client.force_login(author)
    response = posted(client, meals=offer, meals_price="12", meals_note="typed with care")
    assert (response.status_code, Host.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == ["meals_price"]
    assert "typed with care" in response.content.decode()


@pytest.mark.parametrize("item", ["meals", "transport", "accommodation"])
@pytest.mark.parametrize(
    "price",
    ["0", "0.00", "-3", "1e400", "NaN", "Infinity", "12.345", "1000000", "twelve", "\x00", "9" * 1000],
)
def test_form_price_that_is_none_is_refused_beside_the_field(
    client: Client, author: Any, item: str, price: str
) -> None:
    client.force_login(author)
    response = posted(client, **{item: "price", f"{item}_price": price})
    assert (response.status_code, Host.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == [f"{item}_price"]


def test_form_unknown_unit_is_refused(client: Client, author: Any) -> None:
    client.force_login(author)
    response = posted(client, meals="price", meals_price="3", meals_unit="year")
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["meals_unit"])


def test_database_holds_no_price_without_its_place() -> None:
    for wrong in (
        {"meals": "free", "meals_price": 3, "meals_unit": "day"},
        {"meals": "price", "meals_price": 0, "meals_unit": "day"},
        {"meals": "price", "meals_price": 3, "meals_unit": ""},
        {"meals": "price", "meals_price": None, "meals_unit": "day"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            HostFactory(**wrong)


PRICED = {
    "meals": "price", "meals_price": "12.50", "meals_unit": "day", "meals_note": "=lunch; soup",
    "transport": "no", "transport_note": "ten minutes on foot",
    "accommodation": "price", "accommodation_price": "30", "accommodation_unit": "night",
}  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_sheet_brings_prices_and_notes_back(tmp_path: Path, form: str) -> None:
    host = HostFactory(**PRICED)
    path = sheet(tmp_path, form, person("helpdesk"))
    assert told(import_file(HostImporter(), path)) == ({"skipped": 1}, 1)
    Host.objects.update(meals="free", meals_price=None, meals_unit="", meals_note="")
    assert told(import_file(HostImporter(), path)) == ({"updated": 1}, 0)
    host.refresh_from_db()
    assert (host.meals_price, host.meals_unit, host.meals_note) == (Decimal("12.50"), "day", "=lunch; soup")


def test_sheet_of_before_leaves_prices_alone_and_takes_those_that_no_more_fit(tmp_path: Path) -> None:
    host = HostFactory(**PRICED)
    path = sheet(tmp_path, "csv", person("helpdesk"))
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    old = [
        name for name in rows[0] if not name.endswith(("_price", "_unit", "_note")) or name == "source_note"
    ]

    def write(**changed: str) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*old, "day_price"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows([{**row, **changed} for row in rows])

    write()
    assert told(import_file(HostImporter(), path)) == ({"skipped": 1}, 1)
    write(meals="no")
    assert told(import_file(HostImporter(), path)) == ({"updated": 1}, 0)
    host.refresh_from_db()
    assert (host.meals, host.meals_price, host.meals_unit) == ("no", None, "")
    assert (host.accommodation_price, host.transport_note) == (Decimal(30), "ten minutes on foot")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"meals_price": "0"}, "meals_price"),
        ({"meals_price": "-1"}, "meals_price"),
        ({"meals_price": "12.345"}, "meals_price"),
        ({"meals_price": "1e400"}, "meals_price"),
        ({"meals_price": "NaN"}, "meals_price"),
        ({"day_price": "1e400"}, "day_price"),
        ({"day_price": "-0.01"}, "day_price"),
        ({"meals": "free"}, "meals_price"),
        ({"meals_unit": "year"}, "meals_unit"),
        ({"meals_note": "x" * 201}, "meals_note"),
    ],
)
def test_sheet_with_a_price_that_is_none_is_refused(
    tmp_path: Path, changed: dict[str, str], field: str
) -> None:
    HostFactory(**PRICED)
    path = sheet(tmp_path, "csv", person("helpdesk"))
    (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow({**row, **changed})
    report = import_file(HostImporter(), path)
    assert (told(report), [note.field for note in report.notes]) == (({"refused": 1}, 0), [field])


def test_suggestion_shows_the_price_before_and_after_and_takes_it_over(client: Client, author: Any) -> None:
    host = HostFactory(created_by=author, **PRICED)
    client.force_login(person("trainee"))
    address = reverse("hosts:host_suggest", args=[host.public_id])
    form = form_in(client.get(address).content.decode(), address)
    client.post(address, form.data(meals_price="15", intent="suggest"))
    suggestion = HostSuggestion.objects.get()
    assert set(suggestion.changes) == {"meals"}
    client.force_login(author)
    page = reverse("hosts:suggestion_detail", args=[suggestion.public_id])
    text = client.get(page).content.decode()
    assert "at a price: €12.50 a day (=lunch; soup)" in text
    assert "at a price: €15 a day (=lunch; soup)" in text
    answer = form_in(text, page)
    assert client.post(page, answer.data(take="meals", intent="accept")).status_code == 302
    host.refresh_from_db()
    assert (host.meals_price, host.meals_unit) == (Decimal(15), "day")


def test_merge_takes_an_item_as_one_and_its_undo_too() -> None:
    desk = person("helpdesk")
    stays, goes = HostFactory(meals="free"), HostFactory(**PRICED)
    names = ("meals", "meals_price", "meals_unit", "meals_note")
    merge = merge_hosts(
        host=goes, into=stays, actor=desk, fields={name: getattr(goes, name) for name in names}
    )
    Host.objects.filter(pk=stays.pk).update(meals_price=15)
    undone = undo_merge(merge=merge, actor=desk)
    stays.refresh_from_db()
    # Somebody changed the price since: the whole item stays, never a price of what is free.
    assert (stays.meals, stays.meals_price, stays.meals_unit) == ("price", Decimal(15), "day")
    assert set(undone.kept) == {"meals", "meals_price", "meals_unit", "meals_note"}
