"""docs/states.md says what the transitions say."""

from pathlib import Path

from django.conf import settings

from ecett.portal.lifecycles import describe, lifecycle_models


def test_states_document_is_current() -> None:
    written = Path(settings.BASE_DIR, "docs", "states.md").read_text(encoding="utf-8")
    assert written == describe(), "run manage.py describe_states"


def test_every_lifecycle_is_described() -> None:
    labels = {model._meta.label for model in lifecycle_models()}
    assert {
        "certification.Certificate",
        "certification.Dossier",
        "goodpractices.GoodPractice",
        "grants.Mobility",
        "helpdesk.HelpRequest",
        "helpdesk.Proposal",
        "hosts.Host",
        "trainees.Agreement",
        "trainees.Internship",
        "trainees.Project",
    } <= labels
    text = describe()
    assert "| `accept` | `sent` | `accepted` | Accept |" in text
    assert "| `filed` | Needs screening | Received |" in text
