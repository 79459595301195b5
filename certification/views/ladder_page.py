"""The rungs of the ladder page: words, badges and buttons for the component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.enums import DossierState, Level
from certification.selectors.ladder import Rung
from ecett.core.components.formats import date_range, day


@dataclass(frozen=True)
class Next:
    """What happens next on the whole ladder."""

    title: str
    text: str
    waiting: str = ""
    mine: bool = True
    rung: Rung | None = None


def level_title(level: str) -> str:
    """A level in two words."""
    return {"A": _("A visit"), "B": _("A practice"), "C": _("A project"), "D": _("A masterpiece")}[level]


def rung_rows(request: HttpRequest, rungs: list[Rung]) -> list[dict[str, Any]]:
    """Rows for ``{% ladder %}``."""
    here = _current(rungs)
    rows = []
    for rung in rungs:
        now = rung.dossier is not None or rung is here
        done = bool(rung.valid_certificates)
        context = {"rung": rung, "now": now, "done": done}
        rows.append(
            {
                "level": rung.level,
                "title": level_title(rung.level),
                "note": _note(rung, now=now),
                "state": "now" if now else "done" if done else "",
                "end": render_to_string("certification/_rung_end.html", context, request=request),
                "conditions": [_condition(line) for line in rung.lines] if now else [],
                "action": render_to_string("certification/_rung_action.html", context, request=request)
                if rung.level != Level.A and (now or not done)
                else "",
                "rules": _rules(rung) if now else "",
            }
        )
    return rows


def _current(rungs: list[Rung]) -> Rung | None:
    """The first level without a certificate; level A only as long as nothing was done."""
    return next((rung for rung in rungs if not rung.valid_certificates), None)


def _condition(line: Any) -> dict[str, Any]:
    countable = line.need > 1
    have: Any = int(line.shown) if line.shown == int(line.shown) else line.shown
    if not countable:
        have = _("yes") if line.met else _("not yet")
    return {
        "text": line.text,
        "have": have,
        "need": int(line.need) if countable and line.need == int(line.need) else 0,
        "missing": line.missing,
        "evidence": line.evidence,
        "evidence_url": line.url,
    }


def _note(rung: Rung, *, now: bool) -> str:
    if rung.level == Level.A and rung.certificates:
        stays = [one.internship for one in rung.certificates if one.internship is not None]
        first = stays[0]
        words = f"{first.host.city}, {date_range(first.start, first.end)}"
        more = len(stays) - 1
        if more:
            words += ", " + ngettext("and %(n)s more stay", "and %(n)s more stays", more) % {"n": more}
        return words
    if rung.valid_certificates:
        return _("Awarded on %(day)s") % {"day": day(rung.valid_certificates[0].awarded_on)}
    met = ngettext("%(met)s of %(n)s condition met", "%(met)s of %(n)s conditions met", len(rung.lines)) % {
        "met": rung.met,
        "n": len(rung.lines),
    }
    if now or rung.met:
        return met
    return {
        "A": _("One visit to one host, alone or with colleagues"),
        "B": _("A stay, a good practice with its competences, and a workshop where you present it"),
        "C": _("Several stays at several centres, good practices, and a project before the jury"),
        "D": _("After C: two to three years of teaching support, then an innovation at your workplace"),
    }[rung.level]


def _rules(rung: Rung) -> str:
    return _(
        "Rules of level %(level)s, version %(n)s, valid since %(day)s. "
        "Days count once the host has confirmed them."
    ) % {
        "level": rung.level,
        "n": rung.rules.version,
        "day": day(rung.rules.valid_from),
    }


def next_words(rungs: list[Rung]) -> Next:
    """The one line that says what happens next, and the page's title."""
    waiting = [
        rung for rung in rungs if rung.dossier is not None and rung.dossier.state != DossierState.DRAFT
    ]
    drafts = [rung for rung in rungs if rung.dossier is not None and rung.dossier.state == DossierState.DRAFT]
    here = _current(rungs)
    rung = (drafts or waiting or [here or rungs[-1]])[0]
    title = _("Your path to level %(level)s") % {"level": rung.level}
    if drafts:
        if rung.missing:
            return Next(title, _("complete your dossier: %(first)s") % {"first": rung.missing[0]}, rung=rung)
        return Next(title, _("your dossier is complete: send it to the jury."), rung=rung)
    if waiting:
        dossier = waiting[0].dossier
        assert dossier is not None
        if dossier.session is None:
            return Next(title, _("the jury secretary puts your dossier before a session."),
                        _("You need not do anything."), mine=False, rung=rung)  # fmt: skip
        text = _("the jury meets on %(day)s.") % {"day": day(dossier.session.day)}
        return Next(title, text, _("You need not do anything."), mine=False, rung=rung)
    if here is None:
        return Next(_("Your path"), _("you have walked the whole ladder."), mine=False)
    if here.level == Level.A:
        return Next(
            title,
            _("your first stay; the certificate comes by itself once the host has confirmed it."),
            rung=here,
        )
    if here.missing:
        return Next(title, here.missing[0][:1].lower() + here.missing[0][1:], rung=here)
    return Next(title, _("open your dossier: all conditions are met."), rung=here)
