"""Load ECETT's thesaurus into the tables of concepts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hosts.services import load_thesaurus
from hosts.thesaurus import ThesaurusError


class Command(BaseCommand):
    help = (
        "Load the words of the field (hosts/data/thesaurus) into the database. A second run changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_thesaurus()
        except ThesaurusError as error:
            raise CommandError("\n".join(error.problems)) from error
        self.stdout.write(
            f"{loaded.concepts} concepts: {loaded.created} rows created, {loaded.updated} updated, "
            f"{loaded.removed} removed"
        )
