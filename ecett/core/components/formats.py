"""Money, dates and numbers in the reader's language, as filters."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal
from django import template
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, to_locale

from ecett.core.documents.registry import Said

register = template.Library()

# English here is European English: day before month, euro sign in front.
_VARIANTS = {"en": "en_GB"}
_NOTHING_BEHIND = re.compile(r"[.,]0(?=\D)")


@lru_cache(maxsize=64)
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(_VARIANTS.get(code, to_locale(code)))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def reader_locale() -> Locale:
    """The Babel locale of the active language."""
    return _locale(get_language() or "en")


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value if isinstance(value, dt.date) else None


@register.filter
def money(value: Any, form: str = "") -> str:
    """Euros in the reader's locale. `form`: "" €1,213.00; "whole" €1,213; "plain" 1,213.00 (tables).

    "whole" keeps the cents when there are some, so that it never rounds an amount away.
    Example: `{{ budget.total|money }}`, `<td class="r">{{ entry.amount|money:"plain" }}</td>`
    """
    amount = _decimal(value)
    if amount is None:
        return ""
    locale = reader_locale()
    if form == "plain":
        return format_decimal(amount, format="#,##0.00", locale=locale)
    text = format_currency(amount, "EUR", locale=locale)
    if form == "whole" and amount == amount.to_integral_value():
        text = format_currency(
            amount.to_integral_value(),
            "EUR",
            locale=locale,
            format=locale.currency_formats["standard"].pattern.replace(".00", ""),
            currency_digits=False,
        )
    return text


@register.filter
def file_size(value: int) -> str:
    """Bytes in the reader's language, without decimals that say nothing. Example: `{{ file.size|file_size }}`"""
    return _NOTHING_BEHIND.sub("", filesizeformat(value))


@register.filter
def number(value: Any, digits: int | None = None) -> str:
    """A number with the reader's separators. Example: `{{ 1247|number }}` gives 1,247; `{{ km|number:1 }}`
    911.5."""
    amount = _decimal(value)
    if amount is None:
        return ""
    pattern = None if digits is None else "#,##0" + ("." + "0" * int(digits) if int(digits) else "")
    return format_decimal(amount, format=pattern, locale=reader_locale())


@register.filter
def day(value: Any, form: str = "long") -> str:
    """A date. `form`: "long" 8 February 2027; "short" 8 Feb 2027; "weekday" Mon 8 Feb; "full" Monday, 8
    February 2027.

    Example: `{{ stay.start|day }}`
    """
    date = _day(value)
    if date is None:
        return ""
    if form == "weekday":
        return str(format_skeleton("MMMEd", date, locale=reader_locale()))
    return str(format_date(date, format="medium" if form == "short" else form, locale=reader_locale()))


@register.filter
def moment(value: Any) -> str:
    """A date and time in the portal's time zone: 20 November 2026, 09:02. Example: `{{ signed_at|moment
    }}`"""
    if not isinstance(value, dt.datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {format_time(local.time(), format='short', locale=reader_locale())}"


@register.filter
def date_range(start: Any, end: Any = None) -> str:
    """From one day to another, saying month and year once where they are the same.

    Example: `{{ stay.start|date_range:stay.end }}` gives 8 to 12 February 2027.
    """
    first, last = _day(start), _day(end)
    if first is None or last is None:
        return day(first or last)
    if first == last:
        return day(first)
    locale = reader_locale()
    if (first.year, first.month) == (last.year, last.month):
        begin = str(first.day)
    elif first.year == last.year:
        begin = str(format_skeleton("MMMMd", first, locale=locale))
    else:
        begin = day(first)
    return gettext("%(start)s to %(end)s") % {"start": begin, "end": day(last)}


@register.filter
def ago(value: Any) -> str:
    """How long something waits, in few words: 6 days, 2 h, just now. Example: `{{ request.filed_at|ago }}`"""
    if isinstance(value, dt.datetime):
        seconds = (timezone.now() - value).total_seconds() if timezone.is_aware(value) else 0
    elif isinstance(value, dt.date):
        seconds = (timezone.localdate() - value).days * 86400
    else:
        return ""
    if seconds < 3600 and isinstance(value, dt.datetime):
        return gettext("just now")
    if seconds < 86400:
        hours = int(seconds // 3600)
        return ngettext("%(n)s h", "%(n)s h", hours) % {"n": hours} if hours else gettext("today")
    days = int(seconds // 86400)
    if days < 60:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    months = days // 30
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


@register.filter
def waited(value: Any) -> str:
    """The same as part of a sentence: for 6 days, today, just now."""
    spell = ago(value)
    if not spell or spell in (gettext("just now"), gettext("today")):
        return spell
    return gettext("for %(time)s") % {"time": spell}


@register.filter
def in_language(text: Any, language: str) -> Any:
    """Words of another language than the page's, marked for whoever reads the page aloud.

    Example: `{% page_heading found.title|in_language:found.language %}`
    """
    if not text or not language or language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def printed(text: Any, language: str) -> Any:
    """Like `in_language` for words that a document says (`Said`); the page's own words stay as they are.

    Example: `{% fact label|printed:found.language %}{{ value|printed:found.language }}{% endfact %}`
    """
    return in_language(text, language) if isinstance(text, Said) else text


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of a key, empty when absent. Example: `{{ labels|get:code }}`"""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""
