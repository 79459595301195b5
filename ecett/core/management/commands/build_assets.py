"""Cuts the fonts and puts the stylesheet together into var/assets; cached, so that it may run at every
start."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ecett.core import assets


class Command(BaseCommand):
    """`manage.py build_assets [--force]`"""

    help = "Cut the fonts from their packages and put the stylesheet together, into var/assets. Cached."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="cut the fonts again even when nothing changed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.ASSETS_DIR)
        begun = time.monotonic()
        made = assets.build_fonts(folder / "fonts", force=options["force"])
        size = assets.build_style(Path(settings.BASE_DIR) / "static" / "css", folder / "ecett.css")
        fonts = f"{len(made)} font files cut" if made else "fonts already there"
        self.stdout.write(f"{fonts}, stylesheet {size / 1024:.1f} kB, {time.monotonic() - begun:.1f} s")
