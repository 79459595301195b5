"""Pages of the exports: columns and a preview, the sheet or the job that makes it, its progress and its file.

Each list has two views of its own, which say what was `Asked` and let `choose` and `hand_out` answer.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from ecett.core.exports import kinds, selectors, services
from ecett.core.exports.forms import ExportForm
from ecett.core.exports.kinds import FORMS, ExportKind
from ecett.core.exports.orders import Order
from ecett.core.exports.sheets import MAX_XLSX_ROWS, TooManyRows, csv_cell, file_response
from ecett.core.models import ExportJob
from ecett.core.models.exportjob import ExportState

log = structlog.get_logger(__name__)

PREVIEW_ROWS = 5
PREVIEW_LENGTH = 60
# Names of the address that are no filters.
OWN_NAMES = ("format", "column")


@dataclass(frozen=True)
class Asked:
    """What a list's page asks for. ``address``: the filters in one order, ``language`` of its words; ``chips``: the
    filters as {label, url}; ``faults``: (name, value) of the address that mean nothing here; ``others``: (label,
    address) of other forms of the same.
    """

    kind: ExportKind
    address: str
    language: str
    chips: Sequence[dict[str, str]]
    faults: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]] = ()

    @property
    def filters(self) -> list[str]:
        """The filters in words."""
        return [chip["label"] for chip in self.chips]


def choose(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """Choose form and columns, look at the first rows; then the file, or the page of the job that makes it."""
    if request.method != "POST":
        form, faults = _read_address(request, asked)
        return _page(request, asked, form, faults)
    form = ExportForm(request.POST, kind=asked.kind, user=request.user)
    valid = form.is_valid()
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "core/exports/_preview.html", _preview(request, asked, form.chosen))
    if asked.faults or not valid:
        return _page(request, asked, form, asked.faults, status=422)
    data = form.cleaned_data
    if request.POST.get("go") == "preview":
        said = [("format", data["format"]), *(("column", name) for name in data["column"])]
        return redirect(f"{_address(request, asked.kind, said)}#preview")
    order = Order(asked.kind, data["format"], tuple(data["column"]), asked.address, asked.language)
    try:
        return _hand_out(request, order, asked.filters, once=data["once"])
    except TooManyRows as error:
        form.add_error("format", error.say())
    except services.NotPossible as error:
        form.add_error(None, str(error))
    return _page(request, asked, form, (), status=422)


def hand_out(
    request: HttpRequest, asked: Asked, *, form: str, headings: Sequence[str] = ()
) -> HttpResponseBase:
    """What scripts ask for by an address: a small sheet at once; of a large one the page of the job, and its file once
    it is made. What is wrong with the address is told on the page where columns are chosen.

    ``headings``: columns, also private ones, which the caller has the right to hand out; those of the address without.
    """
    kind = asked.kind
    faults = [*asked.faults]
    if form not in FORMS:
        faults.append((_("Form of the file"), form[:60]))
    if not headings:
        headings = request.GET.getlist("column") or kind.usual()
        faults += [(_("Column"), name[:60]) for name in headings if name not in kind.usual()]
    usual = ExportForm(kind=kind, user=request.user)
    if faults:
        return _page(request, asked, usual, faults, status=422)
    order = Order(kind, form, tuple(headings), asked.address, asked.language)
    if made := selectors.made_lately(order, request.user):
        return redirect("exports:export_file", made.public_id)
    try:
        return _hand_out(request, order, asked.filters)
    except TooManyRows as error:
        refused = error.say()
    except services.NotPossible as error:
        refused = str(error)
    return _page(request, asked, usual, (), status=422, refused=refused)


@never_cache
@require_GET
def export_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A job: how far it is, then its file."""
    job = _job(request, public_id)
    services.note_watched(job)
    kind = kinds.find(job.kind)
    context = _progress_context(job) | {
        "label": selectors.label_of(job),
        "crumbs": [(kind.label, reverse(kind.list_page))] if kind else [],
        "form": job.form.upper(),
        "columns": [column.label for column in kind.chosen(job.columns)] if kind else job.columns,
        "choose_url": _choose_url(kind, job) if kind else "",
        "removed_on": job.finished_at + services.KEPT if job.finished_at else None,
        "days": services.KEPT.days,
    }
    return render(request, "core/exports/export_detail.html", context)


@never_cache
@require_GET
def export_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The progress alone, asked for while it is made; once it has ended the whole page is fetched again."""
    job = _job(request, public_id)
    if not job.pending:
        return HttpResponseClientRefresh()
    services.note_watched(job)
    return render(request, "core/exports/_progress.html", _progress_context(job))


@never_cache
@require_GET
def export_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file; the page of the job while there is none."""
    job = _job(request, public_id)
    if job.state != ExportState.READY:
        return redirect("exports:export_detail", job.public_id)
    try:
        file = job.file.open("rb")
    except (OSError, ValueError) as error:
        log.error("export_file_missing", job=job.public_id, file=job.file.name, error=str(error))
        services.remove(job=job)
        messages.error(request, _("The file of this export is gone. It can be made again."))
        return redirect("exports:export_detail", job.public_id)
    services.note_taken(job=job)
    kind = kinds.find(job.kind)
    return file_response(file, form=job.form, filename=kind.filename if kind else job.kind)


@require_POST
def export_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop the job, or delete its file."""
    job = services.remove(job=_job(request, public_id))
    cancelled = job.state == ExportState.CANCELLED
    messages.success(request, _("The export was cancelled.") if cancelled else _("The file was deleted."))
    return redirect("exports:export_detail", job.public_id)


@require_POST
def export_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make it again, of what is there now."""
    job = _job(request, public_id)
    try:
        job = services.make_again(job=job)
    except services.NotPossible as error:
        messages.error(request, str(error))
    return redirect("exports:export_detail", job.public_id)


def _hand_out(
    request: HttpRequest, order: Order, filters: Sequence[str], *, once: str = ""
) -> HttpResponseBase:
    total = order.count()
    if order.form == "xlsx" and total > MAX_XLSX_ROWS:
        raise TooManyRows(MAX_XLSX_ROWS)
    if total <= services.AT_ONCE:
        stream = services.write_at_once(order=order, user=request.user)
        return file_response(stream, form=order.form, filename=order.kind.filename)
    job = services.queue_export(order=order, user=request.user, filters=filters, once=once)
    return redirect("exports:export_detail", job.public_id)


def _page(
    request: HttpRequest,
    asked: Asked,
    form: ExportForm,
    faults: Sequence[tuple[str, str]],
    *,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    kind = asked.kind
    order = Order(kind, "csv", (), asked.address, asked.language)
    total = 0 if faults else order.count()
    context = {
        "asked": asked,
        "kind": kind,
        "form": form,
        "faults": faults,
        "refused": refused,
        "total": total,
        "at_once": total <= services.AT_ONCE,
        "crumbs": [(kind.label, _list_url(request, kind))],
        "action": _address(request, kind),
        "here": request.path == reverse(kind.page),
        "all_url": f"{_address(request, kind, [('column', name) for name in kind.usual()])}#columns",
        "short_url": f"{_address(request, kind, [('column', name) for name in kind.short])}#columns",
        "last": selectors.last_exports(request.user, kind.name),
        "days": services.KEPT.days,
        **({} if faults else _preview(request, asked, form.chosen)),
    }
    return render(request, "core/exports/choose.html", context, status=status)


def _preview(request: HttpRequest, asked: Asked, chosen: Collection[str]) -> dict[str, Any]:
    """The first rows of the chosen columns, as they will stand in the sheet but for their length."""
    form = ExportForm(kind=asked.kind, user=request.user)
    known = {name for name, _label in form.fields["column"].choices}  # type: ignore[attr-defined]
    order = Order(asked.kind, "csv", tuple(known.intersection(chosen)), asked.address, asked.language)
    columns = order.columns
    rows = order.first(PREVIEW_ROWS) if columns and not asked.faults else []
    return {
        "headings": [column.heading for column in columns],
        "rows": [[_shown(csv_cell(column.of(row), column.kind)) for column in columns] for row in rows],
        "lacking": sorted(asked.kind.needed.difference(order.headings)),
    }


def _shown(text: str) -> str:
    return text if len(text) <= PREVIEW_LENGTH else f"{text[: PREVIEW_LENGTH - 1]}…"


def _read_address(request: HttpRequest, asked: Asked) -> tuple[ExportForm, list[tuple[str, str]]]:
    """The form as the address fills it, and all that is wrong with the address."""
    initial: dict[str, Any] = {}
    faults = [*asked.faults]
    form = ExportForm(kind=asked.kind, user=request.user)
    known = {name for name, _label in form.fields["column"].choices}  # type: ignore[attr-defined]
    if wanted := request.GET.getlist("column"):
        initial["column"] = [name for name in wanted if name in known]
        faults += [(_("Column"), name[:60]) for name in wanted if name not in known]
    if given := request.GET.get("format", ""):
        if given in FORMS:
            initial["format"] = given
        else:
            faults.append((_("Form of the file"), given[:60]))
    return ExportForm(kind=asked.kind, user=request.user, initial=initial), faults


def _address(request: HttpRequest, kind: ExportKind, more: Sequence[tuple[str, str]] = ()) -> str:
    """The address of the page with its filters, however wrong, and these choices."""
    return f"{reverse(kind.page)}?{urlencode([*_filters(request), *more])}"


def _filters(request: HttpRequest) -> list[tuple[str, str]]:
    """What the address narrows, as it was given."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in (*OWN_NAMES, "page")
    ]


def _list_url(request: HttpRequest, kind: ExportKind) -> str:
    return f"{reverse(kind.list_page)}?{urlencode(_filters(request))}"


def _choose_url(kind: ExportKind, job: ExportJob) -> str:
    said = [("format", job.form), *(("column", name) for name in job.columns)]
    return f"{reverse(kind.page)}?{'&'.join(filter(None, (job.address, urlencode(said))))}"


def _job(request: HttpRequest, public_id: str) -> ExportJob:
    return get_object_or_404(selectors.exports_of(request.user), public_id=public_id)


def _progress_context(job: ExportJob) -> dict[str, Any]:
    known = job.state == ExportState.RUNNING and job.total > 0
    return {
        "job": job,
        "value": min(job.done, job.total) if known else None,
        "poll": reverse("exports:export_progress", args=[job.public_id]),
    }
