from decimal import Decimal
from pathlib import Path

import pytest

from grants.pricing_command import Pricer
from grants.ratefile import DATA, FIELDS, parse_rates, read_layout, reference_rates, row_id, with_rules
from grants.rates import KINDS, build_rate_set, parse_span

HEAD = ",".join(FIELDS)
SI_FILE = Path(__file__).parents[3] / "shared" / "data" / "rates_si_adult_staff_2014_2020.csv"
ANNEX = """# an agency's annex
kind,key,value
travel,100-499,180
travel,8000+,1100
staff_day_1_14,AT,126
staff_day_1_14,EL,126.55
staff_day_1_14,UK,144
staff_day_15_60_factor,all,0.70
organisational,1..100th participant,350
organisational,101st+,200
"""


def own(*rows):
    return parse_rates("\n".join([HEAD, *rows]))


def test_reference_rates_are_complete_and_have_unique_ids():
    rates = reference_rates()
    ids = [row.id for row in rates]
    assert len(ids) == len(set(ids))
    assert all(row.source for row in rates)
    for call, groups in ((2022, (8, 11, 14)), (2024, (14, 10, 9))):
        chosen = build_rate_set(rates, call, "KA121", "ADU", "BE")
        found = [row.value for row in chosen.of_kind("country_group")]
        assert tuple(found.count(Decimal(number)) for number in (1, 2, 3)) == groups
        assert len(chosen.programme_countries) == 33
        assert len(chosen.of_kind("travel")) == len(chosen.of_kind("travel_green")) == 7
    assert not build_rate_set(rates, 2020).of_kind("travel_green")


@pytest.mark.parametrize("path", sorted(DATA.glob("*rates*.csv")), ids=lambda path: path.name)
def test_shipped_rate_files_have_no_refused_row(path):
    parsed = parse_rates(path.read_text(encoding="utf-8"))
    assert parsed.refused == ()
    assert parsed.read >= 9


def test_demo_rates_say_demo_and_stay_within_the_printed_range():
    ranges = {"group-1": (96, 190), "group-2": (84, 170), "group-3": (71, 148)}
    rows = parse_rates((DATA / "demo_rates.csv").read_text(encoding="utf-8")).rates
    assert all(row.source.startswith("demo") for row in rows)
    for row in rows:
        if row.call_from == 2024 and row.first_day == 1:
            low, high = ranges[row.key]
            assert low <= row.value <= high


def test_agency_annex_is_mapped_by_a_file():
    parsed = parse_rates(ANNEX)
    assert (parsed.read, parsed.refused) == (8, ())
    line, greece = parsed.rows[3]
    assert (line, greece.key, greece.id) == (6, "GR", "2014-20/SI/ADU/staff_day/GR/1-14")
    assert [row.key for row in parsed.rates[-2:]] == ["1-100", "101+"]


def test_price_by_an_agency_annex_with_its_factor():
    case = {
        "id": 1, "call_year": 2018, "sending": {"country": "SI"}, "receiving": {"country": "EL"},
        "official_km": 300, "start": "2019-03-01", "end": "2019-03-20",
    }  # fmt: skip
    pricer = Pricer(parse_rates(ANNEX).rates, stored=False)
    assert "country SI" in pricer.answer(case)["text"]  # the annex lists no day rate for Slovenia
    found = pricer.answer(case | {"sending": {"country": "AT"}})
    assert (found["day_rate_full"], found["day_rate_reduced"]) == (
        "126.55",
        "88.59",
    )  # 88.585, half a cent up
    assert found["individual"] == "2303.24"
    assert found["rates"] == [
        "2014-20/SI/ADU/travel/100-499/standard",
        "2014-20/SI/ADU/staff_day/GR/1-14",
        "2014-20/SI/ADU/staff_day_factor/all/15-60",
        "2014-20/SI/ADU/organisational/1-100",
    ]
    britain = pricer.answer(case | {"sending": {"country": "AT"}, "receiving": {"country": "UK"}})
    assert britain["day_rate_full"] == "144.00"
    no_band = pricer.answer(case | {"sending": {"country": "AT"}, "official_km": 50})
    assert (no_band["error"], "50 km" in no_band["text"]) == ("rate_missing", True)
    last_day = pricer.answer(case | {"sending": {"country": "AT"}, "end": "2019-04-28", "travel_days": 2})
    assert (last_day["error"], "paid day 61" in last_day["text"]) == ("rate_missing", True)


def test_file_given_by_hand_takes_our_rules_unless_it_prints_its_own():
    rows = parse_rates(ANNEX).rates
    assert build_rate_set(with_rules(rows), 2018, "", "ADU", "SI").limit("max_days") == 60
    printed = own("2018,2018,,,,limit,min_days,,,5,,,,x,V", "2018,2018,,,,travel,10-99,,,20,,,,x,V").rates
    assert build_rate_set(with_rules(printed), 2018).limit("max_days") is None


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("2024,2025,,,,travel,10-99,,,abc,,,,x,2", "value", "not a number"),
        ("2024,2025,,,,travel,10-99,,,-1,,,,x,2", "value", "not a usable number"),
        ("2024,2025,,,,travel,10-99,,,NaN,,,,x,2", "value", "not a usable number"),
        ("2024,2025,,,,travel,10-99,,,1.005,,,,x,2", "value", "part of a cent"),
        ("2024,2025,,,,travel,400-600,,,10,,,,x,2", "key", "overlaps 100-499 of line 2"),
        ("2024,2025,,,,travel,100-499,,,10,,,,x,2", "key", "line 2 already"),
        ("2024,2025,,,,travel,far,,,10,,,,x,2", "key", "neither a range"),
        ("2024,2025,,,,travel,99-10,,,10,,,,x,2", "key", "neither a range"),
        ("2024,2025,,,,gifts,all,,,10,,,,x,2", "kind", "unknown kind “gifts”"),
        ("2025,2024,,,,travel,10-99,,,10,,,,x,2", "call_to", "before"),
        (",,,,,travel,10-99,,,10,,,,x,2", "call_from", "not a whole number"),
        ("2024,2025,,,,staff_day,group-1,10,20,10,,,,x,2", "first_day", "overlap those of line 3"),
        ("2024,2025,,,,staff_day,Sweden,1,14,10,,,,x,2", "key", "country code"),
        ("2024,2025,,,,staff_day_factor,all,15,60,1.7,,,,x,2", "value", "at most 1"),
        ("2024,2025,,,,limit,min_hours,,,1,,,,x,2", "key", "unknown rule"),
        ("2024,2025,,,,travel,10-99,,,10,,1.1.2024,,x,2", "valid_from", "not a date"),
        ("2024,2025,,,,travel,10-99,,,10,,,,x,9", "certainty", "not one of"),
    ],
)
def test_refused_row_has_line_field_and_reason(row, field, reason):
    good = ["2024,2025,,,,travel,100-499,,,211,,,,x,2", "2024,2025,,,,staff_day,group-1,1,14,150,,,,x,2"]
    parsed = own(*good, row)
    assert len(parsed.rows) == 2
    [refusal] = parsed.refused
    assert (refusal.line, refusal.field) == (4, field)
    assert reason in refusal.reason


def test_same_figure_for_another_agency_is_no_duplicate():
    parsed = own("2024,2025,,ADU,BE,travel,10-99,,,28,,,,x,2", "2024,2025,,ADU,FR,travel,10-99,,,28,,,,x,2")
    assert parsed.refused == ()


def test_most_specific_row_wins():
    rows = own("2024,2025,,,,travel,10-99,,,28,,,,x,2", "2024,2025,,,BE,travel,10-99,,,30,,,,x,2").rates
    assert build_rate_set(rows, 2024, agency="BE02").travel(50, green=False).value == Decimal("30.00")
    assert build_rate_set(rows, 2024, agency="FR").travel(50, green=False).value == Decimal("28.00")


def test_unknown_layout_lists_the_known_ones():
    with pytest.raises(ValueError, match="columns a, b"):
        parse_rates("a,b\n1,2")
    with pytest.raises(ValueError, match="empty"):
        parse_rates("\n# nothing\n")


def test_a_new_layout_is_a_file():
    layout = read_layout(
        """
        name = "demo"
        version = 1
        [file]
        delimiter = ";"
        decimal = ","
        [columns]
        key = "Land"
        value = "Tagessatz"
        [fixed]
        call_from = 2024
        call_to = 2024
        kind = "staff_day"
        first_day = 1
        """
    )
    [row] = parse_rates("Land;Tagessatz\nFI;1.150,50 €\n", layout).rates
    assert (row.key, row.value, row.id) == ("FI", Decimal("1150.50"), "2024/staff_day/FI/1-")
    assert row_id(row) == row.id
    with pytest.raises(ValueError, match="colour"):
        read_layout('name = "x"\nversion = 1\n[columns]\ncolour = "a"')


def test_parse_span_reads_open_and_closed():
    assert parse_span("8000+") == (8000, None)
    assert parse_span("10-99") == (10, 99)


@pytest.mark.skipif(not SI_FILE.exists(), reason=f"real data absent: {SI_FILE}")
def test_real_agency_annex_is_read_whole():
    parsed = parse_rates(SI_FILE.read_text(encoding="utf-8"))
    assert (parsed.read, parsed.refused) == (44, ())
    assert {row.agency for row in parsed.rates} == {"SI"}


@pytest.mark.django_db
def test_refused_rows_say_why_in_the_readers_language(tmp_path):
    from django.utils.translation import override

    from ecett.core.imports.engine import import_file
    from grants.imports.rates import RateImporter

    path = tmp_path / "rates.csv"
    rows = [
        {"call_from": "2024", "kind": "travel", "key": "10-99", "value": "28"},
        {"call_from": "2024", "kind": "travel", "key": "10-99", "value": "29"},
        {"call_from": "2024", "kind": "travel", "key": "50-120", "value": "29"},
        {"call_from": "2024", "kind": "travel", "key": "all", "value": "29"},
        {"call_from": "2024", "kind": "travel", "key": "100-499", "value": "a lot"},
        {"call_from": "1887", "kind": "travel", "key": "100-499", "value": "29"},
        {"call_from": "2024", "kind": "nonsense", "key": "100-499", "value": "29"},
    ]
    lines = [",".join(row.get(field, "") for field in FIELDS) for row in rows]
    path.write_text("\n".join([HEAD, *lines]))
    with override("fr"):
        report = import_file(RateImporter(), path)
    assert (report.read, report.counts["created"], report.counts["refused"]) == (7, 1, 6)
    assert [(note.line, note.field, note.reason) for note in report.notes if note.outcome == "refused"] == [
        (3, "key", "la ligne 2 donne déjà travel pour 10-99"),
        (4, "key", "la tranche 50-120 chevauche 10-99 (voir la ligne 2)"),
        (
            5,
            "key",
            "«\u00a0all\u00a0» n’est ni un intervalle comme 10-99, ni un intervalle ouvert comme 8000+",
        ),
        (6, "value", "«\u00a0a lot\u00a0» n’est pas un nombre"),
        (7, "call_from", "1887 n’est pas l’année d’un appel"),
        (8, "kind", f"nature inconnue «\u00a0nonsense\u00a0»\u00a0; connues\u00a0: {', '.join(KINDS)}"),
    ]


@pytest.mark.parametrize("language", ["fr", "nl", "es", "it"])
def test_layouts_have_a_title_in_every_language(language):
    from django.utils.translation import gettext, override

    from ecett.core.imports import registry

    titles = [layout.label for importer in registry.every() for layout in importer.layouts()]
    assert len(titles) >= 8
    with override(language):
        assert all(gettext(title) != title for title in titles)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "ce n’est pas du TOML valide"),
        ("name = 'x'", "«\u00a0version\u00a0» manque"),
        ("name = 'x'\nversion = 1\ncolumns = {nonsense = 'x'}", "«\u00a0nonsense\u00a0»"),
    ],
)
def test_map_that_cannot_be_used_says_why_in_the_readers_language(text, said):
    from django.utils.translation import gettext, override

    from ecett.core.imports.engine import BadLayout
    from grants.imports.rates import RateImporter

    with override("fr"), pytest.raises(BadLayout) as caught:
        RateImporter.layout_from(text, name="mine.toml")
    with override("fr"):
        words = caught.value.message.say(gettext)
    assert "mine.toml" in words
    assert said in words, words
