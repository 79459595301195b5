"""The project and its goals: begun, told, changed, finished or given up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ecett.accounts.models import User
from ecett.core.numbers import next_number
from ecett.core.workflow import Blocked, perform
from trainees.enums import GoalResult, InternshipState, ProjectState
from trainees.models import Goal, Internship, Project, TraineeProfile
from trainees.services import letters
from trainees.services.internships import cancel_internship
from trainees.services.profile import EMPLOYER_FIELDS, take_employer

#: More goals than a stay can serve.
MOST_GOALS = 10
PROJECT_FIELDS = ("title", "problem", "context", "language", "action_plan", *EMPLOYER_FIELDS)


@transaction.atomic
def start_project(
    *, trainee: User, title: str, language: str, problem: str = "", context: str = "", is_demo: bool = False
) -> Project:
    """Begin a project; it takes the employer of the profile. The same form sent twice begins one project."""
    User.objects.select_for_update().get(pk=trainee.pk)
    same = Project.objects.filter(
        trainee=trainee, title=title, problem=problem, state=ProjectState.PLAN
    ).first()
    if same is not None:
        return same
    project = Project(
        number=next_number(Project),
        trainee=trainee,
        title=title,
        language=language,
        problem=problem,
        context=context,
        is_demo=is_demo,
    )
    profile = TraineeProfile.objects.filter(user=trainee).first()
    if profile is not None:
        take_employer(project, profile)
    project.save()
    return project


@transaction.atomic
def edit_project(*, project: Project, **fields: Any) -> Project:
    """Change what a project tells. Who approves it is fixed once the agreement is written (`Blocked`)."""
    unknown = set(fields) - set(PROJECT_FIELDS)
    if unknown:
        raise TypeError(f"a project has no {', '.join(sorted(unknown))}")
    fresh = Project.objects.select_for_update().get(pk=project.pk)
    changed = {name: value for name, value in fields.items() if getattr(fresh, name) != value}
    if fresh.state in (ProjectState.DONE, ProjectState.DROPPED):
        raise Blocked(_("This project is closed; it can only be read."))
    if set(changed) & {"employer", *EMPLOYER_FIELDS}:
        guard_open_plan(fresh)
    for name, value in changed.items():
        setattr(fresh, name, value)
    fresh.save()
    return fresh


def guard_open_plan(project: Project) -> None:
    """Raise `Blocked` when an agreement is being signed or is signed: what it says stands."""
    written = (InternshipState.SIGNING, InternshipState.AGREED, InternshipState.CONFIRMED)
    if project.state in (ProjectState.DONE, ProjectState.DROPPED):
        raise Blocked(_("This project is closed; it can only be read."))
    if Internship.objects.filter(project=project, state__in=written).exists():
        raise Blocked(_("The agreement already says this. Choose “Change the plan” first."))


@transaction.atomic
def add_goal(*, project: Project, text: str, deadline: dt.date | None = None) -> Goal:
    """State one more goal; the same words twice are one goal. `Blocked` once the agreement is written."""
    Project.objects.select_for_update().get(pk=project.pk)
    same = project.goals.filter(text=text, deadline=deadline).first()
    if same is not None:
        return same
    guard_open_plan(project)
    if project.goals.count() >= MOST_GOALS:
        raise Blocked(_("%(n)s goals are enough for one stay.") % {"n": MOST_GOALS})
    last = project.goals.aggregate(last=Max("position"))["last"]
    return Goal.objects.create(
        project=project, text=text, deadline=deadline, position=0 if last is None else last + 1
    )


@transaction.atomic
def edit_goal(*, goal: Goal, text: str, deadline: dt.date | None = None) -> Goal:
    """Put a goal into other words. `Blocked` once the agreement is written."""
    guard_open_plan(goal.project)
    goal.text, goal.deadline = text, deadline
    goal.save()
    return goal


@transaction.atomic
def place_goal(*, goal: Goal, place: int) -> None:
    """Put a goal at a place among its project's goals (0 is the first; beyond the last is the last). `Blocked`
    once the agreement is written."""
    project = Project.objects.select_for_update().get(pk=goal.project_id)
    guard_open_plan(project)
    others = [one for one in project.goals.all() if one.pk != goal.pk]
    place = max(0, min(place, len(others)))
    for position, one in enumerate([*others[:place], goal, *others[place:]]):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])


@transaction.atomic
def delete_goal(*, goal: Goal) -> None:
    """Take a goal away. `Blocked` once the agreement is written."""
    guard_open_plan(goal.project)
    goal.delete()


@transaction.atomic
def judge_goal(*, goal: Goal, result: str, comment: str = "") -> Goal:
    """Say after the stay whether a goal was met (`GoalResult`). `Blocked` before the stay is over."""
    if goal.project.state not in (ProjectState.CHECK, ProjectState.ACT):
        raise Blocked(_("Goals are judged once the host has confirmed the stay."))
    goal.result, goal.result_comment = GoalResult(result), comment
    goal.save()
    return goal


@transaction.atomic
def finish_project(*, project: Project, actor: Any) -> Project:
    """Act is done: the project is closed, and everything stays readable."""
    return perform(project, "finish", actor=actor)


@transaction.atomic
def drop_project(*, project: Project, actor: Any, comment: str) -> Project:
    """Give a project up: an open stay is cancelled too, with the same reason, and all concerned are told."""
    open_states = (InternshipState.PLANNED, InternshipState.SIGNING, InternshipState.AGREED)
    for internship in project.internships.filter(state__in=open_states):
        cancel_internship(internship=internship, actor=actor, comment=comment, tell_trainee=False)
    # A cancelled stay may have put the project back to planning.
    seen = Project.objects.get(pk=project.pk)
    dropped = perform(seen, "drop", actor=actor, comment=comment)
    letters.project_dropped(dropped, comment)
    return dropped


@transaction.atomic
def resume_project(*, project: Project, actor: Any) -> Project:
    """Take a given-up project up again; it begins with Plan."""
    return perform(project, "resume", actor=actor)
