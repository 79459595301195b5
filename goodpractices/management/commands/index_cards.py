"""Make every card found by what it says now: after a change of the thesaurus or of the rules of words."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from goodpractices.models import GoodPractice
from goodpractices.services import index_practices
from hosts.models import Host
from hosts.services import count_terms, index_hosts


class Command(BaseCommand):
    help = "Writes the search index of all hosts and good practices anew, and counts their words."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, index, model in (
            ("hosts", index_hosts, Host),
            ("practices", index_practices, GoodPractice),
        ):
            started = time.monotonic()
            with transaction.atomic():
                number = index()
            count_terms(model, force=True)
            self.stdout.write(f"{number} {name}: {time.monotonic() - started:.1f} s")
