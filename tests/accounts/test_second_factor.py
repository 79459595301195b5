"""Outside demo mode: who works for the network needs a second factor, however she comes in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as portal_settings
from django.template import engines
from django.test import Client
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.accounts.models import User
from tests.factories import OrganisationFactory, person

PASSWORD = "a long password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOMES = {
    Role.HELPDESK: "/helpdesk/",
    Role.JUROR: "/certification/",
    Role.CHAIR: "/certification/",
    Role.SECRETARY: "/certification/",
    Role.COORDINATOR: "/grants/",
    Role.ADMIN: "/hosts/moderation/",
}
OTHERS = {Role.TRAINEE: "/trainee/", Role.EMPLOYER: "/trainee/waiting/", Role.HOST: "/trainee/waiting/"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO_MODE = False
    # The sign-in library's own pages ask for names they may not have.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


def verified(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, user: User, path: str = "/") -> Any:
    """Her password on the sign-in page; where it leads."""
    data = {"login": user.email, "password": PASSWORD, "next": path}
    return client.post(reverse("account_login"), data)


def code_now(secret: str) -> str:
    """What her telephone shows."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_these_roles_need_it_and_no_role_is_forgotten() -> None:
    assert set(portal_settings.SECOND_FACTOR_ROLES) == set(HOMES)
    assert set(HOMES) | set(OTHERS) == set(Role)


@pytest.mark.parametrize("role", HOMES)
def test_password_alone_opens_only_the_way_to_a_second_factor(client: Client, role: Role) -> None:
    user = verified(person(role))
    assert sign_in(client, user).status_code == 302
    for path in ("/", HOMES[role], "/hosts/", "/admin/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index")), path
    answer = client.get(reverse("mfa_index"))
    assert answer.status_code == 200
    assert "Your role needs a second step" in answer.content.decode()
    assert client.post("/trainee/start/", {"title": "x"}).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("role", OTHERS)
def test_trainees_hosts_and_employers_are_not_asked(client: Client, role: Role) -> None:
    sign_in(client, verified(person(role, organisation=OrganisationFactory())))
    assert client.get(OTHERS[role]).status_code == 200


def test_second_hat_is_enough_to_need_it(client: Client) -> None:
    from ecett.accounts.models import Membership

    user = verified(person(Role.TRAINEE))
    Membership.objects.create(user=user, role=Role.JUROR, starts_on="2020-01-01")
    sign_in(client, user)
    assert client.get("/trainee/").headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("role", HOMES)
def test_with_a_second_factor_the_password_alone_signs_nobody_in(client: Client, role: Role) -> None:
    user = verified(person(role))
    TOTP.activate(user, SECRET)
    answer = sign_in(client, user, HOMES[role])
    asked = reverse("mfa_authenticate")
    assert answer.headers["Location"].startswith(asked)
    assert client.get(HOMES[role]).headers["Location"].startswith(reverse("account_login")), "not signed in"
    # Going to the sign-in page again starts anew.
    asked = sign_in(client, user, HOMES[role]).headers["Location"]
    wrong = client.post(asked, {"code": "000000" if code_now(SECRET) != "000000" else "111111"})
    assert wrong.status_code == 200
    assert client.get(HOMES[role]).status_code == 302
    asked = sign_in(client, user, HOMES[role]).headers["Location"]
    right = client.post(asked, {"code": code_now(SECRET)})
    assert right.status_code == 302
    assert client.get(HOMES[role]).status_code == 200


def test_recovery_code_opens_once(client: Client) -> None:
    user = verified(person(Role.COORDINATOR))
    TOTP.activate(user, SECRET)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    client.post(sign_in(client, user).headers["Location"], {"code": code})
    assert client.get("/grants/").status_code == 200
    again = Client()
    again.post(sign_in(again, user).headers["Location"], {"code": code})
    assert again.get("/grants/").status_code == 302


def test_taking_the_second_factor_away_closes_the_pages_again(client: Client) -> None:
    user = verified(person(Role.SECRETARY))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    authenticator = TOTP.activate(user, SECRET).instance
    assert client.get("/certification/").status_code == 200
    Authenticator.objects.filter(pk=authenticator.pk).delete()
    assert client.get("/certification/").headers["Location"] == reverse("mfa_index")


def test_administration_has_no_door_of_its_own(client: Client) -> None:
    """Django's own sign-in asks for a password only: it must lead to the portal's."""
    root = verified(User.objects.create_superuser("root@example.org", PASSWORD))
    TOTP.activate(root, SECRET)
    answer = client.post("/admin/login/", {"username": root.email, "password": PASSWORD, "next": "/admin/"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/").status_code == 302


def test_superuser_without_a_hat_needs_it_too(client: Client) -> None:
    root = verified(User.objects.create_superuser("root@example.org", PASSWORD))
    sign_in(client, root)
    assert client.get("/admin/").headers["Location"] == reverse("mfa_index")


def test_demo_mode_waives_it_and_a_banner_says_that_it_is_a_demo(client: Client, settings: Any) -> None:
    settings.DEMO_MODE = True
    sign_in(client, verified(person(Role.COORDINATOR)))
    answer = client.get("/grants/")
    assert answer.status_code == 200
    assert 'class="demo' in answer.content.decode()


def test_people_of_a_demonstration_cannot_sign_in_outside_of_it(client: Client) -> None:
    """A portal that was shown around and then put to use: the open password opens nothing."""
    user = verified(person(Role.TRAINEE, is_demo=True))
    sign_in(client, user)
    answer = client.get("/trainee/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("demo", "too short"),
        ("password123", "too common"),
        ("83610274659", "entirely numeric"),
        ("ada.lovelace", "too similar"),
    ],
)
def test_weak_password_is_refused_with_the_reason(client: Client, password: str, why: str) -> None:
    answer = client.post(
        reverse("account_signup"),
        {
            "email": "ada.lovelace@example.org",
            "first_name": "Ada",
            "last_name": "Lovelace",
            "language": "en",
            "password1": password,
            "password2": password,
        },
    )
    errors = str(answer.context["form"].errors.get("password1", ""))
    assert why in errors, errors
    assert not User.objects.exists()
    assert 'value="ada.lovelace@example.org"' in answer.content.decode(), "what was typed stays"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_coordinator_sets_it_up_and_signs_in_with_it(
    browser_context: Callable[..., Any], javascript: bool
) -> None:
    user = verified(person(Role.COORDINATOR))
    with browser_context(javascript=javascript, width=360) as context:
        page = context.new_page()

        def password() -> None:
            page.goto("/accounts/login/?next=/grants/")
            page.fill("[name=login]", user.email)
            page.fill("[name=password]", PASSWORD)
            page.click("main form[action*=login] button.btn-primary")

        password()
        page.wait_for_selector("text=Your role needs a second step")
        page.click(f"main a[href='{reverse('mfa_activate_totp')}']")
        # Setting it up asks for the password once more.
        page.wait_for_url("**/accounts/reauthenticate/**")
        page.fill("main [name=password]", PASSWORD)
        page.click("main form button.btn-primary")
        page.wait_for_url("**/totp/activate/**")
        secret = page.input_value("#authenticator_secret")
        assert re.fullmatch(r"[A-Z2-7]{32}", secret)
        assert page.locator("main img[src^='data:image/svg']").count() == 1, "the code to scan"
        page.fill("main [name=code]", code_now(secret))
        page.click("main form button.btn-primary")
        page.wait_for_url("**/2fa/recovery-codes/**")
        codes = page.input_value("main textarea").split()
        assert len(set(codes)) == 10
        page.goto("/grants/")
        assert page.inner_text("h1")
        assert "/grants/" in page.url
        context.clear_cookies()
        password()
        page.wait_for_url("**/accounts/2fa/authenticate/**")
        page.fill("main [name=code]", codes[0])
        page.click("main form button.btn-primary")
        page.wait_for_url("**/grants/")
        assert page.inner_text("h1")
