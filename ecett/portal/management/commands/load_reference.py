"""Load what the portal needs to know before anybody works with it: thesaurus and rates; cards are indexed anew when
the rules of the index have changed.
"""

import hashlib
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import transaction

from ecett.portal.models import LoadedReference
from goodpractices.models import GoodPractice
from hosts.models import Host
from hosts.services.indexing import RULES

# Loader and the app whose data folder it reads.
LOADERS = {"load_thesaurus": "hosts", "load_rates": "grants"}
INDEX = "index_cards"


class Command(BaseCommand):
    help = "Loads thesaurus and rates; a loader whose files have not changed since the last time is not run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="load everything, changed or not")

    def handle(self, *, force: bool, **options: Any) -> None:
        loaded = dict(LoadedReference.objects.values_list("name", "digest"))
        for name, label in LOADERS.items():
            if name not in get_commands():
                continue
            digest = digest_of(Path(apps.get_app_config(label).path), name)
            if loaded.get(name) == digest and not force:
                self.stdout.write(f"{name}: unchanged")
                continue
            started = time.monotonic()
            with transaction.atomic():
                call_command(name, stdout=self.stdout, stderr=self.stderr)
                LoadedReference.objects.update_or_create(name=name, defaults={"digest": digest})
            self.stdout.write(f"{name}: {time.monotonic() - started:.1f} s")
        self._index(loaded.get(INDEX), force)

    def _index(self, digest: str | None, force: bool) -> None:
        """Every card is found by the words and rules of today, also in a database of an earlier release."""
        current = digest_of_index()
        if digest == current and not force:
            self.stdout.write(f"{INDEX}: unchanged")
            return
        with transaction.atomic():
            if Host.objects.exists() or GoodPractice.objects.exists():
                call_command(INDEX, stdout=self.stdout, stderr=self.stderr)
            LoadedReference.objects.update_or_create(name=INDEX, defaults={"digest": current})


def digest_of(app: Path, loader: str) -> str:
    """SHA-256 (hex) of an app's data files, their names and the loader's own source."""
    digest = hashlib.sha256()
    files = [path for path in sorted((app / "data").rglob("*")) if path.is_file()]
    for path in [*files, app / "management" / "commands" / f"{loader}.py"]:
        digest.update(f"{path.relative_to(app)}\0".encode())
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def digest_of_index() -> str:
    """SHA-256 (hex) of the words that cards are found by and of the rules that read them."""
    digest = hashlib.sha256()
    app = Path(apps.get_app_config("hosts").path)
    for path in [*sorted((app / "data").rglob("*.toml")), *(app / name for name in RULES)]:
        digest.update(f"{path.relative_to(app)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
