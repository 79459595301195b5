"""What needs a script says so where it stands, or is not there."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_sign_in_page_offers_the_passkey_only_with_a_script(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert 'class="btn js-only" type="submit" form="mfa_login"' in page
    assert "<noscript>" not in page
    assert "mfa/js/webauthn" in page


@pytest.mark.parametrize(("kind", "hidden"), [("button", True), ("submit", False)])
def test_button_that_only_a_script_moves_says_so(kind: str, hidden: bool) -> None:
    attrs: dict[str, Any] = {"type": kind, "id": "mfa_webauthn_add", "tags": ""}
    html = render_to_string("allauth/elements/button.html", {"attrs": attrs, "slots": {}})
    assert ("js-only" in html) is hidden
    assert ("JavaScript must be on" in html) is hidden


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_passkey_that_the_browser_refuses_is_said(browser_context: Any) -> None:
    with browser_context(locale="fr") as context:
        page = context.new_page()
        page.goto(reverse("account_login"))
        page.locator("#passkey_login").click()
        said = page.locator("#messages .alert")
        said.wait_for()
        assert "n’en admet pas à cette adresse" in said.inner_text()
