"""Fill the portal with invented people and their work."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ecett.portal.seeding import HOSTS, AlreadySeeded, seed


class Command(BaseCommand):
    help = "Fills a portal without data with demo data: the same for the same numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=1, help="how many times the usual number of people and practices"
        )
        parser.add_argument("--hosts", type=int, default=HOSTS, help=f"how many hosts ({HOSTS})")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are data already")
        parser.add_argument("--force", action="store_true", help="also outside demo mode")

    def handle(self, *, scale: int, hosts: int, if_empty: bool, force: bool, **options: Any) -> None:
        if not (settings.DEMO_MODE or force):
            raise CommandError("This portal does not run in demo mode; --force makes demo data all the same.")
        if scale < 0 or hosts < 1:
            raise CommandError("At least one host, and a scale of 0 or more.")
        call_command("load_reference", stdout=self.stdout)
        try:
            seed(hosts=hosts, scale=scale, say=self.stdout.write)
        except AlreadySeeded as error:
            if not if_empty:
                raise CommandError(str(error)) from error
            self.stdout.write(str(error))
