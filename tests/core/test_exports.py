"""Exports: types kept, nothing that a spreadsheet would run, the same in both formats."""

import csv
import datetime as dt
import io
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.contrib.auth.models import Group
from hypothesis import given, settings
from hypothesis import strategies as st

from ecett.core.exports import sheets
from ecett.core.exports.sheets import (
    DATE,
    INTEGER,
    MOMENT,
    MONEY,
    NUMBER,
    PERCENT,
    YES_NO,
    Column,
    TooManyRows,
    csv_cell,
    csv_lines,
    csv_response,
    escape,
    export_response,
    write_xlsx,
    xlsx_response,
)
from ecett.core.imports.mapping import unescape
from ecett.core.imports.reader import open_table
from ecett.core.search import clean

COLUMNS = (
    Column("Name", "name"),
    Column("Beds", "beds", INTEGER),
    Column("Share", "share", PERCENT),
    Column("Length", "length", NUMBER),
    Column("Amount", "amount", MONEY),
    Column("Day", "day", DATE),
    Column("At", "at", MOMENT),
    Column("Open", "open", YES_NO),
    Column("Where", lambda row: f"{row['name']}!"),
)
ROW = {
    "name": "=1+1",
    "beds": -3,
    "share": 0.25,
    "length": 1.5,
    "amount": Decimal("-1234.50"),
    "day": dt.date(2024, 5, 31),
    "at": dt.datetime(2024, 5, 31, 7, 30, tzinfo=dt.UTC),
    "open": True,
}


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_keeps_numbers_and_protects_text():
    text = "".join(csv_lines(COLUMNS, [ROW]))
    assert text.startswith("\ufeffName,")
    assert parsed(text)[1] == [
        "'=1+1", "-3", "0.25", "1.5", "-1234.50", "2024-05-31", "2024-05-31 09:30", "true", "'=1+1!",
    ]  # fmt: skip


def test_workbook_keeps_types_formats_and_protects_text():
    stream = io.BytesIO()
    write_xlsx(stream, COLUMNS, [ROW, {**ROW, "name": None, "amount": None}], sheet="Hosts: [all]")
    sheet = openpyxl.load_workbook(stream).active
    first = [sheet.cell(2, number) for number in range(1, 10)]
    assert [cell.value for cell in first] == [
        "'=1+1", -3, 0.25, 1.5, -1234.5,
        dt.datetime.fromisoformat("2024-05-31"), dt.datetime.fromisoformat("2024-05-31 09:30"), True,
        "'=1+1!",
    ]  # fmt: skip
    assert [cell.data_type for cell in first] == ["s", "n", "n", "n", "n", "d", "d", "b", "s"]
    assert first[4].number_format == "#,##0.00"
    assert (sheet["A3"].value, sheet["E3"].value) == (None, None)
    assert (sheet.title, sheet.freeze_panes) == ("Hosts   all", "A2")
    assert sheet.auto_filter.ref == "A1:I3"


@pytest.mark.django_db
def test_responses_name_their_file_and_type():
    answer = csv_response(filename="hosts Łódź", columns=COLUMNS, rows=[ROW])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''hosts_%C5%81%C3%B3d%C5%BA.csv"
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbfName,")
    book = xlsx_response(filename="hosts", columns=COLUMNS, rows=[ROW])
    assert book["Content-Disposition"] == 'attachment; filename="hosts.xlsx"'
    content = b"".join(book.streaming_content)
    book.close()
    assert openpyxl.load_workbook(io.BytesIO(content)).active["B2"].value == -3


def test_unknown_format_and_kind_are_refused():
    with pytest.raises(ValueError, match="neither csv nor xlsx"):
        export_response("pdf", filename="x", columns=COLUMNS, rows=[])
    with pytest.raises(ValueError, match="'colour' is not one of"):
        Column("x", "x", "colour")


def test_values_are_found_by_path_key_or_function():
    row = SimpleNamespace(host=SimpleNamespace(city="Gent"))
    assert Column("City", "host.city").of(row) == "Gent"
    assert Column("City", "host.city").of({"host.city": "Mons"}) == "Mons"
    assert Column("City", lambda each: each.host.city.upper()).of(row) == "GENT"


@pytest.mark.django_db  # a response that is closed looks after connections
def test_more_rows_than_a_workbook_holds_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_XLSX_ROWS", 10)
    with pytest.raises(TooManyRows) as caught:
        xlsx_response(filename="x", columns=COLUMNS, rows=(ROW for _n in range(11)))
    assert caught.value.limit == 10
    xlsx_response(filename="x", columns=COLUMNS, rows=(ROW for _n in range(10))).close()
    answer = csv_response(filename="x", columns=COLUMNS, rows=(ROW for _n in range(11)))
    assert len(parsed(b"".join(answer.streaming_content).decode())) == 12


@pytest.mark.django_db
def test_queryset_is_streamed(django_assert_num_queries):
    Group.objects.bulk_create(Group(name=f"g{number}") for number in range(5))
    columns = (Column("Name", "name"),)
    with django_assert_num_queries(1):
        answer = csv_response(filename="x", columns=columns, rows=Group.objects.order_by("name"))
        assert parsed(b"".join(answer.streaming_content).decode())[1:] == [
            ["g0"],
            ["g1"],
            ["g2"],
            ["g3"],
            ["g4"],
        ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-"])
def test_formula_starts_are_protected(text):
    assert escape(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "'s-Hertogenbosch", "1-2", "’=1"])
def test_other_text_stays(text):
    assert escape(text) == text


def test_text_too_long_for_a_sheet_is_cut_and_shows_it():
    stream = io.BytesIO()
    write_xlsx(stream, (Column("T", "t"),), [{"t": "x" * 40_000}])
    value = openpyxl.load_workbook(stream).active["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(_texts)
def test_no_text_cell_begins_like_a_formula(text):
    assert not csv_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescape(csv_cell(text)) == clean(text)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_amounts_survive_both_formats_to_the_cent(amount):
    assert Decimal(csv_cell(amount, MONEY)) == amount
    stream = io.BytesIO()
    write_xlsx(stream, (Column("Amount", "a", MONEY),), [{"a": amount}])
    found = openpyxl.load_workbook(stream).active["A2"].value
    assert Decimal(str(found)).quantize(Decimal("0.01")) == amount


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(_texts, st.integers(-(10**14), 10**14)), max_size=6),
    form=st.sampled_from(["csv", "xlsx"]),
)
def test_our_own_export_is_read_back(tmp_path_factory, rows, form):
    columns = (Column("Name", lambda row: row[0]), Column("Number", lambda row: row[1], INTEGER))
    path = tmp_path_factory.mktemp("export") / f"any.{form}"
    if form == "csv":
        path.write_text("".join(csv_lines(columns, rows)), encoding="utf-8", newline="")
    else:
        with path.open("wb") as stream:
            write_xlsx(stream, columns, rows)
    found = [(unescape(row.cells[0]), int(row.cells[1])) for row in open_table(path).rows()]
    assert found == [(clean(text), number) for text, number in rows]
