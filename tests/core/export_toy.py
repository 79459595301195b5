"""A toy list for the tests of exports: groups of Django's own, whose names begin with the address; and its jobs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import Group as Row
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from ecett.core.exports import kinds, services
from ecett.core.exports.kinds import ExportKind, Group
from ecett.core.exports.orders import Order
from ecett.core.exports.sheets import INTEGER, Column
from ecett.core.models import ExportJob


def nothing() -> None:
    """Nothing happens while the rows are read."""


def toy(meanwhile: Callable[[], None] = nothing, note: Callable[..., Any] | None = None) -> ExportKind:
    """``meanwhile`` happens once the ids are known, before the rows are read."""

    def load(rows: QuerySet[Any], headings: Collection[str]) -> QuerySet[Any]:
        meanwhile()
        return rows

    return ExportKind(
        name="toy",
        label="Toys",
        filename="toys",
        groups=(
            Group(
                "plain", "Plain", (Column("number", "pk", INTEGER, label="number"), Column("name", "name"))
            ),
            # A right that the desk has.
            Group(
                "secret",
                "Secret",
                (Column("secret", lambda row: row.name[::-1]),),
                permission="hosts.export_contacts",
            ),
        ),
        rows=lambda address, language: Row.objects.filter(name__startswith=address),
        load=load,
        order=("name", "pk"),
        page="hosts:export_choose",
        list_page="hosts:host_list",
        short=("name",),
        layout="none",
        note=note,
    )


def order_of(kind: ExportKind, form: str = "csv", *headings: str, address: str = "") -> Order:
    return Order(kind, form, headings or ("name",), address, "en")


def some_rows(number: int) -> None:
    Row.objects.bulk_create(Row(name=f"g{at:06}") for at in range(number))


def registered(kind: ExportKind) -> ExportKind:
    kinds.register(kind)
    return kind


def queued(
    user: Any, kind: ExportKind | None = None, form: str = "csv", *headings: str, **how: Any
) -> ExportJob:
    kind = kind or registered(toy())
    return services.queue_export(order=order_of(kind, form, *headings), user=user, **how)


def made(job: ExportJob) -> ExportJob:
    assert services.run_job(job.pk)
    job.refresh_from_db()
    return job


def lines(job: ExportJob) -> list[str]:
    return content(job).decode("utf-8-sig").split()


def content(job: ExportJob) -> bytes:
    with job.file.open("rb") as file:
        return file.read()


def stored() -> list[str]:
    return default_storage.listdir("exports")[1] if default_storage.exists("exports") else []
