"""Write down every lifecycle of the portal, from the transitions themselves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ecett.portal.lifecycles import describe

PATH = Path(settings.BASE_DIR) / "docs" / "states.md"


class Command(BaseCommand):
    help = "Writes docs/states.md; with --check only says (by its exit status) whether it is current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *, check: bool, **options: Any) -> None:
        text = describe()
        current = PATH.exists() and PATH.read_text(encoding="utf-8") == text
        if check:
            self.stdout.write("current" if current else "not current: run manage.py describe_states")
            raise SystemExit(0 if current else 1)
        if not current:
            PATH.parent.mkdir(exist_ok=True)
            PATH.write_text(text, encoding="utf-8")
        self.stdout.write(str(PATH))
