"""Certificates a second through the real worker, held against the bare rendering with as many processes."""

from __future__ import annotations

import multiprocessing
import sys
import time
from pathlib import Path
from random import Random
from socket import socket
from typing import Any

from ecett.portal.bench.report import Measure, against, at_most, middle, plain
from ecett.runtime.processes import stop
from ecett.runtime.up import portal_services

CERTIFICATES = 24
ROUNDS = 3
# As many as the worker of `up` has processes.
CONCURRENCY = 2
PATIENCE = 180.0


def run(_file: str | None = None) -> list[Measure]:
    """Everything of the benchmark `documents`; its process's settings point at a database of its own."""
    from django.conf import settings
    from django.db import connections

    from ecett.core.models import Document

    prepare()
    logs = Path(settings.VAR_DIR) / "bench"
    logs.mkdir(parents=True, exist_ok=True)
    bare, through, bytes_each = [], [], []
    with socket() as unused:
        worker = portal_services(unused, logs)[1]
        process = worker.start()
        try:
            order(2)
            wait_ready()
            for _ in range(ROUNDS):
                contexts = list(Document.objects.order_by("pk").values_list("context", "language")[:1])
                connections.close_all()
                bare.append(CERTIFICATES / render_bare(contexts[0]))
                started = time.perf_counter()
                order(CERTIFICATES)
                wait_ready()
                through.append(CERTIFICATES / (time.perf_counter() - started))
            failed = Document.objects.filter(state="failed").count()
            bytes_each = list(Document.objects.filter(state="ready").values_list("size", flat=True))
        finally:
            stop(process, *worker.stop_steps)
    return [
        against(
            "certificates through the worker", middle(through), "documents/s", middle(bare), at_least=0.85
        ),
        at_most("certificates that failed", failed, "documents", 0),
        plain("size of a certificate", middle(bytes_each) / 1000, "kB"),
    ]


def prepare() -> None:
    """A host and enough confirmed stays to certify."""
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


def order(count: int) -> None:
    """Ask for certificates of stays that have none; the worker hears of them when that is committed."""
    from django.db import transaction

    from certification.services import issue_internship_certificate
    from ecett.portal.seeding.run import quiet
    from trainees.models import Internship

    stays = (
        Internship.objects.filter(certificates=None).select_related("project__trainee").order_by("pk")[:count]
    )
    with quiet(), transaction.atomic():
        for stay in stays:
            issue_internship_certificate(internship=stay, holder=stay.project.trainee)


def wait_ready() -> None:
    """Until no document waits. Raises RuntimeError after three minutes."""
    from ecett.core.models import Document

    until = time.monotonic() + PATIENCE
    while Document.objects.filter(state__in=("queued", "rendering")).exists():
        if time.monotonic() > until:
            raise RuntimeError(f"documents still wait after {PATIENCE:.0f} s: does the worker run?")
        time.sleep(0.02)


def render_bare(sample: tuple[dict[str, Any], str]) -> float:
    """Seconds for as many renderings of one certificate, not sealed or stored, in as many processes."""
    with multiprocessing.get_context("spawn").Pool(CONCURRENCY, initializer=_warm) as pool:
        pool.map(_render, [sample] * CONCURRENCY, chunksize=1)
        started = time.perf_counter()
        pool.map(_render, [sample] * CERTIFICATES, chunksize=1)
        return time.perf_counter() - started


def _warm() -> None:
    import django

    django.setup()
    from ecett.core.documents import rendering

    rendering.warm_up()


def _render(sample: tuple[dict[str, Any], str]) -> int:
    from certification.services import kinds
    from ecett.core.documents import registry, rendering

    context, language = sample
    template = registry.get(kinds.CERTIFICATE).template
    return len(rendering.render_pdf(template=template, context=context, language=language))
