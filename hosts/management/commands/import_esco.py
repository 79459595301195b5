"""Import ESCO's concepts."""

from ecett.core.management.base import ImportCommand
from hosts.imports.esco import EscoImporter


class Command(ImportCommand):
    help = (
        "Import ESCO skills and occupations from a folder of CSV files, one a language (…_en.csv, …_fr.csv)."
    )
    importer = EscoImporter
