"""The frame of the import commands."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from ecett.core.management.base import ImportCommand
from tests.core.imports_toy import LAYOUT, ToyImporter


class Command(ImportCommand):
    help = "toy"
    importer = ToyImporter


def run(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(Command(stdout=out, stderr=err, no_color=True), *args)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "toy.csv"
    path.write_text("Name,Day,Beds\nNamur,,\nGent,,x\n", encoding="utf-8")
    return path


@pytest.mark.django_db
def test_json_is_the_last_line_and_holds_the_promised_keys(sheet):
    out, err = run(str(sheet), "--json")
    assert json.loads(out.splitlines()[-1]) == {
        "read": 2,
        "created": 1,
        "updated": 0,
        "merged": 0,
        "skipped": 0,
        "refused": 1,
        "rows": [{"line": 3, "field": "beds", "reason": "“x” is not a number"}],
    }
    assert "2 / 2" in err


@pytest.mark.django_db
def test_report_for_people_tells_notes_counts_and_layout(sheet):
    out, _err = run(str(sheet), "--dry-run")
    assert "3  refused  beds: “x” is not a number" in out
    assert "2 rows read" in out
    assert "1 created" in out
    assert "Layout: toy." in out
    assert "This was a dry run: nothing was written." in out
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_notes_are_written_as_csv_with_protected_cells(tmp_path):
    sheet = tmp_path / "toy.csv"
    sheet.write_text("Name,Day,Beds\n" + "".join(f"n{n},,=bad{n}\n" for n in range(30)), encoding="utf-8")
    out, _err = run(str(sheet), "--report", str(tmp_path / "notes.csv"))
    assert "… and 10 more" in out
    with (tmp_path / "notes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 30
    assert rows[0] == {
        "file": "toy.csv",
        "line": "2",
        "outcome": "refused",
        "field": "beds",
        "reason": "“=bad0” is not a number",
    }


@pytest.mark.django_db
def test_own_column_map_maps_a_new_layout_without_code(tmp_path):
    sheet = tmp_path / "odd.csv"
    sheet.write_bytes("Nom;Ville\nLiège;x\n".encode("windows-1252"))
    own = tmp_path / "own.toml"
    text = LAYOUT.replace('name = "Name"', 'name = "Nom"').split("day = {")[0]
    own.write_text(text.replace("[match]", '[file]\nencoding = "windows-1252"\n[match]'), encoding="utf-8")
    with pytest.raises(CommandError, match=r"Line 2 of “odd\.csv” is not UTF-8 text"):
        run(str(sheet))
    run(str(sheet), "--map", str(own))
    assert Group.objects.get().name == "Liège"


@pytest.mark.django_db
def test_unusable_file_or_map_ends_with_an_error(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        run(str(tmp_path / "gone.csv"))
    (tmp_path / "bad.toml").write_text("[columns", encoding="utf-8")
    with pytest.raises(CommandError, match=r"The column map “bad\.toml” cannot be used"):
        run(str(tmp_path / "gone.csv"), "--map", str(tmp_path / "bad.toml"))


@pytest.mark.django_db
def test_folder_is_read_by_the_layouts_that_are_known(tmp_path):
    (tmp_path / "a.csv").write_text("Name,Day,Beds\na,,\n")
    (tmp_path / "b.csv").write_text("Name,Day,Beds\nb,,\n")
    (tmp_path / "other.csv").write_text("foo,bar\n1,2\n")
    (tmp_path / "README.md").write_text("no table")
    out, err = run(str(tmp_path))
    assert set(Group.objects.values_list("name", flat=True)) == {"a", "b"}
    assert "Not of this kind, left alone: other.csv" in err
    assert "2 rows read" in out
    (tmp_path / "a.csv").unlink()
    (tmp_path / "b.csv").unlink()
    with pytest.raises(
        CommandError, match=r"No file in .* has a layout that is known here\. Looked at: other\.csv"
    ):
        run(str(tmp_path))
