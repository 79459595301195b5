"""Print who can sign in to the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ecett.portal.seeding.accounts import ACCOUNTS, PASSWORD, ensure_accounts


class Command(BaseCommand):
    help = "Prints the demo accounts (making those that are missing). Outside demo mode there are none."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO_MODE:
            self.stdout.write("There are no demo accounts: this portal does not run in demo mode.")
            return
        ensure_accounts()
        rows = [("Role", "Address", "Password", "What waits there")]
        rows += [(account.name, account.email, PASSWORD, str(account.waits)) for account in ACCOUNTS]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            self.stdout.write("  ".join([*cells, row[3]]))
