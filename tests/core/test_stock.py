"""The database plans by what it last saw in its tables: after many new rows it is told to look again."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from ecett.core.imports.engine import import_file
from ecett.core.stock import take_stock
from tests.core.imports_toy import ToyImporter


def believed(table: str) -> int:
    """How many rows the database reckons with; -1 before it has looked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_only_tables_with_many_new_rows_are_looked_into() -> None:
    Group.objects.all().delete()
    take_stock()
    assert believed("auth_group") == 0
    Group.objects.bulk_create(Group(name=f"group {number}") for number in range(30))
    take_stock(changed=100_000)
    assert believed("auth_group") == 0
    take_stock(changed=30)
    assert believed("auth_group") == 30


@pytest.mark.django_db
def test_large_import_ends_with_a_look(tmp_path: Path) -> None:
    """Rows that were undone lie in their table until it is swept; a look at that moment finds full pages with nothing
    in them, and whatever comes into them is then reckoned as one row.
    """
    sheet = tmp_path / "toy.csv"
    sheet.write_text("Name,Day,Beds\n" + "".join(f"place {number},,\n" for number in range(1_500)))
    import_file(ToyImporter(), sheet, dry_run=True)
    take_stock()
    assert believed("auth_group") == Group.objects.count() < 1_500
    import_file(ToyImporter(), sheet)
    assert believed("auth_group") == Group.objects.count() >= 1_500
