"""What this room puts into the menu, on the list of things to do, and on the pages of hosts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecett.core.nav import NavEntry
from ecett.core.slots import NextStep, Panel
from ecett.core.todo import Todo
from goodpractices.enums import IN_READING, PracticeState
from goodpractices.models import GoodPractice
from goodpractices.selectors.attachments import attachments_to_look_at
from goodpractices.selectors.cards import own_practices, practices_of_host
from goodpractices.selectors.readings import is_late, question_of, reading_queue, since_of
from goodpractices.selectors.translations import translations_to_read
from hosts.models import Host

PRACTICES_ENTRY = NavEntry(gettext_lazy("Good practices"), "goodpractices:practice_list", order=20)


def practice_todos(user: Any) -> Iterator[Todo]:
    """For readers: cards to read. For authors: cards with a question, drafts left lying."""
    if user.has_perm("goodpractices.see_readings"):
        for card in reading_queue(user).only("title", "changed_at", "public_id")[:20]:
            since: dt.datetime = card.since  # type: ignore[attr-defined]
            text = (
                _("Good practice to read: two weeks are over")
                if is_late(since)
                else _("Good practice to read")
            )
            url = reverse("goodpractices:practice_detail", args=[card.public_id])
            yield Todo(card.title, text, url, since)
    for one in translations_to_read(user)[:20]:
        url = reverse("goodpractices:translation_edit", args=[one.public_id])
        yield Todo(one.title or one.practice.title, _("Translation to read"), url, one.changed_at)
    for attachment in attachments_to_look_at(user)[:20]:
        url = reverse("goodpractices:practice_detail", args=[attachment.practice.public_id]) + "#attachments"
        yield Todo(attachment.practice.title, _("New attachment to look at"), url, attachment.created_at)
    mine = own_practices(user).filter(state__in=(PracticeState.CHANGES, PracticeState.DRAFT))
    for card in mine.only("title", "changed_at", "public_id", "state")[:20]:
        asked = card.state == PracticeState.CHANGES
        text = _("Your good practice: a question") if asked else _("Your good practice: a draft")
        url = reverse("goodpractices:practice_edit", args=[card.public_id])
        yield Todo(card.title or _("Without a title"), text, url, card.changed_at)


def practice_next(practice: GoodPractice, user: Any) -> NextStep | None:
    """What happens next with a card."""
    if not user.is_authenticated:
        return None
    edit = reverse("goodpractices:practice_edit", args=[practice.public_id])
    if practice.state in IN_READING:
        return _next_reading(practice, user)
    writes = user.has_perm("goodpractices.edit_practice", practice)
    if practice.state == PracticeState.CHANGES and writes:
        asked = question_of(practice)
        note = asked.comment if asked else ""
        text = _("you answer the question and send the card again.")
        return NextStep(text, mine=True, note=note, url=edit, label=_("Continue writing"), leads=True)
    if practice.state == PracticeState.DRAFT and writes:
        text = _("you complete the card and send it to the helpdesk.")
        return NextStep(text, mine=True, url=edit, label=_("Continue writing"))
    if practice.state in (PracticeState.REJECTED, PracticeState.WITHDRAWN) and writes:
        return _next_of_ended(practice, desk=user.has_perm("goodpractices.moderate_practice"))
    return None


def _next_of_ended(practice: GoodPractice, *, desk: bool) -> NextStep:
    """Why a card is not public any more, and who could change that."""
    if desk:
        text = _("nothing, unless you take the card back to reading.")
    elif practice.state == PracticeState.REJECTED:
        text = _("nothing: the card is not published. The helpdesk can take it back to reading.")
    else:
        text = _(
            "nothing: the card is withdrawn, and its address says so. The helpdesk can take it back to reading."
        )
    return NextStep(text, note=practice.log.order_by("-pk").values_list("comment", flat=True).first() or "")


def _next_reading(practice: GoodPractice, user: Any) -> NextStep:
    """Who reads the card now, and since when."""
    since = since_of(practice)
    note = (
        _("Waits since %(day)s; readers answer within two weeks.")
        if not is_late(since)
        else _("Waits since %(day)s: the two weeks in which readers answer are over.")
    ) % {"day": date_format(localtime(since))}
    expert = practice.state == PracticeState.WITH_EXPERT
    if not expert and user.has_perm("goodpractices.moderate_practice"):
        text = _("you read whether the card is clear and nobody can be recognised; then an expert reads it.")
        return NextStep(text, mine=True, since=since, note=note)
    if expert and user.has_perm("goodpractices.judge_practice", practice):
        text = _("you read whether others can learn from the card, and publish it or ask its author.")
        return NextStep(
            text, mine=True, since=since, note=" ".join(filter(None, (note, _passed_on(practice))))
        )
    if expert:
        text = _("the helpdesk has read the card; an expert, somebody else, reads it now.")
    else:
        text = _("the helpdesk reads the card, then an expert.")
    return NextStep(text, since=since, note=note)


def _passed_on(practice: GoodPractice) -> str:
    """What the first reader wrote to the second."""
    last = practice.log.filter(step="pass_on").order_by("-pk").first()
    if last is None or not last.comment:
        return ""
    return _("%(name)s wrote: “%(comment)s”") % {"name": last.actor_name, "comment": last.comment}


def practices_panel(host: Host, user: Any) -> Panel | None:
    """The practices seen at a host, on the host's page."""
    practices = practices_of_host(host)
    return Panel("goodpractices/_of_host.html", {"practices": practices}) if practices else None
