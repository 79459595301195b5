from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecett.core.jsonlines import settle
from grants.pricing import KINDS, Mobility, Place, PricingError, price
from grants.pricing_command import Pricer, answer, as_answer
from grants.ratefile import reference_rates
from grants.rates import RateMissing, build_rate_set
from grants.splits import Split, default_splits, parse_splits

GENT = {"town": "Gent", "country": "BE", "lat": 51.05, "lon": 3.7167}
WARSAW = {"town": "Warszawa", "country": "PL", "lat": 52.2298, "lon": 21.0118}
GOTEBORG = {"town": "Göteborg", "country": "SE", "lat": 57.7072, "lon": 11.9668}
ALL_SPLITS = parse_splits(
    "organisational,ecett,helpdesk,signatory\n350,140,70,140\n200,80,40,80\n400,160,80,160\n230,92,46,92\n"
)


def case(**changes):
    """Five days Warszawa - Göteborg of a Polish school, call 2022: 837 km, group 1."""
    base = {
        "id": "m1",
        "call_year": 2022,
        "sector": "SCH",
        "sending": WARSAW,
        "receiving": GOTEBORG,
        "start": "2023-03-06",
        "end": "2023-03-10",
    } | changes
    return {key: value for key, value in base.items() if value is not None}


def priced(**changes):
    found = Pricer(splits=ALL_SPLITS).answer(case(**changes))
    assert "error" not in found, found
    return found


def refused(**changes):
    found = answer(case(**changes))
    assert set(found) == {"id", "error", "text"}, found
    return found["error"], found["text"]


def test_price_of_five_days_adds_up():
    found = priced(travel_days=2)
    assert found["km_floor"] == int(found["km_raw"]) == 837
    assert found["band"] == "500-1999"
    assert found["travel"] == "275.00"
    assert (found["days_paid_full"], found["days_paid_reduced"]) == (7, 0)
    assert (found["day_rate_full"], found["day_rate_reduced"]) == ("117.00", "82.00")
    assert found["individual"] == "819.00"
    assert found["organisational"] == "350.00"
    assert found["inclusion_organisation"] == "0.00"
    assert found["split"] == {"ecett": "140.00", "helpdesk": "70.00", "signatory": "140.00"}
    assert found["total"] == "1444.00"
    assert found["rates"] == [
        "2021-23/travel/500-1999/standard",
        "2021-23/country_group/SE",
        "2021-23/PL/SCH/staff_day/group-1/1-14",
        "2021-23/organisational/1-100",
    ]


def test_keys_are_those_of_the_contract():
    assert list(priced()) == [
        *(
            "id",
            "km_raw",
            "km_floor",
            "band",
            "travel",
            "days_paid_full",
            "days_paid_reduced",
            "day_rate_full",
        ),
        *(
            "day_rate_reduced",
            "individual",
            "organisational",
            "inclusion_organisation",
            "split",
            "total",
            "rates",
        ),
    ]


def test_travel_days_use_up_the_days_at_full_rate():
    found = priced(end="2023-03-18", travel_days=6, green=True)  # 13 + 6
    assert (found["days_paid_full"], found["days_paid_reduced"]) == (14, 5)
    assert found["individual"] == "2048.00"
    assert found["travel"] == "320.00"


def test_second_rate_is_the_printed_one():
    hr = priced(receiving={"country": "HR"}, official_km=900, end="2023-03-20")
    assert (hr["day_rate_full"], hr["day_rate_reduced"]) == ("91.00", "64.00")
    hed = priced(call_year=2024, sector="HED", receiving={"country": "HU"}, official_km=500, end="2023-03-20")
    assert (hed["day_rate_full"], hed["day_rate_reduced"]) == ("148.00", "103.00")
    assert hed["individual"] == "2175.00"


def test_country_groups_follow_the_call():
    assert priced(receiving={"country": "FR"}, official_km=1300)["day_rate_full"] == "104.00"
    assert priced(call_year=2024, sector="HED", receiving={"country": "FR"}, official_km=1300)[
        "day_rate_full"
    ] == ("190.00")


def test_interruption_reduces_paid_days():
    assert priced(interruption_days=2)["days_paid_full"] == 3


@pytest.mark.parametrize(
    ("km", "band", "travel"),
    [
        (9.99, None, "0.00"),
        (10, "10-99", "23.00"),
        (99.6, "10-99", "23.00"),
        (100, "100-499", "180.00"),
        (499.999, "100-499", "180.00"),
        (1999.99, "500-1999", "275.00"),
        (2000, "2000-2999", "360.00"),
        (7999.9, "4000-7999", "820.00"),
        (8000, "8000+", "1500.00"),
    ],
)
def test_distance_is_floored_before_the_band(km, band, travel):
    found = priced(official_km=km)
    assert (found["km_raw"], found["band"], found["travel"]) == (km, band, travel)


def test_official_distance_wins_over_coordinates():
    assert priced(official_km=2100)["travel"] == "360.00"


def test_overseas_france_counts_as_france_with_own_coordinates():
    reunion = {"town": "Saint-Denis", "country": "RE", "lat": -20.88, "lon": 55.45}
    found = priced(receiving=reunion)
    assert (found["band"], found["day_rate_full"]) == ("8000+", "104.00")
    assert refused(sending={**GENT, "country": "FR"}, receiving=reunion)[0] == "domestic_mobility"


def test_greece_by_either_code():
    for code in ("EL", "GR"):
        assert priced(receiving={"country": code}, official_km=1600)["day_rate_full"] == "104.00"
    assert (
        refused(sending={"country": "EL"}, receiving={"country": "GR"}, official_km=50)[0]
        == "domestic_mobility"
    )


def test_zero_grant_keeps_organisational_support_only():
    found = priced(zero_grant=True, fewer_opportunities=True)
    assert (found["travel"], found["individual"], found["day_rate_full"], found["band"]) == (
        "0.00",
        "0.00",
        None,
        None,
    )
    assert (found["organisational"], found["inclusion_organisation"]) == ("350.00", "100.00")
    assert (found["days_paid_full"], found["total"]) == (0, "450.00")


def test_people_cross_the_hundredth_participant():
    found = priced(people=3, rank=99)
    assert found["organisational"] == "900.00"
    assert found["split"] == {"ecett": "360.00", "helpdesk": "180.00", "signatory": "360.00"}
    assert found["travel"] == "825.00"
    assert found["days_paid_full"] == 5
    assert found["rates"][-2:] == ["2021-23/organisational/1-100", "2021-23/organisational/101+"]


def test_helpdesk_share_goes_to_a_trained_signatory():
    assert priced(helpdesk_by="signatory")["split"] == {
        "ecett": "140.00",
        "helpdesk": "0.00",
        "signatory": "210.00",
    }


def test_inclusion_support_by_call():
    assert priced(fewer_opportunities=True, people=2)["inclusion_organisation"] == "200.00"
    found = priced(call_year=2024, sector="HED", fewer_opportunities=True)
    assert (found["inclusion_organisation"], found["organisational"]) == ("125.00", "400.00")


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        ({"people": 0}, "invalid_people", "0 people"),
        ({"people": 10**40}, "invalid_people", "people"),
        ({"rank": 0}, "invalid_rank", "counted from 1"),
        ({"travel_days": -1}, "negative_days", "travel"),
        ({"interruption_days": -1}, "negative_days", "interruption"),
        ({"end": "2023-03-05"}, "end_before_start", "2023-03-05"),
        ({"interruption_days": 5}, "interruption_too_long", "5 days"),
        ({"interruption_days": 4}, "stay_too_short", "at least 2"),
        ({"end": "2023-05-05"}, "stay_too_long", "at most 60"),
        ({"travel_days": 3}, "travel_days_over_limit", "allows 2"),
        ({"travel_days": 7, "green": True}, "travel_days_over_limit", "allows 6"),
        ({"receiving": {**GENT, "country": "PL"}}, "domestic_mobility", "PL"),
        ({"receiving": {**GENT, "country": "CH"}}, "country_outside_programme", "CH"),
        ({"receiving": {**GENT, "country": "UK"}}, "country_outside_programme", "GB"),
        ({"sending": {**GENT, "country": "MU"}}, "country_outside_programme", "sending country MU"),
        ({"receiving": {"country": "SE", "town": "Nowhere at all"}}, "distance_unknown", "Nowhere at all"),
        ({"receiving": {"country": "DE", "town": "Neustadt"}}, "distance_unknown", "Neustadt"),
        ({"receiving": {"country": "SE", "town": "Göteborg", "lat": 57.7}}, "distance_unknown", "Göteborg"),
        ({"receiving": {"country": "SE", "lat": 57.7}}, "distance_unknown", "SE"),
        ({"call_year": 2026}, "rate_missing", "2026"),
        ({"call_year": 2025}, "rate_missing", "day rate for SE (country group 1)"),
        ({"agency": "BE01"}, "rate_missing", "BE01"),
        ({"sector": "ADU"}, "rate_missing", "ADU"),
        ({"sector": None}, "rate_missing", "day rate"),
        ({"call_year": 2019, "green": True}, "rate_missing", "green travel over 837 km"),
        ({"rank": 101}, "split_missing", "200"),
        ({"people": 3, "rank": 99}, "split_missing", "200"),
        ({"call_year": 2024, "sector": "HED"}, "split_missing", "400"),
        ({"colour": "red"}, "bad_input", "colour"),
        ({"sending": {**GENT, "city": "Gent"}}, "bad_input", "city"),
        ({"sending": "Gent"}, "bad_input", "“sending”"),
        ({"sending": {**GENT, "lat": 91}}, "bad_input", "“lat”"),
        ({"start": "06/03/2023"}, "bad_input", "“start”"),
        ({"start": None}, "bad_input", "“start” is missing"),
        ({"green": "yes"}, "bad_input", "“green”"),
        ({"people": 1.5}, "bad_input", "“people”"),
        ({"sector": "school"}, "bad_input", "SCH"),
        ({"official_km": -3}, "bad_input", "“official_km”"),
        ({"official_km": "800"}, "bad_input", "“official_km”"),
        ({"helpdesk_by": "nobody"}, "bad_input", "signatory"),
        ({"call_year": "2022"}, "bad_input", "“call_year”"),
        ({"agency": "Poland"}, "bad_input", "“agency”"),
    ],
)
def test_refusals_name_what_is_wrong(changes, kind, says):
    error, text = refused(**changes)
    assert error == kind
    assert says in text


def test_limits_hold_at_their_edges():
    assert priced(end="2023-03-07")["days_paid_full"] == 2
    longest = priced(end="2023-05-04")  # 60 days
    assert longest["days_paid_full"] + longest["days_paid_reduced"] == 60
    assert priced(end="2023-05-06", interruption_days=2)["days_paid_reduced"] == 46


def test_split_that_does_not_sum_is_refused():
    pricer = Pricer(splits={Decimal("350.00"): Split(Decimal(140), Decimal(70), Decimal(100))})
    found = pricer.answer(case())
    assert found["error"] == "split_does_not_sum"
    assert "140 + 70 + 100" in found["text"]
    negative = Pricer(splits={Decimal("350.00"): Split(Decimal(420), Decimal(-70), Decimal(0))})
    assert negative.answer(case())["error"] == "split_does_not_sum"


def test_stay_must_lie_within_the_contract():
    rates = build_rate_set(reference_rates(), 2022, "KA121", "SCH", "PL")
    inside = Mobility(Place("PL"), Place("SE"), date(2023, 3, 6), date(2023, 3, 10), official_km=800,
                      contract_dates=(date(2023, 3, 6), date(2023, 3, 10)))  # fmt: skip
    assert price(inside, rates, default_splits()).total == Decimal("1210.00")
    outside = Mobility(Place("PL"), Place("SE"), date(2023, 3, 6), date(2023, 3, 11), official_km=800,
                       contract_dates=(date(2023, 3, 6), date(2023, 3, 10)))  # fmt: skip
    with pytest.raises(PricingError) as error:
        price(outside, rates, default_splits())
    assert error.value.kind == "outside_contract_dates"
    assert (
        error.value.message.say(lambda text: text.upper().replace("{START}", "{start}").split(",")[0])
        == "THE STAY"
    )


def test_the_call_decides_not_the_date_of_the_stay():
    assert priced(start="2026-03-02", end="2026-03-06")["travel"] == "275.00"


def test_rate_set_of_unknown_call_says_so():
    with pytest.raises(RateMissing, match="1999"):
        build_rate_set(reference_rates(), 1999, "KA121", "SCH", "PL")


def test_splits_read_json_too_and_say_what_is_wrong():
    expected = {Decimal("350.00"): Split(Decimal("140.00"), Decimal("70.00"), Decimal("140.00"))}
    assert parse_splits('{"350": {"ecett": 140, "helpdesk": "70.00", "signatory": 140}}') == expected
    assert (
        parse_splits('[{"organisational": 350, "ecett": 140, "helpdesk": 70, "signatory": 140}]') == expected
    )
    assert default_splits() == expected
    with pytest.raises(ValueError, match="helpdesk is missing"):
        parse_splits('[{"organisational": 350, "ecett": 140, "signatory": 140}]')
    with pytest.raises(ValueError, match="already"):
        parse_splits("organisational,ecett,helpdesk,signatory\n350,1,1,1\n350.00,1,1,1")


@given(
    year=st.sampled_from([2019, 2021, 2022, 2023, 2024, 2025, 2026]),
    sector=st.sampled_from(["SCH", "HED", "ADU"]),
    receiving=st.sampled_from(["SE", "FR", "HR", "CH", "PL", "RE", "EL"]),
    days=st.integers(-1, 70),
    km=st.none() | st.floats(0, 20_000),
    travel_days=st.integers(-1, 8),
    interruption=st.integers(-1, 8),
    people=st.integers(0, 120),
    rank=st.integers(0, 130),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)
def test_every_case_is_priced_or_refused_and_sums(
    year, sector, receiving, days, km, travel_days, interruption, people, rank, flags
):
    start = date(2024, 2, 27)
    found = Pricer(splits=ALL_SPLITS).answer(
        {
            "id": 1, "call_year": year, "sector": sector, "sending": WARSAW,
            "receiving": {"country": receiving}, "official_km": km,
            "start": str(start), "end": str(start + timedelta(days=days - 1)),
            "travel_days": travel_days, "interruption_days": interruption, "people": people, "rank": rank,
            "green": flags[0], "zero_grant": flags[1], "fewer_opportunities": flags[2],
            "helpdesk_by": "signatory" if flags[3] else "ecett",
        }
    )  # fmt: skip
    if "error" in found:
        assert found["error"] in KINDS
        return
    heads = [
        Decimal(found[key]) for key in ("travel", "individual", "organisational", "inclusion_organisation")
    ]
    assert sum(heads) == Decimal(found["total"])
    assert sum(map(Decimal, found["split"].values())) == Decimal(found["organisational"])
    if not flags[1]:
        assert found["days_paid_full"] + found["days_paid_reduced"] == days - interruption + travel_days
        assert found["days_paid_full"] <= 14


@given(people=st.integers(1, 8), rank=st.integers(95, 104))
def test_a_group_costs_what_its_people_cost(people, rank):
    rates = build_rate_set(reference_rates(), 2022, "KA121", "SCH", "PL")

    def total(people, rank):
        stay = Mobility(Place("PL"), Place("SE"), date(2023, 3, 6), date(2023, 3, 26), official_km=800,
                        people=people, rank=rank)  # fmt: skip
        return as_answer(price(stay, rates, ALL_SPLITS))["total"]

    assert Decimal(total(people, rank)) == sum(Decimal(total(1, rank + number)) for number in range(people))


def test_answer_needs_an_object():
    assert settle([], lambda case: {}, ())["error"] == "bad_input"
