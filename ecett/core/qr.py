"""QR codes as SVG, drawn by segno: one path, no picture file."""

import functools

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@functools.lru_cache(maxsize=256)
def svg(text: str, *, colour: str = "#25221d", title: str = "") -> SafeString:
    """An inline SVG of the QR code of ``text``, without margin: give it 4 modules of white around and a size
    by CSS.

    Error correction M (15 % of the code may be soiled). ``title`` is read out in place of the picture.
    """
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=1, border=0, dark=colour, omitsize=True, svgclass="qr", lineclass=None)
    if title:
        head, mark, rest = drawn.partition(">")
        drawn = f'{head} role="img"{mark}<title>{escape(title)}</title>{rest}'
    return mark_safe(drawn)  # noqa: S308 - numbers drawn by segno, the title escaped
