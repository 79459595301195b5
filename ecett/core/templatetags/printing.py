"""Tags of the printed documents: ``{% load printing %}``."""

from django import template
from django.utils.safestring import SafeString

from ecett.core import qr as qr_codes

register = template.Library()

# Up to how many letters a name is set in which size on a certificate.
NAME_SIZES = ((22, ""), (34, "long"), (56, "longer"))


@register.simple_tag
def qr(text: str, title: str) -> SafeString:
    """The QR code of an address, with words for those who cannot see it: ``{% qr document.verify_url label
    %}``."""
    return qr_codes.svg(text, title=title)


@register.filter
def name_size(name: str) -> str:
    """The class that lets a long name keep within two lines: ``<p class="name {{ holder|name_size }}">``."""
    return next((size for limit, size in NAME_SIZES if len(name) <= limit), "longest")
