"""Reading sheets: dialects, encodings, damage, danger."""

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecett.core.imports.reader import open_table
from ecett.core.imports.table import MAX_CELL, FileOptions, PlainNumber, UnusableFile
from tests.conftest import DATA_FOLDER


def read(path: Path, options: FileOptions | None = None) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in open_table(path, options).rows() if row.problem is None]


def problems(path: Path, options: FileOptions | None = None) -> list[tuple[int, str]]:
    return [(row.line, row.problem.say()) for row in open_table(path, options).rows() if row.problem]


@pytest.fixture
def sheet(tmp_path):
    def write(content: str | bytes, name: str = "sheet.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found_though_others_stand_in_the_text(sheet, delimiter):
    others = "".join(sign for sign in ",;|" if sign != delimiter)
    path = sheet(f"name{delimiter}city\na{others}{others}{delimiter}Namur\nb{delimiter}Gent{others}\n")
    table = open_table(path)
    assert table.headings == ("name", "city")
    assert read(path) == [(2, (f"a{others}{others}", "Namur")), (3, ("b", f"Gent{others}"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encoding_is_found_by_its_mark(sheet, encoding):
    path = sheet("näme;ort\nŁódź;Αθήνα\n".encode(encoding))
    assert open_table(path).headings == ("näme", "ort")
    assert read(path) == [(2, ("Łódź", "Αθήνα"))]


def test_wrong_encoding_names_the_line_and_what_it_may_be(sheet):
    path = sheet(b"name\nNamur\nLi\xe8ge\n")
    with pytest.raises(UnusableFile) as caught:
        read(path)
    assert caught.value.line == 3
    assert "Line 3 of “sheet.csv” is not UTF-8 text" in str(caught.value)
    assert "“Liège”" in str(caught.value)
    assert read(path, FileOptions(encoding="windows-1252")) == [(2, ("Namur",)), (3, ("Liège",))]


def test_unknown_encoding_in_the_options_is_told(sheet):
    with pytest.raises(UnusableFile, match="Unknown encoding “klingon”"):
        open_table(sheet("a\n1\n"), FileOptions(encoding="klingon"))


def test_line_is_where_the_record_begins_and_line_breaks_in_cells_count(sheet):
    path = sheet('a,b\r\n1,"x\r\ny\r\nz"\r\n\r\n2,w\r\n')
    assert read(path) == [(2, ("1", "x\r\ny\r\nz")), (6, ("2", "w"))]
    assert open_table(path).count() == 2


def test_comment_and_title_lines_are_passed_over_only_when_the_options_say_so(sheet):
    path = sheet("A title\n# note\nkind,value\n# another\nx,1\ny,#2\n")
    options = FileOptions(comment="#", skip_lines=1, delimiter=",")
    assert read(path, options) == [(5, ("x", "1")), (6, ("y", "#2"))]
    quoted = sheet('kind,value\nx,"one\n# no comment"\n', "quoted.csv")
    assert read(quoted, FileOptions(comment="#")) == [(2, ("x", "one\n# no comment"))]


def test_ragged_rows_are_problems_and_the_others_are_read(sheet):
    path = sheet("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n")
    assert problems(path) == [
        (2, "This row has 2 cells; the heading line has 3."),
        (4, "This row has 4 cells; the heading line has 3."),
    ]
    assert read(path) == [(3, ("1", "2", "3")), (5, ("1", "2", "3"))]


def test_wrongly_quoted_row_is_a_problem_and_the_next_line_begins_anew(sheet):
    path = sheet('a,b\n"x"y,1\nz,2\n')
    assert [line for line, _text in problems(path)] == [2]
    assert read(path) == [(3, ("z", "2"))]


def test_quotation_mark_never_closed_makes_the_file_unusable(sheet):
    path = sheet('a,b\n1,2\n3,"open\n4,5\n')
    with pytest.raises(UnusableFile, match=r"opened on line 3 of “sheet\.csv” is never closed"):
        read(path)


def test_megabyte_in_a_cell_and_nul_refuse_their_row_alone(sheet):
    path = sheet(f"a,b\n1,{'x' * 1_000_000}\n2,y\n3,a\0b\n")
    assert problems(path) == [
        (2, f"Column 2 holds 1000000 characters; at most {MAX_CELL} are taken."),
        (4, "Column 2 holds a NUL character: the file is damaged."),
    ]
    assert read(path) == [(3, ("2", "y"))]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b",,\n1,2,3\n", "has no heading line"),
        (b"%PDF-1.7\n1 0 obj", "looks like a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel workbook"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "looks like a PNG picture"),
        (b"<!DOCTYPE html><html>", "looks like a web page"),
        ("name,city\nx,y\n".encode("utf-16-le"), "looks like a file that is not text"),
        (b"PK\x03\x04 no archive at all", "is damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_words(sheet, content, words):
    with pytest.raises(UnusableFile, match=words):
        open_table(sheet(content))


def test_missing_file_is_told_with_its_name(tmp_path):
    with pytest.raises(UnusableFile, match=r"“gone\.csv” cannot be opened"):
        open_table(tmp_path / "gone.csv")


# ── XLSX ──
@pytest.fixture
def workbook(tmp_path):
    def write(rows: list[list[object]], name: str = "book.xlsx", title: str = "Sheet") -> Path:
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def test_workbook_cells_become_text_in_one_spelling(workbook):
    path = workbook(
        [
            ["name", "day", "beds", "share", "open", "", ""],
            ["Łódź", dt.datetime.fromisoformat("2024-05-31"), 12.0, 0.7, True],
            [None] * 5,
            ["late", dt.datetime.fromisoformat("2024-05-31 09:30"), 3, 1e-05, False],
        ]
    )
    table = open_table(path)
    assert table.headings == ("name", "day", "beds", "share", "open")
    assert read(path) == [
        (2, ("Łódź", "2024-05-31", "12", "0.7", "true")),
        (4, ("late", "2024-05-31 09:30:00", "3", "1e-05", "false")),
    ]
    assert isinstance(next(iter(table.rows())).cells[2], PlainNumber)
    assert table.count() == 3


def test_workbook_sheet_is_chosen_by_name(workbook):
    path = workbook([["a"], ["1"]], title="Hosts")
    assert read(path, FileOptions(sheet="Hosts")) == [(2, ("1",))]
    with pytest.raises(UnusableFile, match=r"has no sheet “Other”\. Its sheets: Hosts"):
        open_table(path, FileOptions(sheet="Other"))


def test_workbook_failed_formula_refuses_its_row(workbook):
    path = workbook([["a", "b"], ["1", "#REF!"], ["2", "x"]])
    assert problems(path) == [(2, "A formula of this row has failed: #REF!.")]
    assert read(path) == [(3, ("2", "x"))]


def test_other_archives_and_bombs_are_not_opened(tmp_path):
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnusableFile, match="a ZIP archive, but not an Excel workbook"):
        open_table(path)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _piece in range(420):
                part.write(b"\0" * 1024 * 1024)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(UnusableFile, match="would unpack to more than 400 MB"):
        open_table(bomb)


def test_damaged_workbook_is_told(workbook, tmp_path):
    path = workbook([["a"], ["1"]])
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name)[:-30] if "sheet1" in name else source.read(name))
    with pytest.raises(UnusableFile, match="is damaged"):
        read(broken)


# ── Properties ──
_cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(_cells, min_size=3, max_size=3), max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_a_csv_writer_writes_is_read_back(tmp_path_factory, rows, delimiter, encoding, ending):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([["alpha", "beta", "gamma"], *rows])
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    table = open_table(path, FileOptions(delimiter=delimiter))
    found = list(table.rows())
    assert [row.problem for row in found] == [None] * len(rows)
    assert [list(row.cells) for row in found] == rows
    assert table.count() == len(rows)


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400))
def test_no_bytes_whatever_end_in_a_crash(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(content)
    try:
        lines = [row.line for row in open_table(path).rows()]
    except UnusableFile:
        return
    assert lines == sorted(set(lines))
    assert all(line > 1 for line in lines)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("hosts_health_eurostat.csv", 15_181),
        ("practices_eu_social_funds.csv", 5_878),
        ("esco_skills_es.csv", 13_485),
        ("esco_occupations_en.csv", 2_942),
        ("mobility_distances_sample.csv", 20_000),
    ],
)
def test_real_files_are_read_to_the_last_row(name, rows):
    path = DATA_FOLDER / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    table = open_table(path)
    found = list(table.rows())
    assert (len(found), table.count()) == (rows, rows)
    assert not any(row.problem for row in found)
