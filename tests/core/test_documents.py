"""A document is asked for, replaced, revoked and found by its code."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ecett.core.documents import registry, selectors, services
from ecett.core.documents.registry import DocumentKind
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from tests.core.document_kinds import Clock, ask, test_kind
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("storage")


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_request_writes_a_queued_row_and_sends_it_on_commit(
    kind: DocumentKind, sent: list[Any], time: Clock, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = ask()
        assert sent == []
    assert document.state == DocumentState.QUEUED
    assert document.title == "Certificate, Marta Zielińska"
    assert document.context["holder"] == "Marta Zielińska"
    assert document.context["document"]["code"] == document.code
    assert document.context["document"]["verify_url"].endswith(f"/verify/{document.code}/")
    assert sent == [("ecett.core.tasks.render_document", (document.pk,))]


@pytest.mark.django_db
def test_request_freezes_lazy_words_in_the_documents_language(sent: list[Any]) -> None:
    from django.utils.translation import gettext_lazy

    with test_kind(context=lambda _s: {"month": gettext_lazy("November")}, title=gettext_lazy("May")):
        document = ask(language="fr")
    document.refresh_from_db()
    assert (document.context["month"], document.title) == ("novembre", "mai")


@pytest.mark.django_db
def test_request_refuses_a_context_that_is_not_plain() -> None:
    with (
        test_kind(context=lambda _s: {"stay": [{"start": dt.date(2026, 3, 16)}]}),
        pytest.raises(TypeError, match=r"context\.stay\[0\]\.start: date"),
    ):
        ask()


@pytest.mark.django_db
def test_request_keeps_what_was_frozen_when_the_subject_changes(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    subject = UserFactory(first_name="Marta", last_name="Zielińska")
    document = ask(subject=subject)
    subject.last_name = "Nowak"
    subject.save()
    services.render(document.pk)
    document.refresh_from_db()
    assert document.context["holder"] == "Marta Zielińska"


@pytest.mark.django_db(transaction=True)
def test_request_survives_a_broker_that_is_down(
    kind: DocumentKind, quick: list[str], monkeypatch: pytest.MonkeyPatch, time: Clock
) -> None:
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError("no broker")

    monkeypatch.setattr("celery.current_app.send_task", down)
    document = ask()
    assert Document.objects.get(pk=document.pk).state == DocumentState.QUEUED
    # The broker is back: the sweep finds the row after ten seconds, not before.
    revived: list[int] = []
    monkeypatch.setattr(services, "send_task", lambda _task, pk: not revived.append(pk))
    assert services.sweep() == 0
    time.forward(seconds=11)
    assert services.sweep() == 1
    assert revived == [document.pk]


def test_register_refuses_a_second_kind_of_the_same_name() -> None:
    with test_kind() as first, pytest.raises(ValueError, match="twice"):
        registry.register(DocumentKind("test", "Other", "x.html", lambda _s: {}))
    assert first.name not in registry.names()


@pytest.mark.django_db
def test_request_of_an_unknown_kind_names_those_that_exist(kind: DocumentKind) -> None:
    with pytest.raises(registry.KindUnknown, match="test"):
        ask(kind="nothing")


@pytest.mark.django_db
def test_ensure_gives_the_same_document_to_a_double_click(kind: DocumentKind, sent: list[Any]) -> None:
    subject = UserFactory()
    first = services.ensure_document(kind="test", subject=subject, language="en")
    assert services.ensure_document(kind="test", subject=subject, language="en") == first
    services.revoke(document=first, reason="Wrong name", actor=None)
    assert services.ensure_document(kind="test", subject=subject, language="en") != first


# ── Replacing, revoking, verifying ──────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_supersede_once_and_the_old_one_is_no_longer_in_force(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    old = ask()
    services.render(old.pk)
    new = services.supersede(document=old)
    services.render(new.pk)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.in_force, new.in_force) == (False, True)
    verification = selectors.verification(old)
    assert (verification.standing, verification.superseded_by) == ("superseded", new.code)
    assert selectors.current_document(kind="test", subject=old.subject) == new
    with pytest.raises(services.DocumentError, match="already been replaced"):
        services.supersede(document=old)


@pytest.mark.django_db
def test_revoke_needs_a_reason_and_happens_once(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    document = ask()
    services.render(document.pk)
    actor = UserFactory()
    with pytest.raises(services.DocumentError, match="reason"):
        services.revoke(document=document, reason="  ", actor=actor)
    services.revoke(document=document, reason=" Issued twice ", actor=actor)
    verification = selectors.verification(document)
    assert (verification.standing, verification.revoked_reason) == ("revoked", "Issued twice")
    assert document.revoked_by == actor
    with pytest.raises(services.DocumentError, match="already"):
        services.revoke(document=document, reason="Again", actor=actor)


@pytest.mark.django_db
def test_verification_says_what_the_kind_allows(
    kind: DocumentKind, sent: list[Any], quick: list[str]
) -> None:
    document = ask()
    assert selectors.verification(document).standing == "unfinished"
    services.render(document.pk)
    document.refresh_from_db()
    verification = selectors.verification(document)
    assert (verification.standing, verification.sha256) == ("valid", document.sha256)
    assert [value for _label, value in verification.facts.facts] == ["Marta Zielińska"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["{0}", " {0} ", "{1}", "{2}"], ids=["plain", "spaces", "small", "no hyphens"]
)
def test_find_by_code_takes_codes_as_people_type_them(
    typed: str, kind: DocumentKind, sent: list[Any]
) -> None:
    document = ask()
    code = document.code
    assert selectors.find_by_code(typed.format(code, code.lower(), code.replace("-", ""))) == document


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "K7QM", "'; drop table", "Ω" * 15, "2" * 200])
def test_find_by_code_of_something_else_is_none(typed: str, kind: DocumentKind, sent: list[Any]) -> None:
    ask()
    assert selectors.find_by_code(typed) is None
