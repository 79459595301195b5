"""Fixtures that every test may use: a real worker, a real browser, a real mail server. Servers:
ecett.runtime.testing.
"""

import fcntl
import io
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from email.message import EmailMessage, Message
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from ecett.runtime import places, system
from ecett.runtime.processes import spawn, stop, tail
from ecett.runtime.template import ensure_template
from tests.patience import PATIENCE, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

NO_BROWSER = "no browser on this machine"
DATA_FOLDER = places.ROOT.parent / "shared" / "data"
BROWSER_OPTIONS = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A busy machine, or a dictionary that is read at the first use, is no fault of what is tested.
hypothesis_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("portal")


# ── Order
# ──────────────────────────────────────────────────────────────────────────────────────────────────────
def seconds(item: pytest.Item) -> int:
    """What the mark `slow` says of a test's length."""
    mark = item.get_closest_marker("slow")
    return 0 if mark is None else int(mark.kwargs.get("seconds", 5))


def by_length(items: list[pytest.Item]) -> list[pytest.Item]:
    """Files with long tests first, and the longest of each file; a file stays together, and what is equally long
    stays as it was shuffled.
    """
    longest: dict[Path, int] = {}
    for item in items:
        longest[item.path] = max(longest.get(item.path, 0), seconds(item))
    place = {path: number for number, path in enumerate(longest)}
    return sorted(items, key=lambda item: (-longest[item.path], place[item.path], -seconds(item)))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A long test that begins last leaves the other process without work. Django's order comes after this one and
    stands above it: tests that empty the database run after those that only read it.
    """
    items[:] = by_length(items)


# ── Databases
# ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """In the embedded cluster the test database is copied from a migrated one, instead of migrating
    each time.
    """
    from django.conf import settings

    if os.environ.get("ECETT_TEST_CLUSTER"):
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = ensure_template(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Ends what a server's thread has left open, and lets nobody in again, else the test database could not be
    dropped.
    """
    yield
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    connection.close()
    # Only people's connections: the database's own workers may not be ended, and end by themselves.
    others = "FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(name)} ALLOW_CONNECTIONS false")
        # Milliseconds: an ended connection takes a moment to be gone.
        cursor.execute(f"SELECT pg_terminate_backend(pid, 10000) {others}", [name])


# ── Pages
# ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session", autouse=True)
def only_pages_are_recorded(django_test_environment: None) -> Iterator[None]:
    """The test client keeps a copy of the context of whatever template is rendered, and a form of fifty fields is
    two thousand of them: here of the page alone, which is what tests ask for, and the rest renders as it does in
    daily work.
    """
    from django.template.base import Template
    from django.test.signals import template_rendered

    inside = ContextVar("inside", default=False)

    def render(template: Template, context: Any) -> str:
        if inside.get():
            return str(template.nodelist.render(context))
        template_rendered.send(sender=template, template=template, context=context)
        outermost = inside.set(True)
        try:
            return str(template.nodelist.render(context))
        finally:
            inside.reset(outermost)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True)
def language_of_a_page_ends_with_its_test() -> Iterator[None]:
    """Django leaves the language of the last page in the thread, as each request chooses its own: a test that asks
    none would read the words of the one before it.
    """
    yield
    from django.utils import translation

    translation.deactivate()


# ── A real Celery worker
# ────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session")
def worker_process(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A prefork worker on this process's test database and broker database; gives its log."""
    from django.db import connection

    address = urlsplit(os.environ["DATABASE_URL"])
    environment = {
        **os.environ,
        "DATABASE_URL": urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}")),
        "ECETT_REAL_WORKER": "1",
    }
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    worker = [sys.executable, "-m", "ecett.runtime.worker", "--without-heartbeat"]
    process = spawn(worker, log=log, death_signal=signal.SIGKILL, cwd=places.ROOT, environment=environment)
    try:

        def ready() -> bool:
            assert process.poll() is None, f"the worker does not start:\n{tail(log, 40)}"
            return "ready." in (log.read_text() if log.exists() else "")

        wait_for(ready, lambda: f"the worker is not ready:\n{tail(log, 40)}")
        yield log
    finally:
        stop(process, (signal.SIGTERM, 10), (signal.SIGQUIT, 5))


@pytest.fixture
def celery_worker(worker_process: Path, transactional_db: None) -> Iterator[Path]:
    """Tasks go to the real worker during this test (mark it `worker`); gives the worker's log.

    The database is truncated after the test, since another process wrote to it; the queue is emptied first.
    """
    from ecett.celery import app

    eager = app.conf.task_always_eager
    app.conf.task_always_eager = False
    app.control.purge()
    try:
        yield worker_process
    finally:
        app.control.purge()
        app.conf.task_always_eager = eager


# ── Fonts and stylesheet
# ───────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session")
def assets() -> Path:
    """The folder of fonts and stylesheet, built when it is not current: for real pages and real PDFs."""
    from django.conf import settings
    from django.core.management import call_command

    with (places.var_dir() / "assets.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("build_assets", stdout=io.StringIO())
    return Path(settings.ASSETS_DIR)


# ── A real browser
# ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session")
def browser(assets: Path) -> "Iterator[Browser]":
    """Chromium, one for each parallel process. A machine without one gets a red block at the end of the
    run.
    """
    executable = system.find_browser()
    if executable is None:
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    options = [*BROWSER_OPTIONS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(executable), args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_context(browser: "Browser", live_server: Any) -> Callable[..., Any]:
    """``with browser_context(locale="fr", javascript=False, width=360) as context``: a fresh visitor of the
    live server, ``context.new_page().goto("/hosts/")``.
    """

    @contextmanager
    def visitor(
        *, locale: str = "en", javascript: bool = True, width: int = 1280, height: int = 900, **options: Any
    ) -> "Iterator[BrowserContext]":
        context = browser.new_context(
            base_url=live_server.url,
            locale=locale,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            **options,
        )
        # Milliseconds; shorter than what a worker may take, since somebody waits when a page is wrong.
        context.set_default_timeout(PATIENCE * 1000 / 4)
        try:
            yield context
        finally:
            context.close()

    return visitor


# ── A real mail server
# ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def smtp(settings: Any) -> "Iterator[list[Message]]":
    """Django's mail goes over SMTP to a real server; gives the list of messages that arrived."""
    from email import policy
    from email.parser import BytesParser

    from aiosmtpd.controller import Controller

    arrived: list[Message] = []

    class Inbox:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            message = BytesParser(EmailMessage, policy=policy.default).parsebytes(envelope.content)
            arrived.append(message)
            return "250 taken"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Inbox(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    try:
        yield arrived
    finally:
        controller.stop()


# ── Real data
# ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files to import, which is not part of the project."""
    if not DATA_FOLDER.is_dir():
        pytest.skip(f"the real data are not there: {DATA_FOLDER}")
    return DATA_FOLDER


# ── What the run did not test
# ───────────────────────────────────────────────────────────────────────────────────
def untested_for_want_of_a_browser(terminal: Any) -> list[str]:
    """The ids of the tests that were skipped because there is no browser."""
    return [
        report.nodeid
        for report in terminal.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and NO_BROWSER in report.longrepr[2]
    ]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A build machine without a browser has not tested the portal: that is a failure."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    on_build_machine = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    if on_build_machine and terminal is not None and untested_for_want_of_a_browser(terminal):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says in red which tests did not run for want of a browser."""
    untested = untested_for_want_of_a_browser(terminalreporter)
    if untested:
        terminalreporter.section("NOT TESTED: no browser", sep="!", red=True, bold=True)
        for name in untested:
            terminalreporter.write_line(name, red=True)
        terminalreporter.write_line(
            f"{len(untested)} tests need Chromium: apt-get install chromium, or set ECETT_BROWSER.",
            red=True,
            bold=True,
        )
