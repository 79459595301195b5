"""The import pages: who may, what they show, and what typing and pressing can break."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.core.imports import registry, services
from ecett.core.models import ImportJob, ImportRow
from ecett.core.models.importjob import ImportState
from tests.core.imports_toy import LAYOUT, ToyImporter
from tests.factories import person

pytestmark = pytest.mark.django_db
SHEET = b"Name,Day,Beds\nNamur,,\n<script>alert(1)</script>,,x\ndup Namur,,\n"


class RatesToy(ToyImporter):
    kind = "rates"
    label = "Toy rates"

    @classmethod
    def layouts(cls):
        return ()


@pytest.fixture(autouse=True)
def toy(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    # A demo needs no second factor.
    settings.DEMO_MODE = True
    monkeypatch.setattr(registry, "_importers", {"hosts": ToyImporter, "rates": RatesToy})
    monkeypatch.setattr("ecett.core.dispatch.send_task", lambda *args: True)


@pytest.fixture
def desk(client):
    user = person(Role.HELPDESK)
    client.force_login(user)
    return user


def address(name: str, job: ImportJob) -> str:
    return reverse(f"imports:{name}", args=[job.public_id])


def queued(**options) -> ImportJob:
    options = {"kind": "hosts", "filename": "toy.csv", "dry_run": False} | options
    return services.queue_import(file=ContentFile(options.pop("content", SHEET)), **options)


def done(**options) -> ImportJob:
    job = queued(**options)
    services.run_job(job.pk)
    job.refresh_from_db()
    assert job.error == ""
    return job


def send(client, kind: str = "hosts", **fields):
    fields = {"file": SimpleUploadedFile("toy.csv", SHEET), "dry_run": "on", "layout": "", **fields}
    return client.post(reverse("imports:import_new", args=[kind]), fields)


def test_desk_sees_her_kinds_and_jobs_only(client, desk):
    done()
    other = queued(kind="rates", filename="rates.csv")
    text = client.get(reverse("imports:import_list")).content.decode()
    assert "Toy groups" in text
    assert "toy.csv" in text
    assert "Toy rates" not in text
    assert "rates.csv" not in text
    assert client.get(address("import_detail", other)).status_code == 404
    assert client.post(address("import_cancel", other)).status_code == 404
    assert send(client, "rates").status_code == 403
    assert client.get("/imports/new/unknown/").status_code == 404


def test_trainee_and_visitor_may_not(client):
    job = done()
    assert client.get(reverse("imports:import_list")).status_code == 302
    client.force_login(person(Role.TRAINEE))
    assert client.get(reverse("imports:import_list")).status_code == 403
    assert send(client).status_code == 403
    for name in ("import_detail", "import_progress", "import_notes_csv"):
        assert client.get(address(name, job)).status_code == 404


def test_sent_file_becomes_a_job_and_the_page_follows_it(client, desk):
    answer = send(client)
    job = ImportJob.objects.get()
    assert (answer.status_code, answer.url) == (302, address("import_detail", job))
    assert (job.kind, job.filename, job.dry_run, job.requested_by) == ("hosts", "toy.csv", True, desk)
    text = client.get(answer.url).content.decode()
    assert "Waiting for a worker" in text
    assert f'hx-get="{address("import_progress", job)}"' in text
    assert 'http-equiv="refresh"' in text.partition("<noscript>")[2]
    ImportJob.objects.update(state=ImportState.RUNNING, read=400, total=1600)
    fragment = client.get(address("import_progress", job), headers={"HX-Request": "true"}).content.decode()
    assert "400 of 1,600 rows" in fragment
    assert '<progress aria-label="Importing" max="1600" value="400">' in " ".join(fragment.split())
    assert "<html" not in fragment
    ImportJob.objects.update(state=ImportState.DONE)
    assert client.get(address("import_progress", job))["HX-Refresh"] == "true"


def test_dry_run_shows_what_would_happen_and_is_made_real_once(client, desk):
    send(client)
    job = ImportJob.objects.get()
    services.run_job(job.pk)
    text = client.get(address("import_detail", job)).content.decode()
    assert "Nothing is written yet" in text
    assert "3 rows read" in text
    assert not Group.objects.exists()
    first = client.post(address("import_apply", job))
    second = client.post(address("import_apply", job))
    real = ImportJob.objects.get(follows=job)
    assert first.url == second.url == address("import_detail", real)
    services.run_job(real.pk)
    assert Group.objects.get().name == "Namur"
    assert (
        "this trial was followed by the import itself"
        in client.get(address("import_detail", job)).content.decode()
    )


def test_only_a_dry_run_that_is_done_is_made_real(client, desk):
    job = done()
    answer = client.post(address("import_apply", job), follow=True)
    assert "Only a dry run that is done can be made real." in answer.content.decode()
    assert ImportJob.objects.count() == 1


def test_notes_are_filtered_by_outcome_and_escaped(client, desk):
    job = done(content=b"Name,Day,Beds\nx,,<script>alert(1)</script>\ndup Namur,,\n")
    everything = client.get(address("import_detail", job)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;” is not a number" in everything
    assert "<script>alert(1)" not in everything
    assert "the same as Namur" in everything
    refused = client.get(address("import_detail", job), {"outcome": "refused"}).content.decode()
    assert "is not a number" in refused
    assert "the same as Namur" not in refused
    nothing = client.get(address("import_detail", job), {"outcome": "unheard of"}).content.decode()
    assert "There is nothing to say about single rows." in nothing


def test_notes_as_csv_are_those_of_the_filter(client, desk):
    job = done(content=b"Name,Day,Beds\nx,,=1\ndup Namur,,\n")
    answer = client.get(address("import_notes_csv", job), {"outcome": "refused"})
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(text))) == [
        ["line", "outcome", "field", "reason"],
        ["2", "refused", "beds", "“=1” is not a number"],
    ]


def test_cancel_before_and_after_the_end(client, desk):
    job = queued()
    answer = client.post(address("import_cancel", job), follow=True)
    assert "The import was cancelled; nothing was imported." in answer.content.decode()
    assert not services.run_job(job.pk)
    assert "has already ended" in client.post(address("import_cancel", job), follow=True).content.decode()
    assert client.get(address("import_cancel", job)).status_code == 405


def test_pressing_send_twice_makes_one_job(client, desk):
    form = client.get(reverse("imports:import_new", args=["hosts"]))
    once = form.context["form"]["once"].value()
    first, second = send(client, once=once), send(client, once=once)
    assert first.url == second.url
    assert ImportJob.objects.get().public_id == once


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": ""}, "This field is required."),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "The submitted file is empty."),
        ({"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")}, "Files of this kind are not accepted here."),
        ({"file": SimpleUploadedFile("x.csv", b"%PDF-1.7 ...")}, "it looks like a PDF document"),
        ({"file": SimpleUploadedFile("x.xlsx", b"name\nNamur\n")}, "it looks like plain text"),
        ({"file": SimpleUploadedFile("x.csv", b"n\n" * 20_000)}, "at most 19.5"),
        ({"layout": "unheard-of"}, "is not one of the available choices"),
        ({"map_file": SimpleUploadedFile("m.toml", b"[columns")}, "The column map “m.toml” cannot be used"),
        ({"map_file": SimpleUploadedFile("m.toml", b"\xff\xfe\x00")}, "This column map is not UTF-8 text."),
    ],
)
def test_what_cannot_be_used_is_refused_beside_its_field(client, desk, settings, fields, words):
    settings.UPLOAD_MAX_BYTES = 20_000
    answer = send(client, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_own_column_map_is_kept_with_the_job(client, desk):
    own = LAYOUT.replace('name = "Name"', 'name = "Nom"').split("day = {")[0]
    send(
        client,
        file=SimpleUploadedFile("odd.csv", b"Nom;x\nMons;1\n"),
        map_file=SimpleUploadedFile("own.toml", own.encode()),
        dry_run="",
    )
    job = ImportJob.objects.get()
    services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.created) == (ImportState.DONE, 1)
    assert Group.objects.get().name == "Mons"


def test_failed_job_says_why(client, desk):
    job = queued(content=b"foo,bar\n1,2\n")
    services.run_job(job.pk)
    text = client.get(address("import_detail", job)).content.decode()
    assert "nothing was imported" in text
    assert "The layout of “toy.csv” is unknown" in text


def test_number_of_queries_does_not_grow(client, desk, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    job = done(requested_by=desk)
    one = (queries(reverse("imports:import_list")), queries(address("import_detail", job)))
    for _number in range(29):
        done(requested_by=person(Role.HELPDESK), content=b"Name,Day,Beds\nNamur,,x\n")
    ImportRow.objects.bulk_create(
        ImportRow(job=job, line=n, outcome="refused", reason="no") for n in range(30)
    )
    thirty = (queries(reverse("imports:import_list")), queries(address("import_detail", job)))
    assert thirty == one
    assert max(thirty) <= 12
