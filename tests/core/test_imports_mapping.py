"""Layouts as data, and rows under our names."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecett.core.exports.sheets import escape
from ecett.core.imports.layouts import BadLayout, Layout, parse_layout
from ecett.core.imports.mapping import (
    BadValue,
    MappedRow,
    find_layout,
    joined,
    map_rows,
    parse_date,
    parse_number,
    parted,
    unescape,
)
from ecett.core.imports.table import PlainNumber, UnusableFile

FIELDS = frozenset(
    {"name", "country", "street", "sectors", "start", "amount", "beds", "public", "language", "kind"}
)
START = 'name = "test"\nversion = 3\nkind = "hosts"\n'


def layout(text: str) -> Layout:
    return parse_layout(START + text, name="test.toml", kind="hosts", allowed=FIELDS)


def rows(tmp_path: Path, columns: str, sheet: str, *, name: str = "sheet.csv", **options) -> list[MappedRow]:
    path = tmp_path / name
    path.write_text(sheet, encoding="utf-8")
    table, found = find_layout(path, (), chosen=layout(columns))
    return list(map_rows(table, found, **options))


def test_every_kind_of_column_gives_its_value(tmp_path):
    columns = """
[columns]
name = { from = ["Name EN", "Name"] }
street = { join = ["Street", "No"], with = " / " }
country = { from = "cc", upper = true, values = "country" }
sectors = { from = "Specs", split = ",", values = "sectors", unknown = "drop" }
start = { from = "Start", date = ["%d.%m.%Y"] }
amount = { from = "Amount", number = "," }
beds = { from = "Beds", whole = true, default = 1 }
public = { from = "Owner", yes = ["public", "État"] }
language = { file_name = '_([a-z]{2})\\.csv$' }
kind = { constant = "reported" }
[values.country]
EL = "GR"
[values.sectors]
psy = ["psychiatry", "addiction"]
youth = "youth"
"""
    sheet = (
        "Name,Name EN,Street,No,cc,Specs,Start,Amount,Beds,Owner\n"
        'Αθήνα,,Odos,12,el,"PSY, Youth, unknown, psy",18.06.2015,"5.172.338,50 kn",40,ETAT\n'
        "Namur,Namur!,,7,be,,2015-06-18,,,private\n"
    )
    first, second = rows(tmp_path, columns, sheet, name="cards_el.csv")
    assert dict(first.values) == {
        "name": "Αθήνα",
        "street": "Odos / 12",
        "country": "GR",
        "sectors": ("psychiatry", "addiction", "youth"),
        "start": dt.date(2015, 6, 18),
        "amount": Decimal("5172338.50"),
        "beds": 40,
        "public": True,
        "language": "el",
        "kind": "reported",
    }
    assert (second["name"], second["street"], second["country"]) == ("Namur!", "7", "BE")
    assert (second["sectors"], second["start"], second["amount"]) == ((), dt.date(2015, 6, 18), None)
    assert (second["beds"], second["public"], second["line"]) == (1, False, None)
    assert (first.line, second.line, first.problems, second.problems) == (2, 3, (), ())


def test_bad_values_are_problems_or_remarks_as_the_layout_wants(tmp_path):
    columns = """
[columns]
name = "n"
start = { from = "d", date = ["%d/%m/%y"] }
beds = { from = "b", whole = true, on_error = "empty" }
country = { from = "c", values = "c", unknown = "refuse" }
[values.c]
be = "BE"
"""
    found = rows(tmp_path, columns, "n,d,b,c\nx,31/02/24,many,xx\n,,,\n,01/02/24,3,BE\n", required={"name"})
    assert [(problem.field, problem.reason.say()) for problem in found[0].problems] == [
        ("start", "“31/02/24” is not a date as expected here (31/12/24, 2024-12-31)"),
        ("country", "“xx” is not one of the values known here"),
    ]
    assert [(remark.field, remark.reason.say()) for remark in found[0].remarks] == [
        ("beds", "“many” is not a number")
    ]
    assert found[1].empty
    assert [(problem.field, problem.reason.say()) for problem in found[2].problems] == [
        ("name", "nothing stands here")
    ]


def test_control_characters_and_composed_letters_are_made_clean(tmp_path):
    found = rows(
        tmp_path, '[columns]\nname = "n"\nstreet = "s"\n', 'n,s\n  e\u0301le\u200bve\x07 ,"a\r\nb"\n'
    )
    assert (found[0]["name"], found[0]["street"]) == ("éleve", "a\nb")


def test_headings_are_found_whatever_their_case_and_missing_or_doubled_ones_are_told(tmp_path):
    assert rows(tmp_path, '[columns]\nname = "Host  Name"\n', " host name \nx\n")[0]["name"] == "x"
    with pytest.raises(
        UnusableFile, match=r"has no column “city”, which the layout “test” reads\. Its headings: a, b"
    ):
        rows(tmp_path, '[columns]\nname = "city"\n', "a,b\n1,2\n")
    with pytest.raises(UnusableFile, match="has several columns “a”"):
        rows(tmp_path, '[columns]\nname = "a"\n', "a,b,A\n1,2,3\n")
    assert rows(tmp_path, '[columns]\nname = "b"\n', "a,b,A,,\n1,2,3,,\n")[0]["name"] == "2"
    with pytest.raises(UnusableFile, match="fills no column “country”, which every row needs"):
        rows(tmp_path, '[columns]\nname = "b"\n', "b\n1\n", required={"country"})


def test_file_name_that_does_not_tell_is_refused(tmp_path):
    with pytest.raises(UnusableFile, match="does not follow the pattern"):
        rows(
            tmp_path,
            "[columns]\nlanguage = { file_name = '_([a-z]{2})\\.csv$' }\n",
            "a\n1\n",
            name="esco.csv",
        )


def test_layout_is_recognised_by_its_headings_and_the_closest_wins(tmp_path):
    skills = layout('[match]\nheadings = ["uri", "label"]\nwithout = ["isco"]\n[columns]\nname = "label"\n')
    occupations = layout('[match]\nheadings = ["uri", "label", "isco"]\n[columns]\nname = "label"\n')
    plain = layout(
        '[file]\nencoding = "cp1252"\ndelimiter = ";"\n'
        '[match]\nheadings = ["naam"]\n[columns]\nname = "naam"\n'
    )
    for sheet, wanted in ((b"URI,Label\n1,2\n", skills), (b"uri,label,ISCO\n1,2,3\n", occupations)):
        path = tmp_path / "sheet.csv"
        path.write_bytes(sheet)
        assert find_layout(path, (skills, occupations, plain))[1] is wanted
    path.write_bytes(b"naam;plaats\nCaf\xe9;Luik\n")
    table, found = find_layout(path, (skills, plain))
    assert found is plain
    assert [row["name"] for row in map_rows(table, found)] == ["Café"]


def test_unknown_layout_lists_what_was_found_and_what_is_known(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("foo,bar\n1,2\n")
    known = layout('[match]\nheadings = ["uri"]\n[columns]\nname = "uri"\n')
    with pytest.raises(UnusableFile) as caught:
        find_layout(path, (known,))
    text = str(caught.value)
    assert "“foo”, “bar”" in text
    assert "test (uri)" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[columns\n", "not valid TOML"),
        ("", "“columns” is missing"),
        ('[columns]\nheight = "h"\n', "there is no field “height”; the fields are: amount, beds"),
        ("[columns]\nname = 3\n", "“columns.name” must be a heading or a table"),
        ("[columns]\nname = {}\n", "needs one of: from, join, constant, file_name"),
        ('[columns]\nname = { from = "a", constant = "b" }\n', "needs one of"),
        ('[columns]\nname = { from = "a", colour = "red" }\n', "unknown key “columns.name.colour”"),
        ('[columns]\nname = { from = "a", values = "x" }\n', r"there is no table \[values.x\]"),
        ('[columns]\nname = { from = "a", number = "x" }\n', "“columns.name.number” must be one of: . ,"),
        ("[columns]\nname = { from = [1] }\n", "“columns.name.from” has a value of the wrong kind"),
        ('[file]\ndelimiter = ";;"\n[columns]\nname = "a"\n', "must be one character"),
        (
            '[file]\nskip_lines = true\n[columns]\nname = "a"\n',
            "“file.skip_lines” has a value of the wrong kind",
        ),
        ('[columns]\nlanguage = { file_name = "(" }\n', "“columns.language.file_name” is not a pattern"),
        ('[match]\nheading = ["a"]\n[columns]\nname = "a"\n', "unknown key “match.heading”"),
    ],
)
def test_faulty_layout_says_what_is_wrong(text, words):
    with pytest.raises(BadLayout, match=words):
        layout(text)


def test_layout_of_another_kind_is_refused():
    with pytest.raises(BadLayout, match="it is for “hosts”, not for “rates”"):
        parse_layout(START + '[columns]\nname = "a"\n', name="x.toml", kind="rates", allowed=FIELDS)


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [
        ("5.172.338,50 kn", ",", "5172338.50"),
        ("1 234,5", ",", "1234.5"),
        ("€ 1,234.50", ".", "1234.50"),
        ("-12", ".", "-12"),
        ("−0,5", ",", "-0.5"),
        ("47.331527108287254", ".", "47.331527108287254"),
        ("1.200", ",", "1200"),
        ("0.70", ".", "0.70"),
        ("EUR 5", ".", "5"),
        ("12 beds", ".", "12"),
        ("1'234.50", ".", "1234.50"),
        ("1.2e-05", ".", "0.000012"),
        (PlainNumber("1234.5"), ",", "1234.5"),
        (PlainNumber("1e-05"), ",", "0.00001"),
    ],
)
def test_numbers_as_people_write_them(text, sign, number):
    assert parse_number(text, sign) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "3 or 4",
        "1.2.3",
        "12,34,5",
        "1-2",
        "--3",
        "NaN",
        "Infinity",
        "1.5.2024",
        "bad0",
        "=1+1",
        "room 12",
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadValue):
        parse_number(text, ",")


@pytest.mark.parametrize(
    "text", ["0024-01-01", "2024-13-01", "2024-02-30", "yesterday", "31.12.99999", "2024-01-01x"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(BadValue):
        parse_date(text, ["%d.%m.%Y"])


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_dates_survive_iso_and_the_given_format(day):
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.isoformat()} 10:30:00") == day
    assert parse_date(day.strftime("%d.%m.%Y"), ["%d.%m.%Y"]) == day


@given(st.decimals(-(10**9), 10**9, places=2))
def test_amounts_survive_both_notations(amount):
    assert parse_number(f"{amount:,.2f}", ".") == amount
    continental = f"{amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    assert parse_number(f"{continental} €", ",") == amount


@given(st.text())
def test_what_exports_escape_imports_take_back(text):
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(min_size=1).filter(str.strip), max_size=5))
def test_texts_of_one_cell_are_parted_as_they_were_joined(texts):
    assert parted(joined(texts)) == texts


def test_codes_stand_in_a_cell_as_people_write_them():
    assert joined(["addiction", "youth"]) == "addiction;youth"
    assert parted("addiction; youth;;") == ["addiction", " youth"]
    assert parted("a\\") == ["a\\"]
