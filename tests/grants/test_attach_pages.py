"""Putting stays on a contract and taking them off: previews, refusals, what a click posts."""

import datetime as dt

import pytest

from grants import ledger
from grants.enums import Head
from grants.models import Mobility, Transaction
from grants.services import attach_internship
from tests.factories import ContractFactory, HostFactory, OrganisationFactory
from tests.grants.conftest import stay_of, url, words

pytestmark = pytest.mark.usefixtures("without_second_factor")


# ── attaching ───────────────────────────────────────────────────────────────────────────────────────────────
def test_list_of_stays_gives_reasons(hilde, contract, stay, signatory):
    stay_of(signatory, state="signing", host=HostFactory(name="Not signed yet"))
    stay_of(OrganisationFactory(name="Elsewhere"), host=HostFactory(name="Hidden from a signatory"))
    page = words(hilde.get(url("attach_list", contract)))
    assert "1 stay can be attached" in page
    assert "Not signed yet" in page
    assert "The agreement is not signed by all three yet." in page
    assert "Hidden from a signatory" not in page
    assert "0 stays can be attached" in words(hilde.get(url("attach_list", contract) + "?q=nobody"))


def test_ecett_sees_stays_of_others_with_the_reason(client, ecett, contract):
    stay_of(OrganisationFactory(name="Elsewhere"))
    client.force_login(ecett)
    assert "This contract is for De Oever alone; Elsewhere sends." in words(
        client.get(url("attach_list", contract))
    )


def terms(stay, **changes):
    return {
        "participants": [str(stay.project.trainee)],
        "travel_days": "0",
        "interruption_days": "0",
        "step": "preview",
    } | changes


def test_preview_shows_every_figure_and_posts_nothing(hilde, contract, stay):
    page = words(hilde.get(url("attach", contract, stay)))
    assert "Post €1,459.00" in page
    assert "217543-MOB-00001" in page
    again = words(hilde.post(url("attach", contract, stay), terms(stay, green="on", travel_days="4")))
    assert "Post €2,207.00" in again
    assert not Mobility.objects.exists()


def test_post_needs_the_total_that_was_shown(hilde, contract, stay):
    response = hilde.post(
        url("attach", contract, stay), terms(stay, step="post", seen="1459.00", official_km="2500")
    )
    assert response.status_code == 409
    assert "The figures below are new." in words(response)
    assert "Post €1,545.00" in words(response)
    assert not Mobility.objects.exists()


def test_post_writes_once_however_often_it_is_pressed(hilde, contract, stay):
    data = terms(stay, step="post", seen="1459.00")
    first = hilde.post(url("attach", contract, stay), data)
    mobility = Mobility.objects.get()
    assert first.url == url("contract_detail", contract) + f"?open={mobility.public_id}#src"
    second = hilde.post(url("attach", contract, stay), data, follow=True)
    assert "nothing was posted twice" in words(second)
    assert Transaction.objects.filter(kind="mobility").count() == 1


def test_missing_rate_is_said_on_the_page(hilde, contract, signatory):
    stay = stay_of(signatory, host=HostFactory(country="BG", city="Sofia", latitude=42.7, longitude=23.3))
    page = words(hilde.get(url("attach", contract, stay)))
    assert "This stay cannot be priced yet; nothing is posted" in page
    assert "day rate for Bulgaria (country group 3), paid day 1" in page
    response = hilde.post(url("attach", contract, stay), terms(stay, step="post", seen=""))
    assert response.status_code == 422
    assert not Mobility.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"participants": []}, "This field is required."),
        ({"participants": ["Somebody else"]}, "is not one of the available choices"),
        ({"official_km": "30000"}, "less than or equal to 20100"),
        ({"travel_days": "3"}, "3 funded travel days; call 2024 allows 2"),
        ({"interruption_days": "-1"}, "greater than or equal to 0"),
        ({"official_km": "NaN"}, "Enter a number."),
    ],
)
def test_wrong_terms_are_said_and_nothing_is_posted(hilde, contract, stay, change, said):
    response = hilde.post(url("attach", contract, stay), terms(stay, step="post", seen="1459.00") | change)
    assert response.status_code == 422
    assert said in words(response)
    assert not Mobility.objects.exists()


def test_stay_that_is_not_eligible_shows_its_reasons(hilde, contract, signatory):
    stay = stay_of(signatory, start=dt.date(2020, 3, 2), end=dt.date(2020, 3, 6))
    page = words(hilde.get(url("attach", contract, stay)))
    assert "The stay lies outside the contract" in page
    hilde.post(url("attach", contract, stay), terms(stay, step="post", seen="1459.00"))
    assert not Mobility.objects.exists()


# ── taking off ──────────────────────────────────────────────────────────────────────────────────────────────
def test_reverse_asks_why_and_happens_once(hilde, contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    address = url("mobility_reverse", mobility)
    assert "Please say why." in words(hilde.post(address, {"comment": ""}, follow=True))
    page = words(hilde.post(address, {"comment": "Wrong distance"}, follow=True))
    assert "Taken off the contract; the mirrored entries stand in the ledger." in page
    assert "Taken off: Wrong distance" in page
    assert "off the contract already" in words(hilde.post(address, {"comment": "again"}, follow=True))
    assert Transaction.objects.filter(kind="reversal").count() == 1
    assert ledger.balances(contract)[Head.GRANT] == 0


def test_mobility_of_another_contract_is_not_there(hilde, ecett):
    contract = ContractFactory()
    stay = stay_of(contract.coordinator)
    mobility = Mobility.objects.create(
        contract=contract,
        internship=stay,
        participant_name="A",
        rank=1,
        mob_id="1",
        start=stay.start,
        end=stay.end,
    )
    assert hilde.post(url("mobility_reverse", mobility), {"comment": "no"}).status_code == 404
