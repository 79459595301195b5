"""Does the ledger hold together?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from grants.checks import ledger_problems
from grants.models import Mobility, Transaction


class Command(BaseCommand):
    help = (
        "Checks that every transaction sums to zero, every mobility's price equals its entries, splits give "
        "away the whole rate and nothing is orphaned. Exit status 1, and a list, when not."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        problems = ledger_problems()
        for problem in problems:
            self.stdout.write(problem)
        counted = f"{Transaction.objects.count()} transactions, {Mobility.objects.count()} mobilities"
        if problems:
            self.stderr.write(f"{counted}: {len(problems)} faults")
            sys.exit(1)
        self.stdout.write(f"{counted}: no difference")
