"""What the portal does by itself: each scheduled task is there, does nothing twice, and cards follow new rules."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from ecett.celery import app
from ecett.portal.models import LoadedReference
from hosts.models import Host
from hosts.services import index_hosts
from tests.factories import HostFactory, PracticeFactory

pytestmark = pytest.mark.django_db
SCHEDULE = settings.CELERY_BEAT_SCHEDULE


@pytest.mark.parametrize("name", SCHEDULE)
def test_scheduled_task_runs_again_and_again_over_what_there_is(name: str) -> None:
    HostFactory()
    PracticeFactory()
    app.loader.import_default_modules()
    task = app.tasks[SCHEDULE[name]["task"]]
    task()
    task()


def test_cards_are_indexed_anew_when_the_rules_have_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    host = HostFactory(name="Huis", summary="Verslavingszorg", language="nl")
    index_hosts()
    found = Host.objects.get(pk=host.pk).search

    def load() -> str:
        out = io.StringIO()
        call_command("load_reference", stdout=out, stderr=io.StringIO())
        return out.getvalue()

    load()
    Host.objects.filter(pk=host.pk).update(search="'gone':1")
    assert "index_cards: unchanged" in load()
    assert Host.objects.get(pk=host.pk).search == "'gone':1"
    # An earlier release had other rules.
    LoadedReference.objects.filter(name="index_cards").update(digest="of other rules")
    assert "index_cards: unchanged" not in load()
    assert Host.objects.get(pk=host.pk).search == found


def test_every_scheduled_task_is_named_once(settings: Any) -> None:
    tasks = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert len(set(tasks)) == len(tasks)
