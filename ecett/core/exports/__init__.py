"""Exports of whole lists: a person chooses the columns; a small sheet comes at once, a large one is made by the worker.

    sheets    columns and rows → CSV, XLSX; knows no database
    kinds     which lists are exported: the groups of columns, and the rows of an address
    orders    what one person wants of a kind; its rows, of one moment
    services  at once, or as a background job: queued, made under a lease, swept, cancelled, removed
    selectors what the pages show

How an app lets a list be exported (the whole of it)::

    # hosts/exports.py
    HOSTS = ExportKind(name="hosts", label=_("Hosts"), groups=(Group("place", _("Name and place"), COLUMNS),), …)

    # hosts/apps.py, in ready():
    kinds.register(HOSTS)

    # hosts/views/exporting.py: two views that say what was asked
    return exports.choose(request, asked)       # the page with columns and preview
    return exports.hand_out(request, asked, …)  # the file, or the page of the job
"""
