"""Import host cards."""

from ecett.core.management.base import ImportCommand
from hosts.imports.importer import HostImporter


class Command(ImportCommand):
    help = (
        "Import host cards from a CSV or XLSX file: a known directory, our own export, "
        "or any layout with --map."
    )
    importer = HostImporter
