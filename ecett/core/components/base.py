"""What the component tags share: rendering a part, reading a value from a dict or an object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString, mark_safe


def part(context: Context, name: str, /, **values: Any) -> SafeString:
    """Render `templates/ui/<name>.html` with `values`, keeping what forms and links inside it need."""
    template = context.template.engine.get_template(f"ui/{name}.html")  # type: ignore[union-attr]
    inner = context.new(values)
    for key in ("request", "csrf_token", "csp_nonce"):
        if key in context and key not in values:
            inner[key] = context[key]
    return mark_safe(template.render(inner))  # noqa: S308 - a rendered template


def pick(item: Any, *names: str) -> tuple[Any, ...]:
    """The named values of a dict, an object or a tuple in that order; an absent one is an empty string.

    So a page may hand over plain tuples, dicts or its own dataclasses.
    """
    if isinstance(item, Mapping):
        return tuple(item.get(name, "") for name in names)
    if isinstance(item, (tuple, list)):
        return tuple(item) + ("",) * (len(names) - len(item))
    return tuple(getattr(item, name, "") for name in names)


def rows(items: Iterable[Any], *names: str) -> list[dict[str, Any]]:
    """Each item as a dict with exactly the given names."""
    return [dict(zip(names, pick(item, *names), strict=False)) for item in items]


def filled(content: str) -> SafeString:
    """The block's content, empty when it holds only white space."""
    return mark_safe(content if content.strip() else "")  # noqa: S308 - a rendered block
