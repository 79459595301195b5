"""A toy importer for the tests of the engine: rows become groups of Django's own (a name, unique)."""

from collections.abc import Iterable
from pathlib import Path

from django.contrib.auth.models import Group

from ecett.core.imports.engine import Importer, batched
from ecett.core.imports.mapping import MappedRow
from ecett.core.imports.report import Report
from ecett.core.words import Message

LAYOUT = """
name = "toy"
version = 1
kind = "hosts"
label = "Toy groups"
[match]
headings = ["Name"]
[columns]
name = "Name"
day = { from = ["Day"], date = ["%d.%m.%Y"], on_error = "empty" }
beds = { from = "Beds", whole = true }
"""


class ToyImporter(Importer):
    """Kind "hosts", so that the portal's own rights apply. A name "boom" is a fault, "dup X" merges
    into X.
    """

    kind = "hosts"
    label = "Toy groups"
    help = "Names become groups."
    fields = frozenset({"name", "day", "beds"})
    required = frozenset({"name"})
    takes_folder = True
    maps = Path("/nonexistent")
    extra_layouts: tuple[str, ...] = (LAYOUT,)

    @classmethod
    def layouts(cls):
        return tuple(cls.layout_from(text, name="toy.toml") for text in cls.extra_layouts)

    def run(self, rows: Iterable[MappedRow], report: Report) -> None:
        for batch in batched(rows, 500):
            names = {row["name"] for row in batch}
            known = set(Group.objects.filter(name__in=names).values_list("name", flat=True))
            new = []
            for row in batch:
                name = row["name"]
                if name == "boom":
                    raise RuntimeError("the toy is broken")
                if name.startswith("dup "):
                    report.merged(row, Message("the same as {name}", {"name": name[4:]}), field="name")
                elif len(name) > 100:
                    report.refused(row, "name", "too long for a group")
                elif name in known:
                    report.unchanged(row)
                else:
                    known.add(name)
                    new.append(Group(name=name))
                    report.created(row)
            Group.objects.bulk_create(new)
