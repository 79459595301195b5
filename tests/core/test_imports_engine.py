"""One import is one transaction, and every row is counted once."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ecett.core.heartbeat import Stopped
from ecett.core.imports.engine import (
    Importer,
    ImportFailed,
    Source,
    UnusableFile,
    import_file,
    import_files,
)
from ecett.core.imports.mapping import MappedRow
from ecett.core.imports.report import OUTCOMES, Miscounted, Report
from tests.core.imports_toy import ToyImporter

SHEET = (
    "Name,Day,Beds\nNamur,01.02.2024,3\ndup Namur,,\n,,\nGent,99.99.2024,2\nLiège,,many\n"
    + "x" * 120
    + ",,1\n,,4\n"
)


@pytest.fixture
def sheet(tmp_path):
    def write(text: str, name: str = "toy.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def names() -> set[str]:
    return set(Group.objects.values_list("name", flat=True))


@pytest.mark.django_db
def test_every_row_is_accounted_for_with_line_field_and_reason(sheet):
    report = import_file(ToyImporter(), sheet(SHEET))
    assert dict(report.counts) == {"created": 2, "updated": 0, "merged": 1, "skipped": 1, "refused": 3}
    assert report.read == 7
    assert names() == {"Namur", "Gent"}
    assert [(note.line, note.outcome, note.field, note.reason) for note in report.notes] == [
        (4, "skipped", "", "the row is empty"),
        (6, "refused", "beds", "“many” is not a number"),
        (8, "refused", "name", "nothing stands here"),
        (3, "merged", "name", "the same as Namur"),
        (
            5,
            "created",
            "day",
            "left empty: “99.99.2024” is not a date as expected here (31.12.2024, 2024-12-31)",
        ),
        (7, "refused", "name", "too long for a group"),
    ]
    assert report.as_json() == {
        "read": 7,
        "created": 2,
        "updated": 0,
        "merged": 1,
        "skipped": 1,
        "refused": 3,
        "rows": [
            {"line": 6, "field": "beds", "reason": "“many” is not a number"},
            {"line": 7, "field": "name", "reason": "too long for a group"},
            {"line": 8, "field": "name", "reason": "nothing stands here"},
        ],
    }


@pytest.mark.django_db
def test_second_run_changes_nothing(sheet):
    path = sheet("Name,Day,Beds\nNamur,,\nGent,,\n")
    import_file(ToyImporter(), path)
    again = import_file(ToyImporter(), path)
    assert (again.counts["created"], again.counts["skipped"], again.unchanged_count) == (0, 2, 2)
    assert again.notes == []


@pytest.mark.django_db
def test_dry_run_reports_the_same_and_writes_nothing(sheet):
    path = sheet(SHEET)
    dry = import_file(ToyImporter(), path, dry_run=True)
    assert names() == set()
    assert dry.as_json() == import_file(ToyImporter(), path).as_json()


@pytest.mark.django_db
def test_dry_run_drops_what_waits_for_the_commit(sheet, django_capture_on_commit_callbacks):
    class Calling(ToyImporter):
        def run(self, rows, report):
            transaction.on_commit(lambda: pytest.fail("called after a dry run"))
            super().run(rows, report)

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        import_file(Calling(), sheet("Name,Day,Beds\na,,\n"), dry_run=True)
    assert callbacks == []


@pytest.mark.django_db
def test_fault_in_the_middle_undoes_everything_and_names_the_line(sheet):
    lines = [f"n{number},," for number in range(1500)]
    lines[1200] = "boom,,"
    with pytest.raises(ImportFailed) as caught:
        import_file(ToyImporter(), sheet("Name,Day,Beds\n" + "\n".join(lines)))
    assert names() == set()
    assert caught.value.line == 1501  # the batch of 500 rows in which it stands was read to its end
    assert "nothing was imported" in str(caught.value)
    assert "the toy is broken" in str(caught.value)


@pytest.mark.django_db
def test_damage_found_on_the_way_undoes_everything(tmp_path):
    path = tmp_path / "toy.csv"
    path.write_bytes(
        b"Name,Day,Beds\n" + b"a%d,,\n" * 0 + b"".join(b"n%d,,\n" % n for n in range(900)) + b"Li\xe8ge,,\n"
    )
    with pytest.raises(UnusableFile) as caught:
        import_file(ToyImporter(), path)
    assert caught.value.line == 902
    assert names() == set()


@pytest.mark.django_db
def test_broken_constraint_of_the_database_is_a_failure_in_words(sheet):
    class Doubling(ToyImporter):
        def run(self, rows, report):
            for row in rows:
                Group.objects.create(name="always the same")
                report.created(row)

    with pytest.raises(ImportFailed, match="Stopped near line 3"):
        import_file(Doubling(), sheet("Name,Day,Beds\na,,\nb,,\n"))
    assert names() == set()


@pytest.mark.django_db
def test_progress_may_stop_the_import(sheet):
    def stop_at_three(read: int, total: int) -> None:
        assert total == 5
        if read == 3:
            raise Stopped

    with pytest.raises(Stopped):
        import_file(ToyImporter(), sheet("Name,Day,Beds\n" + "\n".join("abcde")), progress=stop_at_three)
    assert names() == set()


@pytest.mark.django_db
def test_several_files_are_one_import_and_reasons_name_the_file(sheet):
    first, second = sheet("Name,Day,Beds\na,,\n", "one.csv"), sheet("Name,Day,Beds\nb,,x\n", "two.csv")
    report = import_files(ToyImporter(), [Source(first), Source(second, "zwei.csv")])
    assert report.read == 2
    assert report.as_json()["rows"] == [
        {"line": 2, "field": "beds", "reason": "zwei.csv: “x” is not a number"}
    ]


@pytest.mark.django_db
def test_importer_that_loses_or_doubles_a_row_is_a_fault_not_a_wrong_sum(sheet):
    class Losing(ToyImporter):
        def run(self, rows, report):
            for row in rows:
                if row["name"] != "b":
                    report.created(row)

    class Doubling(ToyImporter):
        def run(self, rows, report):
            for row in rows:
                report.created(row)
                report.created(row)

    class Leaving(ToyImporter):
        def run(self, rows, report):
            report.created(next(iter(rows)))

    for importer, words in ((Losing, "lost count"), (Doubling, "lost count"), (Leaving, "lost count")):
        with pytest.raises(ImportFailed, match=words):
            import_file(importer(), sheet("Name,Day,Beds\na,,\nb,,\nc,,\n"))


@given(st.lists(st.sampled_from(OUTCOMES), max_size=60))
@settings(max_examples=60)
def test_whatever_becomes_of_the_rows_the_sum_is_the_number_read(outcomes):
    report = Report()
    for line, outcome in enumerate(outcomes, start=2):
        row = MappedRow("f.csv", line, {"name": "x"})
        assert report.take(row)
        if outcome == "refused":
            report.refused(row, "name", "no")
        else:
            getattr(report, outcome)(row, "why")
    report.check()
    answer = report.as_json()
    assert sum(answer[name] for name in OUTCOMES) == answer["read"] == len(outcomes)
    assert len(answer["rows"]) == outcomes.count("refused")


def test_report_notices_what_is_not_settled():
    report = Report()
    report.take(MappedRow("f.csv", 2, {"name": "x"}))
    with pytest.raises(Miscounted, match="1 rows were not settled, the first on line 2"):
        report.check()


def test_several_problems_of_a_row_are_one_note():
    from ecett.core.imports.mapping import Problem
    from ecett.core.words import Message

    report = Report()
    problems = (Problem("start", Message("no date")), Problem("country", Message("unknown")))
    assert not report.take(MappedRow("f.csv", 9, {}, problems))
    assert report.as_json()["rows"] == [
        {"line": 9, "field": "start, country", "reason": "start: no date; country: unknown"}
    ]


def test_registry_refuses_what_cannot_work(monkeypatch):
    from ecett.core.imports import registry

    monkeypatch.setattr(registry, "_importers", {})
    registry.register(ToyImporter)
    registry.register(ToyImporter)
    assert registry.every() == (ToyImporter,)

    class Other(ToyImporter):
        pass

    class Nameless(Importer):
        kind = "nameless"

    with pytest.raises(ValueError, match="two importers of the kind hosts"):
        registry.register(Other)
    with pytest.raises(ValueError, match="says no label, maps, fields"):
        registry.register(Nameless)


@pytest.mark.django_db
@pytest.mark.slow
def test_forty_one_thousand_rows_take_seconds(sheet):
    import time

    # Seconds of this process: others on the machine do not count.
    path = sheet(
        "Name,Day,Beds\n" + "".join(f"name {number},01.02.2024,{number}\n" for number in range(41_000))
    )
    started = time.process_time()
    report = import_file(ToyImporter(), path)
    seconds = time.process_time() - started
    assert report.counts["created"] == 41_000
    assert seconds < 20, f"{seconds:.1f} s"
