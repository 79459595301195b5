"""The ledger sums to zero, is never changed, and is posted to once."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants import ledger
from grants.checks import ledger_problems
from grants.enums import Head
from grants.ledger import LedgerError, Line, post
from grants.models import Contract, Entry, Mobility, Transaction
from grants.reports import build_report
from grants.services import Terms, attach_internship, reverse_mobility
from grants.services.contracts import awards_of, update_contract
from tests.factories import ContractFactory
from tests.grants.conftest import stay_of

LINES = [Line(Head.TRAVEL, Decimal("309.00")), Line(Head.GRANT, Decimal("-309.00"))]


def send(contract, key="a", lines=LINES, kind="mobility"):
    return post(key=key, kind=kind, contract=contract, lines=lines, text="test")


@pytest.fixture
def bare(db):
    return ContractFactory(awarded=0)


def test_post_writes_entries_and_balances_are_sums(bare):
    send(bare)
    send(bare, key="b", lines=[Line(Head.TRAVEL, Decimal("1.01")), Line(Head.GRANT, Decimal("-1.01"))])
    found = ledger.balances(bare)
    assert (found[Head.TRAVEL], found[Head.GRANT]) == (Decimal("310.01"), Decimal("-310.01"))
    assert found[Head.INDIVIDUAL] == Decimal("0.00")


def test_same_key_and_lines_is_one_transaction(bare):
    assert send(bare) == send(bare)
    assert Entry.objects.count() == 2


def test_same_key_with_other_lines_is_refused(bare):
    send(bare)
    with pytest.raises(LedgerError, match="other lines"):
        send(bare, lines=[Line(Head.TRAVEL, Decimal("1")), Line(Head.GRANT, Decimal("-1"))])


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([Line(Head.TRAVEL, Decimal("1"))], "two lines"),
        ([Line(Head.TRAVEL, Decimal("1")), Line(Head.GRANT, Decimal("-2"))], "sum to -1"),
        ([Line(Head.TRAVEL, Decimal("0.001")), Line(Head.GRANT, Decimal("-0.001"))], "part of a cent"),
        ([Line("bank", Decimal("1")), Line(Head.GRANT, Decimal("-1"))], "bank"),
    ],
)
def test_lines_that_do_not_hold_are_refused(bare, lines, reason):
    with pytest.raises(LedgerError, match=reason):
        send(bare, lines=lines)
    assert Transaction.objects.count() == 0


def test_database_refuses_an_entry_that_does_not_sum(bare):
    posted = send(bare)
    account = posted.entries.first().account
    Entry.objects.create(transaction=posted, account=account, amount=Decimal("5.00"))
    with pytest.raises(DatabaseError, match="does not sum to zero"):
        connection.check_constraints()


@pytest.mark.parametrize("table", ["grants_entry", "grants_transaction"])
@pytest.mark.parametrize("order", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_database_refuses_change_and_deletion(bare, table, order):
    send(bare)
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(order.format(table))
    assert Entry.objects.count() == 2


def test_mirror_is_posted_once(bare):
    posted = send(bare)
    ledger.reverse(posted=posted, key="back")
    with pytest.raises(LedgerError):
        ledger.reverse(posted=posted, key="back again")
    assert ledger.balances(bare)[Head.TRAVEL] == 0


def test_awards_are_posted_as_differences(contract, coordinator):
    assert contract.awarded == Decimal("26250.00")
    update_contract(contract=contract, actor=coordinator, awards={Head.AWARD_TRAVEL: Decimal("6500.50")})
    contract.refresh_from_db()
    assert contract.awarded == Decimal("6500.50")
    assert awards_of(contract)[Head.AWARD_TRAVEL] == Decimal("6500.50")
    assert awards_of(contract)[Head.AWARD_INDIVIDUAL] == Decimal("0.00")
    assert [
        each.entries.get(account__head=Head.AWARD_TRAVEL).amount for each in contract.transactions.all()
    ] == [
        Decimal("6000.00"),
        Decimal("500.50"),
    ]
    assert ledger_problems() == []


def test_check_ledger_finds_each_kind_of_fault(contract, stay, coordinator, capsys):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    call_command("check_ledger")
    assert "no difference" in capsys.readouterr().out
    Mobility.objects.filter(pk=mobility.pk).update(pricing=mobility.pricing | {"travel": "999.00"})
    Contract.objects.filter(pk=contract.pk).update(awarded=1)
    send(contract, key="orphan")
    with pytest.raises(SystemExit) as ended:
        call_command("check_ledger")
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert "travel is 309.00 in the ledger, 999.00 in its price" in said
    assert "awarded 1.00, but 26250.00" in said
    assert "no mobility" in said


def test_check_ledger_finds_a_reversal_without_its_mirror(contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    Mobility.objects.filter(pk=mobility.pk).update(state="reversed")
    assert any("with 0 reversals" in problem for problem in ledger_problems())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 2)), min_size=1, max_size=12)
)
def test_any_order_of_attaching_and_reversing_keeps_the_ledger_whole(contract, signatory, coordinator, moves):
    """Stays are put on and taken off at random; balances always equal what the standing mobilities cost."""
    with transaction.atomic():
        stays = [stay_of(signatory, companions=number % 3) for number in range(4)]
        for number, zero_grant, travel_days in moves:
            there = list(Mobility.objects.filter(internship=stays[number], state="posted"))
            if there:
                reverse_mobility(mobility=there[0], actor=coordinator, comment="again")
            else:
                terms = Terms.of(stays[number], zero_grant=zero_grant, travel_days=travel_days)
                attach_internship(contract=contract, internship=stays[number], actor=coordinator, terms=terms)
            standing = Mobility.objects.filter(contract=contract, state="posted")
            cost = sum((Decimal(each.pricing["total"]) for each in standing), Decimal(0))
            assert -ledger.balances(contract)[Head.GRANT] == cost == build_report(contract).committed
        connection.check_constraints()
        assert ledger_problems() == []
        assert Entry.objects.aggregate(total=Sum("amount"))["total"] == 0
        ranks = list(Mobility.objects.filter(contract=contract).values_list("rank", flat=True))
        assert sorted(ranks) == list(range(1, len(ranks) + 1))
        transaction.set_rollback(True)


def at_once(*calls):
    """Run each in a thread of its own, all beginning together; what each gave or raised."""
    barrier, found = Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            barrier.wait(10)
            found[place] = call()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


@pytest.mark.django_db(transaction=True)
def test_two_stays_at_once_get_two_ranks(contract, signatory, coordinator):
    stays = [stay_of(signatory) for _number in range(4)]
    found = at_once(
        *[
            lambda stay=stay: attach_internship(contract=contract, internship=stay, actor=coordinator)
            for stay in stays
        ]
    )
    assert sorted(mobilities[0].rank for mobilities in found) == [1, 2, 3, 4]
    assert ledger_problems() == []


@pytest.mark.django_db(transaction=True)
def test_one_stay_at_once_is_posted_once(contract, stay, coordinator):
    found = at_once(*[lambda: attach_internship(contract=contract, internship=stay, actor=coordinator)] * 3)
    assert [each[0].rank for each in found] == [1, 1, 1]
    assert Mobility.objects.count() == Transaction.objects.filter(kind="mobility").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_on_reverse_mirror_once(contract, stay, coordinator):
    [mobility] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    found = at_once(*[lambda: reverse_mobility(mobility=mobility, actor=coordinator, comment="wrong")] * 2)
    assert sorted(type(each).__name__ for each in found) == ["Mobility", "StaleTransition"]
    assert Transaction.objects.filter(kind="reversal").count() == 1
    assert ledger_problems() == []
