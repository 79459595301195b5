"""Rows of like operations are applied at once (that the tables are the same: every test stands on them)."""

from itertools import pairwise
from typing import Any

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from hypothesis import given
from hypothesis import strategies as st

from ecett.core.management.commands.migrate import ALIKE, AtOnce, in_rows

OPERATIONS = st.lists(
    st.sampled_from(
        [
            lambda: migrations.CreateModel("a", []),
            lambda: migrations.AddField("a", "b", models.TextField()),
            lambda: migrations.AlterField("a", "b", models.TextField()),
            lambda: migrations.RunSQL("SELECT 1"),
        ]
    ).map(lambda make: make()),
    max_size=12,
)


@given(OPERATIONS)
def test_every_operation_stays_in_its_place(operations: list[migrations.operations.base.Operation]) -> None:
    rows = in_rows(operations)
    flat = [one for row in rows for one in (row.operations if isinstance(row, AtOnce) else [row])]
    assert flat == operations
    for row in rows:
        if isinstance(row, AtOnce):
            assert len(row.operations) > 1
            assert len({type(one) for one in row.operations}) == 1
            assert type(row.operations[0]) in ALIKE
    for one, other in pairwise(rows):
        assert type(one) is not type(other) or type(one) not in ALIKE


def test_rows_leave_the_same_state_as_their_operations() -> None:
    loader = MigrationLoader(None)
    one, other = ProjectState(), ProjectState()
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.get_migration(*key)
        for operation in migration.operations:
            operation.state_forwards(migration.app_label, one)
        for operation in in_rows(migration.operations):
            operation.state_forwards(migration.app_label, other)
    assert {key: told(state) for key, state in one.models.items()} == {
        key: told(state) for key, state in other.models.items()
    }


def told(state: ModelState) -> tuple[Any, ...]:
    """What a state says of a model, comparable."""
    fields = {name: field.deconstruct()[1:3] for name, field in state.fields.items()}
    named = {
        option: [one.name for one in state.options.get(option, [])]
        for option in ("constraints", "indexes", "triggers")
    }
    return fields, state.bases, named
