"""Contracts: who sees what, making and changing one, and the page of one."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ecett.core.clock import today
from grants import ledger
from grants.enums import Head
from grants.models import Contract, Mobility, Rate
from grants.services import attach_internship, reverse_mobility
from tests.factories import ContractFactory, OrganisationFactory, person
from tests.grants.conftest import CODE, new_contract, stay_of, url, words
from trainees.models import Internship

pytestmark = pytest.mark.usefixtures("without_second_factor")


def form_data(signatory, **changes):
    """What a coordinator sends for a new contract."""
    data = {
        "code": CODE,
        "title": "De Oever and partners",
        "coordinator": signatory.pk,
        "kind": "single",
        "start": "2026-01-01",
        "end": "2027-12-31",
        "planned": "15",
        "helpdesk_by": "",
        "award_organisational": "5250",
        "award_travel": "6000.50",
        "split-TOTAL_FORMS": "2",
        "split-INITIAL_FORMS": "0",
        "split-0-rate": "350",
        "split-0-ecett": "140",
        "split-0-signatory": "140",
        "split-0-helpdesk": "70",
    }
    return data | changes


# ── who sees what ───────────────────────────────────────────────────────────────────────────────────────────
def test_signatory_sees_its_own_contracts_only(hilde, contract):
    other = ContractFactory(code="2022-1-PL01-KA121-SCH-000000777", title="Somebody else's")
    page = words(hilde.get(reverse("grants:home")))
    assert contract.title in page
    assert other.title not in page
    for name in ("contract_detail", "contract_edit", "attach_list", "report_detail", "report_export"):
        assert hilde.get(url(name, other)).status_code == 404
        response = hilde.get(url(name, contract))
        assert response.status_code == 200
        # A file is closed when it has been read to its end.
        assert b"".join(response) != b""
    assert hilde.post(url("report_pdf", other)).status_code == 404


def test_ecett_sees_every_contract(client, ecett, contract):
    client.force_login(ecett)
    assert contract.title in words(client.get(reverse("grants:home")))
    assert client.get(url("contract_edit", contract)).status_code == 200


def test_member_of_a_consortium_reads_but_does_not_keep(client, coordinator, signatory, rates):
    member = OrganisationFactory(name="Huis Zuid")
    contract = new_contract(coordinator, signatory, kind="consortium", members=[member])
    client.force_login(person("coordinator", organisation=member))
    assert client.get(url("contract_detail", contract)).status_code == 200
    response = client.get(url("attach_list", contract))
    assert response.status_code == 403
    assert "Only the coordinator of this contract" in words(response)


@pytest.mark.parametrize("role", ["helpdesk", "trainee", "host", "employer", "juror", "secretary"])
def test_other_roles_are_kept_out(client, contract, stay, coordinator, role):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    client.force_login(person(role))
    for address in (
        reverse("grants:home"),
        reverse("grants:rate_list"),
        reverse("grants:contract_new"),
        url("contract_detail", contract),
        url("attach", contract, stay),
        url("report_export", contract),
    ):
        assert client.get(address).status_code == 403
    assert client.post(url("mobility_reverse", mobility), {"comment": "no"}).status_code == 403
    assert Mobility.objects.get().state == "posted"


def test_list_takes_as_many_queries_for_thirty_contracts_as_for_one(
    client, ecett, contract, django_assert_num_queries
):
    client.force_login(ecett)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(reverse("grants:home"))
    ContractFactory.create_batch(24)
    with CaptureQueriesContext(connection) as many:
        page = words(client.get(reverse("grants:home")))
    assert page.count("<tr>") >= 25
    assert len(many) == len(one)


def test_contract_page_takes_as_many_queries_for_ten_stays_as_for_one(
    hilde, contract, signatory, coordinator
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    attach_internship(contract=contract, internship=stay_of(signatory), actor=coordinator)
    address = url("contract_detail", contract) + "?open=award_travel"
    with CaptureQueriesContext(connection) as one:
        hilde.get(address)
    for _number in range(9):
        attach_internship(contract=contract, internship=stay_of(signatory), actor=coordinator)
    with CaptureQueriesContext(connection) as many:
        assert words(hilde.get(address)).count("217543-MOB-000") == 20
    assert len(many) == len(one)


# ── making and changing a contract ──────────────────────────────────────────────────────────────────────────
def test_contract_is_made_from_its_code(hilde, signatory):
    response = hilde.post(reverse("grants:contract_new"), form_data(signatory))
    contract = Contract.objects.get()
    assert response.url == url("contract_detail", contract)
    assert (contract.call_year, contract.agency, contract.action, contract.sector) == (
        2024,
        "BE02",
        "KA121",
        "ADU",
    )
    assert contract.awarded == Decimal("11250.50")
    assert ledger.balances(contract)[Head.AWARD_TRAVEL] == Decimal("6000.50")
    assert [str(split) for split in contract.splits.all()] == ["350.00 = 140.00 + 70.00 + 140.00"]
    assert contract.helpdesk_by == "ecett"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "2024-BE02"}, "A project code looks like"),
        ({"code": "2024-1-BE02-KA210-ADU-000217543"}, "KA210 is not a mobility action"),
        ({"end": "2025-12-31"}, "This is before the first day."),
        ({"split-0-helpdesk": "60"}, "The shares sum to €340.00, not to €350.00."),
        ({"award_travel": "-1"}, "greater than or equal to 0"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"planned": "0"}, "greater than or equal to 1"),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_nothing_is_lost(hilde, signatory, change, said):
    response = hilde.post(reverse("grants:contract_new"), form_data(signatory, **change))
    assert response.status_code == 422
    assert said in words(response)
    assert "5250" in words(response)
    assert not Contract.objects.exists()


def test_consortium_lies_in_one_country(hilde, signatory):
    foreign = OrganisationFactory(name="Dom Pomocy", country="PL")
    near = OrganisationFactory(name="Huis Zuid")
    data = form_data(signatory, kind="consortium", members=[foreign.pk, near.pk])
    response = hilde.post(reverse("grants:contract_new"), data)
    assert response.status_code == 422
    assert "A consortium lies in one country, here Belgium. Not in it: Dom Pomocy (Poland)." in words(
        response
    )
    assert hilde.post(reverse("grants:contract_new"), data | {"members": [near.pk]}).status_code == 302
    assert {str(member) for member in Contract.objects.get().members.all()} == {"De Oever", "Huis Zuid"}


def test_code_is_taken_once(hilde, contract, signatory):
    response = hilde.post(reverse("grants:contract_new"), form_data(signatory))
    assert response.status_code == 422
    assert "already exists" in words(response)


def test_signatorys_coordinator_makes_contracts_of_her_own_house_only(hilde, signatory):
    other = OrganisationFactory(kind="signatory")
    assert hilde.post(reverse("grants:contract_new"), form_data(other)).status_code == 422


def test_script_in_a_title_is_text(hilde, signatory):
    hilde.post(reverse("grants:contract_new"), form_data(signatory, title="<script>alert(1)</script>"))
    page = words(hilde.get(url("contract_detail", Contract.objects.get())))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_edit_changes_split_and_award_and_settled_fields_stay(hilde, contract, signatory, stay, coordinator):
    attach_internship(contract=contract, internship=stay, actor=coordinator)
    data = form_data(signatory, start=str(contract.start), end=str(contract.end))
    response = hilde.post(url("contract_edit", contract), data | {"code": CODE.replace("543", "544")})
    assert response.status_code == 422
    assert "This is settled: the contract has mobilities." in words(response)
    response = hilde.post(url("contract_edit", contract), data | {"end": str(today())})
    assert "A stay on this contract ends after this day." in words(response)
    assert hilde.post(url("contract_edit", contract), data | {"award_travel": "1"}).status_code == 302
    assert ledger.balances(contract)[Head.AWARD_TRAVEL] == Decimal("1.00")
    assert contract.splits.count() == 1


# ── a contract's page ───────────────────────────────────────────────────────────────────────────────────────
def test_every_figure_opens_its_source(hilde, contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    page = words(hilde.get(url("contract_detail", contract)))
    assert "1 of 15 stays are on this contract" in page
    assert f"?open={mobility.public_id}#src" in page
    opened = words(hilde.get(url("contract_detail", contract) + f"?open={mobility.public_id}"))
    for said in (
        "2024-25/travel/500-1999/standard",
        "second-hand",
        "500 to 1,999 km",
        "km in a straight line, floored to 911",
        "5 × €160.00",
        "€350 = €140 + €140 + €70",
        "Sums to zero",
        "Hilde Maes",
    ):
        assert said in opened
    head = words(hilde.get(url("contract_detail", contract) + "?open=award_individual"))
    assert "€15,000.00 awarded − €800.00 committed = €14,200.00 left" in head
    assert f"transaction {mobility.transactions.get().pk}" in head
    assert "test annex" not in head
    assert "read in the source" in head


def test_open_of_another_contract_shows_nothing(hilde, contract, signatory, coordinator):
    other = new_contract(coordinator, signatory, code="2024-1-BE02-KA121-ADU-000217544")
    [mobility] = attach_internship(contract=other, internship=stay_of(signatory), actor=coordinator)
    page = words(hilde.get(url("contract_detail", contract) + f"?open={mobility.public_id}"))
    assert mobility.participant_name not in page


def test_next_step_names_what_is_missing(hilde, contract, stay, coordinator):
    assert "Attach the stay that is agreed." in words(hilde.get(url("contract_detail", contract)))
    attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert "14 more stays are planned." in words(hilde.get(url("contract_detail", contract)))
    Internship.objects.update(state="cancelled")
    assert "Take the cancelled stay off the contract." in words(hilde.get(url("contract_detail", contract)))
    contract.splits.filter(rate=200).delete()
    assert "€200.00 (participant 3 and later) has no split." in words(
        hilde.get(url("contract_detail", contract))
    )


def test_rate_that_has_changed_since_is_shown_with_before_and_after(hilde, contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert "Rates have changed" not in words(hilde.get(url("contract_detail", contract)))
    Rate.objects.filter(row_id="2024-25/travel/500-1999/standard").update(value="315.50")
    page = words(hilde.get(url("contract_detail", contract)))
    assert "500 to 1,999 km: was €309.00, is €315.50 now." in page
    assert ledger.balances(contract)[Head.TRAVEL] == Decimal("309.00")
    reverse_mobility(mobility=mobility, actor=coordinator, comment="new rate")
    [again] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert again.pricing["travel"] == "315.50"
    assert "Rates have changed" not in words(hilde.get(url("contract_detail", contract)))


def test_call_without_rates_says_so(hilde, coordinator, signatory, db):
    contract = new_contract(coordinator, signatory, code="2031-1-BE02-KA121-ADU-000217543")
    page = words(hilde.get(url("contract_detail", contract)))
    assert "No rate of the call 2031 is known here." in page
    assert reverse("imports:import_new", args=["rates"]) in page
