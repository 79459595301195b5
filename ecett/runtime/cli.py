"""What manage.py does once the packages are there."""

import io
import os
from collections.abc import Callable

from ecett.runtime import places, system
from ecett.runtime.embedded import ServerError
from ecett.runtime.servers import (
    AlreadyRunning,
    ServersBusy,
    missing_addresses,
    servers,
    use_embedded_defaults,
)

# Commands that ask no database.
WITHOUT_SERVERS = {
    "build_assets",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "startproject",
    "version",
    "verify_document",
}
# Commands that see to the tables themselves, or must find them as they are.
WITHOUT_MIGRATION = {
    "dbshell",
    "flush",
    "inspectdb",
    "makemigrations",
    "migrate",
    "restore",
    "showmigrations",
    "sqlflush",
    "sqlmigrate",
    "squashmigrations",
}


def main(argv: list[str]) -> int:
    """Runs ``manage.py up``, ``manage.py test`` or a Django management command; gives the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecett.settings.base")
    name = argv[1] if len(argv) > 1 else "help"
    try:
        if name == "up":
            from ecett.runtime.up import main as run
        elif name == "test":
            from ecett.runtime.testrun import main as run
        else:
            run = management_command
        return run(argv)
    except (AlreadyRunning, ServersBusy, ServerError) as error:
        places.say(str(error))
        return 1
    except KeyboardInterrupt:
        places.say("\nStopped.")
        return 130


def management_command(argv: list[str]) -> int:
    """Runs a Django management command, with servers unless it needs none."""
    system.enter_sysroot(argv)
    name = argv[1] if len(argv) > 1 else "help"
    asks_for_help = bool({"-h", "--help", "--version"} & set(argv[1:]))
    embedded = "DATABASE_URL" in missing_addresses()
    use_embedded_defaults()
    if name in WITHOUT_SERVERS or asks_for_help:
        return execute(argv)
    with servers("command") as environment:
        os.environ.update(environment)
        before = prepare_tables if embedded and name not in WITHOUT_MIGRATION else None
        return execute(argv, before=before)


def execute(argv: list[str], before: Callable[[], None] | None = None) -> int:
    """Hands over to Django."""
    import django
    from django.core.management import execute_from_command_line
    from django.db import connections

    from ecett.runtime import catalogues

    catalogues.compile_all()
    try:
        if before:
            django.setup()
            before()
        execute_from_command_line(argv)
    finally:
        connections.close_all()
    return 0


def prepare_tables() -> None:
    """Applies what is missing to the embedded database, so that any command works on a fresh checkout."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    places.say("Preparing the database (once) ...")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_reference", stdout=io.StringIO())
