"""What adorns a printed document: the mark, the two paths that meet, the guilloche seal of each level.

Drawn by arithmetic and handed to the print styles as background pictures, so that a screen reader, which is
read the words beside them, never meets them.
"""

from __future__ import annotations

import base64
import cmath
import functools
import math

INK = "#25221d"
ACCENT = "#0f5559"
SIGNAL = "#a8431a"
FIRM = "#8a8072"
PAPER = "#fffefb"
LEVEL_COLOURS = {"a": "#44607e", "b": "#57662b", "c": "#80590f", "d": "#7a3f60"}

# The seal, in units of its 120 × 120 box.
CENTRE = 60
RING = 49.5
WAVE = 5.2
LOOPS = 34
STRANDS = 3
# Pieces of curve: four a loop stay within 0.08 units (0.03 mm in print) of the true line, which is 0.45 wide.
# They are drawn anew for each certificate, so more of them cost time.
PIECES = 4 * LOOPS


def _strand(turn: float) -> str:
    """One closed line of the ring: a point on a small circle that itself travels round the seal."""
    step = 2 * math.pi / PIECES
    small = [WAVE * cmath.exp(1j * (LOOPS * step * at + turn)) for at in range(PIECES + 1)]
    large = [RING * cmath.exp(1j * step * at) for at in range(PIECES + 1)]
    points = [one + other for one, other in zip(large, small, strict=True)]
    # From a point to the handle of its curve: a third of a step along the tangent.
    handles = [1j * (one + LOOPS * other) * step / 3 for one, other in zip(large, small, strict=True)]
    # Each further curve begins with the last handle mirrored, which S leaves unsaid.
    first = f"M{_at(points[0])}C{_at(points[0] + handles[0])} "
    curves = (
        f"{_at(point - handle)} {_at(point)}" for point, handle in zip(points[1:], handles[1:], strict=True)
    )
    return f"{first}{'S'.join(curves)}Z"


def _at(point: complex) -> str:
    return f"{CENTRE + point.real:.2f} {CENTRE + point.imag:.2f}"


def seal(level: str) -> str:
    """The seal of a level ("a" to "d"), SVG, square."""
    colour = LEVEL_COLOURS[level]
    turns = [2 * math.pi * number / STRANDS for number in range(STRANDS)]
    strands = "".join(f'<path d="{_strand(turn)}"/>' for turn in turns)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120" fill="none"'
        f' stroke="{colour}"><g stroke-width=".45">{strands}</g>'
        f'<circle cx="60" cy="60" r="41" fill="{PAPER}" stroke-width=".8"/>'
        f'<circle cx="60" cy="60" r="38.6" stroke-width=".35"/>'
        f'<text x="60" y="76" text-anchor="middle" font-family="Source Serif 4, serif" font-weight="500" '
        f'font-size="48" fill="{colour}" stroke="none">{level.upper()}</text></svg>'
    )


def paths(level: str) -> str:
    """Two people set out, meet, and go on side by side: the rule across a certificate, SVG."""
    colour = LEVEL_COLOURS[level]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 188 13" width="188" height="13" fill="none"'
        ' stroke-linecap="round" stroke-width=".38">'
        f'<path d="M1 1.5C22 1.5 26 10.2 48 10.2H186.8" stroke="{colour}"/>'
        f'<path d="M1 11.7C16 11.7 30 11.3 48 11.3H186.8" stroke="{FIRM}"/>'
        f'<circle cx="1" cy="1.5" r=".95" fill="{colour}"/>'
        f'<circle cx="1" cy="11.7" r=".95" fill="{FIRM}"/></svg>'
    )


def mark() -> str:
    """The mark: the two paths inside a compass."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48" fill="none">'
        f'<g stroke="{INK}" stroke-width="1.25"><circle cx="24" cy="24" r="22.5"/>'
        '<path d="M24 1.5v4M46.5 24h-4M24 46.5v-4M1.5 24h4"/></g>'
        '<g stroke-width="3" stroke-linecap="round">'
        f'<path stroke="{ACCENT}" d="M13.2 35.4c0-8.6 8.6-7.2 8.6-15.6v-6.6"/>'
        f'<path stroke="{SIGNAL}" d="M34.8 35.4c0-8.6-8.6-7.2-8.6-15.6v-6.6"/></g>'
        f'<circle fill="{ACCENT}" cx="13.2" cy="36" r="2.7"/>'
        f'<circle fill="{SIGNAL}" cx="34.8" cy="36" r="2.7"/></svg>'
    )


def _url(svg: str) -> str:
    return f'url("data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}")'


@functools.cache
def stylesheet() -> str:
    """Print rules: ``.mark``, and within ``.level-a`` to ``.level-d`` ``.seal`` and ``.paths``."""
    rules = [f".mark {{ background-image: {_url(mark())} }}"]
    for level, colour in LEVEL_COLOURS.items():
        rules.append(f".level-{level} {{ --level: {colour} }}")
        rules.append(f".level-{level} .seal {{ background-image: {_url(seal(level))} }}")
        rules.append(f".level-{level} .paths {{ background-image: {_url(paths(level))} }}")
    return "\n".join(rules)
