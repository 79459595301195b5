"""The pytest plugin of the project: servers for the run, one broker database for each parallel process."""

import gc
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from ecett.runtime import catalogues, places, system
from ecett.runtime.servers import servers, test_database_log

_STACK = ExitStack()
# What PostgreSQL writes when it, or a process of it, did not end by itself.
_CRASH = re.compile(r"PANIC:|was terminated by signal|immediate shutdown|No space left")
# … and when a question took longer than it is told to bear.
_LONG = re.compile(r"LOG:  duration: ")
_LOG_AT_START = 0


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Starts the servers before pytest-django reads the settings (a wrapper runs before every other hook)."""
    parallel = os.environ.get("PYTEST_XDIST_WORKER")
    if parallel:
        # gw0 uses database 1, gw1 database 2: parallel processes do not see each other's tasks.
        number = int(parallel.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = with_database(os.environ["REDIS_URL"], number)
    else:
        catalogues.compile_all()
        # The settings list these folders only when they are there; the `assets` fixture fills them.
        for name in ("assets", "static"):
            places.make_folder(places.var_dir() / name)
        global _LOG_AT_START
        log = test_database_log()
        _LOG_AT_START = log.stat().st_size if log.exists() else 0
        started = _STACK.enter_context(servers("test"))
        os.environ.update(started)
        if "DATABASE_URL" in started:
            os.environ["ECETT_TEST_CLUSTER"] = "1"
    browser = system.find_browser()
    if browser:
        os.environ["ECETT_BROWSER"] = str(browser)
    # Playwright's synchronous interface keeps an event loop in the thread that also uses the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What stands before the first test stays to the end of the run: thousands of tests and modules, which the
    collector of unreachable objects would go through again and again. Pages make their garbage by the hundred
    thousand objects, so it also looks less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def with_database(url: str, number: int) -> str:
    """The address of another database of the same broker: unix sockets name it by ``db``, TCP by the path."""
    base, _mark, _query = url.partition("?")
    if url.startswith("unix:"):
        return f"{base}?db={number}"
    scheme, rest = base.split("://", 1)
    return f"{scheme}://{rest.split('/', 1)[0]}/{number}"


def database_said(said: re.Pattern[str] = _CRASH) -> list[str]:
    """The lines of the database's log that say why it ended in the middle of this run, or something else it said."""
    log = test_database_log()
    if not log.exists():
        return []
    with log.open(errors="replace") as lines:
        lines.seek(_LOG_AT_START)
        return [line.rstrip() for line in lines if said.search(line)]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """A test that lost its database names none of the reasons: they are said in red."""
    if "ECETT_TEST_CLUSTER" not in os.environ:
        return
    if crashes := database_said():
        terminalreporter.section("THE DATABASE CRASHED", sep="!", red=True, bold=True)
        for line in crashes:
            terminalreporter.write_line(line, red=True)
    if long := database_said(_LONG):
        terminalreporter.section("questions to the database that took long", yellow=True)
        for line in long:
            terminalreporter.write_line(line[:2000], yellow=True)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stops what was started for the run."""
    _STACK.close()
