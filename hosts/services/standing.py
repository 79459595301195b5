"""Whether a team still stands behind its card: the yearly question, the answer, and what silence means."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from ecett.core import clock
from ecett.core.actors import Actor
from ecett.core.workflow import can, perform
from hosts.enums import HostStatus, Moderation
from hosts.models import Host, HostCheck
from hosts.selectors.standing import hosts_to_ask, letter_is_lost, open_checks, silence_rules
from hosts.services import letters
from hosts.silence import Due, Standing, doubted_on, due, rests_on

log = structlog.get_logger(__name__)
_DESK_STEPS: dict[str, str] = {
    HostStatus.PARTNER: "make_partner",
    HostStatus.POTENTIAL: "make_potential",
    HostStatus.INACTIVE: "make_inactive",
}


def follow_up_hosts() -> Counter[str]:
    """Once a day: write to the teams whose year is over, remind, and draw the consequences of silence. How many of
    each. A second run on the same day does nothing more, but for letters that the day's limit had held back.
    """
    day, rules = clock.today(), silence_rules()
    done: Counter[str] = Counter()
    for pk in list(open_checks().values_list("pk", flat=True)):
        step = _follow(pk, day, letters_left=_left(done))
        if step is not None:
            done[step] += 1
    limit = _left(done)
    if limit > 0:
        for pk in list(hosts_to_ask(day, rules).values_list("pk", flat=True)[:limit]):
            done[Due.ASK] += ask_host(host=Host.objects.get(pk=pk)) is not None
    log.info("hosts_followed_up", **done)
    return done


def _left(done: Counter[str]) -> int:
    return int(settings.HOST_LETTERS_A_DAY) - done.total()


@transaction.atomic
def ask_host(*, host: Host) -> HostCheck | None:
    """Write to a team: is your card still right? None when it waits for an answer already, or nobody can be asked."""
    fresh = Host.objects.select_for_update(of=("self",)).get(pk=host.pk)
    known = fresh.moderation == Moderation.PUBLISHED and fresh.status != HostStatus.INACTIVE
    if not known or not fresh.spokesperson_email or fresh.checks.filter(answered_on__isnull=True).exists():
        return None
    day = clock.today()
    check = HostCheck(host=fresh, asked_on=day, last_letter_on=day)
    _address(check)
    check.save()
    letters.check_asked(check, until=doubted_on(_standing(check), silence_rules()))
    return check


@transaction.atomic
def _follow(pk: int, day: dt.date, *, letters_left: int) -> Due | None:
    """What is due of one open question, if anything. Read again under a lock: an answer may have come meanwhile."""
    check = _locked(pk)
    step = due(_standing(check), day, silence_rules()) if check.answered_on is None else None
    if step is None or letters_left <= 0:
        return None
    if step in (Due.DOUBT, Due.REST) and letter_is_lost(check):
        # Not the team is silent: our letter has not reached it. The desk is told by its list of things to do.
        return None
    if step == Due.REMIND:
        _remind(check, day)
    elif step == Due.DOUBT:
        _doubt(check, day)
    else:
        check.host = perform(check.host, "rest", actor=Actor.system())
        letters.host_resting(check)
    return step


def _remind(check: HostCheck, day: dt.date) -> None:
    check.reminders, check.last_letter_on = check.reminders + 1, day
    _address(check)
    check.save()
    letters.check_asked(check, until=doubted_on(_standing(check), silence_rules()), again=True)


def _doubt(check: HostCheck, day: dt.date) -> None:
    was_partner = check.host.status == HostStatus.PARTNER
    if was_partner:
        check.host = perform(check.host, "doubt", actor=Actor.system())
    check.doubted_on = day
    check.save()
    letters.host_doubted(check, until=rests_on(day, silence_rules()), was_partner=was_partner)


def send_check_again(*, check: HostCheck) -> bool:
    """A new link to the address the letter went to; False when it has been answered."""
    with transaction.atomic():
        fresh = _locked(check.pk)
        if fresh.answered_on is not None:
            return False
        letters.check_asked(fresh, until=_until(fresh), again=True)
    return True


def _until(check: HostCheck) -> dt.date | None:
    """The next consequence of silence, if it still lies ahead."""
    rules = silence_rules()
    day = rests_on(check.doubted_on, rules) if check.doubted_on else doubted_on(_standing(check), rules)
    return day if day and day > clock.today() else None


@transaction.atomic
def confirm_host(*, host: Host, actor: Any) -> Host:
    """Somebody who knows says that the card is right today. What a silence took is given back to those who speak
    for the team; a second press changes nothing more.
    """
    who = Actor.of(actor)
    fresh = Host.objects.select_for_update(of=("self",)).get(pk=host.pk)
    fresh.last_confirmed_on = clock.today()
    fresh.save(update_fields=["last_confirmed_on", "changed_at"])
    _close(fresh, by=who.name)
    for name in ("return_partner", "return_potential"):
        if can(fresh, name, who):
            return perform(fresh, name, actor=who)
    return fresh


@transaction.atomic
def set_status(*, host: Host, status: str, actor: Any, comment: str = "") -> Host:
    """Potential, partner or inactive, as the desk knows the team. It ends the question to the team, and the next
    one comes in a year. Raises KeyError for a status that is none, else what `perform` raises.
    """
    if host.status != status:
        host = perform(host, _DESK_STEPS[status], actor=actor, comment=comment)
    elif host.silent_from:
        # The desk has looked at a silent team and agrees with what its card says now.
        host.silent_from = ""
        host.save(update_fields=["silent_from", "changed_at"])
    _close(host, by=Actor.of(actor).name)
    return host


def _close(host: Host, *, by: str) -> None:
    host.checks.filter(answered_on__isnull=True).update(
        answered_on=clock.today(), answered_by=by[:200], changed_at=clock.now()
    )


def _locked(pk: int) -> HostCheck:
    """Host first, then its question: the order in which `confirm_host` takes them."""
    host_pk = HostCheck.objects.values_list("host_id", flat=True).get(pk=pk)
    host = Host.objects.select_for_update(of=("self",)).get(pk=host_pk)
    check = HostCheck.objects.select_for_update(of=("self",)).get(pk=pk)
    check.host = host
    return check


def _address(check: HostCheck) -> None:
    """To whom the card says today; an address that was taken from it leaves the one that was written to."""
    host = check.host
    if host.spokesperson_email:
        check.email, check.name = host.spokesperson_email, host.spokesperson_name
        check.language = host.spokesperson_language or host.language


def _standing(check: HostCheck) -> Standing:
    return Standing(
        since=check.asked_on,
        last_letter_on=check.last_letter_on,
        reminders=check.reminders,
        doubted_on=check.doubted_on,
    )
