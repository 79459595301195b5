"""The commands for scripts against garbage: each line gets its answer, standard output holds nothing else."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

GOOD: dict[str, dict[str, Any]] = {
    "search_cards": {"id": "good", "lang": "en", "query": "aftercare", "kind": "both"},
    "match_request": {"id": "good", "lang": "en", "sectors": ["addiction"]},
    "check_goals": {"id": "good", "lang": "en", "text": "By June every resident has a contact person."},
    "check_anonymity": {"id": "good", "lang": "en", "text": "Mr Jones lives alone."},
    "check_ladder": {"id": "good", "level": "B", "dossier_opened_on": "2026-10-01", "evidence": {}},
    "price_mobilities": {
        "id": "good",
        "call_year": 2024,
        "action": "KA121",
        "sector": "ADU",
        "agency": "BE02",
        "sending": {"town": "Gent", "country": "BE"},
        "receiving": {"town": "Göteborg", "country": "SE"},
        "start": "2025-03-03",
        "end": "2025-03-07",
    },
}
#: What may stand in the place of any value.
WRONG: list[Any] = [
    True,
    12,
    -1,
    10**40,
    1.5,
    "",
    "\x00",
    "x" * 200_000,
    [],
    [[]],
    {},
    {"a": 1},
    [None],
    "<script>",
    "2026-02-30",
    "xx",
]
GARBAGE = [
    "{",
    "[]",
    "12",
    "null",
    '"text"',
    "{'id': 1}",
    '{"id": NaN}',
    "\ufeff{}",
    "[" * 5000,
    '{"id": "a", "id": "b"}',
    '{"id": null}',
    '{"id": true}',
    '{"id": {"a": 1}}',
    "\x00",
    '{"no": "id"}',
    "é" * 1000,
    '{"id": "a", "id_": 1}',
]
COMMANDS = sorted(GOOD)

pytestmark = pytest.mark.django_db


def run(
    command: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, list[dict[str, Any]], str]:
    """(exit status, answers, standard error); every line of standard output must be one JSON object."""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", err)
    status = 0
    try:
        call_command(command, stdout=out, stderr=err)
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        monkeypatch.undo()
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    return status, answers, err.getvalue()


@pytest.mark.parametrize("command", COMMANDS)
def test_garbage_gets_an_answer_and_the_next_line_its_turn(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [*GARBAGE, "", "   ", json.dumps({"id": "good2", "nonsense": 1}), json.dumps(GOOD[command])]
    status, answers, _err = run(command, lines, monkeypatch)
    assert status == 1
    assert len(answers) == len(GARBAGE) + 2, "blank lines get none"
    for answer in answers[:-1]:
        assert set(answer) == {"id", "error", "text"}
        assert answer["error"] in ("bad_json", "bad_input")
        assert answer["text"]
    assert answers[-2]["id"] == "good2"
    assert "nonsense" in answers[-2]["text"]
    assert answers[-1]["id"] == "good"


@pytest.mark.parametrize("command", COMMANDS)
def test_wrong_value_in_any_field_is_told_by_name(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    good = GOOD[command]
    cases = [
        {**good, "id": f"{name}-{number}", name: value}
        for name in good
        if name != "id"
        for number, value in enumerate(WRONG)
    ]
    _status, answers, _err = run(command, [json.dumps(case) for case in cases], monkeypatch)
    assert [answer["id"] for answer in answers] == [case["id"] for case in cases]
    for case, answer in zip(cases, answers, strict=True):
        assert answer.get("error") != "internal_error", (case, answer)
        assert "error" not in answer or answer["text"], case
    refused = [answer for answer in answers if "error" in answer]
    assert len(refused) >= len(cases) // 3, "most of this is no value"


@pytest.mark.parametrize("command", COMMANDS)
def test_missing_id_is_refused(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nameless = {name: value for name, value in GOOD[command].items() if name != "id"}
    status, answers, _err = run(command, [json.dumps(nameless)], monkeypatch)
    assert (status, answers[0]["id"], answers[0]["error"]) == (1, None, "bad_input")
    assert "id" in answers[0]["text"]


@pytest.mark.parametrize("command", ["search_cards", "match_request", "check_goals", "check_anonymity"])
def test_unknown_language_is_answered(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("xx", "tlh", "", "zz-ZZ", "e" * 500):
        _status, answers, _err = run(command, [json.dumps({**GOOD[command], "lang": language})], monkeypatch)
        assert len(answers) == 1
        assert answers[0]["id"] == "good"
        assert answers[0].get("error") != "internal_error", language


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_in_gives_nothing_out(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(command, [""], monkeypatch)[:2] == (0, [])


# ── Prices that cannot be known ─────────────────────────────────────────────────────────────────────────
@pytest.fixture
def rates(db: None) -> None:
    from grants import services

    services.load_rates()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"call_year": 2013}, "rate_missing"),
        ({"call_year": 2099}, "rate_missing"),
        (
            {"receiving": {"town": "Tokyo", "country": "JP", "lat": 35.7, "lon": 139.7}},
            "country_outside_programme",
        ),
        ({"start": "2025-03-07", "end": "2025-03-03"}, "end_before_start"),
        ({"travel_days": -1}, "negative_days"),
        ({"people": 0}, "invalid_people"),
        ({"rank": 0}, "invalid_rank"),
        ({"receiving": {"town": "Nowhere at all", "country": "SE"}}, "distance_unknown"),
        ({"receiving": {"town": "Antwerpen", "country": "BE"}}, "domestic_mobility"),
    ],
)
def test_price_that_cannot_be_known_says_why(
    rates: None, changes: dict[str, Any], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, answers, _err = run(
        "price_mobilities", [json.dumps({**GOOD["price_mobilities"], **changes})], monkeypatch
    )
    assert status == 1
    assert answers[0]["error"] == kind, answers[0]
    if kind == "rate_missing":
        assert str(changes["call_year"]) in answers[0]["text"]
