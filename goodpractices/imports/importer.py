"""Good practices from sheets: other bodies' summaries of projects, and our own export brought back."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy
from django_countries import countries

from ecett.core.clock import now
from ecett.core.imports.engine import Importer, Message, batched
from ecett.core.imports.keys import with_keys
from ecett.core.imports.mapping import MappedRow
from ecett.core.imports.report import Report
from ecett.core.languages import CODES as LANGUAGES
from ecett.core.search import clean, normalise, sort_key
from ecett.core.words import mark as _
from goodpractices.enums import PracticeKind, PracticeState
from goodpractices.imports.repair import Damaged, repair
from goodpractices.models import GoodPractice
from goodpractices.services import index_practices
from hosts.enums import Sector
from hosts.imports.sectors import sectors_named
from hosts.models import Concept

BATCH = 1_000
TEXTS = ("description", "objectives", "resources", "steps", "results", "transfer", "competences_text")
PLAIN = ("title", "kind", "language", "country", "city", "host_name", "author_name", "source_note", *TEXTS)
WRITTEN = (*PLAIN, "sectors", "target_groups", "keywords")
LINKS = ("concepts", "competences")
_SHORT = {"title": 300, "city": 200, "host_name": 300, "author_name": 200, "source_note": 300}
_LONGEST = 10_000
# Greek lists put the project's number before its title.
_NUMBER = re.compile(r"^\d{6,8}\s*[-–]\s*")
_TAX_NUMBER = re.compile(r"\s*\(\d{8,13}\)\s*$")
# How many beneficiaries of one and the same text are named.
NAMED = 30


class Refused(Exception):
    """A row that cannot become a practice; names the field and says why."""

    def __init__(self, name: str, message: Message) -> None:
        super().__init__(message.say())
        self.name = name
        self.message = message


@dataclass
class Card:
    """What one or several rows say about one practice. ``holders``: a line for each row that told of it."""

    values: dict[str, Any]
    links: dict[str, tuple[str, ...]]
    key: tuple[str, str]
    public_id: str = ""
    holders: dict[str, None] = field(default_factory=dict)
    places: dict[str, None] = field(default_factory=dict)


class PracticeImporter(Importer):
    """Rows with the same text become one practice; damaged letters are put right, or the row is refused."""

    kind = "practices"
    label = gettext_lazy("Good practices")
    help = gettext_lazy(
        "One row is one practice. Rows with the same text are merged. A practice in which none "
        "of our sectors is "
        "recognised stays a draft until somebody chooses one."
    )
    maps = Path(__file__).parent / "maps"
    fields = frozenset(
        {
            *PLAIN,
            *LINKS,
            "sectors",
            "target_groups",
            "keywords",
            "public_id",
            "organisation",
            "start",
            "end",
            "amount",
            "source",
            "source_key",
        }
    )
    required = frozenset({"title", "language"})

    def run(self, rows: Iterable[MappedRow], report: Report) -> None:
        """Group the rows by their text, hold them against the table, write what differs."""
        self.target_groups = set(Concept.objects.filter(group="target_groups").values_list("code", flat=True))
        groups: dict[tuple[str, str], tuple[Card, list[MappedRow]]] = {}
        for row in rows:
            try:
                card = self._card(row)
            except Refused as refused:
                report.refused(row, refused.name, refused.message)
                continue
            key = ("id", card.public_id) if card.public_id else card.key
            if key in groups:
                groups[key][0].holders.update(card.holders)
                groups[key][0].places.update(card.places)
                groups[key][1].append(row)
            else:
                groups[key] = (card, [row])
        for batch in batched(groups.values(), BATCH):
            for card, _rows in batch:
                _tell_holders(card)
            self._settle(batch, report)

    def _card(self, row: MappedRow) -> Card:
        language = row["language"]
        if language not in LANGUAGES:
            raise Refused(
                "language", Message(_("“{code}” is not a language code known here"), {"code": language[:20]})
            )
        country = row["country"] or ""
        if country and country not in countries:
            raise Refused(
                "country", Message(_("“{code}” is not a country code of ISO 3166-1"), {"code": country[:20]})
            )
        own = row["public_id"] is not None
        texts = {
            name: _sound(row, name, language)
            for name in ("title", "city", "host_name", "author_name", *TEXTS)
        }
        title = texts["title"] if own else _NUMBER.sub("", " ".join(texts["title"].split())) or texts["title"]
        for name, longest in _SHORT.items():
            _fits(name, row[name] if name == "source_note" else texts[name], longest)
        for name in TEXTS:
            _fits(name, texts[name], _LONGEST)
        values = {
            **texts,
            "title": title,
            "country": country,
            "language": language,
            "kind": _choice(row, "kind", PracticeKind.values, PracticeKind.HOLDER),
            "source_note": row["source_note"] or "",
            "keywords": [word[:80] for word in row["keywords"] or ()],
            "target_groups": self._groups(row),
            "sectors": self._sectors(row, f"{title} {texts['description']}", language, own=own),
        }
        source = row["source"] or ("" if own else "sheet")
        key = row["source_key"] or ("" if own else text_key(language, title, texts["description"]))
        card = Card(
            values=values,
            links={name: tuple(row[name] or ()) for name in LINKS},
            key=(source, key),
            public_id=row["public_id"] or "",
        )
        if not own:
            _note_holder(card, row, language)
        return card

    def _sectors(self, row: MappedRow, text: str, language: str, *, own: bool) -> list[str]:
        given = row["sectors"] or ()
        if unknown := [sector for sector in given if sector not in Sector.values]:
            raise Refused(
                "sectors", Message(_("not known here: {codes}"), {"codes": ", ".join(unknown)[:200]})
            )
        found = set(given) if given or own else sectors_named(text, language)
        return [sector for sector in Sector.values if sector in found]

    def _groups(self, row: MappedRow) -> list[str]:
        given = list(row["target_groups"] or ())
        if unknown := [code for code in given if code not in self.target_groups]:
            raise Refused(
                "target_groups", Message(_("not known here: {codes}"), {"codes": ", ".join(unknown)[:200]})
            )
        return given

    def _settle(self, batch: list[tuple[Card, list[MappedRow]]], report: Report) -> None:
        known = _known_practices([card for card, _rows in batch])
        wanted = {code for card, _rows in batch for codes in card.links.values() for code in codes}
        concepts = {concept.code: concept for concept in Concept.objects.filter(code__in=wanted)}
        fresh: list[tuple[GoodPractice, Card]] = []
        changed: list[tuple[GoodPractice, Card]] = []
        for card, rows in batch:
            first, *others = rows
            missing = [code for codes in card.links.values() for code in codes if code not in concepts]
            if missing:
                text = Message(_("unknown concepts: {codes}"), {"codes": ", ".join(missing)[:200]})
                for row in rows:
                    report.refused(row, "concepts", text)
                continue
            practice = known.get(("id", card.public_id)) or known.get(card.key)
            if practice is None:
                fresh.append((_new_practice(card), card))
                if fresh[-1][0].state == PracticeState.DRAFT:
                    report.created(
                        first, Message(_("kept as a draft: {why}"), {"why": _why_draft(card)}), "sectors"
                    )
                else:
                    report.created(first)
            elif _same(practice, card):
                for row in rows:
                    report.unchanged(row)
                continue
            elif not card.public_id and practice.in_hand:  # type: ignore[attr-defined]
                for row in rows:
                    report.skipped(row, Message(_("people look after this card now; it was left as it is")))
                continue
            else:
                changed.append((practice, card))
                report.updated(first)
            for row in others:
                report.merged(
                    row, Message(_("the same text as line {line}"), {"line": first.line}), "description"
                )
        _write(fresh, changed, concepts)


def text_key(language: str, title: str, description: str) -> str:
    """What makes two rows the same practice: the words they tell it with."""
    said = f"{language}|{normalise(title)}|{normalise(description)}"
    return hashlib.sha256(said.encode()).hexdigest()[:40]


def _note_holder(card: Card, row: MappedRow, language: str) -> None:
    """Who holds it, where, when and what it cost, as the list prints it: one line a row."""
    organisation = _TAX_NUMBER.sub("", _sound(row, "organisation", language))
    days = " – ".join(day.strftime("%d.%m.%Y") for day in (row["start"], row["end"]) if day)
    place = card.values["city"]
    if place.isupper():
        place = place.title()
    if place:
        card.places[place] = None
    line = " · ".join(filter(None, (organisation, place, days, row["amount"] or "")))
    if line:
        card.holders[line] = None
    card.values["host_name"] = card.values["host_name"] or organisation[:300]


def _tell_holders(card: Card) -> None:
    """All that the rows of one text said of its holders, into the card."""
    if card.public_id:
        return
    lines = list(card.holders)
    shown = lines[:NAMED] + ([f"+ {len(lines) - NAMED}"] if len(lines) > NAMED else [])
    card.values["resources"] = card.values["resources"] or "\n".join(shown)[:_LONGEST]
    # Several places: the card names none rather than one of them.
    card.values["city"] = next(iter(card.places)) if len(card.places) == 1 else ""


def _known_practices(cards: list[Card]) -> dict[tuple[str, str], GoodPractice]:
    wanted = with_keys((card.key for card in cards), (card.public_id for card in cards))
    found: dict[tuple[str, str], GoodPractice] = {}
    rows = GoodPractice.objects.filter(wanted).defer("search", "marks")
    for practice in rows.prefetch_related("concepts", "competences", "authors", "log"):
        # Somebody has written or moved it since it was imported.
        practice.in_hand = bool(practice.authors.all() or practice.log.all())  # type: ignore[attr-defined]
        found["id", practice.public_id] = practice
        if practice.source_key:
            found[practice.source, practice.source_key] = practice
    return found


def _new_practice(card: Card) -> GoodPractice:
    source, key = card.key
    values = card.values
    # What a visitor wrote is read for names first, wherever it comes from.
    told = all(
        (values["sectors"], values["country"], values["description"], values["kind"] != PracticeKind.TRAINEE)
    )
    practice = GoodPractice(
        **values,
        state=PracticeState.PUBLISHED if told else PracticeState.DRAFT,
        published_at=now() if told else None,
        source=source,
        source_key=key,
    )
    if card.public_id:
        practice.public_id = card.public_id
    practice.sort_title = sort_key(practice.title)[:300]
    return practice


def _why_draft(card: Card) -> Message:
    if card.values["sectors"]:
        return Message(_("the desk reads it first"))
    return Message(_("none of our sectors is recognised in it"))


def _same(practice: GoodPractice, card: Card) -> bool:
    return all(_plain(getattr(practice, name)) == _plain(card.values[name]) for name in WRITTEN) and all(
        {concept.code for concept in getattr(practice, name).all()} == set(card.links[name]) for name in LINKS
    )


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple) else clean(str(value or ""))


def _write(
    fresh: list[tuple[GoodPractice, Card]],
    changed: list[tuple[GoodPractice, Card]],
    concepts: Mapping[str, Concept],
) -> None:
    GoodPractice.objects.bulk_create([practice for practice, _card in fresh], batch_size=BATCH)
    moment = now()
    for practice, card in changed:
        for name in WRITTEN:
            setattr(practice, name, card.values[name])
        practice.sort_title, practice.changed_at = sort_key(practice.title)[:300], moment
    GoodPractice.objects.bulk_update(
        [practice for practice, _card in changed], [*WRITTEN, "sort_title", "changed_at"], batch_size=500
    )
    both = fresh + changed
    for name in LINKS:
        links = getattr(GoodPractice, name).through
        links.objects.filter(goodpractice_id__in=[practice.pk for practice, _card in changed]).delete()
        links.objects.bulk_create(
            [
                links(goodpractice_id=practice.pk, concept_id=concepts[code].pk)
                for practice, card in both
                for code in set(card.links[name])
            ]
        )
    if both:
        index_practices([practice.pk for practice, _card in both])


def _sound(row: MappedRow, name: str, language: str) -> str:
    """A text with its letters put right. Raises Refused with the place that nobody should guess."""
    text = row[name] or ""
    if "&" in text:
        # "&amp;amp;" was escaped twice on its way.
        text = html.unescape(html.unescape(text))
    try:
        return repair(text, language)
    except Damaged as damaged:
        message = Message(
            _("letters are lost and can be read in several ways: “{place}”"), {"place": damaged.place}
        )
        raise Refused(name, message) from damaged


def _choice(row: MappedRow, name: str, choices: Iterable[str], default: str) -> str:
    value = row[name] or default
    if value not in choices:
        params = {"value": str(value)[:40], "choices": ", ".join(choices)}
        raise Refused(name, Message(_("“{value}” is not one of: {choices}"), params))
    return str(value)


def _fits(name: str, text: str | None, longest: int) -> None:
    if text and len(text) > longest:
        raise Refused(
            name,
            Message(_("{n} characters are more than the {max} that fit"), {"n": len(text), "max": longest}),
        )
