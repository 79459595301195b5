"""Which static files are worth hashing and compressing at the first start: those that pages ask for."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles import finders

# More than half of the bytes that the installed packages bring.
LEFT_ASIDE = (
    # Fonts for PDF are read from their own folder.
    "fonts/print/*",
    # django-countries' flags; how our map was drawn.
    "flags",
    "src",
    # django-htmx brings htmx in other versions and with extensions; we use htmx-2.min.js.
    "django_htmx/ext/*",
    "htmax-*",
    "htmx-4*",
    "htmx-2.js",
    # The admin's libraries at full length are for DEBUG, where nothing is collected.
    "jquery.js",
    "select2.full.js",
    "xregexp.js",
)


class OwnFilesFinder(finders.FileSystemFinder):
    """Lists what lies in static/ and what was built, but for `LEFT_ASIDE`."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        yield from super().list([*(ignore_patterns or ()), *LEFT_ASIDE])


class PackageFilesFinder(finders.AppDirectoriesFinder):
    """Lists what the installed apps bring, but for `LEFT_ASIDE`."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        yield from super().list([*(ignore_patterns or ()), *LEFT_ASIDE])
