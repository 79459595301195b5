"""What is collected is all that pages ask for."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.test import override_settings

from ecett.settings import base

pytestmark = pytest.mark.slow
NAMED = re.compile(r"""{% static ["']([^"']+)["']""")


@pytest.fixture(scope="module")
def collected(assets: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """{name: name with hash} of the production's storage."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(
        STATIC_ROOT=root,
        STORAGES={**settings.STORAGES, "staticfiles": base.STORAGES["staticfiles"]},
        STATICFILES_DIRS=[assets, settings.BASE_DIR / "static"],
    ):
        call_command("collectstatic", verbosity=0, interactive=False)
    found: dict[str, str] = json.loads((root / "staticfiles.json").read_text())["paths"]
    assert all((root / name).is_file() for name in found.values())
    return found


def test_every_file_that_a_template_names_is_collected(collected: dict[str, str]) -> None:
    folders = [Path(settings.BASE_DIR) / "templates"]
    folders += [Path(app.path) / "templates" for app in apps.get_app_configs()]
    named = {
        name
        for folder in folders
        for path in folder.rglob("*.html")
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert {"ecett.css", "django_htmx/htmx-2.min.js", "admin/css/base.css"} <= named
    assert named <= collected.keys()


def test_every_file_of_the_admin_forms_is_collected(collected: dict[str, str]) -> None:
    def names(media: Any) -> set[str]:
        sheets = [path for group in media._css.values() for path in group]
        return {str(path) for path in (*media._js, *sheets)}

    asked = {name for model_admin in admin.site._registry.values() for name in names(model_admin.media)}
    assert "admin/js/vendor/jquery/jquery.min.js" in asked
    assert asked <= collected.keys()


def test_what_no_page_asks_for_is_left_aside(collected: dict[str, str]) -> None:
    assert not [name for name in collected if name.startswith(("flags/", "fonts/print/", "src/"))]
    assert [name for name in collected if name.startswith("django_htmx/htm")] == ["django_htmx/htmx-2.min.js"]
