"""Parts that open, frame and steer a page: heading, states, what happens next, empty states, dialogs,
progress."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ecett.core import badges
from ecett.core.components.base import filled, part, rows
from ecett.core.icons import MARK, icon_svg

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; give a `label` only when no word stands beside it. Example: `{% icon "search" %}`"""
    return icon_svg(name, label)


@register.simple_tag
def the_mark() -> SafeString:
    """ECETT's mark. Example: `{% the_mark %}`"""
    return MARK


@register.simple_block_tag
def optional(content: str, tag: str = "div", css: str = "") -> SafeString:
    """Wrap the block in an element only when it holds something.

    Example: `{% optional "p" "lead" %}{% block lead %}{% endblock %}{% endoptional %}`
    """
    if not content.strip():
        return mark_safe("")
    return format_html(
        "<{0}{1}>{2}</{0}>", tag, format_html(' class="{}"', css) if css else "", filled(content)
    )


@register.simple_block_tag(takes_context=True)
def page_heading(
    context: Context,
    content: str,
    title: Any,
    lead: Any = "",
    crumbs: Iterable[Any] = (),
    badge: Any = "",
    lang: str = "",
) -> SafeString:
    """The opening of a page: where it is, its name (h1), one line about it, and its actions as the block.

    `crumbs`: (label, url) pairs, the last may have no url. `badge`: the output of a badge tag;
    `lang`: of the title, when it is not the page's.
    Example: `{% badge project as state %}{% page_heading project.title lead=project.summary crumbs=crumbs
    badge=state %} <a class="btn" href="…">Edit</a>{% endpage_heading %}`
    """
    return part(
        context,
        "page_heading",
        title=title,
        lang=lang,
        lead=lead,
        crumbs=rows(crumbs or (), "label", "url"),
        badge=badge,
        actions=filled(content),
    )


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, title: Any = "", url: str = "", chosen: bool = False) -> SafeString:
    """A box, only where things are compared. Example: `<div class="cards">{% card "Plan A" %}…{% endcard
    %}</div>`"""
    return part(context, "card", title=title, url=url, chosen=chosen, content=filled(content))


def _badge_html(shape: str, label: Any) -> SafeString:
    css = "badge" if shape == badges.WAITING else f"badge {shape}"
    return format_html('<span class="{}">{}</span>', css, label)


@register.simple_tag
def badge(subject: Any, state: Any = None, audience: str = "", field: str = "") -> SafeString:
    """The state of something as a shape and a word, from the states' own table or the registry `core.badges`.

    `subject`: an object with a `state` or `status` (or the named `field`), a member of a `States` enum, or a
    model label ("trainees.Project") followed by the state. `audience="staff"` takes the staff's wording.
    Raises BadgeMissing for a state without a badge.
    Examples: `{% badge project %}`, `{% badge request audience="staff" %}`, `{% badge "hosts.Host" "partner"
    %}`
    """
    found = badges.find(subject, state, audience=audience, field=field)
    return _badge_html(found.shape, found.label)


@register.simple_tag
def badge_as(shape: str, label: Any) -> SafeString:
    """A badge for something that has no lifecycle. Example: `{% badge_as "turn" _("2 questions") %}`"""
    if shape not in badges.SHAPES:
        raise badges.BadgeMissing(f"{shape!r} is not one of {', '.join(badges.SHAPES)}")
    return _badge_html(shape, label)


@register.simple_tag
def level_badge(level: str, size: str = "") -> SafeString:
    """The round badge of level A to D. Example: `{% level_badge "B" %}`, `{% level_badge "B" "big" %}`"""
    letter = str(level).upper()
    if letter not in ("A", "B", "C", "D"):
        raise ValueError(f"{level!r} is not a level A to D")
    return format_html('<span class="level {} {}">{}</span>', letter.lower(), size, letter)


@register.simple_block_tag(takes_context=True)
def what_next(
    context: Context, content: str, text: Any, waiting: Any = "", your_turn: bool = False
) -> SafeString:
    """The one line of every object page: what happens next and who is waited for; the action as the block.

    Example: `{% what_next _("Maja signs the agreement.") _("We wait since 20 November.") your_turn=False %}
    <a class="btn" href="…">Remind</a>{% endwhat_next %}`
    """
    return part(
        context, "what_next", text=text, waiting=waiting, your_turn=your_turn, actions=filled(content)
    )


@register.simple_block_tag(takes_context=True)
def empty_state(
    context: Context, content: str, title: Any, text: Any = "", heading: bool = False
) -> SafeString:
    """What to say when there is nothing, and what to do about it (the block). `heading`: its title is the
    page's.

    Example: `{% empty_state _("No practice yet") _("Write down one thing.") %}<a class="btn"
    href="…">Begin</a>{% endempty_state %}`
    """
    return part(context, "empty_state", title=title, text=text, heading=heading, actions=filled(content))


@register.simple_block_tag
def alert(content: str, title: Any = "", warm: bool = False) -> SafeString:
    """A strip one should not miss; `warm` when something went wrong or is late.

    Example: `{% alert _("Agreement sent") %}<p>Maja has a link to sign.</p>{% endalert %}`
    """
    head = format_html('<p class="title-4 serif">{}</p>', title) if title else ""
    role = mark_safe(' role="alert"') if warm else ""
    return format_html(
        '<div class="alert{}"{}>{}{}</div>',
        " warm" if warm else "",
        role,
        head,
        filled(content),
    )


@register.simple_block_tag(takes_context=True)
def confirm_dialog(
    context: Context,
    content: str,
    key: str,
    title: Any,
    action: str,
    label: Any,
    confirm: Any = "",
    danger: bool = True,
    cancel: Any = "",
    quiet: bool = False,
) -> SafeString:
    """A button that asks before it posts to `action`; the block says what will happen and may hold fields.

    With a script it opens as a dialog, without one it unfolds in place. Don't put it inside another form.
    `label`: the button that opens it; `confirm`: the button inside (the same by default). `quiet`: the first
    is set like a link, for one that stands beside each thing of a list.
    Example: `{% confirm_dialog "withdraw" _("Withdraw this request?") url _("Withdraw") %}<p>…</p>
    {% endconfirm_dialog %}`
    """
    return part(
        context,
        "confirm_dialog",
        key=key,
        title=title,
        action=action,
        label=label,
        confirm=confirm or label,
        danger=danger,
        quiet=quiet,
        cancel=cancel or _("Go back"),
        content=filled(content),
    )


@register.simple_block_tag(takes_context=True)
def progress(
    context: Context,
    content: str,
    label: Any,
    value: int | None = None,
    total: int = 100,
    note: Any = "",
    poll: str = "",
    failed: bool = False,
) -> SafeString:
    """Long work: what is made and how far it is. While `poll` (a URL) is given the page asks it every two
    seconds for its own replacement (htmx) or reloads itself (no script); when the work is done render it
    without `poll`
    and put the link to the result into the block. `value=None`: begun, length unknown.

    Example: `{% progress _("Making your agreement") value=2 total=3 note=_("2 of 3 pages") poll=job_url %}
    {% endprogress %}`
    """
    return part(
        context,
        "progress",
        label=label,
        value=value,
        total=total,
        note=note,
        poll=poll,
        failed=failed,
        content=filled(content),
    )


@register.simple_tag(takes_context=True)
def disabled_button(context: Context, label: Any, reason: Any, icon: str = "") -> SafeString:
    """A button that cannot be used now, with the reason beside it; the keyboard reaches it.

    Example: `{% disabled_button _("Sign") _("Not yet: the host has not confirmed the dates.") %}`
    """
    return part(
        context,
        "disabled_button",
        label=label,
        reason=reason,
        icon=icon,
        key=f"why-{crc32(f'{label}{reason}'.encode()):x}",
    )


@register.simple_tag(takes_context=True)
def error_summary(context: Context, form: Any) -> SafeString:
    """What went wrong in a form, at its top, each line leading to its field (crispy forms show it by
    themselves).

    Example: `{% error_summary form %}`
    """
    return part(context, "error_summary", form=form)


@register.simple_block_tag(takes_context=True)
def form_section(context: Context, content: str, section: Any) -> SafeString:
    """A part of a long form (`ecett.core.sections`): its name and how it stands, open while it needs something.

    Example: `{% form_section form.sections.team %}{{ form.name|as_crispy_field }}{% endform_section %}`
    """
    return part(context, "form_section", section=section, content=filled(content))
