"""Pictures of figures, made on the server as SVG, each with a table that says the same."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ecett.core import mapproj
from ecett.core.components.base import part, rows
from ecett.core.components.formats import money, number

register = template.Library()

_BAR_ROOM = 82  # per cent of the plot that the longest bar takes; the rest is for its figure


def _as_text(value: Any, unit: str) -> str:
    return money(value, "whole") if unit == "EUR" else number(value)


@register.simple_tag(takes_context=True)
def bar_chart(
    context: Context,
    title: Any,
    data: Iterable[Any],
    unit: str = "",
    head: Any = "",
    wide_labels: bool = False,
    folded: bool = False,
) -> SafeString:
    """Bars with a table beside them: rows of label, value (0 or more), note. `unit="EUR"` sets euros.
    `folded`: the table opens below the bars, for pages with many charts.

    Example: `{% bar_chart _("Stays a year") years head=_("Year") %}` with years = [("2025", 71), ("2026",
    63)]
    """
    bars = rows(data, "label", "value", "note")
    top = max((Decimal(str(bar["value"])) for bar in bars), default=Decimal(0)) or Decimal(1)
    for place, bar in enumerate(bars):
        bar["width"] = f"{float(Decimal(str(bar['value'])) / top) * _BAR_ROOM:.2f}"
        bar["y"], bar["middle"] = 6 + 34 * place, 17 + 34 * place
        bar["text"] = _as_text(bar["value"], unit)
    return part(
        context,
        "bar_chart",
        title=title,
        bars=bars,
        head=head or _("Group"),
        height=34 * len(bars) + 6,
        left=34 if wide_labels else 15,
        plot=66 if wide_labels else 85,
        notes=any(bar["note"] for bar in bars),
        folded=folded,
    )


@register.simple_tag(takes_context=True)
def split_bar(
    context: Context, parts: Iterable[Any], unit: str = "EUR", thin: bool = False, table: bool = True
) -> SafeString:
    """How a whole divides: rows of label, amount, kind ("free" for what is left). With the same as a list
    below.

    `thin`: a low bar without words in it. `table=False` when the page has its own table with the keys `key
    t1` … `t6`.
    Example: `{% split_bar parts %}` with parts = [(_("ECETT coordination"), 140), (_("stays with De Oever"),
    140), (_("helpdesk"), 70)]
    """
    shares = rows(parts, "label", "amount", "kind")
    whole = sum((Decimal(str(share["amount"])) for share in shares), Decimal(0)) or Decimal(1)
    at = Decimal(0)
    series = 0
    for share in shares:
        width = Decimal(str(share["amount"])) / whole * 100
        if share["kind"] != "free":
            series += 1
            share["kind"] = f"t{(series - 1) % 6 + 1}"
        share["x"], share["width"] = f"{at:.3f}", f"{width:.3f}"
        share["text"] = _as_text(share["amount"], unit)
        at += width
    spoken = ", ".join(f"{share['label']} {share['text']}" for share in shares)
    return part(context, "split_bar", shares=shares, spoken=spoken, thin=thin, table=table)


@register.simple_tag(takes_context=True)
def europe_map(
    context: Context,
    points: Iterable[Any],
    label: Any = "",
    head: Any = "",
    table: bool = True,
    view: mapproj.Box | None = None,
    away: Iterable[Any] = (),
) -> SafeString:
    """Places on the map of Europe with a table that says the same: rows of lat, lon, label, count, url, here.

    A point with a count becomes a disc whose area is the count, with the figure in it where it fits; without
    one a small dot. `away`: rows of label, count, url of places that lie elsewhere, said beside the map. Drawn for
    some 300 px: the map helps to look around, the list is read. Put many places together first:
    `core.mapproj.gather(places)`, and give its `view` too.
    Example: `{% europe_map groups label=_("24 hosts in six groups") head=_("Country") %}`
    """
    dots = rows(points, "lat", "lon", "label", "count", "url", "here")
    places = [mapproj.project(float(dot["lat"]), float(dot["lon"])) for dot in dots]
    top = max((int(dot["count"] or 0) for dot in dots), default=0)
    view = view or (mapproj.BOXES["results"] if top else mapproj.around(places))
    pixel = view.width / mapproj.WIDTH
    for dot, (x, y) in zip(dots, places, strict=True):
        count = int(dot["count"] or 0)
        radius = mapproj.radius(count, top) if count else 5.0
        dot["x"], dot["y"], dot["r"] = f"{x:.1f}", f"{y:.1f}", f"{radius * pixel:.1f}"
        dot["figure"] = number(count) if count and radius >= 4 + 3.5 * len(str(count)) else ""
        dot["seen"] = view.holds(x, y)
    dots.sort(key=lambda dot: -int(dot["count"] or 0))  # small discs lie on top of large ones
    return part(
        context,
        "map",
        dots=dots,
        away=rows(away, "label", "count", "url"),
        view=view.viewbox,
        size=f"{12 * pixel:.1f}",
        edge=f"{pixel:.1f}",
        label=label or _("Map of Europe; the table below says the same."),
        head=head or _("Place"),
        table=table,
    )


@register.simple_tag(takes_context=True)
def route_map(context: Context, pairs: Iterable[Any], label: Any) -> SafeString:
    """People who meet: rows of host, first, second, each a (lat, lon, name, side) place; two lines lead to
    each host.

    side: "" right of the dot, "before", "below". Example: `{% route_map journeys label=_("Three pairs meet")
    %}`
    """
    routes = []
    for pair in rows(pairs, "host", "first", "second"):
        places = {key: _place(pair[key]) for key in ("host", "first", "second") if pair[key]}
        routes.append(
            {
                "host": places["host"],
                "starts": [
                    {**places[key], "line": _bend(places[key], places["host"], turn), "css": css}
                    for key, css, turn in (("first", "", -0.22), ("second", " two", 0.22))
                    if key in places
                ],
            }
        )
    return part(context, "route_map", routes=routes, view=mapproj.BOXES["hero"].viewbox, label=label)


def _place(place: Any) -> dict[str, Any]:
    row = rows([place], "lat", "lon", "name", "side")[0]
    x, y = mapproj.project(float(row["lat"]), float(row["lon"]))
    dx, dy = {"before": (-12, 0), "below": (0, 24), "above": (0, -20)}.get(row["side"], (12, 0))
    css = "name below" if row["side"] == "above" else f"name {row['side']}"
    return {
        **row,
        "css_name": css,
        "x": round(x, 1),
        "y": round(y, 1),
        "tx": round(x + dx, 1),
        "ty": round(y + dy, 1),
    }


def _bend(start: dict[str, Any], end: dict[str, Any], turn: float) -> str:
    """A curve from start to end that leans aside by `turn` of its length."""
    dx, dy = end["x"] - start["x"], end["y"] - start["y"]
    cx, cy = (start["x"] + end["x"]) / 2 - dy * turn, (start["y"] + end["y"]) / 2 + dx * turn
    return f"M{start['x']} {start['y']}Q{cx:.1f} {cy:.1f} {end['x']} {end['y']}"
