"""Import good practices."""

from ecett.core.management.base import ImportCommand
from goodpractices.imports.importer import PracticeImporter


class Command(ImportCommand):
    help = (
        "Import good practices from a CSV or XLSX file: a known list, our own export, "
        "or any layout with --map."
    )
    importer = PracticeImporter
