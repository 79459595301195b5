"""Parts for lists and facts: filters, chips, bulk actions, pages, definition lists, time lines, ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ecett.core.components.base import filled, part, pick, rows
from ecett.core.components.formats import number

register = template.Library()


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}" if query else "?"


def active_filters(form: Any, query: QueryDict) -> list[dict[str, str]]:
    """The filters that are on, as {label, url}: what each narrows to, and the address without it.

    Only fields of the form count; a page number falls away with any filter.
    """
    chips = []
    for name, field in form.fields.items():
        choices = {}
        for value, label in getattr(field, "choices", ()) or ():
            choices.update(
                {str(v): str(t) for v, t in label}
                if isinstance(label, (list, tuple))
                else {str(value): str(label)}
            )
        for value in query.getlist(name):
            if not value.strip():
                continue
            rest = query.copy()
            rest.setlist(name, [kept for kept in query.getlist(name) if kept != value])
            rest.pop("page", None)
            shown = choices.get(value) or (
                str(field.label or name) if value in ("on", "true", "True") else value
            )
            chips.append({"label": shown, "url": _address(rest)})
    return chips


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: Context, content: str, active: int = 0, label: Any = "", submit: Any = ""
) -> SafeString:
    """The filters of a list, kept in the address: a GET form whose fields are the block. On a small screen
    it folds.

    Example: `{% filter_bar active=chips|length %}{{ filter.form|crispy }}{% endfilter_bar %}`
    """
    query = _query(context)
    return part(
        context,
        "filter_bar",
        active=active,
        label=label or _("Filters"),
        submit=submit or _("Show"),
        sort=query.get("sort", ""),
        content=filled(content),
    )


@register.simple_tag(takes_context=True)
def filter_chips(context: Context, source: Any) -> SafeString:
    """What the list is narrowed to, each with a cross to take it away. `source`: a FilterSet, or {label,
    url} rows.

    Example: `{% filter_chips filter %}`
    """
    query = _query(context)
    chips = active_filters(source.form, query) if hasattr(source, "form") else rows(source, "label", "url")
    keep = QueryDict(mutable=True)
    if query.get("sort"):
        keep.setlist("sort", [str(query["sort"])])
    return part(context, "filter_chips", chips=chips, clear=_address(keep))


@register.simple_block_tag(takes_context=True)
def facet(context: Context, content: str, title: Any, note: Any = "", folded: bool = False) -> SafeString:
    """One group of filters that folds. Example: `{% facet _("Sector") %}…{% endfacet %}`"""
    return part(context, "facet", title=title, note=note, folded=folded, content=filled(content))


@register.simple_tag(takes_context=True)
def bulk_bar(
    context: Context, actions: Iterable[Any], form: str = "", total: int = 0, name: str = "action"
) -> SafeString:
    """What to do with the chosen rows: always a preview first. Stands inside the list's form, or names it
    (`form`).

    `actions`: (value, label) pairs. Rows carry `<input type="checkbox" name="chosen" value="…">`.
    Example: `{% bulk_bar actions total=page_obj.paginator.count %}`
    """
    return part(
        context, "bulk_bar", actions=rows(actions, "value", "label"), form=form, total=total, name=name
    )


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Any, parameter: str = "page") -> SafeString:
    """The pages of a list; keeps the filters of the address. Nothing when there is one page.

    Example: `{% pager page_obj %}`"""
    query = _query(context)

    def address(number: int) -> str:
        query[parameter] = str(number)
        return _address(query)

    steps = []
    if page.paginator.num_pages > 1:
        for item in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
            gap = not isinstance(item, int)
            steps.append(
                {"number": item, "gap": gap, "url": "" if gap else address(item), "here": item == page.number}
            )
    return part(
        context,
        "pager",
        steps=steps,
        previous=address(page.number - 1) if page.has_previous() else "",
        next=address(page.number + 1) if page.has_next() else "",
    )


@register.simple_tag(takes_context=True)
def facts(context: Context, pairs: Iterable[Any], css: str = "") -> SafeString:
    """What is known of a thing: (term, value) pairs; those without a value are left out.

    For values with markup write `<dl class="facts">` and `{% fact %}` yourself.
    Example: `{% facts rows %}` with rows = [(_("When"), "8 to 12 February"), (_("With"), names)]
    """
    shown = [row for row in rows(pairs, "term", "value") if row["value"] not in (None, "", [], ())]
    return part(context, "facts", pairs=shown, css=css)


@register.simple_block_tag
def fact(content: str, term: Any) -> SafeString:
    """One line of a `<dl class="facts">`.

    Example: `{% fact _("Rate") %}417.00 <a href="…">source</a>{% endfact %}`"""
    return format_html("<dt>{}</dt><dd>{}</dd>", term, filled(content)) if content.strip() else filled("")


@register.simple_tag(takes_context=True)
def timeline(context: Context, events: Iterable[Any], css: str = "") -> SafeString:
    """What happened and what comes: rows of when (date, datetime or words), text, state, url.

    state: "done" (default), "turn" (now, the reader's turn), "later" (still to come or waited for).
    Example: `{% timeline events %}`
    """
    return part(context, "timeline", events=rows(events, "when", "text", "state", "url"), css=css)


@register.simple_tag
def stat(value: Any, label: Any, url: str = "") -> SafeString:
    """One figure and what it counts, inside `<ul class="stats">`. Numbers are set in the reader's locale.

    Example: `<ul class="stats">{% stat 1247 _("hosts in 28 countries") hosts_url %}</ul>`
    """
    shown = value if isinstance(value, str) else number(value)
    figure = format_html('<a href="{}">{}</a>', url, shown) if url else shown
    return format_html('<li class="stat"><b>{}</b><span>{}</span></li>', figure, label)


@register.simple_tag(takes_context=True)
def reasons(context: Context, items: Iterable[Any]) -> SafeString:
    """Why something scored so: rows of points and text (an object, dict or pair). Points carry their sign.

    Example: `{% reasons match.reasons %}`
    """
    lines = []
    for item in items:
        points, text = pick(item, "points", "text")
        lines.append(
            {"points": f"{'−' if points < 0 else '+'}{abs(points)}", "minus": points < 0, "text": text}
        )
    return part(context, "reasons", lines=lines)


@register.simple_tag(takes_context=True)
def smart_letters(context: Context, verdicts: Mapping[str, str]) -> SafeString:
    """S M A R T, each filled when its verdict is "ok" and dashed when a question is open.

    Example: `{% smart_letters goal.verdicts %}`
    """
    letters = [{"letter": letter, "ok": verdicts.get(letter) == "ok"} for letter in "SMART"]
    return part(context, "smart", letters=letters)


@register.simple_tag(takes_context=True)
def smart_advice(context: Context, advice: Mapping[str, Any]) -> SafeString:
    """The open questions about a goal, by letter. Example: `{% smart_advice goal.advice %}`"""
    questions = [{"letter": letter, "text": text} for letter, text in advice.items() if text]
    return part(context, "smart_advice", questions=questions)


@register.simple_tag(takes_context=True)
def signatures(context: Context, signers: Iterable[Any]) -> SafeString:
    """Who signs and who has: rows of name, role, signed_at (datetime or None), note (what is waited for).

    Example: `{% signatures agreement.signers %}`
    """
    return part(context, "signatures", signers=rows(signers, "name", "role", "signed_at", "note"))


@register.simple_tag(takes_context=True)
def stepper(context: Context, steps: Iterable[Any], label: Any = "") -> SafeString:
    """The spine of every trainee page: rows of label, state ("done", "now", ""), note, at (0-100, of "now"),
    url.

    Example: `{% stepper steps %}` with steps = pdca("check", at=40, notes={"check": "1 of 3 looked back"})
    """
    shown = rows(steps, "label", "state", "note", "at", "url")
    for row in shown:
        row["at"] = min(100, max(0, int(row["at"] or 0)))
    return part(context, "stepper", steps=shown, label=label or _("Steps"))


def pdca(
    now: str, *, at: int = 0, notes: Mapping[str, Any] | None = None, urls: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The four steps Plan, Do, Check, Act for `{% stepper %}`.

    `now`: "plan", "do", "check", "act", or "over" when all are done; `at`: how far the present one is, in
    per cent.
    """
    names = ("plan", "do", "check", "act")
    labels = {"plan": _("Plan"), "do": _("Do"), "check": _("Check"), "act": _("Act")}
    here = len(names) if now == "over" else names.index(now)
    return [
        {
            "label": labels[name],
            "state": "done" if place < here else "now" if place == here else "",
            "note": (notes or {}).get(name, ""),
            "at": at if place == here else 0,
            "url": (urls or {}).get(name, ""),
        }
        for place, name in enumerate(names)
    ]


@register.simple_tag(takes_context=True)
def ladder(context: Context, rungs: Iterable[Any]) -> SafeString:
    """The path A to D: rows of level, title, note, state ("done", "now", ""), end (a badge or button as
    markup), conditions (rows of text, have, need, missing, evidence, evidence_url), action (markup below the
    conditions), rules (text).

    Example: `{% ladder rungs %}`
    """
    shown = rows(rungs, "level", "title", "note", "state", "end", "conditions", "action", "rules")
    for row in shown:
        conditions = rows(
            row["conditions"] or (), "text", "have", "need", "missing", "evidence", "evidence_url"
        )
        for condition in conditions:
            have, need = condition["have"], condition["need"]
            countable = isinstance(need, int) and not isinstance(need, bool) and 0 < need <= 40
            condition["pips"] = [step < have for step in range(need)] if countable else []
        row["conditions"] = conditions
    return part(context, "ladder", rungs=shown)
