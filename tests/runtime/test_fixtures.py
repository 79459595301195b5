"""The fixtures of tests/conftest.py do what they promise."""

import os
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ecett.runtime.testing import with_database


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("unix:///var/run/valkey.sock?db=0", "unix:///var/run/valkey.sock?db=3"),
        ("unix:///var/run/valkey.sock", "unix:///var/run/valkey.sock?db=3"),
        ("redis://:word@broker:6379/0", "redis://:word@broker:6379/3"),
        ("redis://broker", "redis://broker/3"),
    ],
)
def test_each_parallel_process_has_its_own_broker_database(url: str, expected: str) -> None:
    assert with_database(url, 3) == expected


@pytest.mark.django_db
def test_test_database_is_migrated_and_its_own() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert connection.settings_dict["NAME"].startswith("test_")


def test_mail_arrives_over_smtp(smtp: list[EmailMessage]) -> None:
    from django.core.mail import send_mail

    send_mail("Proposition", "Bonjour Ève", "portal@ecett.example", ["eve@demo.example"])

    assert [(message["Subject"], message["To"]) for message in smtp] == [("Proposition", "eve@demo.example")]
    assert "Bonjour Ève" in smtp[0].get_content()


@pytest.mark.worker
def test_worker_takes_a_task_from_the_real_broker(celery_worker: Path) -> None:
    from ecett.celery import app

    answers = app.control.broadcast("ping", reply=True, timeout=5, limit=1)

    assert [list(answer.values()) for answer in answers] == [[{"ok": "pong"}]]
    assert "concurrency: 2 (prefork)" in celery_worker.read_text()


@pytest.mark.browser
def test_browser_is_a_new_visitor_in_the_language_asked(browser_context: Callable[..., Any]) -> None:
    with browser_context(locale="nl", javascript=False, width=360) as context:
        page = context.new_page()
        assert context.cookies() == []
        answer = page.goto("/health/live")

        assert answer.status == 200
        assert answer.request.headers["accept-language"].startswith("nl")
        assert page.viewport_size["width"] == 360


def test_servers_of_the_run_are_in_the_environment() -> None:
    from django.conf import settings

    assert os.environ["REDIS_URL"] == settings.REDIS_URL
