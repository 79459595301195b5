"""Look for cards that may speak of one team, and write the pairs down for the desk."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from hosts.models import DuplicatePair
from hosts.models.duplicate import PairState
from hosts.services.duplicates import find_duplicates

SECONDS_BETWEEN = 2.0


class Command(BaseCommand):
    help = (
        "Finds host cards that may be the same team and writes the pairs down; pairs told apart before are left "
        "alone. With --json each open pair is a line of standard output: {score, hosts, names, reasons}, the last "
        "line {found, new}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="write JSON lines")

    def handle(self, *args: Any, **options: Any) -> None:
        told = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told
            if time.monotonic() - told > SECONDS_BETWEEN:
                told = time.monotonic()
                self.stderr.write(f"{done} of {total} cards")

        found, fresh = find_duplicates(progress=tell)
        if not options["json"]:
            self.stdout.write(f"{found} pairs, {fresh} of them new")
            return
        pairs = DuplicatePair.objects.filter(state=PairState.OPEN).select_related("first", "second")
        for pair in pairs.defer("first__search", "first__marks", "second__search", "second__marks"):
            line = {
                "score": round(pair.score, 3),
                "hosts": [pair.first.public_id, pair.second.public_id],
                "names": [pair.first.name, pair.second.name],
                "reasons": pair.reasons,
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        self.stdout.write(json.dumps({"found": found, "new": fresh}))
