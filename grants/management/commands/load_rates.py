"""Load the rates and rules that ship with the portal."""

from typing import Any

from django.core.management.base import BaseCommand

from grants.services.rates import load_rates


class Command(BaseCommand):
    help = "Load the rates and rules of the calls that ship with the portal. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        stored = load_rates()
        self.stdout.write(
            f"rates: {stored.created} created, {stored.updated} updated, {stored.unchanged} unchanged"
        )
