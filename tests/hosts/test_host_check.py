"""Is your card still right: the yearly letter, its answer by link, and what silence does to a team."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecett.core import links
from ecett.core.clock import today
from ecett.core.models import Notification
from ecett.core.notifications import registry
from ecett.core.todo import todos
from ecett.core.workflow import Denied
from hosts.models import Host, HostCheck
from hosts.services import ask_host, confirm_host, follow_up_hosts, set_status
from hosts.services import letters as kinds
from hosts.silence import SilenceRules
from tests.factories import HostFactory, OrganisationFactory, person

pytestmark = pytest.mark.django_db
RULES = SilenceRules()
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
# Days after the start on which something falls due for a team asked on the first one.
REMINDED = [1 + RULES.remind_every * (at + 1) for at in range(RULES.reminders)]
DOUBTED = REMINDED[-1] + RULES.potential_after
RESTED = DOUBTED + RULES.inactive_after


class Traveller:
    """A clock that is put forward by hand: Django's own, which stamps rows too."""

    moment = START

    def shift(self, by: dt.timedelta) -> None:
        self.moment += by


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Traveller:
    traveller = Traveller()
    monkeypatch.setattr(timezone, "now", lambda: traveller.moment)
    return traveller


def run_on(travel: Traveller, *days: int) -> None:
    """Look on these days (counted from the start), the letters delivered the same evening. That days between them
    change nothing is for the tests of the pure rules.
    """
    for number in days:
        travel.moment = START + dt.timedelta(days=number)
        follow_up_hosts()
        Notification.objects.filter(state="queued").update(state="sent")


def partner(**fields: Any) -> Host:
    return HostFactory(last_confirmed_on=today() - dt.timedelta(days=RULES.ask_after), **fields)


def address() -> str:
    """The path of the link in the last letter."""
    found = re.search(r"https?://[^/\s]+(/hosts/check/\S+)", Notification.objects.order_by("-pk")[0].text)
    assert found is not None
    return found[1]


def standing(host: Host) -> tuple[str, str]:
    host = Host.objects.get(pk=host.pk)
    return host.status, host.silent_from


# ── who is asked, and when ──────────────────────────────────────────────────────────────────────────────────
def test_letter_goes_once_to_those_whose_year_is_over(travel: Traveller) -> None:
    partner(name="Due", spokesperson_email="due@example.org")
    partner(name="Potential, confirmed once", status="potential", spokesperson_email="once@example.org")
    HostFactory(name="Fresh", last_confirmed_on=today() - dt.timedelta(days=RULES.ask_after - 1))
    HostFactory(name="Imported", status="potential", last_confirmed_on=None)
    partner(name="Resting", status="inactive")
    partner(name="Draft", moderation="draft")
    partner(name="Nobody to write to", spokesperson_email="")
    assert follow_up_hosts() == {"ask": 2}
    assert follow_up_hosts() == {}
    assert {row.email for row in Notification.objects.all()} == {"due@example.org", "once@example.org"}


def test_limit_of_a_day_holds_letters_back_for_the_next(travel: Traveller, settings: Any) -> None:
    settings.HOST_LETTERS_A_DAY = 2
    for _n in range(3):
        partner()
    assert [follow_up_hosts()["ask"], HostCheck.objects.count()] == [2, 2]
    travel.shift(dt.timedelta(days=1))
    assert [follow_up_hosts()["ask"], HostCheck.objects.count()] == [1, 3]


def test_letter_speaks_the_language_of_the_contact_and_names_the_day(travel: Traveller) -> None:
    partner(name="Huset", spokesperson_language="fr")
    follow_up_hosts()
    letter = Notification.objects.get()
    assert (letter.language, letter.subject_line) == ("fr", "Votre fiche est-elle encore juste ? Huset")
    assert "4 mai 2026" in letter.text
    assert "4 mai 2026" in letter.html


# ── the answer ──────────────────────────────────────────────────────────────────────────────────────────────
def test_opening_the_link_changes_nothing_and_one_press_confirms(travel: Traveller, client: Client) -> None:
    host = partner(name="Huset")
    ask_host(host=host)
    for _visit in range(2):
        page = client.get(address())
        assert (page.status_code, "It is still right" in page.content.decode()) == (200, True)
    assert client.head(address()).status_code == 200
    assert Host.objects.get().last_confirmed_on == host.last_confirmed_on
    answered = client.post(address(), follow=True).content.decode()
    assert "Thank you for your answer!" in answered
    assert "It is still right" not in answered
    assert (Host.objects.get().last_confirmed_on, HostCheck.objects.get().answered_by) == (
        today(),
        "Maja Lind",
    )


def test_second_press_a_week_later_does_not_make_the_card_fresher(travel: Traveller, client: Client) -> None:
    ask_host(host=partner())
    link = address()
    client.post(link)
    travel.shift(dt.timedelta(days=7))
    assert client.post(link).status_code == 302
    assert Host.objects.get().last_confirmed_on == today() - dt.timedelta(days=7)


def test_team_puts_its_card_right_by_the_link_and_that_confirms_it(travel: Traveller, client: Client) -> None:
    host = partner(name="Huset")
    ask_host(host=host)
    link = f"{address()}edit/"
    form = client.get(link).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if name != "concepts"}
    typed |= {"lang0-language": "sv", "lang0-level": "C1", "sectors": ["addiction"], "target_groups": []}
    refused = client.post(link, {**typed, "name": "", "summary": "Nine colleagues"})
    assert (refused.status_code, "Nine colleagues" in refused.content.decode()) == (422, True)
    assert client.post(link, {**typed, "summary": "Nine colleagues"}).status_code == 302
    host.refresh_from_db()
    assert (host.summary, host.last_confirmed_on) == ("Nine colleagues", today())


def test_who_confirmed_too_soon_still_writes_for_a_week(travel: Traveller, client: Client) -> None:
    host = partner(name="Huset")
    ask_host(host=host)
    link = address()
    answered = client.post(link, follow=True).text
    assert f'href="{link}edit/"' in answered
    assert f'href="{link}photos/"' in answered
    form = client.get(f"{link}edit/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if name != "concepts"}
    typed |= {"lang0-language": "sv", "lang0-level": "C1", "sectors": ["addiction"], "target_groups": []}
    assert client.post(f"{link}edit/", {**typed, "summary": "Ten by now"}).status_code == 302
    host.refresh_from_db()
    assert host.summary == "Ten by now"
    travel.shift(dt.timedelta(days=8))
    assert "edit/" not in client.get(link).text
    for name in ("edit", "photos"):
        assert client.get(f"{link}{name}/").status_code == 302


def test_link_altered_or_made_for_something_else_opens_nothing(travel: Traveller, client: Client) -> None:
    host = partner()
    check = ask_host(host=host)
    assert check is not None
    other = links.make(purpose="proposal", subject=check, email="m@example.org", days=10)
    mistaken = links.make(purpose="host_check", subject=host, email="m@example.org", days=10)
    for token in (address().split("/")[-2] + "x", other, mistaken):
        for name in ("check_answer", "check_edit"):
            assert client.post(reverse(f"hosts:{name}", args=[token])).status_code == 404
    assert HostCheck.objects.get().answered_on is None


def test_expired_link_offers_a_new_one_to_the_same_address_once(travel: Traveller, client: Client) -> None:
    ask_host(host=partner(spokesperson_email="maja@example.org"))
    token = address().split("/")[-2]
    travel.shift(dt.timedelta(days=401))
    page = client.post(reverse("hosts:check_answer", args=[token]))
    assert (page.status_code, "m…@example.org" in page.content.decode()) == (410, True)
    for _press in range(2):
        client.post(reverse("hosts:check_renew", args=[token]))
    assert Notification.objects.filter(kind=kinds.CHECK_REMINDER, email="maja@example.org").count() == 1
    client.post(address())
    assert Host.objects.get().last_confirmed_on == today()


# ── silence ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_silence_makes_a_partner_potential_then_inactive_and_tells_the_desk(
    travel: Traveller, desk: Any
) -> None:
    host = partner(name="Huset")
    run_on(travel, 1, *REMINDED, DOUBTED - 1)
    assert standing(host) == ("partner", "")
    run_on(travel, DOUBTED)
    assert standing(host) == ("potential", "partner")
    assert [(item.title, "now “Potential host”" in str(item.text)) for item in todos(desk)] == [
        ("Huset", True)
    ]
    run_on(travel, RESTED - 1)
    assert standing(host) == ("potential", "partner")
    run_on(travel, RESTED)
    assert standing(host) == ("inactive", "partner")
    assert [(row.step, row.actor_role) for row in Host.objects.get().log.all()] == [
        ("doubt", "system"),
        ("rest", "system"),
    ]
    sent = list(Notification.objects.order_by("pk").values_list("kind", flat=True))
    assert sent == [kinds.CHECK, *[kinds.CHECK_REMINDER] * RULES.reminders, kinds.DOUBTED, kinds.RESTING]
    run_on(travel, RESTED + 1, RESTED + 400)
    assert Notification.objects.count() == len(sent)


@pytest.mark.parametrize("was", ["partner", "potential"])
@pytest.mark.parametrize("silent", [[DOUBTED], [DOUBTED, RESTED]])
def test_answer_after_any_silence_gives_back_what_the_team_was(
    travel: Traveller, client: Client, was: str, silent: list[int]
) -> None:
    host = partner(status=was)
    run_on(travel, 1, *REMINDED, *silent)
    client.post(address())
    assert standing(host) == (was, "")
    assert Host.objects.get().last_confirmed_on == today()


def test_letters_that_never_left_us_are_no_silence_of_the_team(travel: Traveller, desk: Any) -> None:
    host = partner(name="Huset")
    for number in (1, *REMINDED, DOUBTED, DOUBTED + 30):
        travel.moment = START + dt.timedelta(days=number)
        follow_up_hosts()
        Notification.objects.update(state="failed")
    assert standing(host) == ("partner", "")
    assert "could not be delivered" in str(next(item.text for item in todos(desk) if item.title == "Huset"))


def test_reminder_goes_to_the_address_that_the_desk_has_put_right(travel: Traveller) -> None:
    host = partner(spokesperson_email="gone@example.org")
    run_on(travel, 1)
    Host.objects.filter(pk=host.pk).update(spokesperson_email="here@example.org")
    run_on(travel, REMINDED[0])
    assert [row.email for row in Notification.objects.order_by("pk")] == [
        "gone@example.org",
        "here@example.org",
    ]


# ── the desk ────────────────────────────────────────────────────────────────────────────────────────────────
def test_desk_that_sets_the_status_ends_the_question_for_a_year(
    travel: Traveller, client: Client, desk: Any
) -> None:
    host = partner()
    run_on(travel, 1, *REMINDED, DOUBTED)
    client.force_login(desk)
    page = client.get(reverse("hosts:host_detail", args=[host.public_id])).content.decode()
    assert "Before its silence this team was: Partner" in page
    url = reverse("hosts:host_status", args=[host.public_id])
    client.post(url, {"status": "partner", "comment": "Called them"})
    assert standing(host) == ("partner", "")
    assert Host.objects.get().log.get(step="make_partner").comment == "Called them"
    letters_so_far = Notification.objects.count()
    run_on(travel, DOUBTED + RULES.ask_after - 1)
    assert Notification.objects.count() == letters_so_far
    run_on(travel, DOUBTED + RULES.ask_after)
    assert Notification.objects.count() == letters_so_far + 1


def test_author_who_does_not_speak_for_the_team_gives_nothing_back(travel: Traveller) -> None:
    author = person("trainee")
    host = HostFactory(created_by=author, status="potential", silent_from="partner")
    confirm_host(host=host, actor=author)
    assert standing(host) == ("potential", "partner")
    with pytest.raises(Denied):
        set_status(host=host, status="partner", actor=author)
    place = OrganisationFactory(kind="hosting")
    Host.objects.filter(pk=host.pk).update(organisation=place)
    confirm_host(host=host, actor=person("host", organisation=place))
    assert standing(host) == ("partner", "")


def test_partner_without_an_address_is_the_desks_to_do(travel: Traveller, desk: Any) -> None:
    partner(name="Nobody", spokesperson_email="")
    assert [(item.title, "no e-mail address" in str(item.text)) for item in todos(desk)] == [("Nobody", True)]


def test_card_of_a_resting_team_says_so_to_everybody(client: Client) -> None:
    host = HostFactory(status="inactive")
    page = client.get(reverse("hosts:host_detail", args=[host.public_id])).content.decode()
    assert "This team receives nobody at present" in page


@pytest.mark.parametrize("language", [code for code, _name in django_settings.LANGUAGES])
@pytest.mark.parametrize("was", ["partner", "potential"])
def test_each_letter_is_whole_in_each_language(travel: Traveller, language: str, was: str) -> None:
    partner(status=was, spokesperson_language=language)
    run_on(travel, 1, *REMINDED, DOUBTED, RESTED)
    written = set(Notification.objects.values_list("kind", "language"))
    assert written == {
        (kind, language) for kind in (kinds.CHECK, kinds.CHECK_REMINDER, kinds.DOUBTED, kinds.RESTING)
    }
    assert {name for name, _language in written} <= {kind.name for kind in registry.kinds()}
    assert all(row.subject_line and "/hosts/check/" in row.text for row in Notification.objects.all())


# ── what the page and the letter say ────────────────────────────────────────────────────────────────────────
def test_card_without_a_town_leaves_no_hole_in_its_letter(travel: Traveller) -> None:
    partner(name="Huset", city="")
    follow_up_hosts()
    assert "find your team, Huset, by its card" in Notification.objects.get().text


def test_page_asks_to_fill_in_what_lacks_before_it_asks_to_confirm(travel: Traveller, client: Client) -> None:
    host = partner(name="Huset", spokesperson_name="")
    ask_host(host=host)
    assert '<button class="btn btn-primary">It is still right' in client.get(address()).text
    Host.objects.update(summary="", spokesperson_email="team@example.org")
    page = client.get(address()).text
    assert "The card does not say yet: who it is for." in page
    assert page.index("Fill in the card") < page.index('<button class="btn">It is still right')
    assert "· team@example.org" not in page


def test_page_of_a_resting_team_says_what_its_answer_gives_back(travel: Traveller, client: Client) -> None:
    partner(name="Huset")
    run_on(travel, 1, *REMINDED, DOUBTED)
    page = client.get(address()).text
    assert "so the card says “Potential host”. Your answer makes it “Partner” again." in page
    assert "Without an answer by" in page
    run_on(travel, RESTED)
    page = client.get(address()).text
    assert "so the card says “Inactive”" in page
    assert "Without an answer by" not in page


@pytest.mark.parametrize(("language", "said"), [("it", "Grazie"), ("el", "Merci"), ("", "Merci")])
def test_page_speaks_as_the_letter_did_or_else_as_the_browser_asks(
    travel: Traveller, client: Client, language: str, said: str
) -> None:
    ask_host(host=partner(name="Huset", language="el"))
    HostCheck.objects.update(language=language)
    page = client.post(address(), follow=True, headers={"Accept-Language": "fr"}).text
    assert said in page
