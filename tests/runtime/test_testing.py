"""What the project's pytest plugin and the shared fixtures promise to every test."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from ecett.runtime import testing
from tests.conftest import by_length


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_language_of_a_page_ends_with_its_test(client: Client, time: str) -> None:
    """Whichever runs second would read the French that the first one left."""
    assert translation.get_language() == "en"
    client.get("/", headers={"accept-language": "fr"})
    assert translation.get_language() == "fr"


def test_crashes_of_the_database_are_told_from_what_tests_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "postgres.log"
    log.write_text("LOG:  server process (PID 7) was terminated by signal 9: Killed\n")
    monkeypatch.setattr(testing, "test_database_log", lambda: log)
    monkeypatch.setattr(testing, "_LOG_AT_START", log.stat().st_size)
    with log.open("a") as lines:
        lines.write(
            "ERROR:  duplicate key value violates unique constraint\nFATAL:  terminating connection\n"
        )
        lines.write('PANIC:  could not write to file "pg_wal/xlogtemp.7"\n')
        lines.write("LOG:  duration: 102000.1 ms  statement: SELECT 1\n")
    assert testing.database_said() == ['PANIC:  could not write to file "pg_wal/xlogtemp.7"']
    assert testing.database_said(testing._LONG) == ["LOG:  duration: 102000.1 ms  statement: SELECT 1"]
    log.unlink()
    assert testing.database_said() == []


def test_long_tests_run_first_and_files_stay_together(request: pytest.FixtureRequest) -> None:
    """Length 0 is a test without the mark, 5 one whose mark says no more."""

    def item(file: str, length: int) -> pytest.Item:
        found = pytest.Function.from_parent(
            request.node.parent, name=f"{file}-{length}", callobj=lambda: None
        )
        found.path = Path(file)
        if length:
            found.add_marker(pytest.mark.slow(seconds=length) if length != 5 else pytest.mark.slow)
        return found

    shuffled = [
        item(*one)
        for one in (("b", 0), ("quick", 0), ("long", 0), ("b", 5), ("long", 60), ("a", 5), ("quick", 0))
    ]
    assert [one.name for one in by_length(shuffled)] == [
        *("long-60", "long-0"),
        *("b-5", "b-0"),
        "a-5",
        *("quick-0", "quick-0"),
    ]
