"""The component tags: what they print, what ties the parts together, and what they refuse."""

import datetime as dt
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import strategies as st

from ecett.core import badges
from ecett.core.components.lists import active_filters, pdca
from ecett.core.icons import PATHS
from ecett.core.states import States
from ecett.portal.views.gallery import sample

ROOT = Path(__file__).resolve().parents[2]


def show(source: str, path: str = "/", **values: Any) -> str:
    """The template's output, for a request of `path`."""
    request: HttpRequest = RequestFactory().get(path)
    return Template(source).render(Context({"request": request, "csrf_token": "token", **values}))


class Ladder(States):
    DRAFT = "draft", "draft", _("Draft"), _("Draft")
    FILED = "filed", "waiting", _("Received"), _("Needs screening")


class Thing:
    class _meta:
        label = "tests.Thing"

    state = Ladder.FILED


# ── Badges ──


def test_badge_of_a_state_speaks_to_its_reader() -> None:
    assert show("{% badge thing %}", thing=Thing()) == '<span class="badge">Received</span>'
    assert "Needs screening" in show('{% badge thing audience="staff" %}', thing=Thing())


def test_badge_of_an_unknown_state_is_refused() -> None:
    with pytest.raises(badges.BadgeMissing, match="lost"):
        badges.badge_for("tests.Thing", "lost")


def test_badge_registered_twice_differently_is_refused() -> None:
    badges.register("tests.Once", "open", badges.HALF, "Open")
    badges.register("tests.Once", "open", badges.HALF, "Open")
    with pytest.raises(ValueError, match="already has"):
        badges.register("tests.Once", "open", badges.DONE, "Done")


def test_badge_with_an_unknown_shape_is_refused() -> None:
    with pytest.raises(badges.BadgeMissing, match="blob"):
        show('{% badge_as "blob" "x" %}')


def test_badge_words_are_escaped() -> None:
    assert "&lt;b&gt;" in show("{% badge_as 'done' word %}", word="<b>")


def test_every_shape_has_a_rule_in_the_stylesheet() -> None:
    css = (ROOT / "static/css/components.css").read_text()
    for shape in badges.SHAPES:
        assert shape == badges.WAITING or f".badge.{shape}" in css, shape


# ── Words and numbers ──


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "€1,213.50"), ("fr", "1\u202f213,50\xa0€"), ("nl", "€\xa01.213,50"), ("es", "1.213,50\xa0€")],
)
def test_money_in_the_readers_locale(language: str, expected: str) -> None:
    with translation.override(language):
        assert show("{{ amount|money }}", amount=Decimal("1213.50")) == expected


def test_money_whole_keeps_cents_that_are_there() -> None:
    assert show("{{ 1213|money:'whole' }} {{ x|money:'whole' }}", x="1213.50") == "€1,213 €1,213.50"
    assert show("{{ x|money:'plain' }}|{{ none|money }}", x=417, none=None) == "417.00|"


def test_dates_in_the_readers_language() -> None:
    first = dt.date(2027, 2, 8)
    assert show("{{ d|day }} {{ d|day:'weekday' }}", d=first) == "8 February 2027 Mon 8 Feb"
    with translation.override("nl"):
        assert show("{{ d|day }}", d=first) == "8 februari 2027"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (dt.date(2027, 2, 12), "8 to 12 February 2027"),
        (dt.date(2027, 3, 2), "8 February to 2 March 2027"),
        (dt.date(2028, 1, 5), "8 February 2027 to 5 January 2028"),
        (dt.date(2027, 2, 8), "8 February 2027"),
        (None, "8 February 2027"),
    ],
)
def test_date_range_says_each_part_once(last: dt.date | None, expected: str) -> None:
    assert show("{{ a|date_range:b }}", a=dt.date(2027, 2, 8), b=last) == expected


# ── Steering ──


def test_page_heading_leaves_out_what_is_empty() -> None:
    html = show('{% page_heading "Goals" %}  {% endpage_heading %}')
    assert "<h1>Goals</h1>" in html
    assert "lead" not in html
    assert "actions" not in html


def test_optional_wraps_only_what_is_there() -> None:
    assert show('{% optional "p" "lead" %} {% endoptional %}') == ""
    assert show('{% optional "p" "lead" %}x{% endoptional %}') == '<p class="lead">x</p>'


def test_what_next_is_warm_only_when_it_is_your_turn() -> None:
    mine = show('{% what_next "Sign." your_turn=True %}<a href="/x">Sign</a>{% endwhat_next %}')
    theirs = show('{% what_next "Maja signs." "We wait since Monday." %}{% endwhat_next %}')
    assert "next yours" in mine
    assert "It is your turn." in mine
    assert '<a href="/x">' in mine
    assert "yours" not in theirs
    assert "We wait since Monday." in theirs


def test_disabled_button_names_its_reason_and_is_reachable() -> None:
    html = show('{% disabled_button "Sign" reason %}', reason="Not yet: 2 < 3.")
    key = re.search(r'aria-describedby="([^"]+)"', html)
    assert key is not None
    assert f'id="{key[1]}">Not yet: 2 &lt; 3.' in html
    assert 'tabindex="0"' in html
    assert "<a " not in html


def test_confirm_dialog_posts_with_a_token_and_unfolds_without_a_script() -> None:
    html = show('{% confirm_dialog "w" "Withdraw?" "/go/" "Withdraw" %}<p>Sure.</p>{% endconfirm_dialog %}')
    assert '<form method="post" action="/go/"' in html.replace("\n", " ")
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert "<details" in html
    assert "<p>Sure.</p>" in html


def test_progress_polls_only_while_there_is_something_to_ask() -> None:
    running = show('{% progress "Making" value=2 total=3 poll="/job/" %}{% endprogress %}')
    done = show('{% progress "Made" value=3 total=3 %}<a href="/f">Open</a>{% endprogress %}')
    assert 'hx-get="/job/"' in running
    assert '<meta http-equiv="refresh"' in running
    assert 'value="2"' in running
    assert "hx-get" not in done
    assert "refresh" not in done
    assert '<a href="/f">' in done


# ── Lists ──


class Filters(forms.Form):
    q = forms.CharField(label="Search", required=False)
    sector = forms.MultipleChoiceField(
        choices=[("youth", "Youth"), ("addiction", "Addiction")], required=False
    )


def test_active_filters_take_away_one_value_and_the_page() -> None:
    query = QueryDict("q=care&sector=youth&sector=addiction&page=3&other=1")
    chips = active_filters(Filters(query), query)
    assert [chip["label"] for chip in chips] == ["care", "Youth", "Addiction"]
    assert chips[1]["url"] == "?q=care&sector=addiction&other=1"


def test_pager_keeps_the_filters_and_hides_for_one_page() -> None:
    html = show("{% pager page %}", "/hosts/?sector=youth&page=2", page=Paginator(range(50), 10).page(2))
    assert '<b aria-current="page">2</b>' in html
    assert 'href="?sector=youth&amp;page=3"' in html
    assert show("{% pager page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


def test_facts_leave_out_what_is_not_known() -> None:
    html = show("{% facts pairs %}", pairs=[("When", "May"), ("With", ""), ("Days", 0)])
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["When", "Days"]


def test_reasons_show_the_sign_of_their_points() -> None:
    html = show("{% reasons why %}", why=[(40, "expertise"), (-8, "busy in March")])
    assert "<b>+40</b>" in html
    assert "<b>−8</b>" in html
    assert html.count('class="minus"') == 1


def test_stepper_marks_where_one_stands() -> None:
    html = show("{% stepper steps %}", steps=pdca("check", at=140))
    assert html.count('aria-current="step"') == 1
    assert html.count('class="done"') == 2
    assert '<rect width="100" height="2" />' in html
    assert show("{% stepper steps %}", steps=pdca("over")).count('class="done"') == 4


def test_smart_letters_say_in_words_what_the_shape_shows() -> None:
    html = show("{% smart_letters v %}", v={"S": "ok", "M": "weak", "A": "ok", "R": "ok"})
    assert html.count('class="ask"') == 2
    assert "M: a question is open" in html
    assert "S: in order" in html


# ── Figures ──


@given(amounts=st.lists(st.integers(min_value=1, max_value=10_000), min_size=1, max_size=8))
def test_split_bar_fills_the_whole_width(amounts: list[int]) -> None:
    html = show("{% split_bar parts %}", parts=[(f"p{n}", amount) for n, amount in enumerate(amounts)])
    widths = [float(width) for width in re.findall(r'x="[\d.]+%" width="([\d.]+)%"', html)]
    assert len(widths) == len(amounts)
    assert abs(sum(widths) - 100) < 0.001 * len(amounts)


def test_split_bar_says_its_parts_to_a_screen_reader() -> None:
    html = show("{% split_bar parts %}", parts=[("ECETT", 140), ("kept", 140), ("helpdesk", 70)])
    assert 'aria-label="ECETT €140, kept €140, helpdesk €70"' in html


def test_bar_chart_has_a_table_with_the_same_figures() -> None:
    html = show('{% bar_chart "Stays" data %}', data=[("2025", 71), ("2026", 63)])
    assert re.findall(r'<td class="r">(\d+)</td>', html) == ["71", "63"]
    assert 'width="82.00%"' in html
    assert show('{% bar_chart "Stays" data %}', data=[("2025", 0)]).count('width="0.00%"') == 1


def test_map_keeps_places_outside_the_picture_in_its_table() -> None:
    html = show("{% europe_map points %}", points=[(57.7, 12, "Sweden", 7), (-20.2, 57.5, "Mauritius", 1)])
    assert html.count("<circle") == 1
    assert "Mauritius" in html


# ── Forms ──


class Ids(HTMLParser):
    """Collects ids, and the ids that others point to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.levels: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.wanted.update(values.get(name, "").split())
        if tag == "a" and values.get("href", "").startswith("#") and len(values["href"]) > 1:
            self.wanted.add(values["href"][1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_form_errors_are_summed_up_and_tied_to_their_fields() -> None:
    html = show("{% load crispy_forms_filters %}{{ form|crispy }}", form=sample()["wrong"])
    page = Ids(html)
    assert "3 things to correct" in html
    assert '<a href="#id_last_day">Last day of the stay: Enter a valid date.</a>' in " ".join(html.split())
    assert {"id_last_day_helptext", "id_last_day_error", "div_id_sector"} <= page.wanted
    assert page.wanted <= set(page.ids)
    assert 'aria-invalid="true"' in html


def test_form_help_stands_before_the_field() -> None:
    html = show("{% load crispy_forms_filters %}{{ form|crispy }}", form=sample()["form"])
    assert html.index("As on its letterhead") < html.index('name="good-workplace"')
    assert "3 things" not in html


def test_every_icon_is_drawn() -> None:
    for name in PATHS:
        assert show("{% icon name %}", name=name).startswith('<svg class="i"')
    with pytest.raises(KeyError):
        show('{% icon "unicorn" %}')


@pytest.mark.parametrize(
    ("size", "language", "words"),
    [
        (20 * 1024**2, "en", "20 MB"),
        (20 * 1024**2, "fr", "20 Mio"),
        (1536, "en", "1.5 KB"),
        (1536, "nl", "1,5 KB"),
    ],
)
def test_size_of_a_file_has_no_decimals_that_say_nothing(size: int, language: str, words: str) -> None:
    with translation.override(language):
        assert show("{{ size|file_size }}", size=size).replace("\xa0", " ") == words


@pytest.mark.parametrize("template", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_errors_of_a_form_are_summed_up_once(template: Path) -> None:
    """``|crispy`` brings a summary of its own."""
    text = template.read_text()
    assert not ("{% error_summary form %}" in text and "{{ form|crispy }}" in text)
