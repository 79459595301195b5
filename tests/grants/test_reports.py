"""XLSX, CSV and PDF of a contract agree with the ledger to the cent."""

import csv
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from ecett.core.documents import services as documents
from ecett.core.models import Document
from grants import ledger
from grants.documents import ask_for_report
from grants.enums import Head
from grants.exports import report_lines
from grants.reports import PARTIES, build_report
from grants.services import Terms, attach_internship, reverse_mobility
from tests.factories import OrganisationFactory, person
from tests.grants.conftest import new_contract, stay_of
from tests.patience import wait_for


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_ROLES = ()


@pytest.fixture
def full(rates, coordinator, signatory):
    """A consortium with four mobilities of two organisations, one of them taken off again."""
    other = OrganisationFactory(name="=Huis Zuid", city="Namur", country="BE")
    contract = new_contract(coordinator, signatory, kind="consortium", members=[other])
    attach_internship(contract=contract, internship=stay_of(signatory, companions=1), actor=coordinator)
    green = stay_of(other)
    fewer = frozenset({str(green.project.trainee)})
    terms = Terms.of(green, green=True, travel_days=4, fewer_opportunities=fewer)
    attach_internship(contract=contract, internship=green, actor=coordinator, terms=terms)
    [gone] = attach_internship(contract=contract, internship=stay_of(other), actor=coordinator)
    reverse_mobility(mobility=gone, actor=coordinator, comment="not gone")
    return contract


def from_ledger(contract):
    """{report head: (awarded, committed)} summed straight from the entries."""
    found = ledger.balances(contract)
    support = sum(found[head] for head in PARTIES)
    return {
        "Organisational support": (found[Head.AWARD_ORGANISATIONAL], support),
        "Travel": (found[Head.AWARD_TRAVEL], found[Head.TRAVEL]),
        "Individual support": (found[Head.AWARD_INDIVIDUAL], found[Head.INDIVIDUAL]),
        "Inclusion support, organisation": (found[Head.AWARD_INCLUSION], found[Head.INCLUSION]),
        "Inclusion support, participant": (
            found[Head.AWARD_INCLUSION_PARTICIPANT],
            found[Head.INCLUSION_PARTICIPANT],
        ),
        "Linguistic support": (found[Head.AWARD_LINGUISTIC], found[Head.LINGUISTIC]),
        "Exceptional costs": (found[Head.AWARD_EXCEPTIONAL], found[Head.EXCEPTIONAL]),
        "Other heads": (found[Head.AWARD_OTHER], Decimal("0.00")),
        "Total": (-found[Head.AWARD], -found[Head.GRANT]),
    }


def test_report_is_what_the_ledger_says(full):
    report = build_report(full)
    assert {row.name: (row.awarded, row.committed) for row in report.heads} | {
        "Total": (report.awarded, report.committed)
    } == from_ledger(full)
    assert report.committed == Decimal("1459.00") * 2 + Decimal("417") + 9 * 160 + Decimal("200") + Decimal(
        "125"
    )
    assert sum(row.total for row in report.mobilities) == report.committed
    assert sum(row.total for row in report.organisations) == report.committed
    assert [(row.name, row.mobilities) for row in report.organisations] == [
        ("=Huis Zuid", 1),
        ("De Oever", 2),
    ]
    assert report.reversed == 1
    assert [str(row.amount) for row in report.parties] == ["360.00", "360.00", "180.00"]


def test_xlsx_agrees_with_the_ledger(full, client, coordinator):
    client.force_login(coordinator)
    response = client.get(reverse("grants:report_export", args=[full.public_id]) + "?format=xlsx")
    assert full.code in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["Heads", "Shares", "Organisations", "Mobilities"]
    heads = {
        row[0]: (Decimal(str(row[1])), Decimal(str(row[2])))
        for row in book["Heads"].iter_rows(min_row=2, values_only=True)
    }
    assert heads == from_ledger(full)
    found = ledger.balances(full)
    shares = dict(book["Shares"].iter_rows(min_row=2, values_only=True))
    assert Decimal(str(shares["Organisational support: helpdesk"])) == found[Head.SUPPORT_HELPDESK]
    rows = list(book["Mobilities"].iter_rows(min_row=2, values_only=True))
    assert sum(Decimal(str(row[-1])) for row in rows) == -found[Head.GRANT]
    # What a spreadsheet would take for a formula is text.
    assert book["Organisations"]["A2"].value == "'=Huis Zuid"


def test_csv_agrees_with_the_ledger(full, client, coordinator):
    client.force_login(coordinator)
    response = client.get(reverse("grants:report_export", args=[full.public_id]) + "?format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    heads = {}
    for row in rows:
        if row["Table"] == "Heads":
            heads.setdefault(row["Row"], {})[row["Figure"]] = Decimal(row["Euros"])
    assert {name: (each["Awarded"], each["Committed"]) for name, each in heads.items()} == from_ledger(full)
    assert all(each["Difference"] == each["Awarded"] - each["Committed"] for each in heads.values())
    totals = [
        Decimal(row["Euros"]) for row in rows if row["Table"] == "Mobilities" and row["Figure"] == "Total"
    ]
    assert sum(totals) == -ledger.balances(full)[Head.GRANT]
    assert len(rows) == len(list(report_lines(build_report(full))))
    assert {row["Row"] for row in rows if row["Table"] == "Organisations"} == {"'=Huis Zuid", "De Oever"}


def test_pdf_agrees_with_the_ledger(full, coordinator, settings, tmp_path, assets):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEYS_DIR = tmp_path / "keys"
    document = ask_for_report(contract=full, language="en", actor=coordinator)
    documents.render(document.pk)
    document.refresh_from_db()
    assert document.state == "ready", document.error
    with document.file.open("rb") as stream:
        text = " ".join(page.extract_text() for page in PdfReader(stream).pages)
    flat = re.sub(r"\s+", " ", text)
    for name, (awarded, committed) in from_ledger(full).items():
        line = f"{name} {awarded:,.2f} {committed:,.2f} {awarded - committed:,.2f}".replace("-", "[-−]")
        assert re.search(line, flat), line
    report = build_report(full)
    for row in report.mobilities:
        assert row.mob_id in flat
        assert f"{row.total:,.2f}" in flat
    # Both tables end with their sums.
    sums = [report.sums.travel, report.sums.individual, report.sums.inclusion, report.sums.organisational]
    line = " ".join(f"{amount:,.2f}" for amount in [*sums, report.sums.total])
    assert f"Total {len(report.mobilities)} {line}" in flat
    assert f"Total {line}" in flat


def test_unknown_format_is_not_there(full, client, coordinator):
    client.force_login(coordinator)
    assert (
        client.get(reverse("grants:report_export", args=[full.public_id]) + "?format=exe").status_code == 404
    )


def test_pdf_is_made_once_until_something_is_posted(full, client, coordinator, signatory, monkeypatch):
    monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *_args: True)
    client.force_login(coordinator)
    address = reverse("grants:report_pdf", args=[full.public_id])
    first, second = client.post(address), client.post(address)
    assert first.url == second.url == reverse("core:document_page", args=[Document.objects.get().public_id])
    attach_internship(contract=full, internship=stay_of(signatory), actor=coordinator)
    assert client.post(address).url != first.url
    newest = Document.objects.latest("pk")
    assert newest.supersedes == Document.objects.earliest("pk")
    assert client.get(reverse("grants:report_detail", args=[full.public_id])).status_code == 200


def test_pdf_is_read_by_who_sees_the_contract(full, client, coordinator):
    document = ask_for_report(contract=full, language="en", actor=coordinator)
    page = reverse("core:document_page", args=[document.public_id])
    client.force_login(person("coordinator", organisation=OrganisationFactory(kind="signatory")))
    assert client.get(page).status_code == 404
    client.force_login(coordinator)
    assert client.get(page).status_code == 200


def test_report_takes_few_queries_however_many_mobilities(full, django_assert_num_queries):
    with django_assert_num_queries(2):
        build_report(full)


@pytest.mark.worker
@pytest.mark.slow
def test_worker_makes_the_report(celery_worker, rates, coordinator, signatory, assets):
    contract = new_contract(coordinator, signatory)
    document = ask_for_report(contract=contract, language="fr", actor=coordinator)
    wait_for(lambda: Document.objects.get(pk=document.pk).state == "ready", celery_worker.read_text)
