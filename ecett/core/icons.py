"""The icons, drawn by us: 24 px grid, 1.6 px line, round ends. Few on purpose; a word beside each."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: dict[str, str] = {
    "arrow": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "back": '<path d="M20 12H5m6-6-6 6 6 6"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
    "bookmark": '<path d="M6 4h12v16l-6-4.5L6 20z"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.5 2"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "copy": '<path d="M9 9h11v11H9zM5.5 15H4V4h11v1.5"/>',
    "device": '<path d="M4 5h16v11H4zM9 20h6M12 16v4"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "download": '<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/>',
    "edit": '<path d="M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3"/>',
    "euro": '<path d="M18.5 6.5A7.5 7.5 0 1 0 18.5 17.5M3.5 10h9.5M3.5 14h8.5"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "flag": '<path d="M6 21V4h12l-3 4.5 3 4.5H6"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>',
    "home": '<path d="M4 11 12 4l8 7v9h-5.5v-5.5h-5V20H4z"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 7.8v.1"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 '
    '11 18.7l1-1"/>',
    "list": '<path d="M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1"/>',
    "lock": '<path d="M5.5 11h13v9h-13zM8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<path d="M3.5 6h17v12.5h-17zM3.5 7l8.5 6 8.5-6"/>',
    "map": '<path d="m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 '
    '6.4M18 14.3a6.5 6.5 0 0 1 3.5 5.7"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>',
    "pin": '<path d="M12 21s-7-6.5-7-11.5a7 7 0 0 1 14 0C19 14.5 12 21 12 21z"/>'
    '<circle cx="12" cy="9.5" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4L20 9M20 4v5h-5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "send": '<path d="M20.5 3.5 3.5 10.5l6.5 3.5 3.5 6.5zM10 14l5-5"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 '
    '17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4"/>',
    "trash": '<path d="M4.5 7h15M9 7V4h6v3M6.5 7l1 13h9l1-13"/>',
    "upload": '<path d="M12 16V5M7 9.5l5-5 5 5M5 20h14"/>',
    "warning": '<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.4v.1"/>',
}

MARK = mark_safe(
    '<svg class="mark" viewBox="0 0 48 48" fill="none" aria-hidden="true"><circle cx="24" cy="24" r="22.5" '
    'stroke="currentColor" stroke-width="1.25"/><path d="M24 1.5v4M46.5 24h-4M24 46.5v-4M1.5 24h4" '
    'stroke="currentColor" stroke-width="1.25"/><path class="p1" d="M13.2 35.4c0-8.6 8.6-7.2 8.6-15.6v-6.6" '
    'stroke-width="3" stroke-linecap="round"/><path class="p2" d="M34.8 35.4c0-8.6-8.6-7.2-8.6-15.6v-6.6" '
    'stroke-width="3" stroke-linecap="round"/><circle class="f1" cx="13.2" cy="36" r="2.7"/>'
    '<circle class="f2" cx="34.8" cy="36" r="2.7"/></svg>'
)


def icon_svg(name: str, label: str = "") -> SafeString:
    """The icon `name` as inline SVG; hidden from screen readers unless it carries a `label`.

    Raises KeyError for an unknown name, so that a typing error shows in the first test of a page.
    """
    inner = mark_safe(PATHS[name])  # noqa: S308 - constant markup
    if label:
        return format_html(
            '<svg class="i" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, inner
        )
    return format_html('<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', inner)
