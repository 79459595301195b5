"""The command search_cards answers as the pages do."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import call_command

from goodpractices.services import index_practices
from hosts.services import index_hosts
from tests.factories import HostFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def ask(
    monkeypatch: pytest.MonkeyPatch, *cases: dict[str, Any], command: str = "search_cards"
) -> tuple[list[Any], int]:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(json.dumps(case) + "\n" for case in cases)))
    out, status = io.StringIO(), 0
    try:
        call_command(command, stdout=out)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_search_answers_hosts_and_practices_with_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    host = HostFactory(name="Huis", summary="Verslavingszorg", expertise="", language="nl", sectors=[])
    practice = PracticeFactory(title="Nachsorge", description="Suchthilfe", language="de", sectors=["youth"])
    index_hosts()
    index_practices()
    (both, hosts, filtered), status = ask(
        monkeypatch,
        {"id": 1, "lang": "fr", "query": "addictologie"},
        {"id": "b", "lang": "fr", "query": "addictologie", "kind": "host", "limit": 1},
        {"id": 3, "lang": "fr", "query": "addictologie", "filters": {"sector": ["youth"]}},
    )
    assert (status, both["total"], {row["id"] for row in both["results"]}) == (
        0,
        2,
        {host.public_id, practice.public_id},
    )
    assert set(both["results"][0]) == {
        "kind", "id", "title", "country", "lang", "sectors", "target_groups", "concepts", "score", "why",
    }  # fmt: skip
    assert hosts["id"] == "b"
    assert "Verslavingszorg" in hosts["results"][0]["why"][0]
    assert [row["kind"] for row in filtered["results"]] == ["practice"]


def test_search_refuses_what_it_does_not_know_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, status = ask(
        monkeypatch,
        {"id": 1, "lang": "en", "query": "x", "filters": {"sector": "psychatry"}},
        {"id": 2, "lang": "en", "query": "x", "filter": {}},
        {"id": 3, "lang": "en", "query": "x", "filters": {"colour": "red"}},
        {"id": 4, "lang": "en", "query": "x", "limit": 0},
        {"id": 5, "lang": "en", "query": "((( 😀 \u202e"},
    )
    assert status == 1
    assert [answer.get("error") for answer in answers] == ["bad_input"] * 4 + [None]
    assert "sector=psychatry" in answers[0]["text"]
    assert answers[4] == {"id": 5, "total": 0, "results": []}


def test_search_takes_distance_and_time_as_the_address_does(monkeypatch: pytest.MonkeyPatch) -> None:
    brugge = HostFactory(summary="Addiction care", latitude=51.2093, longitude=3.2247, capacity=2)
    gent = HostFactory(summary="Addiction care", latitude=51.0543, longitude=3.7174, capacity=4)
    HostFactory(summary="Addiction care", latitude=48.8566, longitude=2.3522)
    PracticeFactory(description="Addiction care")
    index_hosts()
    index_practices()
    near = {"near": "Gent, BE", "km": 60}
    (both, sorted_, several, vague, wrong), status = ask(
        monkeypatch,
        {"id": 1, "lang": "en", "query": "addiction", "filters": near},
        {"id": 2, "lang": "en", "query": "addiction", "filters": {**near, "sort": "distance"}},
        {"id": 3, "lang": "en", "query": "", "filters": {**near, "from": "2027-03-01", "people": 3}},
        {"id": 4, "lang": "en", "query": "", "filters": {"near": "San José"}},
        {"id": 5, "lang": "en", "query": "", "filters": {"near": "Gent, BE", "km": -5}},
    )
    assert {row["id"] for row in both["results"]} == {brugge.public_id, gent.public_id}
    assert [row["id"] for row in sorted_["results"]] == [gent.public_id, brugge.public_id]
    assert [row["id"] for row in several["results"]] == [gent.public_id]
    assert (status, vague["error"], wrong["error"]) == (1, "bad_input", "bad_input")
    assert "may mean several places" in vague["text"]
    assert "km=-5" in wrong["text"]


def test_match_request_points_sum_to_the_score(monkeypatch: pytest.MonkeyPatch) -> None:
    host = HostFactory(sectors=["addiction"])
    HostFactory(sectors=["psychiatry"])
    index_hosts()
    (answer,), status = ask(
        monkeypatch,
        {"id": 1, "lang": "en", "sectors": ["addiction"], "problem": "Relapse"},
        command="match_request",
    )
    assert (status, [row["id"] for row in answer["hosts"]], answer["excluded"]) == (
        0,
        [host.public_id],
        {"sector": 1},
    )
    assert answer["hosts"][0]["score"] == sum(reason["points"] for reason in answer["hosts"][0]["reasons"])
