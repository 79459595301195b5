"""Searches that people keep: by name, with e-mails about new cards when they want them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from urllib.parse import parse_qs

import structlog
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from ecett.accounts import searches
from ecett.accounts.models import SavedSearch, User
from ecett.accounts.models.search import NAME_LENGTH, Alert
from ecett.core import clock, links
from ecett.core.notifications.letters import known_language
from ecett.core.notifications.services import notify

log = structlog.get_logger(__name__)

# A letter shows so many cards; the list has all of them.
MOST_CARDS = 10
# A person keeps so many searches at most; more are a mistake.
MOST_SEARCHES = 200
# A little less than a day and a week: the task does not run at the very same minute.
PAUSES = {Alert.DAILY: dt.timedelta(hours=20), Alert.WEEKLY: dt.timedelta(days=6, hours=20)}
LINK_DAYS = 400
PURPOSE = "search_alert"
# What was taken away can be brought back for so long.
KEPT_DAYS = 30


class CannotSave(ValueError):
    """The search cannot be kept; ``code`` says why: unknown, empty, many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def save_search(*, user: User, kind: str, address: str, name: str, alert: str = Alert.NONE) -> SavedSearch:
    """Keep a question of a list under a name; the same question again changes the one that is kept.

    Raises CannotSave when it holds what nobody knows, asks for nothing, or too many are kept.
    """
    known = searches.kind_of(kind)
    wanted = known.read(parse_qs(address)) if known else None
    if known is None or wanted is None:
        raise CannotSave("unknown")
    if not wanted:
        raise CannotSave("empty")
    kept = SavedSearch.objects.kept().filter(user=user)
    same = kept.select_for_update().filter(kind=kind, address=wanted).first()
    if same is None and kept.count() >= MOST_SEARCHES:
        raise CannotSave("many")
    found = same or SavedSearch(user=user, kind=kind, address=wanted)
    found.name = (" ".join(name.split()) or wanted)[:NAME_LENGTH]
    found.alert = alert
    _begin(found)
    found.save()
    return found


@transaction.atomic
def change_search(*, search: SavedSearch, name: str, alert: str) -> SavedSearch:
    """Another name, other e-mails. E-mails that begin again tell of what is new from now on."""
    fresh = SavedSearch.objects.select_for_update().get(pk=search.pk)
    begins = fresh.alert == Alert.NONE and alert != Alert.NONE
    fresh.name = " ".join(name.split())[:NAME_LENGTH] or fresh.name
    fresh.alert = alert
    if begins:
        _begin(fresh)
    fresh.save()
    return fresh


def delete_search(*, search: SavedSearch) -> None:
    """Take it away; `restore_search` brings it back."""
    SavedSearch.objects.kept().filter(pk=search.pk).update(deleted_at=clock.now())


def restore_search(*, search: SavedSearch) -> None:
    """Bring back what was taken away."""
    SavedSearch.objects.filter(pk=search.pk).update(deleted_at=None)


def stop_alerts(*, search_id: int) -> SavedSearch | None:
    """No more e-mails about it; stopping twice changes nothing. None: it is gone."""
    SavedSearch.objects.filter(pk=search_id).update(alert=Alert.NONE)
    return SavedSearch.objects.filter(pk=search_id).first()


def send_due_alerts() -> int:
    """Tell people of new cards in their searches, once a day or once a week. Returns how many letters were written."""
    now = clock.now()
    due = Q()
    for alert, pause in PAUSES.items():
        due |= Q(alert=alert, checked_at__lte=now - pause)
    waiting = SavedSearch.objects.kept().filter(due, user__is_active=True)
    written = 0
    for pk in list(waiting.order_by("checked_at").values_list("pk", flat=True)):
        try:
            written += _tell(pk)
        except Exception:
            # One search that fails is tried again; the others do not wait for it.
            log.exception("search_alert_failed", search=pk)
    SavedSearch.objects.filter(deleted_at__lt=now - dt.timedelta(days=KEPT_DAYS)).delete()
    return written


@transaction.atomic
def _tell(pk: int) -> bool:
    """Write the letter of one search, unless another process does or nothing is new."""
    search = (
        SavedSearch.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("user")
        .filter(pk=pk)
        .first()
    )
    pause = PAUSES.get(Alert(search.alert)) if search else None
    if search is None or pause is None or search.deleted_at or search.checked_at > clock.now() - pause:
        return False
    kind = searches.kind_of(search.kind)
    if kind is None:
        return False
    language = known_language(search.user.language)
    with translation.override(language):
        seen = searches.unpack(bytes(search.seen))
        new = set(kind.find(search.address, language)) - seen
        if new:
            _write(search, kind, new, language)
            search.seen = searches.pack(seen | new)
    search.checked_at = clock.now()
    search.save(update_fields=["seen", "checked_at"])
    return bool(new)


def _write(search: SavedSearch, kind: searches.SearchKind, new: set[int], language: str) -> None:
    url = links.absolute(f"{reverse(kind.url_name)}?{search.address}")
    token = links.make(purpose=PURPOSE, subject=search, email=search.user.email, days=LINK_DAYS)
    stop = links.absolute(reverse("accounts:search_stop", args=[token]))
    cards = [
        {"title": card.title, "place": card.place, "why": card.why, "url": links.absolute(card.path)}
        for card in kind.cards(new, search.address, language, MOST_CARDS)
    ]
    common = common_reason([card["why"] for card in cards])
    notify(
        kind="accounts.search_alert",
        to=search.user,
        context={
            "name": search.name,
            "cards": [{**card, "why": "" if card["why"] == common else card["why"]} for card in cards],
            "why": common,
            "alike": all(card["why"] == common for card in cards),
            "total": len(new),
            "more": len(new) - len(cards),
            "stop_url": stop,
        },
        subject=search,
        action_url=url,
        unsubscribe_url=stop,
    )


def common_reason(reasons: Sequence[str]) -> str:
    """The reason that most of the cards share, to be said once; "" when there is none, or a card has no reason: it
    would seem to have this one.
    """
    if len(reasons) < 2 or not all(reasons):
        return ""
    reason, times = Counter(reasons).most_common(1)[0]
    return reason if times * 2 > len(reasons) else ""


def _begin(search: SavedSearch) -> None:
    """Everything that is found now is known."""
    kind = searches.kind_of(search.kind)
    language = known_language(search.user.language)
    search.seen = searches.pack(kind.find(search.address, language) if kind else ())
    search.checked_at = clock.now()
