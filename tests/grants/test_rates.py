"""Rates in the database: loaded, imported, read back as the pricing knows them."""

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from ecett.core.imports.services import queue_import, run_job
from ecett.core.models import ImportJob
from grants.models import Rate
from grants.ratefile import FIELDS, reference_rates
from grants.selectors.rates import stored_rates
from grants.services import load_demo_rates, load_rates

HEAD = ",".join(FIELDS)


def write(path, *rows):
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def imported(path, *options):
    out = io.StringIO()
    call_command("import_rates", str(path), "--json", *options, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue().splitlines()[-1])


def test_load_rates_fills_the_table_and_a_second_run_changes_nothing(db):
    first = load_rates()
    assert first.created == len(reference_rates()) == Rate.objects.count()
    again = load_rates()
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)
    assert sorted(stored_rates(), key=lambda row: row.id) == sorted(reference_rates(), key=lambda row: row.id)


def test_load_rates_covers_three_calls(db):
    load_rates()
    for year, band in ((2019, "275.00"), (2022, "275.00"), (2024, "309.00")):
        [row] = [row for row in stored_rates(year) if row.kind == "travel" and row.key == "500-1999"]
        assert row.value == Decimal(band)


def test_changed_figure_is_put_right_and_its_history_kept(db):
    load_rates()
    row = Rate.objects.get(row_id="2024-25/travel/500-1999/standard")
    Rate.objects.filter(pk=row.pk).update(value=1)
    assert load_rates().updated == 1
    values = list(row.events.order_by("pgh_id").values_list("value", flat=True))
    assert values == [Decimal(309), Decimal(1), Decimal(309)]


def test_demo_rates_say_so(db):
    assert load_demo_rates().created > 200
    assert not Rate.objects.exclude(source__startswith="demo").exists()


@pytest.mark.data
def test_agency_annex_is_imported_whole_and_twice_changes_nothing(db, real_data):
    path = real_data / "rates_si_adult_staff_2014_2020.csv"
    first = imported(path)
    assert first["read"] == first["created"] + first["refused"] == 44
    assert first["refused"] == 0
    again = imported(path)
    assert (again["created"], again["updated"], again["skipped"]) == (0, 0, 44)
    assert Rate.objects.get(agency="SI", kind="staff_day", key="AT").source.startswith("Slovene")


def test_dry_run_reports_the_same_and_writes_nothing(db, tmp_path):
    path = write(tmp_path / "a.csv", "2026,2026,,VET,FI,staff_day,group-1,1,14,150.00,,,,annex,V")
    assert imported(path, "--dry-run")["created"] == 1
    assert not Rate.objects.exists()
    assert imported(path)["created"] == 1


def test_new_figure_updates_its_row(db, tmp_path):
    row = "2026,2026,,VET,FI,staff_day,group-1,1,14,{},,,,annex,V"
    imported(write(tmp_path / "a.csv", row.format("150.00")))
    assert imported(write(tmp_path / "a.csv", row.format("151.50")))["updated"] == 1
    assert Rate.objects.get().value == Decimal("151.50")


def test_bad_rows_are_refused_by_line_and_field(db, tmp_path):
    path = write(
        tmp_path / "a.csv",
        "2026,2026,,VET,FI,staff_day,group-1,1,14,150.00,,,,annex,V",
        "2026,2026,,VET,FI,staff_day,group-1,10,20,150.00,,,,annex,V",
        "2026,2026,,VET,FI,wine,all,,,150.00,,,,annex,V",
        "2026,2026,,VET,FI,travel,500-100,,,150.00,,,,annex,V",
        "2026,2026,,VET,FI,travel,500-1000,,,lots,,,,annex,V",
        "2026,2026,,VET,FI,travel,1001-1100,,,,,,,annex,V",
        "99999,,,VET,FI,travel,2001-2100,,,5,,,,annex,V",
        f"2026,2026,,VET,FI,travel,3001-3100,,,5,,,,{'x' * 301},V",
    )
    found = imported(path)
    assert (found["created"], found["refused"]) == (1, 7)
    assert [(row["line"], row["field"]) for row in found["rows"]] == [
        (3, "first_day"), (4, "kind"), (5, "key"), (6, "value"), (7, "value"), (8, "call_from"),
        (9, "source"),
    ]  # fmt: skip
    assert "line 2" in found["rows"][0]["reason"]


def test_row_that_contradicts_a_stored_one_is_refused(db, tmp_path):
    imported(write(tmp_path / "a.csv", "2024,2025,,VET,FI,staff_day,group-1,1,14,150.00,,,,annex,V"))
    found = imported(write(tmp_path / "b.csv", "2025,2025,,VET,FI,staff_day,group-1,1,14,160.00,,,,annex,V"))
    assert found["refused"] == 1
    assert "2024-25/FI/VET/staff_day/group-1/1-14" in found["rows"][0]["reason"]


def test_sheet_of_a_spreadsheet_is_read(db, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["kind", "key", "value"])
    book.active.append(["staff_day_1_14", "EL", 126.55])
    book.active.append(["staff_day_15_60_factor", "all", 0.7])
    book.save(tmp_path / "annex.xlsx")
    assert imported(tmp_path / "annex.xlsx")["created"] == 2
    assert Rate.objects.get(key="GR").value == Decimal("126.55")
    assert Rate.objects.get(kind="staff_day_factor").value == Decimal("0.7")


def test_new_layout_is_mapped_by_a_file(db, tmp_path):
    (tmp_path / "map.toml").write_text(
        'name = "tarif"\nversion = 1\n[file]\ndelimiter = ";"\ndecimal = ","\n'
        '[columns]\nkey = "Pays"\nvalue = "Taux"\n'
        '[fixed]\ncall_from = "2024"\nkind = "staff_day"\nagency = "FR"\ncertainty = "V"\n[[kinds]]\n'
        'theirs = "staff_day"\nours = "staff_day"\n',
        encoding="utf-8",
    )
    (tmp_path / "tarif.csv").write_text("Pays;Taux\nFI;1.150,50 €\n", encoding="utf-8")
    (tmp_path / "bad.toml").write_text(
        'name = "b"\nversion = 1\n[columns]\nvalue = "Taux"\n', encoding="utf-8"
    )
    with pytest.raises(CommandError, match="fills no column"):
        imported(tmp_path / "tarif.csv", "--map", str(tmp_path / "bad.toml"))
    assert imported(tmp_path / "tarif.csv", "--map", str(tmp_path / "map.toml"))["created"] == 1
    assert Rate.objects.get().value == Decimal("1150.50")


def test_unreadable_map_says_what_is_wrong(db, tmp_path):
    (tmp_path / "map.toml").write_text('name = "x"\n', encoding="utf-8")
    path = write(tmp_path / "a.csv", "2026,2026,,VET,FI,staff_day,group-1,1,14,150.00,,,,annex,V")
    with pytest.raises(CommandError, match="“version” is missing"):
        imported(path, "--map", str(tmp_path / "map.toml"))


def test_upload_runs_as_a_job(db, coordinator):
    rows = f"{HEAD}\n2026,2026,,VET,FI,staff_day,group-1,1,14,150.00,,,,annex,V\n"
    file = SimpleUploadedFile("rates.csv", rows.encode())
    job = queue_import(kind="rates", file=file, filename="rates.csv", dry_run=False, requested_by=coordinator)
    run_job(job.pk)
    job = ImportJob.objects.get(pk=job.pk)
    assert (job.state, job.created) == ("done", 1)


def price(monkeypatch, capsys, cases, *options):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(case) for case in cases)))
    status = 0
    try:
        call_command("price_mobilities", *options)
    except SystemExit as error:
        status = error.code
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


CASE = {
    "id": 1,
    "call_year": 2022,
    "sector": "SCH",
    "sending": {"town": "Gdańsk", "country": "PL", "lat": 54.352, "lon": 18.6466},
    "receiving": {"town": "Göteborg", "country": "SE", "lat": 57.7072, "lon": 11.9668},
    "start": "2022-05-02",
    "end": "2022-05-06",
}


def test_price_mobilities_answers_by_stored_rates(db, monkeypatch, capsys):
    load_rates()
    status, [answer] = price(monkeypatch, capsys, [CASE])
    assert status == 0
    assert (answer["travel"], answer["individual"], answer["total"]) == ("275.00", "585.00", "1210.00")
    assert answer["split"] == {"ecett": "140.00", "helpdesk": "70.00", "signatory": "140.00"}
    Rate.objects.filter(row_id__in=answer["rates"], kind="travel").update(value=100)
    assert price(monkeypatch, capsys, [CASE])[1][0]["travel"] == "100.00"


def test_price_mobilities_takes_files_and_goes_on_after_an_error(db, monkeypatch, capsys, tmp_path):
    rates = tmp_path / "rates.csv"
    with rates.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["call_from", "call_to", "kind", "key", "value"])
        writer.writerows([["2022", "", "travel", "500-1999", "300"], ["2022", "", "staff_day", "SE", "10"]])
        writer.writerow(["2022", "", "staff_day", "PL", "10"])
        writer.writerow(["2022", "", "organisational", "1+", "400"])
    split = tmp_path / "split.csv"
    split.write_text("organisational,ecett,helpdesk,signatory\n400,200,100,100\n", encoding="utf-8")
    known = {**CASE, "id": "b", "call_year": 2023}
    wrong = {**CASE, "id": "c", "colour": "red"}
    status, answers = price(
        monkeypatch,
        capsys,
        [wrong, {**CASE, "call_year": 2020}, known],
        "--rates",
        str(rates),
        "--split",
        str(split),
    )
    assert status == 1
    assert [answer.get("error") for answer in answers] == ["bad_input", "rate_missing", None]


def test_price_mobilities_reads_any_file_import_rates_takes(db, monkeypatch, capsys, tmp_path):
    """Semicolons, another encoding, a workbook: one reader for both, and only the columns an agency prints."""
    head = ["call_from", "kind", "key", "value", "call_to"]
    rows = [["2022", "travel", "500-1999", "300", ""], ["2022", "organisational", "1+", "350", ""]]
    rows += [["2022", "staff_day", country, "10", ""] for country in ("SE", "PL")]
    plain = tmp_path / "rates.csv"
    plain.write_text("\r\n".join(";".join(row) for row in [head, *rows]), encoding="utf-16")
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(sheet := tmp_path / "rates.xlsx")
    for path in (plain, sheet):
        status, [found] = price(monkeypatch, capsys, [CASE], "--rates", str(path))
        assert (status, found["travel"], found["individual"]) == (0, "300.00", "50.00")


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"%PDF-1.7\n", b"kind,key,value\ntravel,10-99,much\n"]
)
def test_price_mobilities_says_what_is_wrong_with_a_rate_file(db, monkeypatch, capsys, tmp_path, content):
    path = tmp_path / "rates.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"rates\.csv"):
        price(monkeypatch, capsys, [CASE], "--rates", str(path))
