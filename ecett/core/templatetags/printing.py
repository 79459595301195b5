"""Tags of the printed documents: ``{% load printing %}``."""

from django import template
from django.utils.safestring import SafeString

from ecett.core import qr as qr_codes

register = template.Library()

# Up to how many letters a name is set in which size on a certificate, and a signature in its column.
NAME_SIZES = ((22, ""), (34, "long"), (56, "longer"))
HAND_SIZES = ((20, ""), (28, "long"), (40, "longer"))


@register.simple_tag
def qr(text: str, title: str) -> SafeString:
    """The QR code of an address, with words for those who cannot see it: ``{% qr document.verify_url label
    %}``."""
    return qr_codes.svg(text, title=title)


@register.filter
def name_size(name: str) -> str:
    """The class that lets a long name keep within two lines: ``<p class="name {{ holder|name_size }}">``."""
    return _size(name, NAME_SIZES)


@register.filter
def hand_size(name: str) -> str:
    """The class that keeps a long signature on its line: ``<p class="hand {{ name|hand_size }}">``."""
    return _size(name, HAND_SIZES)


def _size(name: str, sizes: tuple[tuple[int, str], ...]) -> str:
    return next((size for limit, size in sizes if len(name) <= limit), "longest")
