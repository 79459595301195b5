"""What a trainee sees of her grant, and the rates."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants.services import attach_internship
from tests.grants.conftest import words
from trainees.selectors.money import budget_view

pytestmark = pytest.mark.usefixtures("without_second_factor")


def test_trainees_budget_shows_what_the_grant_pays(contract, stay, coordinator):
    trainee = stay.project.trainee
    assert budget_view(stay, trainee).available is None
    attach_internship(contract=contract, internship=stay, actor=coordinator)
    assert budget_view(stay, trainee).available.amount == Decimal("1109.00")


def test_rates_page_says_source_and_certainty(hilde, rates):
    page = words(hilde.get(reverse("grants:rate_list") + "?call=2024&kind=travel"))
    assert "500 to 1,999 km" in page
    assert "€309.00" in page
    assert "second-hand: printed by a beneficiary, not by the agency" in page
    assert "€275.00" not in page
    assert "country group 1, days 1 to 14" in words(
        hilde.get(reverse("grants:rate_list") + "?kind=staff_day&agency=BE")
    )


def test_unknown_filter_shows_nothing(hilde, rates):
    assert "No such rate" in words(hilde.get(reverse("grants:rate_list") + "?kind=wine"))


def test_rates_page_without_rates_says_what_to_do(hilde):
    assert "Import rates" in words(hilde.get(reverse("grants:rate_list")))
