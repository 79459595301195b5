"""Documents a second through the real worker, held against the bare rendering of the same documents.

Through the worker: from the moment a row is queued until it is ready, which is template, rendering, seal, file,
rows and the way through the broker. Bare: template and rendering in a loop, in as many processes. Both are warm,
both make the same documents, and neither runs while the other is measured. On a machine that does other work at
the same time the rates say little; the time of the processor says more, so it is measured too.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.pool import Pool
from pathlib import Path
from random import Random
from socket import socket
from typing import TYPE_CHECKING, Any

from ecett.portal.bench.processes import processor_seconds, proportional_memory
from ecett.portal.bench.report import Measure, against, at_most, middle, plain
from ecett.runtime.processes import stop
from ecett.runtime.up import portal_services

if TYPE_CHECKING:
    from ecett.core.models import Document

ROUNDS = 5
# As many as the worker of `up` has processes.
CONCURRENCY = 2
PATIENCE = 300.0
# A long agreement: a programme of three weeks.
PROGRAMME_DAYS, ITEMS_A_DAY = 15, 5

Page = tuple[str, dict[str, Any], str]


@dataclass
class Rounds:
    """What was measured: documents a second, milliseconds of the processor for a document."""

    rate: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)


@dataclass
class Batch:
    """Documents of one kind, so many in a round."""

    name: str
    count: int
    ask: Callable[[int], Sequence[Document]]
    through: Rounds = field(default_factory=Rounds)
    bare: Rounds = field(default_factory=Rounds)
    told: Rounds = field(default_factory=Rounds)


def run(_file: str | None = None) -> list[Measure]:
    """Everything of the benchmark `documents`; its process's settings point at a database of its own."""
    from django.conf import settings

    folder = Path(settings.VAR_DIR) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    batches = [Batch("certificates", 24, certificates), Batch("long agreements", 8, agreements)]
    try:
        prepare()
        with socket() as unused, bare_processes() as pool:
            worker = portal_services(unused, folder)[1]
            process = worker.start()
            try:
                for batch in batches:
                    measure(batch, process.pid, pool, count=CONCURRENCY * 2)
                    batch.through, batch.bare, batch.told = Rounds(), Rounds(), Rounds()
                warm = max(proportional_memory(process.pid))
                for _ in range(ROUNDS):
                    for batch in batches:
                        measure(batch, process.pid, pool, count=batch.count)
                memory = max(proportional_memory(process.pid))
            finally:
                stop(process, *worker.stop_steps)
        return [
            *results(batches),
            at_most("memory of a worker process", memory, "MB", 250),
            at_most("what it grew by", memory - warm, "MB", 25),
        ]
    finally:
        for name in ("media", "keys", "mail"):
            shutil.rmtree(folder / name, ignore_errors=True)


def results(batches: Sequence[Batch]) -> Sequence[Measure]:
    """What was found of each batch."""
    from ecett.core.models import Document

    found = []
    for batch in batches:
        rate, bare_rate = middle(batch.through.rate), middle(batch.bare.rate)
        found.append(
            against(f"{batch.name} through the worker", rate, "documents/s", bare_rate, at_least=0.85)
        )
        work, bare_work = middle(batch.through.work), middle(batch.bare.work)
        name = f"{batch.name}: time of the processor for one"
        found.append(Measure(name, work, "ms", bare_work, work / bare_work))
    certificates = Document.objects.filter(kind="certificate", state="ready")
    return [
        *found,
        plain("certificates with the letter to their holders", middle(batches[0].told.rate), "documents/s"),
        at_most("documents that failed", Document.objects.exclude(state="ready").count(), "documents", 0),
        plain("size of a certificate", middle(certificates.values_list("size", flat=True)) / 1000, "kB"),
    ]


def measure(batch: Batch, worker: int, pool: Pool, *, count: int) -> None:
    """One round: so many documents through the worker, then the very same ones bare."""
    from django.db import connections, transaction

    from ecett.core import clock
    from ecett.core.documents import registry
    from ecett.core.models import Document
    from ecett.portal.seeding.run import quiet

    with quiet(), transaction.atomic():
        rows = [document.pk for document in batch.ask(count)]
        queued, work = clock.now(), processor_seconds(worker)
    documents = Document.objects.filter(pk__in=rows)
    wait_until(lambda: not documents.filter(state__in=("queued", "rendering")).exists())
    batch.through.work.append(1000 * (processor_seconds(worker) - work) / count)
    last = max(moment for moment in documents.values_list("ready_at", flat=True) if moment)
    batch.through.rate.append(count / (last - queued).total_seconds())
    # Letters go to the holders of certificates: the worker must have nothing left to do when it is the loop's turn.
    wait_until(nothing_waits)
    batch.told.rate.append(count / (clock.now() - queued).total_seconds())
    pages = [
        (registry.get(document.kind).template, document.context, document.language) for document in documents
    ]
    connections.close_all()
    started, work = time.perf_counter(), bare_seconds()
    pool.map(_render, pages, chunksize=1)
    batch.bare.rate.append(count / (time.perf_counter() - started))
    batch.bare.work.append(1000 * (bare_seconds() - work) / count)


def wait_until(done: Callable[[], bool]) -> None:
    """Looks now and then, so as not to take much of the worker's time. Raises RuntimeError at last."""
    until = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > until:
            raise RuntimeError(f"documents still wait after {PATIENCE:.0f} s: does the worker run?")
        time.sleep(0.1)


def nothing_waits() -> bool:
    """All holders of certificates have been written to."""
    from certification.models import Certificate
    from ecett.core.models import Notification

    return not (
        Certificate.objects.filter(announced_at=None).exists()
        or Notification.objects.filter(state="queued").exists()
    )


# ── What is ordered ─────────────────────────────────────────────────────────────────────────────────────────
def prepare() -> None:
    """Hosts, confirmed stays to certify, and one long agreement."""
    from django.core.management import call_command

    from ecett.accounts.models import Organisation
    from ecett.portal import demo
    from ecett.portal.seeding.history import make_history
    from ecett.portal.seeding.hosts import make_hosts
    from ecett.portal.seeding.run import quiet

    call_command("build_assets", stdout=sys.stderr)
    call_command("load_reference", stdout=sys.stderr)
    rng = Random(7)
    with quiet():
        hosts = make_hosts(list(demo.hosts(rng, 40)))
        employer = Organisation.objects.create(name="De Oever vzw", kind="sending", country="BE", city="Gent")
        people = [demo.person(rng, "BE", language="en", number=number) for number in range(300)]
        make_history(rng, people, [employer], hosts)
        make_agreement()


def make_agreement() -> None:
    """An agreement with a programme of three weeks, as a row."""
    import datetime as dt

    from trainees.models import Agreement, Internship, ProgrammeItem

    stay = Internship.objects.select_related("host").order_by("pk").last()
    if stay is None:
        raise RuntimeError("there is no stay to make an agreement for")
    Agreement.objects.create(internship=stay, language="en")
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            internship=stay,
            day=stay.start + dt.timedelta(days=day),
            time=dt.time(8 + 2 * item),
            activity="Shadowing the outreach team on its round, and the talk over the cases afterwards",
            place=f"{stay.host.city}, street work base {item + 1}",
            guide=stay.host_contact,
        )
        for day in range(PROGRAMME_DAYS)
        for item in range(ITEMS_A_DAY)
    )


def certificates(count: int) -> Sequence[Document]:
    """Certificates of stays that have none."""
    from certification.services import issue_internship_certificate
    from trainees.models import Internship

    stays = (
        Internship.objects.filter(certificates=None).select_related("project__trainee").order_by("pk")[:count]
    )
    issued = [issue_internship_certificate(internship=stay, holder=stay.project.trainee) for stay in stays]
    return [one.document for one in issued if one.document]


def agreements(count: int) -> Sequence[Document]:
    """So many copies of the long agreement."""
    from ecett.core.documents.services import request_document
    from trainees.models import Agreement

    agreement = Agreement.objects.get()
    return [request_document(kind="agreement", subject=agreement, language="en") for _ in range(count)]


# ── The bare loop ───────────────────────────────────────────────────────────────────────────────────────────
def bare_processes() -> Pool:
    """Processes that render and do nothing else."""
    return multiprocessing.get_context("spawn").Pool(CONCURRENCY, initializer=_warm)


def bare_seconds() -> float:
    """Time of the processor that these processes have taken."""
    return sum(processor_seconds(process.pid) for process in multiprocessing.active_children() if process.pid)


def _warm() -> None:
    import django

    django.setup()
    from ecett.core.documents import rendering

    rendering.load()
    rendering.warm_up()


def _render(page: Page) -> int:
    from ecett.core.documents import rendering

    template, context, language = page
    return len(rendering.render_pdf(template=template, context=context, language=language))
