"""Fill the portal with invented people and their work."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ecett.portal.seeding.accounts import ensure_accounts


class Command(BaseCommand):
    help = "Fills an empty portal with demo data: the same for the same numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="how many times the usual number of journeys")
        parser.add_argument("--hosts", type=int, default=1200, help="how many hosts")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are data already")
        parser.add_argument("--force", action="store_true", help="also outside demo mode")

    def handle(self, *, scale: int, hosts: int, if_empty: bool, force: bool, **options: Any) -> None:
        if not (settings.DEMO_MODE or force):
            raise CommandError("This portal does not run in demo mode; --force makes demo data all the same.")
        ensure_accounts()
