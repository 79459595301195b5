"""Somebody exports what a list shows: a small sheet at once, a large one made by the worker while she looks on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from ecett.core.exports import services
from ecett.core.models import ExportJob
from hosts.services import index_hosts
from tests.factories import HostFactory, member
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def names_in(download: Any) -> list[str]:
    text = Path(download.path()).read_text(encoding="utf-8-sig")
    return [row["name"] for row in csv.DictReader(StringIO(text))]


@pytest.mark.parametrize(
    "way",
    [{"locale": "en"}, {"locale": "en", "javascript": False, "width": 360}],
    ids=["with JavaScript", "without JavaScript, small"],
)
def test_small_sheet_at_once_and_large_one_by_the_worker(
    way: dict[str, Any], someone: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    HostFactory(name="Vågbrytaren", country="SE")
    HostFactory(name="De Haven", country="BE", city="Gent")
    HostFactory(name="Huis ten Halve", country="BE", city="Gent")
    index_hosts()
    reader = someone(**way)
    reader.sign_in(member("trainee").email)
    reader.go("/hosts/?country=BE")
    page = reader.page
    page.get_by_role("link", name="Export these 2 hosts").click()
    page.wait_for_url("**/export/choose/**")
    page.get_by_label("CSV").check()
    page.get_by_role("link", name="Choose a short list").click()
    page.wait_for_url("**column=name**")
    page.get_by_label("CSV").check()
    # Without a script the preview follows a button, with one it follows the choice.
    page.get_by_label("Website").uncheck()
    if way.get("javascript", True):
        page.locator("#preview thead th", has_text="website").wait_for(state="detached")
    else:
        page.get_by_role("button", name="Show preview").click()
        page.wait_for_url("**format=csv**")
    preview = page.locator("#preview").inner_text()
    assert "De Haven" in preview
    assert "website" not in page.locator("#preview thead").inner_text()
    with page.expect_download() as small:
        page.get_by_role("button", name="Export 2 cards").click()
    assert names_in(small.value) == ["De Haven", "Huis ten Halve"]
    assert not ExportJob.objects.exists()

    monkeypatch.setattr(services, "AT_ONCE", 1)
    page.get_by_role("button", name="Export 2 cards").click()
    page.wait_for_url("**/exports/**")
    file = page.get_by_role("link", name="Take the CSV file")
    file.wait_for()
    with page.expect_download() as large:
        file.click()
    assert names_in(large.value) == ["De Haven", "Huis ten Halve"]
    assert reader.errors == []
    services.remove(job=ExportJob.objects.get())
