"""Sign-in and error pages in the portal's look."""

import re

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.core.test_ui import Ids


@pytest.mark.parametrize("name", ["500.html", "errors/503.html"])
def test_error_page_needs_no_context(name: str) -> None:
    html = get_template(name).render()
    assert "<h1>" in html
    assert "_(" not in html


def test_unavailable_page_gives_its_reason() -> None:
    assert "No PDF today" in get_template("errors/503.html").render({"reason": "No PDF today"})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_sign_in_pages_are_in_our_look(client: Client, path: str) -> None:
    response = client.get(path)
    html = response.content.decode()
    page = Ids(html)
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert re.search(r'class="[^"]*\bform-control"', html)
    assert html.count("btn btn-primary") == 1
    assert len(page.ids) == len(set(page.ids))
    assert page.wanted <= set(page.ids)


@pytest.mark.django_db
def test_wrong_password_leads_to_its_field(client: Client) -> None:
    html = client.post("/accounts/login/", {"login": "nobody@demo.example", "password": ""}).content.decode()
    assert 'href="#id_password"' in html
    assert 'id="id_password_error"' in html


@pytest.mark.django_db
def test_unknown_address_is_said_in_our_look(client: Client) -> None:
    response = client.get("/no-such-page/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "There is nothing at this address" in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_gallery_is_sound(client: Client) -> None:
    response = client.get("/components/")
    html = response.content.decode()
    page = Ids(html)
    assert response.status_code == 200
    assert [key for key in page.ids if page.ids.count(key) > 1] == []
    assert page.wanted <= set(page.ids)
    jumps = [(a, b) for a, b in zip(page.levels, page.levels[1:], strict=False) if b > a + 1]
    assert jumps == []
    assert page.levels[0] == 1
    assert not re.search(r"\sstyle=", html)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/components/", "/"])
def test_figures_are_drawn_with_points_where_numbers_have_commas(client: Client, path: str) -> None:
    html = client.get(path, headers={"accept-language": "fr"}).text
    drawn = re.findall(r' (?:c?[xy]|d|r|width|height|points|viewBox)="([^"]*)"', html)
    assert drawn
    assert not [value for value in drawn if re.search(r"\d,\d", value)]


@pytest.mark.django_db
def test_theme_of_the_cookie_is_worn(client: Client) -> None:
    client.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in client.get("/components/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-bs-theme" not in client.get("/components/").content.decode()
