"""New cards of a sheet that look like cards which are there under another key: asked, joined, told apart, or written
down for the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ecett.core.actors import Actor
from ecett.core.imports.engine import Importer, Message, Report
from ecett.core.imports.mapping import MappedRow
from ecett.core.imports.report import Question
from ecett.core.models.importjob import Answer
from ecett.core.words import mark as _
from hosts.duplicates import LIKELY
from hosts.merging import MERGED_FIELDS, missing
from hosts.models import Host
from hosts.selectors.duplicates import Alike, alike, facts_of
from hosts.services.duplicates import ask_search, keep_apart, pair_up
from hosts.services.merging import merge_hosts
from hosts.wording import place_of, reason_of

#: So many new cards of one sheet are held against the directory one by one (a hundredth of a second each, and as many
#: as a person answers for); of more the finder looks through all cards at once, and the desk settles its list.
MOST_ASKED = 100


@dataclass(frozen=True)
class Made:
    """A new card and the row that made it."""

    host: Host
    row: MappedRow


@dataclass(frozen=True)
class Said:
    """What became of a new card that is like another one."""

    message: Message
    joined: bool = False


def settle_twins(made: Sequence[Made], importer: Importer, report: Report) -> dict[int, Said]:
    """Do for each new card what was said of its row; without an answer it stands, and the pair waits for the desk.

    Returns {number of a card: what to say of its row}; cards that are like none are not in it.
    """
    if len(made) > MOST_ASKED:
        report.unasked = len(made)
        ask_search(actor=_actor(importer))
        return {}
    fresh = [each.host.pk for each in made]
    said: dict[int, Said] = {}
    for each in made:
        near = alike(facts_of(each.host), but=fresh, least=LIKELY, most=1)
        if near:
            said[each.host.pk] = _settle(each, near[0], importer, report)
    return said


def _settle(made: Made, near: Alike, importer: Importer, report: Report) -> Said:
    other, actor = near.host, _actor(importer)
    words = {"name": other.name, "place": place_of(other.city, other.country)}
    key, answer = importer.answers.get(made.row.line, ("", Answer.LATER))
    if key == other.public_id and answer == Answer.SAME:
        merge_hosts(
            host=made.host, into=other, actor=actor, fields=missing(_values(other), _values(made.host))
        )
        return Said(Message(_("the same as “{name}”, {place}: joined to it"), words), joined=True)
    if key == other.public_id and answer == Answer.ANOTHER:
        keep_apart(host=made.host, others=[other], actor=actor)
        return Said(Message(_("another one than “{name}”, {place}"), words))
    pair_up(host=made.host, other=other, likeness=near.likeness)
    report.questions.append(
        Question(
            line=made.row.line,
            subject=f"{made.host.name}, {place_of(made.host.city, made.host.country)}",
            candidate=f"{other.name}, {words['place']}",
            url=reverse("hosts:host_detail", args=[other.public_id]),
            why="; ".join(reason_of(reason.kind, reason.detail) for reason in near.likeness.reasons),
            key=other.public_id,
        )
    )
    return Said(
        Message(_("looks like “{name}”, {place}: the pair goes to the list of possible duplicates"), words)
    )


def _actor(importer: Importer) -> Any:
    return importer.actor or Actor.system()


def _values(host: Host) -> dict[str, Any]:
    return {name: getattr(host, name) for name in MERGED_FIELDS}
