"""From one text template to a letter: subject, plain text, and an HTML part made from the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _

from ecett.core.notifications.registry import NotificationKind

SUBJECT_LENGTH = 200
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


class TemplateFaulty(ValueError):
    """A letter template without a subject line or without a text."""


@dataclass(frozen=True)
class Letter:
    """What is sent. ``text`` and ``html`` are whole parts, footer included."""

    subject_line: str
    text: str
    html: str


@dataclass(frozen=True)
class Link:
    """A paragraph of the HTML part that leads to a page of ours: words instead of an address that nobody reads.

    ``notes``: the lines below its words. ``acts``: it is the letter's button.
    """

    label: str
    url: str
    notes: tuple[str, ...] = ()
    acts: bool = False


def known_language(language: str) -> str:
    """The nearest language of the portal ("nl-be" gives "nl"), its own for one it does not speak."""
    try:
        return get_supported_language_variant(language or settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE


def is_spoken(language: str) -> bool:
    """Whether the portal speaks it, or one near to it."""
    try:
        return bool(language and get_supported_language_variant(language))
    except LookupError:
        return False


def linked(text: str, attributes: str = "") -> SafeString:
    """Escaped text with its addresses as links; the full stop and the bracket behind one stay outside."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        url = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{url}"{attributes}>{url}</a>']
        end = found.end()
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - escaped piece by piece above


def _linked(text: str) -> SafeString:
    """The same for a mail program, which reads inline styles only, with line breaks kept."""
    return mark_safe(linked(text, ' style="color:#0f5559"').replace("\n", "<br>\n"))  # noqa: S308


def _block(paragraph: str, action_url: str) -> Link | SafeString:
    """A paragraph of the HTML part. "Words: address" and lines that end with one of nothing but an address are links
    when the page is ours; what people wrote never hides where it leads.
    """
    lines = [line.strip() for line in paragraph.split("\n")]
    if len(lines) > 1:
        label, *notes, url = lines
        return Link(label, url, tuple(notes)) if _is_ours(url) else _linked(paragraph)
    label, mark, url = paragraph.rpartition(": ")
    label, url = label.strip(), url.strip()
    if mark and url and (url == action_url or _is_ours(url)):
        return Link(label, url, acts=url == action_url)
    return _linked(paragraph)


def _is_ours(url: str) -> bool:
    """Whether this is an address of the portal and nothing else."""
    return url.startswith(f"{settings.PORTAL_URL}/") and bool(_ADDRESS.fullmatch(url))


def compose(
    *, kind: NotificationKind, language: str, name: str, context: Mapping[str, Any], action_url: str = ""
) -> Letter:
    """A letter in a language. Values are never markup: the text part is plain, the HTML part escapes all of
    it.

    Raises `TemplateFaulty`, and what the template raises.
    """
    with translation.override(known_language(language)):
        values = {
            **context,
            "recipient_name": name,
            "action_url": action_url,
            "portal_url": settings.PORTAL_URL,
        }
        # Django's own template object: the letter is text, escaping is for the HTML part.
        template = get_template(f"{kind.template}.txt").template  # type: ignore[attr-defined]
        raw = template.render(Context(values, autoescape=False)).replace("\r\n", "\n").strip()
        first, _newline, body = raw.partition("\n")
        subject_line = " ".join(first.split())[:SUBJECT_LENGTH]
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]
        if not subject_line or not paragraphs:
            raise TemplateFaulty(f"{kind.template}.txt needs a subject line and a text")
        if action_url and not any(action_url in paragraph for paragraph in paragraphs):
            paragraphs.append(f"{_('Open it in the portal')}: {action_url}")
        greeting = _("Hello %(name)s,") % {"name": name} if name else _("Hello,")
        footer = [_("Sent by the ECETT portal: %(url)s") % {"url": settings.PORTAL_URL}]
        if kind.why:
            footer.insert(0, _("You get this e-mail because %(reason)s.") % {"reason": kind.why})
        blocks = [_block(paragraph, action_url) for paragraph in paragraphs]
        # As text a link is its words and the address, punctuated as its language does.
        said = [
            _("%(label)s: %(url)s") % {"label": block.label, "url": block.url}
            if isinstance(block, Link) and "\n" not in paragraph
            else paragraph
            for paragraph, block in zip(paragraphs, blocks, strict=True)
        ]
        text = "\n\n".join([greeting, *said, "-- \n" + "\n".join(footer)]) + "\n"
        html = render_to_string(
            "core/mail/layout.html",
            {
                "language": translation.get_language(),
                "subject_line": subject_line,
                "blocks": [
                    {"link": block, "text": ""} if isinstance(block, Link) else {"link": None, "text": block}
                    for block in [_linked(greeting), *blocks]
                ],
                "footer": [_linked(line) for line in footer],
            },
        )
    return Letter(subject_line, text, html)
