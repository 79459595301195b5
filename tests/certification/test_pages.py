"""The pages of certification as each role meets them."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certification import services
from certification.models import Certificate, Dossier, JurySession, PaperEvidence
from ecett.accounts.enums import Role
from ecett.core.clock import today
from ecett.core.todo import todos
from tests.certification.scene import before_jury, full_candidate, jury, stay_of
from tests.factories import DossierFactory, JurySessionFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


# ── The candidate ───────────────────────────────────────────────────────────────────────────────────────
def test_ladder_shows_what_is_there_and_missing(client: Client) -> None:
    user = person(Role.TRAINEE)
    services.issue_internship_certificate(internship=stay_of(user, days="1.0"), holder=user)
    html = as_(client, user).get("/certification/").content.decode()
    assert "Your path to level B" in html
    assert "Confirmed days still missing in one stay of at least 2 days: 1." in html
    assert "Not yet: 2 conditions are missing." in html
    assert html.count("btn-primary") == 1


def test_draft_may_be_opened_with_conditions_missing(client: Client) -> None:
    user = person(Role.TRAINEE)
    first = as_(client, user).post("/certification/open/B/")
    second = client.post("/certification/open/B/")
    dossier = Dossier.objects.get(candidate=user)
    assert first.url == second.url == f"/certification/dossiers/{dossier.public_id}/"
    html = client.get(first.url).content.decode()
    assert "Still missing" in html
    assert "Not yet: 2 things are missing." in html
    assert client.post("/certification/open/A/").status_code == 404
    assert client.get("/certification/open/B/").status_code == 405


def test_extension_of_teaching_support_is_typed_and_read_by_the_jury(client: Client) -> None:
    user = full_candidate()
    dossier = services.open_dossier(candidate=user, level="D")
    page = f"/certification/dossiers/{dossier.public_id}/"
    as_(client, user)
    form = client.get(f"{page}edit/").content.decode()
    assert 'name="extension_reason"' in form
    typed = {"teaching_support_start": "2023-02-01", "extended_until": "2023-01-01", "work_title": "House"}
    wrong = client.post(f"{page}edit/", typed)
    assert wrong.status_code == 422
    assert "id_extended_until_error" in wrong.content.decode()
    wrong = client.post(f"{page}edit/", typed | {"extended_until": "2027-03-31"})
    assert wrong.status_code == 422
    assert "An extension needs its reason" in wrong.content.decode()
    assert 'value="2027-03-31"' in wrong.content.decode(), "what was typed stays"
    right = typed | {"extended_until": "2027-03-31", "extension_reason": "Leave <b>for a child</b>."}
    assert client.post(f"{page}edit/", right).url == page
    found = jury(level="D")
    Dossier.objects.filter(pk=dossier.pk).update(state="jury", session=found.session)
    for reader in (user, found.second, person(Role.SECRETARY)):
        text = as_(client, reader).get(page).content.decode()
        assert "extended until 31 March 2027" in text
        assert "Leave &lt;b&gt;for a child&lt;/b&gt;." in text
    other = services.open_dossier(candidate=user, level="B")
    as_(client, user)
    form = client.get(f"/certification/dossiers/{other.public_id}/edit/").content.decode()
    assert "extension_reason" not in form


def test_dossier_is_written_saved_and_sent(client: Client) -> None:
    user = full_candidate()
    dossier = services.open_dossier(candidate=user, level="B")
    page = f"/certification/dossiers/{dossier.public_id}/"
    practice = user.practices.get().practice
    as_(client, user)
    saved = client.post(f"{page}edit/", {"statement": "<script>x</script>", "practices": [practice.pk]})
    assert saved.url == page
    assert "&lt;script&gt;x" in client.get(page).content.decode()
    client.post(f"{page}edit/", {"statement": "I tried it at home.", "practices": [practice.pk], "send": "1"})
    dossier.refresh_from_db()
    assert (dossier.state, dossier.statement) == ("submitted", "I tried it at home.")
    again = client.post(f"{page}submit/", follow=True)
    assert "with the jury already" in again.content.decode()
    late = client.post(f"{page}edit/", {"statement": "changed"}, follow=True)
    assert "can no longer be changed" in late.content.decode()


def test_too_long_statement_is_refused_and_kept(client: Client) -> None:
    user = full_candidate()
    dossier = services.open_dossier(candidate=user, level="B")
    answer = as_(client, user).post(
        f"/certification/dossiers/{dossier.public_id}/edit/", {"statement": "x" * 10_001}
    )
    assert answer.status_code == 422
    assert "x" * 10_001 in answer.content.decode()


def test_incomplete_dossier_is_kept_and_says_what_is_missing(client: Client) -> None:
    user = person(Role.TRAINEE)
    dossier = services.open_dossier(candidate=user, level="B")
    answer = as_(client, user).post(
        f"/certification/dossiers/{dossier.public_id}/edit/", {"statement": "Soon.", "send": "1"}, follow=True
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.statement) == ("draft", "Soon.")
    assert "Confirmed days still missing in one stay" in answer.content.decode()


def test_withdrawing_is_asked_first_and_done_once(client: Client) -> None:
    user = full_candidate()
    dossier = services.open_dossier(candidate=user, level="B")
    page = f"/certification/dossiers/{dossier.public_id}/"
    assert "Withdraw this dossier?" in as_(client, user).get(page).content.decode()
    assert client.post(f"{page}withdraw/").url == page
    assert client.post(f"{page}withdraw/").url == page
    dossier.refresh_from_db()
    assert dossier.state == "withdrawn"


def test_paper_stay_that_ends_before_it_begins_is_refused(client: Client) -> None:
    user = person(Role.TRAINEE)
    dossier = services.open_dossier(candidate=user, level="C")
    page = f"/certification/dossiers/{dossier.public_id}/paper/stay/"
    values = {"host": "Old house", "city": "Namur", "country": "BE",
              "start": "2025-03-04", "end": "2025-03-01",
              "confirmed_days": "2.3", "note": "A letter"}  # fmt: skip
    refused = as_(client, user).post(page, values)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "This is before the first day." in html
    assert "Give whole or half days." in html
    client.post(page, {**values, "end": "2025-03-05", "confirmed_days": "1.5"})
    paper = PaperEvidence.objects.get()
    assert (paper.record["confirmed_days"], paper.record["host"]) == (1.5, "Old house, Namur")
    staff = person(Role.SECRETARY)
    assert as_(client, staff).post(f"/certification/paper/{paper.public_id}/verify/").status_code == 404


def test_strangers_find_nothing_and_jurors_no_desk(client: Client) -> None:
    dossier = services.open_dossier(candidate=full_candidate(), level="B")
    for role in (Role.TRAINEE, Role.HELPDESK, Role.JUROR, Role.SECRETARY):
        assert (
            as_(client, person(role)).get(f"/certification/dossiers/{dossier.public_id}/").status_code == 404
        )
    as_(client, person(Role.JUROR))
    for path in ("queue/", "sessions/", "sessions/new/", "certificates/"):
        assert client.get(f"/certification/{path}").status_code == 403
    client.logout()
    assert client.get("/certification/").status_code == 302


# ── The secretary ───────────────────────────────────────────────────────────────────────────────────────
def test_queue_previews_counts_and_says_why_one_is_left_out(client: Client) -> None:
    found, secretary = jury(), person(Role.SECRETARY)
    good = DossierFactory(candidate=full_candidate(), state="submitted")
    other = DossierFactory(candidate=full_candidate(), state="submitted", level="C")
    chosen = {"chosen": [good.public_id, other.public_id], "session": found.session.public_id}
    preview = as_(client, secretary).post("/certification/queue/", chosen).content.decode()
    assert "1 dossier goes" in preview
    assert "It is of level C." in preview
    good.refresh_from_db()
    assert good.state == "submitted"
    for _click in range(2):
        client.post("/certification/queue/", {**chosen, "confirm": "1"})
    good.refresh_from_db()
    other.refresh_from_db()
    assert (good.state, good.session, other.state) == ("jury", found.session, "submitted")


def test_session_form_shows_interests_and_keeps_what_was_typed(client: Client) -> None:
    found, secretary = jury(), person(Role.SECRETARY)
    dossier = DossierFactory(candidate=full_candidate(), state="submitted")
    found.second.memberships.create(role="juror", organisation=dossier.candidate.trainee_profile.employer)
    html = as_(client, secretary).get("/certification/sessions/new/").content.decode()
    assert "Luc Vandamme" in html
    assert "works for the candidate&#x27;s organisation" in html
    values = {"title": "Jury B, Lyon", "level": "B", "day": today().isoformat(),
              "place": "Lyon", "quorum": "3",
              "jurors": [found.chair.pk, found.second.pk], "chair": found.third.pk}  # fmt: skip
    refused = client.post("/certification/sessions/new/", values)
    assert refused.status_code == 422
    assert "Choose at least as many jurors" in refused.content.decode()
    assert "Jury B, Lyon" in refused.content.decode()
    values |= {"jurors": [one.pk for one in found.people]}
    client.post("/certification/sessions/new/", values)
    made = JurySession.objects.get(title="Jury B, Lyon")
    assert made.seats.get(is_chair=True).user == found.third


def test_session_page_shows_progress_not_votes(client: Client) -> None:
    found = jury()
    dossier = before_jury(found)
    services.cast_vote(dossier=dossier, juror=found.second, vote="no", reason="Too thin to judge.")
    html = (
        as_(client, person(Role.SECRETARY)).get(f"/certification/sessions/{found.session.public_id}/").content
    )
    assert b"1 of 3, 3 needed" in html
    assert b"Too thin to judge." not in html


def test_lists_take_the_same_queries_for_one_row_and_thirty(client: Client) -> None:
    secretary = person(Role.SECRETARY)
    as_(client, secretary)
    for path, make in (
        ("/certification/queue/", lambda: DossierFactory(state="submitted")),
        ("/certification/sessions/", JurySessionFactory),
        ("/certification/certificates/", _certificate),
    ):
        make()
        counts = []
        for more in (0, 24):
            for _n in range(more):
                make()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1], path
        assert counts[1] <= 16


def _certificate() -> Certificate:
    trainee = person(Role.TRAINEE)
    return services.issue_internship_certificate(internship=stay_of(trainee), holder=trainee)


def test_unknown_filter_finds_nothing(client: Client) -> None:
    certificate = _certificate()
    as_(client, person(Role.SECRETARY))
    assert certificate.number in client.get("/certification/certificates/?level=A").content.decode()
    for query in ("level=X", "q=nobody", "state=gone"):
        assert certificate.number not in client.get(f"/certification/certificates/?{query}").content.decode()


def test_secretary_revokes_from_the_page(client: Client) -> None:
    certificate = _certificate()
    page = f"/certification/certificates/{certificate.public_id}/"
    as_(client, person(Role.SECRETARY))
    assert "Revoke this certificate?" in client.get(page).content.decode()
    client.post(f"{page}step/revoke/", {"comment": ""})
    certificate.refresh_from_db()
    assert certificate.state == "valid"
    client.post(f"{page}step/revoke/", {"comment": "Wrong person."})
    certificate.refresh_from_db()
    assert certificate.state == "revoked"
    as_(client, certificate.holder)
    assert client.post(f"{page}step/confirm/", {"comment": "x"}).status_code == 403


# ── The jury ────────────────────────────────────────────────────────────────────────────────────────────
def test_vote_without_reason_comes_back_with_what_was_chosen(client: Client) -> None:
    found = jury()
    dossier = before_jury(found)
    answer = as_(client, found.second).post(
        f"/certification/dossiers/{dossier.public_id}/vote/", {"vote": "no"}
    )
    assert answer.status_code == 422
    assert "the minutes hold your reason" in answer.content.decode()
    assert not dossier.votes.exists()


def test_chair_decides_on_the_page_once(client: Client) -> None:
    found = jury(quorum=1)
    dossier = before_jury(found)
    page = f"/certification/dossiers/{dossier.public_id}/"
    as_(client, found.chair)
    assert "Record the decision" not in client.get(page).content.decode()
    client.post(f"{page}vote/", {"vote": "no", "reason": "Too thin."})
    assert "the certificate is not awarded" in client.get(page).content.decode()
    refused = client.post(f"{page}decide/", {"reason": ""})
    assert refused.status_code == 422
    assert "A refusal needs its reason" in refused.content.decode()
    for _click in range(2):
        assert client.post(f"{page}decide/", {"reason": "Show what came of it."}).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.decision_reason) == ("refused", "Show what came of it.")
    html = as_(client, dossier.candidate).get(page).content.decode()
    assert "Show what came of it." in html
    assert "Too thin." not in html


def test_recusing_closes_the_page(client: Client) -> None:
    found = jury()
    dossier = before_jury(found)
    page = f"/certification/dossiers/{dossier.public_id}/"
    as_(client, found.second).post(f"{page}recuse/", {"reason": "A neighbour."})
    assert client.get(page).status_code == 404
    assert client.post(f"{page}vote/", {"vote": "yes"}).status_code == 404


def test_todo_asks_for_vote_then_decision() -> None:
    found = jury(quorum=1)
    dossier = before_jury(found)
    assert "Give your vote" in str(todos(found.chair)[0].text)
    services.cast_vote(dossier=dossier, juror=found.chair, vote="yes")
    assert "record the decision" in str(todos(found.chair)[0].text)


# ── Help and command ────────────────────────────────────────────────────────────────────────────────────
def test_rules_are_told_with_version_and_source(client: Client) -> None:
    html = as_(client, person(Role.TRAINEE)).get("/certification/rules/").content.decode()
    assert "10 days of training" in html
    assert "24 to 36 months" in html
    assert "decided readings of ECETT-Networks" in html


def test_check_ladder_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    case = {"id": 1, "level": "A", "dossier_opened_on": "2026-05-01", "evidence": {"stays": [
        {"id": "s1", "host": "h1", "start": "2026-03-02", "end": "2026-03-02", "confirmed_days": 0.5},
    ]}}  # fmt: skip
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(case) + "\nnonsense\n"))
    with pytest.raises(SystemExit) as stop:
        call_command("check_ladder")
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert stop.value.code == 1
    assert first == {
        "id": 1,
        "eligible": True,
        "missing": [],
        "proof": [{"code": "visit", "records": ["s1"]}],
    }
    assert second["error"] == "bad_json"
