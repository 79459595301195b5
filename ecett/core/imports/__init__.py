"""Imports of sheets: from a file in any layout to rows of the database, every row accounted for.

The way of a row, each stage in a module of its own:

    reader    a CSV or XLSX file → its headings and `Row(line, cells, problem)`; knows no meanings
    mapping   by a layout (a TOML file: data, with a version) → `MappedRow` under our names; knows no database
    engine    one transaction; hands the rows to an `Importer` and keeps the `Report`
    services  the same as a background job: queue, run with a lease, sweep, cancel
    registry  which importers exist

`reader`, `layouts`, `mapping` and `report` import no Django.

How an app adds an importer (the whole of it)::

    # hosts/imports/importer.py
    class HostImporter(Importer):
        kind = "hosts"
        label = _("Host cards")
        maps = Path(__file__).parent / "maps"              # *.toml, one a layout
        fields = {"name", "country", "city", "sectors"}    # what a layout may fill
        required = {"name", "country"}                     # the engine refuses a row without one of them
        predicate = is_helpdesk | is_admin                 # a `rules` predicate; becomes "core.import_hosts"

        def run(self, rows, report):
            for chunk in batched(rows, 2000):
                known = {...one query for the chunk...}
                for row in chunk:                          # settle every row exactly once
                    if row["country"] not in COUNTRIES:
                        report.refused(row, "country", Message(_("Unknown country “{code}”."), {"code": …}))
                    elif same:
                        report.unchanged(row)
                    else:
                        report.created(row)
                Host.objects.bulk_create(...)

    # hosts/apps.py, in ready():
    registry.register(HostImporter)

    # hosts/management/commands/import_hosts.py
    class Command(ImportCommand):
        help = "Import host cards from a CSV or XLSX file."
        importer = HostImporter

The upload page, the job, the command's options and the reports then exist. What a second run finds as it left
it is
``unchanged`` (counted under *skipped*); ``merged`` means that this run changed another record by this row.
"""
