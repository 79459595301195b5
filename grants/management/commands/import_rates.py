"""Import a table of rates."""

from ecett.core.management.base import ImportCommand
from grants.imports.rates import RateImporter


class Command(ImportCommand):
    help = (
        "Import rates from a CSV or XLSX file: our own layout, an agency's annex, or any layout with --map."
    )
    importer = RateImporter
