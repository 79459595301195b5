"""Every figure of a contract's page opens what it is made of, and what it opens says the same figure."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from ecett.core.todo import todos
from grants.models import Contract, Mobility
from grants.selectors.contracts import waiting_count
from grants.selectors.stays import candidates
from grants.services import Terms, attach_internship
from tests.factories import HostFactory
from tests.grants.conftest import stay_of

pytestmark = pytest.mark.django_db

AMOUNT = re.compile(r"-?[\d,]+\.\d\d")


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ()


@pytest.fixture
def page(client: Any, contract: Contract, coordinator: Any, signatory: Any) -> Any:
    """``page("total")``: the contract's page with a source open; two mobilities stand on it."""
    for companions in (0, 1):
        stay = stay_of(signatory, companions=companions)
        attach_internship(contract=contract, internship=stay, actor=coordinator, terms=Terms.of(stay))
    client.force_login(coordinator)
    address = reverse("grants:contract_detail", args=[contract.public_id])

    def open_(source: str = "") -> str:
        answer = client.get(address, {"open": source} if source else {})
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    return open_


def cells(html: str) -> list[tuple[str, str]]:
    """(amount, what it opens or "") of every amount in the tables outside the opened source."""
    outside = re.sub(r'<section class="source.*?</section>', "", html, flags=re.S)
    tables = re.findall(r'<table class="fold figures.*?</table>', outside, flags=re.S)
    found = []
    for cell in re.findall(r'<td class="r[^>]*>(.*?)</td>', "".join(tables), flags=re.S):
        amount = AMOUNT.search(re.sub(r"<[^>]+>", "", cell))
        opens = re.search(r'href="\?open=([^#"]+)#src"', cell)
        if amount:
            found.append((amount.group(), opens.group(1) if opens else ""))
    return found


def source(html: str) -> str:
    return re.search(r'<section class="source.*?</section>', html, flags=re.S).group()  # type: ignore[union-attr]


def test_every_amount_that_is_not_nought_opens_a_source_that_says_it(page: Any, contract: Contract) -> None:
    shares = {f"{part:.2f}" for split in contract.splits.all() for part in
              (split.rate, split.ecett, split.signatory, split.helpdesk)}  # fmt: skip
    found = cells(page())
    opened = {opens for _amount, opens in found if opens}
    assert {"total", "award_travel", "award_organisational", "support_ecett", "support_helpdesk"} <= opened
    assert {each.public_id for each in Mobility.objects.all()} <= opened
    said = {each: source(page(each)) for each in opened}
    for amount, opens in found:
        if opens:
            assert amount.lstrip("-") in said[opens], (amount, opens)
        else:
            assert amount == "0.00" or amount in shares, amount


def test_a_total_is_the_sum_of_its_lines_down_to_the_transaction(page: Any, contract: Contract) -> None:
    for opens in ("total", "award_individual", "support_signatory"):
        text = source(page(opens))
        lines = [float(each.replace(",", "")) for each in re.findall(r'#src">([\d,]+\.\d\d)</a>', text)]
        total = float(AMOUNT.search(text.rpartition("<tfoot>")[2]).group().replace(",", ""))  # type: ignore[union-attr]
        assert len(lines) == 3
        assert sum(lines) == pytest.approx(total)
        for mobility in contract.mobilities.all():
            assert f"transaction {mobility.transactions.get().pk}" in text
            assert f"?open={mobility.public_id}#src" in text


def test_stay_in_a_country_outside_the_call_is_refused_with_its_reason(
    contract: Contract, signatory: Any, coordinator: Any
) -> None:
    host = HostFactory(name="Four Winds", country="GB", city="Leeds", latitude=53.8, longitude=-1.55)
    stay_of(signatory, host=host)
    ready, refused = candidates(contract, coordinator)
    assert ready == []
    assert refused[0].reasons == ("United Kingdom is not in the programme of call 2024.",)
    assert waiting_count(contract) == 0
    assert todos(coordinator) == []


def test_old_stays_do_not_hide_what_can_be_attached(
    contract: Contract, signatory: Any, coordinator: Any
) -> None:
    import datetime as dt

    from ecett.core.clock import today

    for _each in range(25):
        start = today() - dt.timedelta(days=900)
        stay_of(signatory, start=start, end=start + dt.timedelta(days=4))
    fresh = stay_of(signatory)
    assert [each.url for each in todos(coordinator)] == [
        reverse("grants:attach", args=[contract.public_id, fresh.public_id])
    ]
    assert waiting_count(contract) == 1
