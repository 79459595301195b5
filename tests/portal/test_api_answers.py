"""The interface for programmes: what it refuses, how it answers, and that it says what it does."""

from __future__ import annotations

import json
from functools import cache as once
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from ecett.core import clock
from ecett.core.keyset import cursor
from ecett.portal.openapi import description, list_schema
from ecett.portal.resources import RESOURCE, RESOURCES
from goodpractices.services import index_practices
from hosts.models import Host
from tests.factories import HostFactory, PracticeFactory
from tests.portal.api import ROOT, get, some_hosts


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


# ── what is not understood ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("hosts/?contry=BE", ["contry"]),
        ("hosts/?country=XX", ["country"]),
        ("hosts/?country=BE&country=Atlantis&sector=gardening", ["country", "sector"]),
        ("hosts/?country=", ["country"]),
        ("hosts/?sort=best", ["sort"]),
        ("hosts/?sort=distance", ["sort"]),
        ("hosts/?limit=101", ["limit"]),
        ("hosts/?limit=0", ["limit"]),
        ("hosts/?limit=-1", ["limit"]),
        ("hosts/?limit=1e400", ["limit"]),
        ("hosts/?limit=٣", ["limit"]),
        ("hosts/?limit=5&limit=6", ["limit"]),
        ("hosts/?q=a&q=b", ["q"]),
        ("hosts/?lang=xx", ["lang"]),
        ("hosts/?q=%00", ["q"]),
        ("hosts/?q=" + "a" * 601, ["q"]),
        ("hosts/?q=%F0%9F", None),
        ("hosts/?near=Nowhereville-on-Sea", ["near"]),
        ("hosts/?km=50", ["km"]),
        ("hosts/?near=Namur,+BE&km=0", ["km"]),
        ("hosts/?people=2", ["people"]),
        ("hosts/?from=0001-01-01", ["from"]),
        ("hosts/?from=2026-12-10&to=2026-12-01", ["to"]),
        ("hosts/?area=BE-N99E004", ["area"]),
        ("hosts/?cursor=WyJ", ["cursor"]),
        ("hosts/?__proto__=1&a%00b=1", ["__proto__", "a�b"]),
        ("practices/?near=Namur", ["near"]),
        ("practices/?kind=novel", ["kind"]),
        ("concepts/?scheme=everything", ["scheme"]),
        ("concepts/?q=drug", ["q"]),
        ("countries/?lang=en", ["lang"]),
        ("openapi.json?pretty=1", ["pretty"]),
    ],
)
def test_what_is_not_understood_is_refused_by_name(
    client: Client, address: str, parameters: list[str] | None
) -> None:
    HostFactory()
    response = client.get(ROOT + address)
    if parameters is None:
        assert response.status_code in (200, 400)
        return
    problem = response.json()
    assert (response.status_code, problem["status"]) == (400, 400)
    assert response["Content-Type"] == "application/problem+json"
    assert problem["type"] == f"http://testserver{ROOT}#bad-question"
    assert sorted({error["parameter"] for error in problem["errors"]}) == sorted(parameters)
    assert all(error["detail"] for error in problem["errors"])
    assert "items" not in problem


@pytest.mark.django_db
def test_town_of_several_meanings_is_asked_back_with_its_choices(client: Client) -> None:
    problem = get(client, "hosts/", 400, near="Cambridge")
    (error,) = problem["errors"]
    assert len(error["choices"]) > 1
    for choice in error["choices"][:2]:
        assert get(client, "hosts/", near=choice)["total"] == 0


@pytest.mark.django_db
def test_problem_is_told_in_the_language_of_the_reader(client: Client) -> None:
    address = f"{ROOT}hosts/?country=XX"
    assert (
        client.get(address, headers={"Accept-Language": "fr"}).json()["title"]
        == "La question n’a pas été comprise"
    )
    assert client.get(address).json()["title"] == "The question was not understood"


@pytest.mark.django_db(transaction=False)
@given(text=st.text(min_size=1, max_size=60), path=st.sampled_from(("hosts/", "practices/", "concepts/")))
def test_whatever_is_no_place_of_ours_is_refused(text: str, path: str) -> None:
    try:
        query = urlencode({"cursor": text})
    except UnicodeEncodeError:
        return
    response = Client().get(f"{ROOT}{path}?{query}")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == ["cursor"]


@pytest.mark.django_db
def test_place_of_another_question_is_refused(client: Client) -> None:
    HostFactory(country="BE")
    HostFactory(country="BE")
    address = get(client, "hosts/", country="BE", limit=1)["next"].removeprefix("http://testserver")
    assert client.get(address).status_code == 200
    assert client.get(address.replace("country=BE", "country=FR")).status_code == 400
    assert client.get(f"{ROOT}hosts/", {"cursor": cursor("mine", ["x"])}).status_code == 400


# ── how it answers ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_known_answer_is_not_sent_again_until_it_changes(client: Client) -> None:
    host = HostFactory()
    for address in (f"{ROOT}hosts/{host.public_id}/", f"{ROOT}hosts/", f"{ROOT}openapi.json"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Access-Control-Allow-Origin"] == "*"
    assert "Last-Modified" in client.get(f"{ROOT}hosts/{host.public_id}/").headers
    address = f"{ROOT}hosts/{host.public_id}/"
    known = client.get(address)["ETag"]
    Host.objects.filter(pk=host.pk).update(city="Malmö")
    assert client.get(address, headers={"If-None-Match": known}).json()["city"] == "Malmö"


@pytest.mark.django_db
def test_reading_only_from_anywhere_and_without_a_session(client: Client) -> None:
    response = client.get(f"{ROOT}hosts/", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert response["Cache-Control"] == "public, no-cache"
    head = client.head(f"{ROOT}hosts/")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
    options = client.options(f"{ROOT}hosts/", headers={"Access-Control-Request-Headers": "If-None-Match"})
    assert (options.status_code, options["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    strict = Client(enforce_csrf_checks=True)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        refused = strict.generic(method, f"{ROOT}hosts/")
        assert (refused.status_code, refused.json()["status"]) == (405, 405)
        assert refused["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get(f"{ROOT}hosts").status_code == 301


@pytest.mark.django_db
def test_long_answers_are_packed(client: Client) -> None:
    packed = client.get(f"{ROOT}openapi.json", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) * 4 < len(client.get(f"{ROOT}openapi.json").content)
    again = client.get(
        f"{ROOT}openapi.json", headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.django_db
def test_so_many_questions_a_minute_and_not_one_more(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = clock.now().replace(second=20)
    monkeypatch.setattr(clock, "now", lambda: noon)
    settings.API_QUESTIONS_A_MINUTE = 2
    answers = [client.get(f"{ROOT}sectors/") for _each in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit"] for answer in answers] == [f'"minute";r={left};t=40' for left in (1, 0, 0)]
    assert (answers[2]["Retry-After"], answers[2].json()["status"]) == ("40", 429)
    assert client.get(f"{ROOT}sectors/", REMOTE_ADDR="10.0.0.9").status_code == 200


@pytest.mark.django_db
def test_broker_that_is_away_stops_no_reader(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionError("no broker")

    HostFactory()
    settings.API_QUESTIONS_A_MINUTE = 1
    monkeypatch.setattr(cache, "incr", away)
    assert [get(client, "hosts/")["total"] for _each in range(3)] == [1, 1, 1]


# ── what it says of itself ──────────────────────────────────────────────────────────────────────────────────
@once
def described() -> dict[str, Any]:
    return description("https://portal.example/api/v1/")


def validator(schema: Any) -> Draft202012Validator:
    components = described()["components"]
    whole = json.loads(json.dumps({**schema, "components": components}))
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_description_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(json.loads(json.dumps(described()))).validate()


@pytest.mark.django_db
def test_description_is_served_and_names_every_parameter(client: Client) -> None:
    told = get(client, "openapi.json")
    assert told["openapi"] == "3.1.0"
    for resource in RESOURCES:
        operation = told["paths"][f"/{resource.path}"]["get"]
        named = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
        assert named == {parameter.name for parameter in resource.parameters}
        assert all(each["description"] for each in operation["parameters"] if each["in"] == "query")
    near = next(each for each in told["paths"]["/hosts/"]["get"]["parameters"] if each["name"] == "people")
    assert (near["schema"]["minimum"], near["schema"]["maximum"]) == (1, 50)


@pytest.mark.django_db
def test_every_answer_is_as_described(client: Client) -> None:
    host = some_hosts()[0]
    bare = HostFactory(
        name="Bare",
        summary="",
        expertise="",
        capacity=None,
        latitude=None,
        longitude=None,
        languages=[("fr", "A1")],
    )
    practice = PracticeFactory(host=host, keywords=["one"], country="")
    index_practices()
    every = {
        "host_list": [{}, {"q": "aftercare", "near": "Namur, BE", "km": 5000}],
        "practice_list": [{}, {"q": "phone"}],
        "concept_list": [{"limit": 100}],
    }
    for resource in RESOURCES:
        if not resource.listed:
            continue
        for question in every.get(resource.view, [{}]):
            page = get(client, resource.path, **question)
            assert page["items"], resource.view
            validator(list_schema(resource)).validate(page)
    for view, one in (("host_detail", host), ("host_detail", bare), ("practice_detail", practice)):
        told = get(client, RESOURCE[view].path.format(id=one.public_id))
        validator(RESOURCE[view].record.schema()).validate(told)
    problem = {"$ref": "#/components/schemas/Problem"}
    validator(problem).validate(get(client, "hosts/", 400, country="XX"))
    validator(problem).validate(get(client, "hosts/xxx/", 404))
    wrong = dict(get(client, f"hosts/{host.public_id}/"), spokesperson_email="x@example.org")
    assert not validator(RESOURCE["host_detail"].record.schema()).is_valid(wrong)


@pytest.mark.django_db
def test_examples_of_the_page_work_as_they_stand(client: Client) -> None:
    some_hosts()
    html = client.get(ROOT)
    assert html["Link"] == '</api/v1/openapi.json>; rel="service-desc"'
    examples = html.context["examples"]
    assert len(examples) >= 5
    for example in examples:
        assert client.get(example["url"]).status_code == 200, example
    text = html.content.decode()
    for resource in RESOURCES:
        assert f"<code>{resource.address}</code>" in text
        for parameter in resource.parameters:
            assert f"<code>{parameter.name}</code>" in text
    for kind in ("bad-question", "not-found", "method", "withdrawn", "too-many"):
        assert f'id="{kind}"' in text
