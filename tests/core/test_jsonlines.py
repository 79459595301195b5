import io
import json

import pytest

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


def test_half_a_character_is_answered_by_its_number():
    _status, text = put('{"id": "\\ud800", "day": "2027-01-01"}')
    assert json.loads(text.encode("utf-8").decode("utf-8"))["id"] == "\ud800"
