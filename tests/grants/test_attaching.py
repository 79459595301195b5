"""A stay becomes mobilities of a contract: priced once, posted once, reversed by a mirror."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from ecett.core.clock import day_of, today
from ecett.core.workflow import Blocked, Denied, StaleTransition
from grants import ledger
from grants.checks import ledger_problems
from grants.enums import Head
from grants.models import Mobility, Rate, Transaction
from grants.services import Terms, attach_internship, preview_attachment, reverse_mobility, update_contract
from grants.services.attaching import NotPriced
from tests.factories import HostFactory, OrganisationFactory, person
from tests.grants.conftest import new_contract, stay_of


def spent(contract):
    return {
        head: amount for head, amount in ledger.balances(contract).items() if amount and "award" not in head
    }


def test_attach_posts_every_head_and_splits_350(contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert mobility.mob_id == "217543-MOB-00001"
    assert mobility.pricing["km_floor"] == 911
    assert mobility.pricing["band"] == "500-1999"
    assert spent(contract) == {
        Head.TRAVEL: Decimal("309.00"),
        Head.INDIVIDUAL: Decimal("800.00"),
        Head.SUPPORT_ECETT: Decimal("140.00"),
        Head.SUPPORT_HELPDESK: Decimal("70.00"),
        Head.SUPPORT_SIGNATORY: Decimal("140.00"),
        Head.GRANT: Decimal("-1459.00"),
    }
    assert ledger_problems() == []


def test_preview_says_what_attach_posts_and_writes_nothing(contract, stay, coordinator):
    terms = Terms.of(stay, green=True, travel_days=4)
    preview = preview_attachment(contract=contract, internship=stay, terms=terms)
    assert Transaction.objects.filter(kind="mobility").count() == 0
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator, terms=terms)
    assert str(preview.total) == mobility.pricing["total"] == "2207.00"  # 417 + 9 x 160 + 350
    assert preview.people[0].mob_id == mobility.mob_id


def test_each_figure_keeps_its_source(contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    sources = {
        entry.account.head: entry.source
        for entry in ledger.entries_of(contract).filter(transaction__mobility=mobility)
    }
    travel = sources[Head.TRAVEL]
    assert travel["km_straight"] == float(mobility.km_raw)
    assert travel["rates"][0]["id"] == "2024-25/travel/500-1999/standard"
    assert (travel["rates"][0]["value"], travel["rates"][0]["certainty"]) == ("309.00", "2")
    assert [row["kind"] for row in sources[Head.INDIVIDUAL]["rates"]] == ["country_group", "staff_day"]
    assert sources[Head.SUPPORT_ECETT]["split"] == {
        "ecett": "140.00",
        "helpdesk": "70.00",
        "signatory": "140.00",
    }
    # What a rate becomes later does not change what was posted.
    Rate.objects.filter(row_id=travel["rates"][0]["id"]).update(value=999)
    assert ledger_problems() == []


def test_pressing_twice_posts_once(contract, stay, coordinator):
    first = attach_internship(contract=contract, internship=stay, actor=coordinator)
    again = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert first == again
    assert Transaction.objects.filter(kind="mobility").count() == 1


def test_companions_are_mobilities_with_consecutive_ranks(contract, signatory, coordinator):
    stay = stay_of(signatory, companions=2)
    mobilities = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert [each.rank for each in mobilities] == [1, 2, 3]
    # The call pays 350 to the second participant and 200 from the third on.
    assert [each.pricing["organisational"] for each in mobilities] == ["350.00", "350.00", "200.00"]
    assert mobilities[2].pricing["split"] == {"ecett": "80.00", "helpdesk": "40.00", "signatory": "80.00"}
    assert ledger_problems() == []


def test_chosen_participants_only_and_inclusion_by_person(contract, signatory, coordinator):
    stay = stay_of(signatory, companions=2)
    terms = Terms.of(stay, participants=("Companion 1",), fewer_opportunities=frozenset({"Companion 1"}))
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator, terms=terms)
    assert mobility.participant_name == "Companion 1"
    assert mobility.pricing["inclusion_organisation"] == "125.00"
    rest = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert [each.rank for each in rest] == [2, 3]
    assert {each.pricing["inclusion_organisation"] for each in rest} == {"0.00"}


def test_namesakes_are_two_people(contract, signatory, coordinator):
    stay = stay_of(signatory, companions=1)
    stay.companions.update(name=str(stay.project.trainee))
    names = [
        each.participant_name
        for each in attach_internship(contract=contract, internship=stay, actor=coordinator)
    ]
    assert names == [str(stay.project.trainee), f"{stay.project.trainee} (2)"]


def test_official_distance_wins_with_name_and_day(contract, stay, coordinator):
    terms = Terms.of(stay, official_km=Decimal("2000.4"))
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator, terms=terms)
    assert mobility.pricing["travel"] == "395.00"
    assert mobility.pricing["km_floor"] == 2000
    assert Decimal("900") < mobility.km_raw < Decimal("920")
    assert mobility.official_km_by == coordinator
    assert day_of(mobility.official_km_at) == today()
    source = mobility.transactions.get().entries.get(account__head=Head.TRAVEL).source
    assert source["km_official_by"] == "Hilde Maes"


def test_zero_grant_keeps_organisational_support(contract, stay, coordinator):
    [mobility] = attach_internship(
        contract=contract, internship=stay, actor=coordinator, terms=Terms.of(stay, zero_grant=True)
    )
    assert spent(contract)[Head.GRANT] == Decimal("-350.00")
    assert mobility.pricing["travel"] == mobility.pricing["individual"] == "0.00"


def test_helpdesk_share_goes_to_a_signatory_that_does_its_work(rates, coordinator, signatory, stay):
    signatory.does_helpdesk_work = True
    signatory.save()
    contract = new_contract(coordinator, signatory)
    attach_internship(contract=contract, internship=stay, actor=coordinator)
    found = spent(contract)
    assert found[Head.SUPPORT_SIGNATORY] == Decimal("210.00")
    assert Head.SUPPORT_HELPDESK not in found


def test_reversal_mirrors_and_the_rank_is_never_used_again(contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    reverse_mobility(mobility=mobility, actor=coordinator, comment="The distance was wrong")
    assert spent(contract) == {}
    assert ledger_problems() == []
    assert mobility.log.get().comment == "The distance was wrong"
    [again] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert (again.rank, again.mob_id) == (2, "217543-MOB-00002")
    assert spent(contract)[Head.GRANT] == Decimal("-1459.00")


def test_reversal_needs_a_reason_and_happens_once(contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    with pytest.raises(Blocked):
        reverse_mobility(mobility=mobility, actor=coordinator, comment=" ")
    reverse_mobility(mobility=mobility, actor=coordinator, comment="wrong")
    with pytest.raises(StaleTransition):
        reverse_mobility(mobility=mobility, actor=coordinator, comment="wrong")
    assert Transaction.objects.filter(kind="reversal").count() == 1


def refused(contract, stay, coordinator, **terms):
    with pytest.raises(NotPriced) as caught:
        attach_internship(
            contract=contract, internship=stay, actor=coordinator, terms=Terms.of(stay, **terms)
        )
    assert not Mobility.objects.exists()
    assert not Transaction.objects.exclude(kind="award").exists()
    return caught.value.kind, " ".join(caught.value.reasons)


def test_missing_rate_is_named_and_nothing_is_posted(contract, signatory, coordinator):
    stay = stay_of(signatory, host=HostFactory(country="BG", city="Sofia", latitude=42.7, longitude=23.3))
    kind, text = refused(contract, stay, coordinator)
    assert kind == "rate_missing"
    assert "day rate for Bulgaria" in text


def test_call_without_rates_is_named(rates, coordinator, signatory, stay):
    contract = new_contract(coordinator, signatory, code="2031-1-BE02-KA121-ADU-000217543")
    kind, text = refused(contract, stay, coordinator)
    assert kind == "rate_missing"
    assert "2031" in text


def test_missing_split_is_named(contract, stay, coordinator):
    update_contract(contract=contract, actor=coordinator, splits={})
    kind, text = refused(contract, stay, coordinator)
    assert kind == "split_missing"
    assert "350.00" in text


def test_amounts_days_and_parts_of_a_refusal_are_in_the_readers_language(contract, stay, coordinator):
    update_contract(contract=contract, actor=coordinator, splits={})
    with translation.override("fr"):
        assert "350,00 euros" in refused(contract, stay, coordinator)[1]
        assert "jours de voyage financés" in refused(contract, stay, coordinator, travel_days=-1)[1]
    with translation.override("es"):
        tokyo = stay_of(stay.project.employer, host=HostFactory(country="JP", city="Tokyo"))
        said = refused(contract, tokyo, coordinator)[1]
        assert said.startswith("El país de acogida, Japón,"), said


def test_missing_rate_is_named_in_the_readers_language(contract, signatory, coordinator):
    stay = stay_of(signatory, host=HostFactory(country="BG", city="Sofia", latitude=42.7, longitude=23.3))
    with translation.override("nl"):
        said = refused(contract, stay, coordinator)[1]
    assert said.startswith("Tarief ontbreekt: ")
    assert "day rate" not in said


def test_too_many_travel_days_and_a_long_interruption_are_refused(contract, stay, coordinator):
    assert refused(contract, stay, coordinator, travel_days=3)[0] == "travel_days_over_limit"
    assert refused(contract, stay, coordinator, interruption_days=5)[0] == "interruption_too_long"


def test_unknown_town_needs_an_official_distance(contract, signatory, coordinator):
    host = HostFactory(city="Nowhere at all", latitude=None, longitude=None)
    stay = stay_of(signatory, host=host)
    assert refused(contract, stay, coordinator)[0] == "distance_unknown"
    terms = Terms.of(stay, official_km=Decimal("950"))
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator, terms=terms)
    assert mobility.km_raw is None
    assert mobility.pricing["travel"] == "309.00"


def test_town_without_coordinates_is_looked_up(contract, signatory, coordinator):
    stay = stay_of(signatory, host=HostFactory(latitude=None, longitude=None))
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert mobility.pricing["band"] == "500-1999"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"state": "planned"}, "not signed by all three"),
        ({"state": "cancelled"}, "cancelled"),
        ({"start": dt.date(2020, 3, 2), "end": dt.date(2020, 3, 6)}, "outside the contract"),
    ],
)
def test_stays_that_are_not_eligible_say_why(contract, signatory, coordinator, change, reason):
    stay = stay_of(signatory, **change)
    with pytest.raises(Blocked, match=reason):
        attach_internship(contract=contract, internship=stay, actor=coordinator)


def test_sender_of_another_organisation_is_refused_by_name(contract, coordinator):
    stay = stay_of(OrganisationFactory(name="Huis Zuid"))
    with pytest.raises(Blocked, match="Huis Zuid"):
        attach_internship(contract=contract, internship=stay, actor=coordinator)


def test_stay_is_on_one_contract_only(contract, stay, coordinator, signatory):
    attach_internship(contract=contract, internship=stay, actor=coordinator)
    other = new_contract(coordinator, signatory, code="2024-1-BE02-KA121-ADU-000217544")
    with pytest.raises(Blocked, match="2024-1-BE02-KA121-ADU-000217543"):
        attach_internship(contract=other, internship=stay, actor=coordinator)


def test_only_the_contracts_own_coordinator_attaches(contract, stay, ecett, signatory):
    stranger = person("coordinator", organisation=OrganisationFactory(kind="signatory"))
    for actor in (stranger, person("helpdesk"), person("employer", organisation=signatory)):
        with pytest.raises(Denied):
            attach_internship(contract=contract, internship=stay, actor=actor)
    assert len(attach_internship(contract=contract, internship=stay, actor=ecett)) == 1


def test_short_term_projects_hold_thirty_participants(rates, coordinator, signatory):
    contract = new_contract(coordinator, signatory, code="2024-1-BE02-KA122-ADU-000217543")
    big = stay_of(signatory, companions=30)
    with pytest.raises(Blocked, match="30"):
        attach_internship(contract=contract, internship=big, actor=coordinator)
    assert not Mobility.objects.exists()
