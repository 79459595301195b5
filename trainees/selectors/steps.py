"""Where a project stands: the spine with its notes, and the one line about what happens next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecett.core import slots
from ecett.core.clock import today
from ecett.core.components.formats import date_range, day, number
from ecett.core.components.lists import pdca
from ecett.core.slots import NextStep
from trainees.enums import AgreementState, InternshipState, Party, ProjectState
from trainees.models import Internship, Project
from trainees.selectors.gaps import agreement_gaps
from trainees.selectors.journey import days_of, living_agreement, living_internship, looked_back


@dataclass(frozen=True)
class Step(NextStep):
    """A next step whose button may be a form to send (``post``) instead of a link."""

    post: bool = False


@dataclass(frozen=True)
class PlanItem:
    """One of the things to settle before the stay."""

    label: str
    done: bool
    url: str = ""


def plan_items(project: Project) -> list[PlanItem]:
    """What Plan consists of, and what of it is ready."""
    internship = living_internship(project)
    agreement = living_agreement(internship)
    edit = reverse("trainees:project_edit", args=[project.public_id])
    page = reverse("trainees:project_detail", args=[project.public_id])
    items = [
        PlanItem(_("Problem described"), bool(project.problem.strip()), edit),
        PlanItem(_("Goals set"), bool(project.goals.all()), f"{page}#goals"),
        PlanItem(_("Host found"), internship is not None),
    ]
    stay = programme = budget = ""
    if internship is not None:
        stay, programme, budget = (
            reverse(f"trainees:{name}_edit", args=[internship.public_id])
            for name in ("stay", "programme", "budget")
        )
    items += [
        PlanItem(_("Days planned"), internship is not None and bool(internship.programme.all()), programme),
        PlanItem(_("Insurance and logistics"), internship is not None and bool(internship.insurance), stay),
        PlanItem(_("Budget made"), internship is not None and bool(internship.budget.all()), budget),
        PlanItem(
            _("Agreement signed by all"), agreement is not None and agreement.state == AgreementState.SEALED
        ),
    ]
    return items


def spine(project: Project) -> list[dict[str, Any]]:
    """The stepper's rows: Plan, Do, Check, Act with a note each."""
    internship = living_internship(project)
    items = plan_items(project)
    ready = sum(item.done for item in items)
    back = len(looked_back(internship)) if internship else 0
    planning = project.state in (ProjectState.PLAN, ProjectState.DROPPED)
    notes = {
        "plan": _("%(ready)s of %(all)s ready") % {"ready": ready, "all": len(items)} if planning else "",
        "do": _note_of_stay(internship),
        "check": _("%(n)s of 3 looked back") % {"n": back} if back else _("three look-backs"),
        "act": _("good practice"),
    }
    at: dict[str, int] = {
        ProjectState.PLAN: 100 * ready // len(items),
        ProjectState.DO: _share_of_stay(internship),
        ProjectState.CHECK: 100 * back // 3,
        ProjectState.ACT: 50 if internship and internship.reported_practices.all() else 10,
    }
    state = str(project.state)
    over: dict[str, str] = {ProjectState.DONE: "over", ProjectState.DROPPED: "plan"}
    return pdca(over.get(state, state), at=at.get(state, 0), notes=notes)


def _note_of_stay(internship: Internship | None) -> str:
    if internship is None:
        return _("the stay")
    if internship.confirmed_days is not None:
        return ngettext("%(n)s day, confirmed", "%(n)s days, confirmed", ceil(internship.confirmed_days)) % {
            "n": number(internship.confirmed_days)
        }
    if today() < internship.start:
        return _("from %(day)s") % {"day": day(internship.start, "short")}
    return _("until %(day)s") % {"day": day(internship.end, "short")}


def _share_of_stay(internship: Internship | None) -> int:
    if internship is None or today() < internship.start:
        return 4
    gone = (min(today(), internship.end) - internship.start).days + 1
    return 100 * gone // days_of(internship)


def next_step(project: Project, user: Any) -> Step:
    """What happens next and who is waited for; only the trainee herself gets the button."""
    found = _by_state(project, user)
    if user.pk == project.trainee_id:
        return found
    return Step(text=found.text, since=found.since, note=found.note)


def _by_state(project: Project, user: Any) -> Step:
    internship = living_internship(project)
    if project.state == ProjectState.DONE:
        return Step(text=_("This project is finished. Everything stays readable."))
    if project.state == ProjectState.DROPPED:
        return Step(text=_("This project was given up. You can take it up again."))
    if internship is None:
        found = slots.first("project_next", project, user)
        return _own(found) if found is not None else _before_the_host(project)
    by_state: dict[str, Callable[[Project, Internship], Step]] = {
        InternshipState.PLANNED: _planning,
        InternshipState.SIGNING: _signing,
        InternshipState.AGREED: _staying,
        InternshipState.CONFIRMED: _afterwards,
    }
    return by_state[str(internship.state)](project, internship)


def _own(found: NextStep) -> Step:
    return Step(found.text, found.mine, found.since, found.note, found.url, found.label)


def _before_the_host(project: Project) -> Step:
    since = project.created_at
    if not project.problem.strip():
        url = reverse("trainees:project_edit", args=[project.public_id])
        return Step(
            _("describe the problem at your workplace."), True, since, "", url, _("Describe the problem")
        )
    if not project.goals.all():
        url = reverse("trainees:goal_add", args=[project.public_id])
        return Step(_("set your first goal."), True, since, "", url, _("Add a goal"))
    return Step(_("ask the helpdesk for a host."), True, since)


def _planning(project: Project, internship: Internship) -> Step:
    gaps = agreement_gaps(internship)
    if gaps:
        left = len(gaps) - 1
        note = ngettext("Then one more thing.", "Then %(n)s more things.", left) % {"n": left} if left else ""
        gap = gaps[0]
        return Step(gap.text, bool(gap.url), internship.created_at, note, gap.url, gap.label)
    url = reverse("trainees:agreement_make", args=[internship.public_id])
    text = _("make the agreement: everything for it is there.")
    return Step(text, True, internship.changed_at, "", url, _("Make the agreement"))


def _signing(project: Project, internship: Internship) -> Step:
    agreement = living_agreement(internship)
    if agreement is None:
        return Step(_("the agreement is being written."))
    missing = [signature for signature in agreement.signatures.all() if signature.signed_at is None]
    own = [signature for signature in missing if signature.party == Party.TRAINEE]
    if own:
        url = reverse("trainees:signature", args=[own[0].public_id])
        others = len(missing) - 1
        note = _("Employer and host have their links too.") if others else ""
        return Step(
            _("read the agreement and sign it."), True, own[0].asked_at, note, url, _("Read and sign")
        )
    waited = missing[0]
    who = f"{waited.name} ({waited.organisation})" if waited.organisation else waited.name
    since = waited.reminded_at or waited.asked_at
    note = _("We have been waiting since %(day)s.") % {"day": day(waited.asked_at)}
    if waited.reminded_at:
        note = _("Reminded on %(day)s.") % {"day": day(waited.reminded_at)}
    url = reverse("trainees:signature_remind", args=[waited.public_id])
    text = _("%(who)s signs the agreement.") % {"who": who}
    return Step(text, False, since, note, url, _("Remind now"), post=True)


def _staying(project: Project, internship: Internship) -> Step:
    dates = date_range(internship.start, internship.end)
    if today() < internship.start:
        return Step(_("your stay at %(host)s, %(dates)s.") % {"host": internship.host, "dates": dates})
    if today() < internship.end:
        text = _("you are at %(host)s until %(day)s. Write down what strikes you.")
        return Step(text % {"host": internship.host, "day": day(internship.end)})
    url = reverse("trainees:attendance_ask", args=[internship.public_id])
    text = _("%(who)s (%(host)s) confirms the days of your stay.")
    note = _("The portal asks on the last day, and again after a week.")
    values = {"who": internship.host_contact, "host": internship.host}
    return Step(text % values, False, None, note, url, _("Ask the host now"), post=True)


def _afterwards(project: Project, internship: Internship) -> Step:
    given = looked_back(internship)
    since = internship.confirmed_at
    if Party.TRAINEE not in given:
        url = reverse("trainees:look_back", args=[internship.public_id])
        text = _("look back: how useful was it, and what became of your goals?")
        return Step(text, True, since, "", url, _("Look back"))
    if not internship.reported_practices.all():
        url = reverse("trainees:practice_report", args=[internship.public_id])
        text = _("write down the practice you would show a colleague.")
        return Step(text, True, since, "", url, _("Write the practice"))
    if project.state == ProjectState.CHECK:
        names = {Party.HOST: internship.host_contact, Party.EMPLOYER: project.employer_contact}
        missing = [name for party, name in names.items() if party not in given]
        text = _("%(names)s: their look-back is still to come.") % {"names": " · ".join(missing)}
        return Step(text, False, since, _("You need not wait for it: go on with Act."))
    if not project.action_plan.strip():
        url = reverse("trainees:action_plan", args=[project.public_id])
        text = _("say what will change at your workplace.")
        return Step(text, True, since, "", url, _("Write the action plan"))
    text = _("finish the project when you have done what you wanted to do.")
    return Step(text, False, since)
