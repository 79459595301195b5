"""A call without rates and a country without one: the page says which rate is missing, and nothing is posted."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.clock import today
from grants import services
from grants.models import Contract, Mobility, Rate, Transaction
from tests.bad_input.at_once import at_once
from tests.bad_input.conftest import signed_in
from tests.bad_input.crawl import forms_of
from tests.factories import HostFactory, OrganisationFactory, person
from tests.grants.conftest import new_contract, stay_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signatory(db: None) -> Any:
    services.load_rates()
    return OrganisationFactory(
        name="De Oever", kind="signatory", country="BE", city="Gent", latitude=51.05, longitude=3.7167
    )


@pytest.fixture
def coordinator(signatory: Any) -> Any:
    return person(Role.COORDINATOR, organisation=signatory)


def press(user: Any, contract: Contract, stay: Any) -> tuple[int, str]:
    """Look at the price, then post what the page shows; (status, words)."""
    client = signed_in(user)
    path = reverse("grants:attach", args=[contract.public_id, stay.public_id])
    page = client.get(path)
    text = unescape(page.content.decode())
    form = next((form for form in forms_of(text, path) if form.action.startswith(path)), None)
    if form is None:
        return page.status_code, text
    answer = client.post(path, {**form.data(), "step": "post"})
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.parametrize("year", ["2018", "2029"])
def test_call_without_rates_is_named(coordinator: Any, signatory: Any, year: str) -> None:
    contract = new_contract(coordinator, signatory, code=f"{year}-1-BE02-KA121-ADU-000217543")
    before = Transaction.objects.count()
    status, text = press(coordinator, contract, stay_of(signatory))
    assert status in (200, 422)
    assert "cannot be priced yet; nothing is posted" in text
    assert year in text.split("cannot be priced yet", 1)[1][:300]
    assert Mobility.objects.count() == 0
    assert Transaction.objects.count() == before


def test_country_without_a_rate_is_named(coordinator: Any, signatory: Any) -> None:
    contract = new_contract(coordinator, signatory)
    before = Transaction.objects.count()
    tokyo = HostFactory(name="Tokyo house", country="JP", city="Tokyo", latitude=35.68, longitude=139.69)
    status, text = press(coordinator, contract, stay_of(signatory, host=tokyo))
    assert status in (200, 422)
    assert "country Japan is not in the programme of call 2024" in text
    assert Mobility.objects.count() == 0
    assert Transaction.objects.count() == before


def test_day_rate_that_is_missing_is_named(coordinator: Any, signatory: Any) -> None:
    contract = new_contract(coordinator, signatory)
    Rate.objects.filter(kind="staff_day").delete()
    status, text = press(coordinator, contract, stay_of(signatory))
    assert status in (200, 422)
    assert "day rate for Sweden" in text
    assert Mobility.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_stay_posted_from_two_tabs_is_posted_once(signatory: Any, coordinator: Any) -> None:
    contract = new_contract(coordinator, signatory, start=today() - dt.timedelta(days=300))
    from grants.ratefile import parse_rates
    from tests.grants.conftest import DAY_RATES

    Rate.objects.filter(call_from=2024, kind__in=("organisational", "inclusion_organisation")).delete()
    services.store_rates(parse_rates(DAY_RATES).rates)
    stay = stay_of(signatory)
    before = Transaction.objects.count()
    statuses = at_once(*(lambda: _Answer(press(coordinator, contract, stay)[0]) for _tab in range(2)))
    assert all(status in (200, 302, 409, 422) for status in statuses), statuses
    assert Mobility.objects.count() == 1
    assert Transaction.objects.count() == before + 1


class _Answer:
    def __init__(self, status: int) -> None:
        self.status_code = status
