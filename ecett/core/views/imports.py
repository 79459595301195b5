"""Pages of the imports: the list, the upload, a job with its progress and its notes."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from ecett.core.exports.sheets import INTEGER, Column, csv_response, xlsx_response
from ecett.core.imports import registry, selectors, services
from ecett.core.imports.files import refused_rows
from ecett.core.imports.forms import ImportForm
from ecett.core.models import ImportJob
from ecett.core.models.importjob import Answer, ImportState
from ecett.core.permissions import check

JOBS_A_PAGE = 25
NOTES_A_PAGE = 30
NOTE_COLUMNS = (
    Column("line", "line", INTEGER),
    Column("outcome", "outcome"),
    Column("field", "field"),
    Column("reason", "reason"),
)


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """What was imported, by whom, and with what result; and where to send the next file."""
    importers = selectors.importers_for(request.user)
    if not importers:
        raise PermissionDenied(_("Imports are done by the helpdesks and the coordinators."))
    page = Paginator(selectors.jobs_visible_to(request.user), JOBS_A_PAGE).get_page(request.GET.get("page"))
    labels = {importer.kind: importer.label for importer in importers}
    return render(
        request, "core/imports/import_list.html", {"importers": importers, "page_obj": page, "labels": labels}
    )


@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a file of one kind."""
    importer = registry.find(kind)
    if importer is None:
        raise Http404
    check(request.user, importer.permission())
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        importer=importer,
        max_bytes=settings.UPLOAD_MAX_BYTES,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        job = services.queue_import(
            kind=kind,
            file=data["file"],
            filename=data["file"].name,
            dry_run=data["dry_run"],
            layout=data["layout"],
            map_text=data["map_file"],
            once=data["once"],
            requested_by=request.user,
        )
        return redirect("imports:import_detail", job.public_id)
    context = {
        "form": form,
        "importer": importer,
        "crumbs": _crumbs(importer.label),
        "layouts": importer.layouts(),
    }
    return render(request, "core/imports/import_form.html", context, status=422 if form.errors else 200)


@require_GET
def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A job: how far it is, what came of it, and a word on every row that needs one."""
    job = _job(request, public_id)
    outcome = request.GET.get("outcome", "")
    notes = Paginator(selectors.notes_of(job, outcome), NOTES_A_PAGE).get_page(request.GET.get("page"))
    context = _progress_context(job) | {
        "label": _label(job),
        "crumbs": _crumbs(_label(job)),
        "outcome": outcome,
        "questions": list(job.questions.all()) if job.dry_run else [],
        "answers": Answer.choices,
        "outcomes": selectors.outcomes_of(job),
        "page_obj": notes,
        "followed_by": ImportJob.objects.filter(follows=job).first() if job.dry_run else None,
    }
    return render(request, "core/imports/import_detail.html", context)


@require_GET
def import_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The progress alone, asked for while the job runs; once it has ended the whole page is fetched again."""
    job = _job(request, public_id)
    if not job.pending:
        return HttpResponseClientRefresh()
    return render(request, "core/imports/_progress.html", _progress_context(job))


@require_GET
def import_notes_csv(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The notes that the page shows, as CSV."""
    job = _job(request, public_id)
    notes = selectors.notes_of(job, request.GET.get("outcome", ""))
    return csv_response(filename=f"import-{job.public_id}-notes", columns=NOTE_COLUMNS, rows=notes)


@require_GET
def import_refused(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The rows that were refused, as a sheet to put right and send again, each with its reason."""
    job = _job(request, public_id)
    if not job.refused:
        raise Http404
    columns, rows = refused_rows(job)
    return xlsx_response(filename=f"refused-{job.public_id}", columns=columns, rows=rows)


@require_POST
def import_apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Do for real what a dry run has tried."""
    job = _job(request, public_id)
    try:
        real = services.apply_dry_run(job=job, requested_by=request.user, answers=_answers(request))
    except services.NotPossible as error:
        messages.error(request, str(error))
        return redirect("imports:import_detail", job.public_id)
    return redirect("imports:import_detail", real.public_id)


@require_POST
def import_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop a job that has not ended."""
    job = _job(request, public_id)
    try:
        services.cancel(job=job)
    except services.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The import was cancelled; nothing was imported."))
    return redirect("imports:import_detail", job.public_id)


def _job(request: HttpRequest, public_id: str) -> ImportJob:
    return get_object_or_404(selectors.jobs_visible_to(request.user), public_id=public_id)


def _answers(request: HttpRequest) -> dict[int, str]:
    """``question-NUMBER`` of the form; what is no number is no question."""
    found = {}
    for name, value in request.POST.items():
        number = name.removeprefix("question-")
        if name != number and number.isascii() and number.isdigit() and len(number) < 18:
            found[int(number)] = str(value)
    return found


def _label(job: ImportJob) -> Any:
    importer = registry.find(job.kind)
    return importer.label if importer else job.kind


def _crumbs(last: Any) -> list[tuple[Any, str]]:
    return [(_("Imports"), reverse("imports:import_list")), (last, "")]


def _progress_context(job: ImportJob) -> dict[str, Any]:
    known = job.state == ImportState.RUNNING and job.total > 0
    return {
        "job": job,
        "value": min(job.read, job.total) if known else None,
        "poll": reverse("imports:import_progress", args=[job.public_id]),
    }
