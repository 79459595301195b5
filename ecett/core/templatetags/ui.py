"""The component tags, gathered from `core.components`; the gallery page shows each in each state.

Loaded into every template by the settings, so a page needs no `{% load ui %}`.
"""

from django import template

from ecett.core.components import figures, formats, lists, pages
from ecett.core.templatetags import slots

register = template.Library()
for _library in (pages.register, lists.register, figures.register, formats.register, slots.register):
    register.tags.update(_library.tags)
    register.filters.update(_library.filters)
