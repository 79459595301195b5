"""Health: alive (the process answers) and ready (database, broker and migrations are there)."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from ecett.core.permissions import public_view

_migrated: dict[str, bool] = {}


@public_view
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "live"})


@public_view
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything the portal needs answers, else 503; each part by name."""
    parts = {"database": _database, "migrations": _migrations, "broker": _broker}
    report: dict[str, Any] = {}
    for name, probe in parts.items():
        try:
            probe()
            report[name] = "ok"
        except Exception as error:  # whatever is wrong with a part, the answer names it
            report[name] = type(error).__name__
    healthy = all(state == "ok" for state in report.values())
    return JsonResponse(
        {"status": "ready" if healthy else "not ready", **report}, status=200 if healthy else 503
    )


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    # Migrations do not come unapplied: once they were all there, a process need not look again.
    if not _migrated.get("done"):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise RuntimeError("unapplied migrations")
        _migrated["done"] = True


def _broker() -> None:
    cache.set("health", "ok", 30)
    if cache.get("health") != "ok":
        raise RuntimeError("the broker forgets")
