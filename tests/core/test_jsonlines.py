import io
import json
import os

import pytest
from django.core.management import call_command

from ecett.core import jsonlines

KEYS = ("id", "day", "people")


def answer(case):
    if case.get("people") == 13:
        raise RuntimeError("a defect")
    return {"day": str(jsonlines.day_of(case, "day")), "people": jsonlines.whole_of(case, "people", 1)}


def put(*lines, pretty=False):
    out = io.StringIO()
    status = jsonlines.run(io.StringIO("\n".join(lines) + "\n"), out, answer, KEYS, pretty)
    return status, out.getvalue()


def results(*lines):
    status, text = put(*lines)
    return status, [json.loads(line) for line in text.splitlines()]


def test_run_answers_in_order_and_ignores_blank_lines():
    status, found = results(
        '{"id": "a", "day": "2027-02-28"}', "", '{"id": 2, "day": "2027-03-01", "people": 3}'
    )
    assert status == 0
    assert found == [
        {"id": "a", "day": "2027-02-28", "people": 1},
        {"id": 2, "day": "2027-03-01", "people": 3},
    ]


@pytest.mark.parametrize(
    ("line", "case_id", "kind", "says"),
    [
        ("{nonsense", None, "bad_json", "not JSON"),
        ('{"id": "a", "people": NaN}', None, "bad_json", "NaN"),
        ('{"id": "a", "id": "b"}', None, "bad_json", "twice: id"),
        ('["a"]', None, "bad_input", "one JSON object"),
        ('{"day": "2027-02-28"}', None, "bad_input", "“id”"),
        ('{"id": "a", "daay": "2027-02-28"}', "a", "bad_input", "daay"),
        ('{"id": "a", "day": "2027-02-30"}', "a", "bad_input", "“day”"),
        ('{"id": "a", "day": "20270228"}', "a", "bad_input", "“day”"),
        ('{"id": "a"}', "a", "bad_input", "“day” is missing"),
        ('{"id": "a", "day": "2027-02-28", "people": true}', "a", "bad_input", "whole number"),
        ("[" * 100_000, None, "bad_json", "not JSON"),
    ],
)
def test_run_refuses_a_bad_line_and_goes_on(line, case_id, kind, says):
    status, found = results(line, '{"id": "z", "day": "2027-01-01"}')
    assert status == 1
    assert (found[0]["id"], found[0]["error"]) == (case_id, kind)
    assert says in found[0]["text"]
    assert found[1] == {"id": "z", "day": "2027-01-01", "people": 1}


def test_run_survives_a_defect(caplog):
    status, found = results('{"id": "a", "people": 13}', '{"id": "b", "day": "2027-01-01"}')
    assert status == 1
    assert found[0]["error"] == "internal_error"
    assert "a defect" in caplog.text
    assert found[1]["id"] == "b"


def test_pretty_is_still_json_and_keeps_letters():
    _status, text = put('{"id": "ä", "day": "2027-01-01"}', pretty=True)
    assert "ä" in text
    assert json.loads(text)["id"] == "ä"


def test_country_accepts_both_codes_of_greece():
    assert jsonlines.country_of({"country": "el"}, "country") == "GR"
    assert jsonlines.country_of({"country": "UK"}, "country") == "GB"


def through_the_command(monkeypatch, sent, *, encoding="ascii", out=None):
    """Bytes in and out of a command, as on a machine whose own encoding is another one."""
    written = out or io.BytesIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sent), encoding=encoding))
    stdout = io.TextIOWrapper(written, encoding=encoding, write_through=True)
    monkeypatch.setattr("sys.stdout", stdout)
    status = 0
    try:
        call_command("check_goals")
    except SystemExit as ended:
        status = ended.code
    finally:
        stdout.detach()
    return status, written


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_streams_are_utf_8_on_every_machine(monkeypatch, encoding):
    sent = '{"id": "στόχος", "lang": "el", "text": "Να βελτιωθώ."}\n'.encode()
    status, written = through_the_command(monkeypatch, sent, encoding=encoding)
    found = json.loads(written.getvalue().decode("utf-8"))
    assert (status, found["id"]) == (0, "στόχος")
    assert "εργασ" in found["advice"]["R"] or "δουλειά" in found["advice"]["R"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "a", "lang": "fr", "text": "caf\xe9"}',  # another encoding
        rb'{"id": "\ud800", "lang": "fr", "text": "x"}',  # half a letter cannot be repeated in UTF-8
        rb'{"id": "a", "lang": "fr", "text": "x \uDC00"}',
        '{"id": "a"}'.encode("utf-16"),
    ],
)
def test_what_is_not_utf_8_is_refused_and_the_next_line_has_its_turn(monkeypatch, line):
    good = rb'{"id": "z", "lang": "fr", "text": "\ud83d\ude00 x", "deadline": "2099-01-01"}'
    status, written = through_the_command(monkeypatch, line + b"\n" + good + b"\n")
    answers = [json.loads(one) for one in written.getvalue().decode("utf-8").splitlines()]
    assert status == 1
    assert (answers[0]["id"], answers[0]["error"], set(answers[0])) == (
        None,
        "bad_json",
        {"id", "error", "text"},
    )
    assert answers[-1]["id"] == "z"


def test_line_ends_and_byte_order_mark_do_not_matter(monkeypatch):
    one = b'{"id": 1, "lang": "en", "text": "x"}'
    status, written = through_the_command(monkeypatch, b"\xef\xbb\xbf" + one + b"\r\n\r\n" + one)
    assert status == 0
    assert len(written.getvalue().splitlines()) == 2


def test_reader_who_leaves_ends_the_run_quietly(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    sent = b'{"id": 1, "lang": "en", "text": "x"}\n' * 5
    with os.fdopen(writing, "wb") as out:
        status, _written = through_the_command(monkeypatch, sent, out=out)
    assert status == 1
