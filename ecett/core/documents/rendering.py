"""From a template to a PDF/UA file.

The only module that knows WeasyPrint, which it imports when first needed: the import takes a second and
needs the Pango library of the system.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from ecett.core.documents import ornaments

# Static instances cut by `build_assets` (variable fonts cost five times the time). The serif is cut at
# weight 480 and called 500, as on the web.
FACES = (
    ("Source Sans 3", 400, "normal", "sans-400.ttf"),
    ("Source Sans 3", 600, "normal", "sans-600.ttf"),
    ("Source Serif 4", 500, "normal", "serif-500.ttf"),
    ("Source Serif 4", 400, "italic", "serif-400i.ttf"),
)
STYLESHEET = "templates/documents/print.css"


class PdfUnavailable(Exception):
    """This machine cannot make PDF files: a system library is missing. Pages answer 503."""


class FetchRefused(Exception):
    """A template asked for something outside the portal's own files."""


@dataclass(frozen=True)
class _Press:
    """What is made once in a process and used for each document."""

    weasyprint: Any
    fonts: Any
    styles: Any
    fetcher: Any
    base_url: str


def fonts_dir() -> Path:
    """Where the printing fonts lie; when they are missing the system's fonts are used."""
    return Path(settings.ASSETS_DIR) / "fonts" / "print"


def _font_css() -> str:
    rules = []
    for family, weight, style, name in FACES:
        path = fonts_dir() / name
        if path.is_file():
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
                f'src: url("{path.resolve().as_uri()}"); }}'
            )
    return "\n".join(rules)


def import_weasyprint() -> Any:
    """The library; raises `PdfUnavailable`, saying which system library is missing."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise PdfUnavailable(str(error)) from error
    return weasyprint


def _make_fetcher(weasyprint: Any) -> Any:
    """Opens ``data:`` addresses and files of our static and asset folders; all else stops the run."""
    from weasyprint.urls import FatalURLFetchingError

    roots = [Path(settings.BASE_DIR, "static").resolve(), Path(settings.ASSETS_DIR).resolve()]

    class LocalFetcher(weasyprint.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme = url.partition(":")[0].lower()
            if scheme != "data":
                parts = urlsplit(url)
                path = Path(unquote(parts.path)).resolve()
                if scheme != "file" or parts.netloc or not any(path.is_relative_to(root) for root in roots):
                    raise FatalURLFetchingError(f"not a file of the portal: {url[:200]}")
            return super().fetch(url, headers)

    return LocalFetcher(allowed_protocols=("data", "file"), allow_redirects=False)


@functools.cache
def _press_of(pid: int) -> _Press:
    weasyprint = import_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = _make_fetcher(weasyprint)
    base_url = Path(settings.BASE_DIR, "static").resolve().as_uri() + "/"
    source = (
        _font_css() + ornaments.stylesheet() + Path(settings.BASE_DIR, STYLESHEET).read_text(encoding="utf-8")
    )
    styles = weasyprint.CSS(string=source, font_config=fonts, url_fetcher=fetcher, base_url=base_url)
    return _Press(weasyprint, fonts, styles, fetcher, base_url)


def press() -> _Press:
    """The press of this process. Fonts live in a folder of the process: a forked worker makes its own."""
    return _press_of(os.getpid())


# Pango and the font configuration are used by one thread at a time.
_lock = threading.Lock()


def to_pdf(html: str) -> bytes:
    """A whole HTML page as PDF/UA-1. Raises `PdfUnavailable`, `FetchRefused`."""
    with _lock:
        machine = press()
        from weasyprint.urls import FatalURLFetchingError

        page = machine.weasyprint.HTML(string=html, base_url=machine.base_url, url_fetcher=machine.fetcher)
        try:
            pdf = page.write_pdf(
                stylesheets=[machine.styles], font_config=machine.fonts, pdf_variant="pdf/ua-1"
            )
        except FatalURLFetchingError as error:
            raise FetchRefused(str(error)) from error
    return bytes(pdf)


def render_html(*, template: str, context: Mapping[str, Any], language: str) -> str:
    """The page of a document in its language: what WeasyPrint gets, and what a preview shows."""
    with translation.override(language):
        return render_to_string(template, {**context, "language": language})


def render_pdf(*, template: str, context: Mapping[str, Any], language: str) -> bytes:
    """A document's file, not sealed. Raises `PdfUnavailable`, `FetchRefused`, or what the template raises."""
    return to_pdf(render_html(template=template, context=context, language=language))


def load() -> None:
    """Import what printing needs and set up the templates, before processes are forked that shall share it.
    Raises `PdfUnavailable`.
    """
    import_weasyprint()
    engines.all()


def warm_up() -> None:
    """Load fonts and styles of this process now rather than with the first document."""
    press()
