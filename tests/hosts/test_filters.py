"""Every filter: what the page counts is what the database finds, and whatever is typed gets an answer."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.core.clock import today
from ecett.portal.demo import hosts as invented
from ecett.portal.seeding.hosts import make_hosts
from goodpractices.services import update_practice
from hosts.models import Host, HostPeriod
from hosts.selectors import host_listing, host_page, read_filter
from hosts.selectors.cardindex import card_index
from hosts.selectors.filtering import KINDS
from hosts.selectors.listing import found_ids, narrowed
from hosts.selectors.sources import host_source
from hosts.services import index_hosts, load_thesaurus
from tests.factories import HostFactory, PracticeFactory

pytestmark = pytest.mark.django_db
TOLD = "Horses, boats and art therapy for young people who come out of prison."


def names(**address: Any) -> list[str]:
    return [host.name for host in host_page(read_filter(address), language="en").hosts]


def test_index_and_database_agree_on_every_value_of_every_filter() -> None:
    load_thesaurus()
    made = make_hosts(list(invented(Random(7), 60)))
    for at, host in enumerate(made[:20]):
        kind = "closed" if at % 2 else "open"
        HostPeriod.objects.create(
            host=host, kind=kind, start=dt.date(2027, 3, 1 + at), end=dt.date(2027, 4, 1)
        )
    PracticeFactory(host=made[0])
    values = card_index(host_source()).facets.values
    assert set(KINDS) <= set(values)
    questions: list[dict[str, list[str]]] = [
        {kind: [value]} for kind in KINDS for value in sorted(values[kind])[:12]
    ]
    questions += [{kind: sorted(values[kind])[:3]} for kind in KINDS]
    questions += [
        {"near": ["Gent, BE"], "km": ["400"]},
        {"from": ["2027-03-05"], "to": ["2027-03-12"], "people": ["2"]},
        {
            "near": ["Paris, FR"],
            "km": ["900"],
            "sector": ["youth"],
            "from": ["2027-03-10"],
            "offer": ["meals"],
        },
        {"offer": ["meals", "transport"]},
    ]
    for question in questions:
        wanted = read_filter(question)
        assert not wanted.unknown, question
        stored = set(narrowed(Host.objects.published(), wanted).values_list("pk", flat=True))
        assert set(found_ids(wanted, language="en")) == stored, question


def test_words_and_filters_find_what_the_database_finds_in_its_order() -> None:
    from hosts.selectors import filtered_hosts, host_listing, sorted_hosts

    load_thesaurus()
    make_hosts(list(invented(Random(3), 80)))
    for address in (
        {"q": ["aftercare youth"]},
        {"q": ["Sucht"], "sector": ["addiction"]},
        {"q": ["prison"], "sort": ["fresh"]},
        {"q": ["youth"], "near": ["Gent, BE"], "km": ["900"], "sort": ["distance"]},
    ):
        wanted = read_filter(address)
        listing = host_listing(wanted, language="en")
        assert listing.total == filtered_hosts(wanted, listing).count()
        page = host_page(wanted, language="en", size=500)
        assert [host.pk for host in page.hosts] == [host.pk for host in sorted_hosts(wanted, listing)]


def test_hosts_near_a_town_come_by_distance() -> None:
    HostFactory(name="Gent", latitude=51.05, longitude=3.72)
    HostFactory(name="Brugge", latitude=51.21, longitude=3.22)
    HostFactory(name="Paris", latitude=48.85, longitude=2.35)
    HostFactory(name="Nowhere", latitude=None, longitude=None)
    assert names(near=["Gent"], km=["60"], sort=["distance"]) == ["Gent", "Brugge"]
    page = host_page(read_filter({"near": ["Gand"], "km": ["300"], "sort": ["distance"]}), language="fr")
    assert [host.name for host in page.hosts] == ["Gent", "Brugge", "Paris"]
    assert [page.metres[host.pk] // 1000 for host in page.hosts] == [0, 38, 263]


def test_distance_goes_round_the_earth() -> None:
    HostFactory(name="East", latitude=-17.0, longitude=179.5)
    HostFactory(name="West", latitude=-17.0, longitude=-179.5)
    assert sorted(names(near=["Suva (-17.0 179.9)"], km=["200"])) == ["East", "West"]


def test_host_is_free_when_open_all_the_days_and_not_closed_on_any() -> None:
    shut, part, joined = HostFactory(name="Shut"), HostFactory(name="Part"), HostFactory(name="Joined")
    HostFactory(name="Says nothing", capacity=None)
    HostFactory(name="Small", capacity=1)
    day = dt.date(2027, 3, 1)
    HostPeriod.objects.create(host=shut, kind="closed", start=day, end=day)
    HostPeriod.objects.create(host=part, kind="open", start=day, end=day + dt.timedelta(days=3))
    for start in (0, 4):
        HostPeriod.objects.create(
            host=joined,
            kind="open",
            start=day + dt.timedelta(days=start),
            end=day + dt.timedelta(days=start + 3),
        )
    address = {"from": ["2027-03-01"], "to": ["2027-03-06"], "people": ["2"]}
    assert sorted(names(**address)) == ["Joined", "Says nothing"]


def test_hosts_with_practices_that_can_be_read() -> None:
    host = HostFactory(name="With")
    HostFactory(name="Without")
    practice = PracticeFactory(host=host)
    assert names(practices=["yes"]) == ["With"]
    update_practice(practice=practice, actor=None, host=None)
    assert names(practices=["yes"]) == []


def test_language_with_a_level() -> None:
    HostFactory(name="Fluent", languages=[("fr", "C1")])
    HostFactory(name="Some", languages=[("fr", "B1")])
    assert names(language=["fr-B2"]) == ["Fluent"]
    assert sorted(names(language=["fr"])) == ["Fluent", "Some"]


def test_ages_of_cards() -> None:
    for name, days in (("A", 365), ("B", 366), ("C", 731), ("D", None)):
        HostFactory(name=name, last_confirmed_on=None if days is None else today() - dt.timedelta(days=days))
    assert names(fresh=["year"]) == ["A"]
    assert sorted(names(fresh=["2years"])) == ["A", "B"]
    assert sorted(names(fresh=["older", "never"])) == ["C", "D"]


def test_changed_and_deleted_cards_are_counted_anew() -> None:
    host = HostFactory(country="SE")
    other = HostFactory(country="FR")
    index_hosts()
    assert host_page(read_filter({}), language="en").listing.counts["country"] == {"SE": 1, "FR": 1}
    Host.objects.filter(pk=host.pk).update(country="NO")
    other.delete()
    assert host_page(read_filter({}), language="en").listing.counts["country"] == {"NO": 1}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"near": "Xyzzyville"}, "“Xyzzyville” is not known here (Distance)"),
        ({"near": "Gent", "km": "-5"}, "“-5” is not known here (Distance)"),
        ({"near": "Gent", "km": "1e9"}, "“1e9” is not known here"),
        ({"near": "Gent", "km": "NaN"}, "“NaN” is not known here"),
        ({"from": "2027-02-30"}, "“2027-02-30” is not known here (From)"),
        ({"from": "9999-12-31"}, "“9999-12-31” is not known here"),
        ({"from": "2027-03-05", "to": "2027-03-01"}, "“2027-03-01” is not known here (Until)"),
        ({"from": "2027-03-05", "people": "0"}, "“0” is not known here (Visitors)"),
        ({"area": "BE-N99E004"}, "“BE-N99E004” is not known here"),
        ({"expertise": "magic"}, "“magic” is not known here"),
        ({"near": "Cambridge"}, "Several towns have this name"),
        ({"sector": [f"s{n}" for n in range(200)]}, "“s0” is not known here"),
    ],
)
def test_odd_input_shows_nothing_and_says_why(client: Client, address: dict[str, Any], said: str) -> None:
    HostFactory(name="A team that is there")
    response = client.get(reverse("hosts:host_list"), address)
    text = response.content.decode()
    assert response.status_code == 200
    assert said in text
    assert "A team that is there" not in text


@pytest.mark.parametrize("page", ["0", "-1", "99999999", "9" * 40, "abc", "²", ""])
def test_odd_page_numbers_give_a_page(client: Client, page: str) -> None:
    HostFactory(name="A team that is there")
    response = client.get(reverse("hosts:host_list"), {"page": page})
    assert "A team that is there" in response.content.decode()


def test_repeated_and_many_values_are_one_question(client: Client) -> None:
    HostFactory(name="A team that is there", country="SE")
    countries = ["SE", "se", "SE", *(["FR"] * 50)]
    wanted = read_filter({"country": countries, "q": ["", "x"], "sort": ["nonsense"]})
    assert wanted.chosen["country"] == ("SE", "FR")
    assert (wanted.q, wanted.sort) == ("", "relevance")
    assert wanted.canonical() == read_filter({"country": ["FR", "SE"]}).canonical()


def test_town_that_exists_twice_is_chosen_by_a_link(client: Client) -> None:
    text = client.get(reverse("hosts:host_list"), {"near": "Cambridge", "km": "50"}).content.decode()
    assert "Cambridge, GB" in text
    assert 'value="Cambridge"' in text
    chosen = client.get(reverse("hosts:host_list"), {"near": "Cambridge, GB", "km": "50"}).content.decode()
    assert "up to 50 km from Cambridge, United Kingdom" in chosen


def test_towns_are_suggested_as_they_are_typed(client: Client) -> None:
    text = client.get(reverse("hosts:town_find"), {"near": "gen"}).content.decode()
    assert 'value="Genoa, IT"' in text
    assert client.get(reverse("hosts:town_find"), {"near": "<script>"}).content.decode().strip() == ""


def test_nothing_found_says_what_to_ask_less(client: Client) -> None:
    HostFactory(
        name="Far", latitude=48.85, longitude=2.35, country="FR", sectors=["youth"], summary="Horses."
    )
    index_hosts()
    text = client.get(
        reverse("hosts:host_list"), {"near": "Gent, BE", "km": "60", "sector": "youth"}
    ).content.decode()
    assert "Up to 300 km away (1)" in text
    assert "Without distance (1)" in text
    text = client.get(reverse("hosts:host_list"), {"q": "horses", "country": "MT"}).content.decode()
    assert "Without country (1)" in text


@pytest.mark.parametrize(
    "address",
    [
        {"q": "horses boats youth", "country": "MT"},
        {"q": '"wild horses" -boats youth', "country": ["IS", "MT"], "status": "inactive"},
        {"q": "art and music therapy for prisoners", "near": "Gent, BE", "km": "20"},
        {"q": "xqzt yqwz zzkk wwqp ppqx qqzz wxyz", "near": "Gent, BE", "from": "2027-03-01", "people": "2"},
        {"sector": ["youth", "psychiatry"], "near": "Gent, BE", "km": "20", "from": "2027-03-01"},
    ],
    ids=lambda address: str(next(iter(address.values()))),
)
def test_each_way_out_of_nothing_leaves_what_it_promises(
    address: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    """A way costs one question, one more where it leaves many."""
    load_thesaurus()
    for at, draft in enumerate(make_hosts(list(invented(Random(7), 60)))):
        if at % 4 == 0:
            Host.objects.filter(pk=draft.pk).update(summary=TOLD, language="en")
    HostFactory(name="Paris", latitude=48.85, longitude=2.35, country="FR", summary="Wild horses and boats.")
    index_hosts()
    wanted = read_filter({key: [one] if isinstance(one, str) else one for key, one in address.items()})
    with django_assert_max_num_queries(36):
        listing = host_listing(wanted, language="en")
    assert listing.total == 0
    assert listing.wider or any(listing.without.values())
    for way in listing.wider:
        assert host_listing(way.wanted, language="en").total == way.count, way


def test_map_groups_link_to_the_countries_they_stand_for(client: Client) -> None:
    HostFactory(country="BE", latitude=50.85, longitude=4.35)
    HostFactory(country="NL", latitude=51.44, longitude=5.47)
    HostFactory(country="GR", latitude=37.98, longitude=23.7)
    HostFactory(country="MU", latitude=-20.2, longitude=57.5)
    text = client.get(reverse("hosts:host_list")).content.decode()
    assert 'aria-label="Belgium, Netherlands: 2"' in text
    assert "?country=BE&amp;country=NL" in text
    assert "Outside this map:" in text
    assert "Mauritius" in text
    inside = client.get(reverse("hosts:host_list"), {"country": "BE"}).content.decode()
    assert "area=BE-N50E004" in inside
