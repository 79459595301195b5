"""``price_mobilities`` as its contract reads, case by case: the amounts here were worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.pricing_command import Pricer, answer
from grants.splits import parse_splits

PRICER = Pricer(splits=parse_splits('{"350": {"ecett": 140, "helpdesk": 70, "signatory": 140}, '
                                    '"200": {"ecett": "80", "helpdesk": "40", "signatory": "80"}, '
                                    '"400": {"ecett": 160, "helpdesk": 80, "signatory": 160}, '
                                    '"230": {"ecett": 92, "helpdesk": 46, "signatory": 92}}'))  # fmt: skip
#: A Polish school, call 2023, five days in Belgium (group 2), 1,100 km: 275 + 5 × 104 + 350 = 1145.
BASE = {
    "id": "m",
    "call_year": 2023,
    "action": "KA121",
    "sector": "SCH",
    "agency": "PL",
    "sending": {"town": "Warszawa", "country": "PL"},
    "receiving": {"town": "Gent", "country": "BE"},
    "official_km": 1100,
    "start": "2023-10-02",
    "end": "2023-10-06",
}


def ask(pricer=PRICER, **changes):
    return pricer.answer({key: value for key, value in (BASE | changes).items() if value is not None})


def days(first, last, **more):
    """From the first to the last day of October 2023 (a last day over 31 lies in November)."""
    start = date(2023, 10, first)
    return {"start": f"{start}", "end": f"{start + timedelta(days=last - first)}"} | more


@pytest.mark.parametrize(
    ("km", "floor", "band", "standard", "green"),
    [
        (0, 0, None, "0.00", "0.00"),
        (9.99, 9, None, "0.00", "0.00"),
        (10, 10, "10-99", "23.00", "23.00"),
        (99.6, 99, "10-99", "23.00", "23.00"),
        (99.999999, 99, "10-99", "23.00", "23.00"),
        (100, 100, "100-499", "180.00", "210.00"),
        (499.99, 499, "100-499", "180.00", "210.00"),
        (500, 500, "500-1999", "275.00", "320.00"),
        (1999.9, 1999, "500-1999", "275.00", "320.00"),
        (2000, 2000, "2000-2999", "360.00", "410.00"),
        (3000, 3000, "3000-3999", "530.00", "610.00"),
        (4000, 4000, "4000-7999", "820.00", "820.00"),
        (7999.99, 7999, "4000-7999", "820.00", "820.00"),
        (8000, 8000, "8000+", "1500.00", "1500.00"),
        (19999, 19999, "8000+", "1500.00", "1500.00"),
    ],
)
def test_bands_at_their_borders(km, floor, band, standard, green):
    for by_green, travel in ((False, standard), (True, green)):
        found = ask(official_km=km, green=by_green)
        assert (found["km_raw"], found["km_floor"], found["band"]) == (km, floor, band)
        assert found["travel"] == travel


@pytest.mark.parametrize(
    ("changes", "full", "reduced", "individual"),
    [
        (days(2, 3), 2, 0, "208.00"),
        (days(2, 4, interruption_days=1), 2, 0, "208.00"),
        (days(2, 15), 14, 0, "1456.00"),
        (days(2, 16), 14, 1, "1529.00"),
        (days(2, 14, travel_days=1), 14, 0, "1456.00"),
        (days(2, 14, travel_days=2), 14, 1, "1529.00"),
        (days(2, 20, interruption_days=5), 14, 0, "1456.00"),
        (days(2, 20, interruption_days=4), 14, 1, "1529.00"),
        (days(2, 11, travel_days=6, green=True), 14, 2, "1602.00"),
        (days(1, 60), 14, 46, "4814.00"),
        (days(1, 61, interruption_days=1), 14, 46, "4814.00"),
        (days(1, 60, travel_days=2), 14, 48, "4960.00"),
    ],
)
def test_paid_days_at_their_borders(changes, full, reduced, individual):
    found = ask(**changes)
    assert (found["days_paid_full"], found["days_paid_reduced"]) == (full, reduced), found
    assert (found["day_rate_full"], found["individual"]) == ("104.00", individual)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        (days(2, 2), "stay_too_short"),
        (days(2, 2, travel_days=2), "stay_too_short"),
        (days(2, 3, interruption_days=1), "stay_too_short"),
        (days(1, 61), "stay_too_long"),
        (days(2, 6, interruption_days=6), "interruption_too_long"),
        (days(2, 6, interruption_days=10**30), "interruption_too_long"),
        (days(2, 6, travel_days=3), "travel_days_over_limit"),
        (days(2, 6, travel_days=7, green=True), "travel_days_over_limit"),
        ({"travel_days": -1}, "negative_days"),
        ({"interruption_days": -1}, "negative_days"),
        ({"start": "2023-10-06", "end": "2023-10-02"}, "end_before_start"),
        ({"people": 0}, "invalid_people"),
        ({"people": 10**30}, "invalid_people"),
        ({"rank": 0}, "invalid_rank"),
        ({"rank": -3}, "invalid_rank"),
        ({"receiving": {"country": "PL", "town": "Kraków"}}, "domestic_mobility"),
        ({"sending": {"country": "GR"}, "receiving": {"country": "EL"}}, "domestic_mobility"),
        ({"sending": {"country": "FR"}, "receiving": {"country": "RE"}}, "domestic_mobility"),
        ({"sending": {"country": "GP"}, "receiving": {"country": "MQ"}}, "domestic_mobility"),
        ({"receiving": {"country": "GB"}}, "country_outside_programme"),
        ({"receiving": {"country": "UK"}}, "country_outside_programme"),
        ({"receiving": {"country": "CH"}}, "country_outside_programme"),
        ({"sending": {"country": "CH"}}, "country_outside_programme"),
        ({"receiving": {"country": "MU"}}, "country_outside_programme"),
        ({"call_year": 2020}, "rate_missing"),
        ({"call_year": 2026}, "rate_missing"),
        ({"call_year": 2024}, "rate_missing"),  # no day rate of the agency for schools in that call
        ({"sector": "ADU"}, "rate_missing"),
        ({"agency": "XX"}, "rate_missing"),
        ({"action": "KA999"}, "bad_input"),
        ({"action": "KA220"}, "bad_input"),
        ({"sector": "XYZ"}, "bad_input"),
        ({"official_km": None, "sending": {"country": "PL"}}, "distance_unknown"),
        ({"official_km": None, "sending": {"country": "PL", "town": "Xyzzyville"}}, "distance_unknown"),
    ],
)
def test_kinds_of_refusal(changes, kind):
    found = ask(**changes)
    assert set(found) == {"id", "error", "text"}
    assert found["error"] == kind, found


@pytest.mark.parametrize(
    ("call", "sector", "rates", "groups"),
    [
        (
            2023, "SCH", ("117.00", "104.00", "91.00"),
            ("DK FI IE IS LI LU NO SE", "AT BE CY DE ES FR GR EL IT MT NL PT GF GP MQ RE YT",
             "BG CZ EE HR HU LT LV MK RO RS SI SK TR"),
        ),
        (
            2024, "HED", ("190.00", "170.00", "148.00"),
            ("AT BE DE DK FI FR IE IS IT LI LU NL NO SE GF GP MQ RE YT", "CY CZ EE ES GR EL LV MT PT SI SK",
             "BG HR HU LT MK RO RS TR"),
        ),
    ],
)  # fmt: skip
def test_country_groups_of_each_call(call, sector, rates, groups):
    for rate, countries in zip(rates, groups, strict=True):
        for country in countries.split():
            found = ask(call_year=call, sector=sector, receiving={"country": country, "town": "x"})
            assert found.get("day_rate_full") == rate, (country, found)


def test_the_call_decides_not_the_day_of_the_stay():
    later = ask(start="2024-10-07", end="2024-10-11")
    assert {**later, "id": ""} == {**ask(), "id": ""}


@pytest.mark.parametrize(
    ("changes", "organisational", "split", "total"),
    [
        ({}, "350.00", ("140.00", "70.00", "140.00"), "1145.00"),
        ({"helpdesk_by": "signatory"}, "350.00", ("140.00", "0.00", "210.00"), "1145.00"),
        ({"rank": 100}, "350.00", ("140.00", "70.00", "140.00"), "1145.00"),
        ({"rank": 101}, "200.00", ("80.00", "40.00", "80.00"), "995.00"),
        ({"people": 3}, "1050.00", ("420.00", "210.00", "420.00"), "3435.00"),
        ({"people": 2, "rank": 100}, "550.00", ("220.00", "110.00", "220.00"), "2140.00"),
        ({"fewer_opportunities": True}, "350.00", ("140.00", "70.00", "140.00"), "1245.00"),
        ({"zero_grant": True}, "350.00", ("140.00", "70.00", "140.00"), "350.00"),
        ({"zero_grant": True, "sector": "ADU"}, "350.00", ("140.00", "70.00", "140.00"), "350.00"),
    ],
)
def test_organisational_support_and_its_split(changes, organisational, split, total):
    found = ask(**changes)
    assert found["organisational"] == organisational
    assert tuple(found["split"][part] for part in ("ecett", "helpdesk", "signatory")) == split
    assert found["total"] == total


def test_without_a_split_of_its_own_only_350_is_divided():
    assert ask(Pricer())["total"] == "1145.00"
    assert ask(Pricer(), rank=101)["error"] == "split_missing"
    assert ask(Pricer(), people=2, rank=100)["error"] == "split_missing"
    assert ask(Pricer(), call_year=2024, sector="HED")["error"] == "split_missing"


@pytest.mark.parametrize(
    ("ends", "floor"),
    [
        (((52, 21), (52, 21)), 0),
        (((0, 0), (0, 1)), 111),
        (((0, 0), (0, 180)), 20015),
        (((0, 179.5), (0, -179.5)), 111),
        (((90, 0), (-90, 123)), 20015),
        (((57.7072, 11.9668), (51.05, 3.7167)), 911),
    ],
)
def test_distance_by_coordinates(ends, floor):
    (lat_1, lon_1), (lat_2, lon_2) = ends
    sending = {"country": "PL", "lat": lat_1, "lon": lon_1}
    receiving = {"country": "BE", "lat": lat_2, "lon": lon_2}
    assert ask(official_km=None, sending=sending, receiving=receiving)["km_floor"] == floor
    assert ask(official_km=42, sending=sending, receiving=receiving)["km_floor"] == 42


@pytest.mark.parametrize("name", ["Gent", "Ghent", "Gand", "GENT"])
def test_a_town_that_is_known_by_name_needs_no_coordinates(name):
    found = ask(official_km=None, receiving={"country": "BE", "town": name})
    assert found["km_floor"] == pytest.approx(1195, abs=10)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("call_year", ["2023", True, 2023.5, [], 10**30, float("inf")]),
        ("official_km", ["1100", -1, True, 50_000, float("inf"), float("nan"), {}]),
        ("start", ["2023-13-01", "02/10/2023", 20231002, "2023-10-02T10:00", "2023-1-2", "２０２３-10-02"]),
        ("travel_days", ["2", 1.5, True, []]),
        ("green", ["yes", 1, "true", []]),
        ("people", ["2", 1.5, True]),
        ("rank", ["1", 1.5, True]),
        ("zero_grant", ["no", 0]),
        ("helpdesk_by", ["ECETT", "x", 1]),
        ("sending", ["Warszawa", [], 5, {}, {"town": "Warszawa"}, {"country": "Poland"}, {"country": 5},
                     {"country": "PL", "town": 5}, {"country": "PL", "lat": 91, "lon": 0},
                     {"country": "PL", "lat": "52", "lon": "21"}, {"country": "PL", "zip": "1"}]),
        ("colour", ["red"]),
    ],
)  # fmt: skip
def test_wrong_values_are_refused_by_name(field, values):
    for value in values:
        found = ask(**{field: value})
        assert found.get("error") == "bad_input", (value, found)
        assert found["id"] == "m"


COUNTRIES = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "EL",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IS",
    "IT",
    "LI",
    "LT",
    "LU",
    "LV",
    "MK",
    "MT",
    "NL",
    "NO",
    "PT",
    "RE",
    "RO",
    "RS",
    "SE",
    "SI",
    "SK",
    "TR",
    "GB",
    "CH",
]


@settings(max_examples=200)
@given(
    country=st.sampled_from(COUNTRIES),
    km=st.floats(0, 20_000),
    length=st.integers(1, 70),
    interruption=st.integers(0, 5),
    travel=st.integers(0, 7),
    green=st.booleans(),
    rank=st.integers(1, 120),
    people=st.integers(1, 30),
)
def test_what_is_answered_adds_up(country, km, length, interruption, travel, green, rank, people):
    start = date(2023, 10, 2)
    found = ask(
        receiving={"country": country}, official_km=km, green=green, rank=rank, people=people,
        travel_days=travel, interruption_days=interruption,
        start=f"{start}", end=f"{start + timedelta(days=length - 1)}",
    )  # fmt: skip
    net = length - interruption
    refused = country in ("GB", "CH") or not 2 <= net <= 60 or travel > (6 if green else 2)
    assert ("error" in found) is refused, found
    if refused:
        return
    money = {key: Decimal(found[key]) for key in ("travel", "individual", "organisational", "total")}
    full, reduced = found["days_paid_full"], found["days_paid_reduced"]
    assert full + reduced == net + travel
    assert full == min(14, net + travel)
    by_rate = full * Decimal(found["day_rate_full"]) + reduced * Decimal(found["day_rate_reduced"])
    assert money["individual"] == people * by_rate
    above = max(0, min(people, rank + people - 101))
    assert money["organisational"] == 350 * (people - above) + 200 * above
    assert sum(map(Decimal, found["split"].values())) == money["organisational"]
    assert money["total"] == money["travel"] + money["individual"] + money["organisational"]
    assert (found["band"] is None) == (found["km_floor"] < 10) == (money["travel"] == 0)


def test_towns_are_read_once_for_many_lines():
    """A script sends thousands of lines: nothing is read again for a case."""
    towns = cycle(("Gent", "Luik", "Antwerpen", "Mons", "Brugge"))
    cases = [
        {**BASE, "id": number, "official_km": None, "receiving": {"country": "BE", "town": town}}
        for number, town in zip(range(2_000), towns, strict=False)
    ]
    PRICER.answer(cases[0])
    start = process_time()
    answers = [PRICER.answer(case) for case in cases]
    assert not [found for found in answers if "error" in found]
    assert process_time() - start < 10


def test_reference_answer_is_the_same():
    assert answer(BASE)["total"] == "1145.00"
