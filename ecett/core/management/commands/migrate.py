"""Django's ``migrate``, which draws the models once for a row of like operations instead of once for each.

Before an operation changes a table, Django builds the classes of its model and of all that are related to it anew;
here everything is related, and making the tables of a new portal took 38 s, of which the database needed two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from itertools import groupby
from typing import Any

from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# None of these changes what another one of its kind has made: the state may know all of a row before the database does.
ALIKE = (CreateModel, AddField, AddConstraint, AddIndex, AddTrigger, RemoveTrigger)


class AtOnce(Operation):
    """A row of operations of one kind."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell the state of all; its models are drawn when the database asks for the first."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Change the tables, one operation after the other."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)


def in_rows(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations in the same order, like neighbours as one."""
    rows: list[Operation] = []
    for kind, group in groupby(operations, type):
        row = list(group)
        rows += [AtOnce(row)] if kind in ALIKE and len(row) > 1 else row
    return rows


class Executor(MigrationExecutor):
    """Applies migrations in rows."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> Any:
        """Of migrations that are only noted as done, the operations are left as they are."""
        if not (fake or fake_initial):
            migration = copy(migration)
            migration.operations = in_rows(migration.operations)  # type: ignore[misc]
        return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)


class Command(migrate.Command):
    """``manage.py migrate``."""

    def handle(self, *args: Any, **options: Any) -> None:
        # The command has no other place to say who applies migrations.
        vars(migrate)["MigrationExecutor"] = Executor
        super().handle(*args, **options)
