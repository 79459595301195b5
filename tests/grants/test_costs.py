"""Further costs of a mobility: a share of what was spent, or an amount per participant; posted, shown, taken back."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ecett.accounts.enums import Role
from ecett.core.money import round_half_up
from ecett.core.workflow import Blocked, Denied
from grants import ledger
from grants.checks import ledger_problems
from grants.costs import price_cost
from grants.documents import report_context
from grants.enums import Head
from grants.exports import report_lines, report_sheets
from grants.models import Entry, Rate, Transaction
from grants.ratefile import FIELDS, parse_rates, reference_rates
from grants.rates import RateMissing, build_rate_set
from grants.reports import build_report
from grants.services import attach_internship, post_cost, reverse_cost, reverse_mobility, store_rates
from grants.services.attaching import NotPriced
from tests.bad_input.at_once import at_once
from tests.bad_input.conftest import signed_in
from tests.factories import OrganisationFactory, person
from tests.grants.conftest import stay_of

LINGUISTIC = "2024,2025,,ADU,BE,linguistic,all,,,150.00,,,,test annex,V"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_ROLES = ()


def rate_set(*lines):
    own = parse_rates("\n".join([",".join(FIELDS), *lines])).rates
    return build_rate_set([*reference_rates(), *own], 2024, "KA121", "ADU", "BE02")


# ── The price ───────────────────────────────────────────────────────────────────────────────────────────
def test_each_head_pays_what_its_row_prints():
    rates = rate_set(LINGUISTIC)
    inclusion = price_cost("inclusion_participant", rates, real=Decimal("312.45"))
    assert (inclusion.amount, inclusion.row.kind) == (Decimal("312.45"), "inclusion_share")
    usual = price_cost("exceptional", rates, real=Decimal("312.45"), case="usual")
    assert (usual.amount, usual.row.value) == (Decimal("249.96"), Decimal("0.80"))
    full = price_cost("exceptional", rates, real=Decimal("312.45"), case="full")
    assert full.amount == Decimal("312.45")
    assert price_cost("exceptional", rates, real=Decimal("312.45")) == usual, "in full is the exception"
    linguistic = price_cost("linguistic", rates, real=Decimal(999))
    assert (linguistic.amount, linguistic.real) == (Decimal("150.00"), None)
    # What no source confirms says so.
    assert {usual.row.certainty, full.row.certainty} == {"?"}


def test_what_no_row_prints_is_missing_by_name():
    with pytest.raises(
        RateMissing, match=r"Rate missing: linguistic support \(call 2024, KA121, ADU, BE02\)"
    ):
        price_cost("linguistic", rate_set())
    with pytest.raises(RateMissing, match="share of the real cost of exceptional costs"):
        price_cost("exceptional", rate_set(), real=Decimal(1), case="double")


@pytest.mark.parametrize("real", [None, Decimal(0), Decimal(-1)])
def test_real_cost_is_above_zero(real):
    with pytest.raises(ValueError, match="above zero"):
        price_cost("exceptional", rate_set(), real=real)


@given(
    st.decimals("0.01", "99999999.99", places=2),
    st.decimals("0.01", "1", places=2),
)
def test_share_of_a_cost_is_whole_cents_and_never_more_than_the_cost(real, share):
    rates = rate_set(f"2024,2025,,ADU,BE,exceptional_share,usual,,,{share},,,,test,V")
    found = price_cost("exceptional", rates, real=real, case="usual")
    assert found.amount == round_half_up(real * share)
    assert found.amount <= real


# ── The ledger ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def mobility(contract, stay, coordinator):
    store_rates(parse_rates("\n".join([",".join(FIELDS), LINGUISTIC])).rates)
    [found] = attach_internship(contract=contract, internship=stay, actor=coordinator)
    return found


def spend(mobility, coordinator, head="exceptional", once="a", **said):
    said = {"real": Decimal("312.45"), "case": "usual", "why": "A train for a wheelchair."} | said
    return post_cost(mobility=mobility, head=head, actor=coordinator, once=once, **said)


def test_cost_is_posted_with_its_source(mobility, contract, coordinator):
    before = ledger.balances(contract)
    posted = spend(mobility, coordinator)
    debit, credit = posted.entries.select_related("account").order_by("pk")
    assert (debit.account.head, debit.amount) == (Head.EXCEPTIONAL, Decimal("249.96"))
    assert (credit.account.head, credit.amount) == (Head.GRANT, Decimal("-249.96"))
    assert debit.source["real"] == "312.45"
    assert debit.source["why"] == "A train for a wheelchair."
    assert debit.source["rates"][0]["certainty"] == "?"
    after = ledger.balances(contract)
    assert after[Head.GRANT] == before[Head.GRANT] - Decimal("249.96")
    assert posted.posted_by == coordinator
    assert ledger_problems() == []


def test_same_cost_sent_twice_is_posted_once(mobility, coordinator):
    assert spend(mobility, coordinator) == spend(mobility, coordinator)
    assert Transaction.objects.filter(kind="cost").count() == 1
    assert spend(mobility, coordinator, once="b") != spend(mobility, coordinator)


def test_linguistic_support_is_paid_once_and_again_after_it_was_taken_back(mobility, coordinator):
    posted = spend(mobility, coordinator, "linguistic")
    with pytest.raises(Blocked, match="paid once"):
        spend(mobility, coordinator, "linguistic", once="b")
    reverse_cost(posted=posted, actor=coordinator, comment="Wrong person")
    assert spend(mobility, coordinator, "linguistic", once="b").pk
    assert ledger_problems() == []


def test_what_is_missing_is_said_and_nothing_is_posted(mobility, coordinator):
    for wrong in ({"why": " "}, {"real": None}):
        with pytest.raises(Blocked, match="needs its amount and what it was for"):
            spend(mobility, coordinator, **wrong)
    Rate.objects.filter(kind__in=("linguistic", "exceptional_share")).delete()
    for head in ("linguistic", "exceptional"):
        with pytest.raises(NotPriced, match="Rate missing"):
            spend(mobility, coordinator, head)
    stranger = person(Role.COORDINATOR, organisation=OrganisationFactory())
    with pytest.raises(Denied):
        spend(mobility, stranger, "inclusion_participant")
    assert not Transaction.objects.filter(kind="cost").exists()


def test_cost_taken_back_is_mirrored_once_with_its_reason(mobility, contract, coordinator):
    posted = spend(mobility, coordinator, "inclusion_participant")
    with pytest.raises(Blocked, match="Say why"):
        reverse_cost(posted=posted, actor=coordinator, comment=" ")
    mirror = reverse_cost(posted=posted, actor=coordinator, comment="Typed twice")
    assert reverse_cost(posted=posted, actor=coordinator, comment="Again") == mirror
    assert mirror.text == "Typed twice"
    assert ledger.balances(contract)[Head.INCLUSION_PARTICIPANT] == 0
    assert ledger_problems() == []


def test_mobility_taken_off_takes_its_costs_with_it(mobility, contract, coordinator):
    spend(mobility, coordinator)
    reverse_cost(posted=spend(mobility, coordinator, once="b"), actor=coordinator, comment="Twice")
    spend(mobility, coordinator, "linguistic", once="c")
    reverse_mobility(mobility=mobility, actor=coordinator, comment="Did not travel")
    spent = {head: amount for head, amount in ledger.balances(contract).items() if "award" not in head}
    assert not any(spent.values()), spent
    assert ledger_problems() == []
    with pytest.raises(Blocked, match="off the contract"):
        spend(mobility, coordinator, once="d")


def test_check_sees_a_cost_that_is_not_what_its_source_says(mobility, contract, coordinator):
    line = ledger.Line(
        "exceptional", Decimal("300.00"), {"real": "312.45", "why": "", "rates": [{"value": "0.8"}]}
    )
    ledger.post(key="wrong", kind="cost", contract=contract, lines=[line, ledger.Line("grant", Decimal(-300))],
                mobility=mobility)  # fmt: skip
    [found] = ledger_problems()
    assert "is 300.00, its source says 249.96" in found


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────────────
def test_every_head_is_in_every_report(mobility, contract, coordinator):
    spend(mobility, coordinator, "inclusion_participant", real=Decimal("100.01"))
    spend(mobility, coordinator, "linguistic", once="b")
    spend(mobility, coordinator, once="c")
    report = build_report(contract)
    committed = {row.name: row.committed for row in report.heads}
    assert committed["Inclusion support, participant"] == Decimal("100.01")
    assert committed["Linguistic support"] == Decimal("150.00")
    assert committed["Exceptional costs"] == Decimal("249.96")
    assert report.committed == -ledger.balances(contract)[Head.GRANT]
    [row] = report.mobilities
    assert (row.inclusion, row.other) == (Decimal("100.01"), Decimal("399.96"))
    assert row.total == report.committed == report.organisations[0].total == report.sums.total
    lines = {line.figure: line.euros for line in report_lines(report) if line.item == mobility.mob_id}
    assert lines["Inclusion support, participant"] == Decimal("100.01")
    assert lines["Linguistic support"] == Decimal("150.00")
    assert lines["Exceptional costs"] == Decimal("249.96")
    assert lines["Total"] == sum(amount for name, amount in lines.items() if name != "Total")
    sheet = report_sheets(report)[3]
    by_title = {str(column.heading): column for column in sheet.columns}
    assert by_title["Exceptional costs"].of(row) == Decimal("249.96")
    printed = report_context(contract)
    assert printed["other"] is True
    assert printed["mobilities"][0]["amounts"][2:4] == ["100.01", "399.96"]


def test_report_without_such_costs_has_no_column_for_them(mobility, contract):
    printed = report_context(contract)
    assert printed["other"] is False
    assert len(printed["mobilities"][0]["amounts"]) == 5


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────
def page_of(client, contract, opened):
    return client.get(reverse("grants:contract_detail", args=[contract.public_id]), {"open": opened}).text


def typed(client, mobility, **changes):
    from tests.bad_input.crawl import forms_of

    path = reverse("grants:cost_new", args=[mobility.public_id])
    form = next(form for form in forms_of(client.get(path).text, path) if form.action == path)
    said = {"head": "exceptional", "real": "312.45", "case": "usual", "why": "A <b>train</b>."}
    return path, form.data(**(said | changes))


def test_coordinator_types_a_cost_and_takes_it_back(client, mobility, contract, coordinator):
    client.force_login(coordinator)
    assert "Add a further cost" in page_of(client, contract, mobility.public_id)
    path, data = typed(client, mobility)
    first = client.post(path, data)
    assert first.status_code == 302
    assert client.post(path, data).status_code == 302, "the back button and send again"
    assert Transaction.objects.filter(kind="cost").count() == 1
    text = client.get(first.url).text
    for said in ("€249.96 are posted.", "Exceptional costs", "€312.45 × 0.80", "A &lt;b&gt;train&lt;/b&gt;."):
        assert said in text, said
    for opened in ("award_exceptional", "other", "total"):
        assert "249.96" in page_of(client, contract, opened).split('id="src"')[1], opened
    cost = Transaction.objects.get(kind="cost")
    back = reverse("grants:cost_reverse", args=[cost.public_id])
    assert back in text
    assert "Say why" in client.post(back, {"comment": ""}, follow=True).text
    assert "Taken back" in client.post(back, {"comment": "Wrong receipt"}, follow=True).text
    text = page_of(client, contract, mobility.public_id)
    assert back not in text
    assert "€312.45 × 0.80" not in text
    assert "Other costs" not in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"real": ""}, "real"),
        ({"real": "abc"}, "real"),
        ({"real": "-5"}, "real"),
        ({"real": "12.345"}, "real"),
        ({"real": "1e40"}, "real"),
        ({"why": ""}, "why"),
        ({"why": "x" * 1001}, "why"),
        ({"head": "nonsense"}, "head"),
        ({"case": "double"}, "case"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(
    client, mobility, coordinator, changes, field
):
    client.force_login(coordinator)
    path, data = typed(client, mobility, **changes)
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.text
    if field != "why":
        assert "A &lt;b&gt;train&lt;/b&gt;." in answer.text
    assert not Transaction.objects.filter(kind="cost").exists()


def test_missing_rate_is_said_on_the_page(client, mobility, coordinator):
    client.force_login(coordinator)
    Rate.objects.filter(kind__in=("linguistic", "exceptional_share")).delete()
    path, data = typed(client, mobility, head="linguistic", real="", case="")
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert "Rate missing: linguistic support (call 2024" in answer.text


def test_award_of_these_heads_is_typed_with_the_contract(client, contract, coordinator):
    client.force_login(coordinator)
    path = reverse("grants:contract_edit", args=[contract.public_id])
    from tests.bad_input.crawl import forms_of

    form = next(form for form in forms_of(client.get(path).text, path) if form.action == path)
    sent = form.data(award_exceptional="800", award_linguistic="450", award_inclusion_participant="1200.50")
    assert client.post(path, sent).status_code == 302
    awarded = {row.key: row.awarded for row in build_report(contract).heads}
    assert awarded[Head.AWARD_EXCEPTIONAL] == Decimal("800.00")
    assert awarded[Head.AWARD_LINGUISTIC] == Decimal("450.00")
    assert awarded[Head.AWARD_INCLUSION_PARTICIPANT] == Decimal("1200.50")
    assert ledger_problems() == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_post_linguistic_support_once(rates, signatory, coordinator, contract):
    store_rates(parse_rates("\n".join([",".join(FIELDS), LINGUISTIC])).rates)
    [mobility] = attach_internship(contract=contract, internship=stay_of(signatory), actor=coordinator)
    path = reverse("grants:cost_new", args=[mobility.public_id])
    tabs = [signed_in(coordinator) for _tab in range(2)]
    statuses = at_once(
        *(
            lambda client=client, once=once: client.post(path, {"head": "linguistic", "once": once})
            for client, once in zip(tabs, "ab", strict=True)
        )
    )
    assert sorted(statuses) == [302, 422]
    assert Entry.objects.filter(account__head="linguistic").count() == 1
