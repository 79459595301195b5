"""``{% slot "name" subject %}``: what higher apps have to show in this place."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from ecett.core import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.RequestContext, name: str, subject: Any) -> SafeString:
    """Render every panel registered for the slot, in order; nothing when there is none."""
    request = context["request"]
    parts = [
        render_to_string(panel.template, {"subject": subject, **panel.context}, request=request)
        for panel in slots.panels(name, subject, request.user)
    ]
    return mark_safe("".join(parts))  # noqa: S308 - templates have escaped what people wrote
