"""One door for every change of state.

A lifecycle is written once, as transitions on its model::

    class Proposal(Public):
        state = StateField(default=State.DRAFT, choices=State.choices)

        @step(state, source=State.SENT, target=State.ACCEPTED, label=_("Accept"), by=via_link("proposal"))
        def accept(self, *, start, end): ...

and performed by ``perform(proposal, "accept", actor=…, start=…, end=…)`` and by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import structlog
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_fsm import RETURN_VALUE, Transition, transition
from rules.predicates import Predicate

from ecett.core.actors import Actor

M = TypeVar("M", bound=models.Model)
Text = str | Promise
Condition = Callable[[Any], Text | None]
CommentRule = Literal["no", "optional", "required"]
log = structlog.get_logger(__name__)

# Sent inside the transaction, after the log row: kwargs obj, step, actor, from_state, to_state, data.
transitioned = Signal()


class WorkflowError(Exception):
    """A change of state that did not happen; ``reasons`` are for people, in their language."""

    def __init__(self, *reasons: Text) -> None:
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


class StaleTransition(WorkflowError):
    """The object is no longer in the state the person saw: somebody else was faster."""


class Denied(WorkflowError):
    """The actor has no right to this step."""


class Blocked(WorkflowError):
    """A condition is not met; each reason says what is missing."""


@dataclass(frozen=True)
class Action:
    """A button: ``reasons`` is empty when it may be pressed, and says why when it may not."""

    name: str
    label: Text
    target: str
    reasons: tuple[str, ...] = ()
    confirm: Text = ""
    comment: CommentRule = "no"
    primary: bool = False

    @property
    def enabled(self) -> bool:
        return not self.reasons


class Returned(RETURN_VALUE):
    """The target of a step whose method returns the state, one of these: back to what it was."""

    def __str__(self) -> str:
        return ", ".join(str(state) for state in self.allowed_states)


def step(
    field: Any,
    *,
    source: Any,
    target: Any,
    label: Text,
    by: Predicate,
    conditions: Sequence[Condition] = (),
    confirm: Text = "",
    comment: CommentRule = "no",
    primary: bool = False,
    hidden: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a transition.

    ``by`` is a predicate over (actor, object); each condition returns ``None`` or the reason why not. ``confirm`` is
    the question asked first; ``hidden`` keeps a step out of ``available`` (the system's own, or one with its own page).
    """
    return transition(
        field=field,
        source=source,
        target=target,
        custom={
            "label": label,
            "by": by,
            "conditions": tuple(conditions),
            "confirm": confirm,
            "comment": comment,
            "primary": primary,
            "hidden": hidden,
        },
    )


def perform(obj: M, name: str, *, actor: Any, comment: str = "", **data: Any) -> M:
    """Change the state of an object, log it, and return the row as it is now.

    Atomic; the row is read again under a lock. Raises ``StaleTransition`` when the state is not the one ``obj`` shows
    or not one the step starts from, ``Denied`` without the right, ``Blocked`` with the reasons of unmet conditions.
    """
    who = Actor.of(actor)
    with transaction.atomic():
        fresh = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
        field, known = _find(fresh, name)
        seen, current = getattr(obj, field), getattr(fresh, field)
        if seen != current or current not in known:
            raise StaleTransition(_("Somebody else was faster: this is now “%s”.") % _wording(fresh, field))
        chosen = known[current]
        rules_of_step = chosen.custom
        if not rules_of_step["by"].test(who, fresh):
            raise Denied(_("You may not do this: %s.") % rules_of_step["label"])
        reasons = _reasons(fresh, rules_of_step["conditions"])
        if rules_of_step["comment"] == "required" and not comment.strip():
            reasons.append(_("Please say why."))
        if reasons:
            raise Blocked(*reasons)
        getattr(fresh, name)(**data)
        fresh.save()
        to_state = getattr(fresh, field)
        _write_log(fresh, name, current, to_state, who, comment)
        transitioned.send(
            sender=type(fresh),
            obj=fresh,
            step=name,
            actor=who,
            from_state=current,
            to_state=to_state,
            data=data,
        )
    log.info("transition", model=fresh._meta.label, pk=fresh.pk, step=name, to=to_state, role=who.role)
    return fresh


def available(obj: models.Model, actor: Any) -> list[Action]:
    """The buttons this actor has here, in the order of the model; a disabled one carries its reasons."""
    who = Actor.of(actor)
    actions = []
    for field, names in _lifecycles(type(obj)).items():
        current = getattr(obj, field)
        for name, known in names.items():
            chosen = known.get(current)
            if chosen is None or chosen.custom["hidden"] or not chosen.custom["by"].test(who, obj):
                continue
            actions.append(
                Action(
                    name=name,
                    label=chosen.custom["label"],
                    target=str(chosen.target),
                    reasons=tuple(_reasons(obj, chosen.custom["conditions"])),
                    confirm=chosen.custom["confirm"],
                    comment=chosen.custom["comment"],
                    primary=chosen.custom["primary"],
                )
            )
    return actions


def can(obj: models.Model, name: str, actor: Any) -> bool:
    """Whether the step could be performed now by this actor."""
    field, known = _find(obj, name)
    chosen = known.get(getattr(obj, field))
    if chosen is None:
        return False
    return bool(chosen.custom["by"].test(Actor.of(actor), obj)) and not _reasons(
        obj, chosen.custom["conditions"]
    )


def steps(model: type[models.Model]) -> list[tuple[str, str, Transition]]:
    """Every (field, step name, transition) of a model, in the order written: for ``docs/states.md``."""
    return [
        (field, name, chosen)
        for field, names in _lifecycles(model).items()
        for name, known in names.items()
        # By identity: transitions of one step from several states are equal to each other.
        for chosen in {id(chosen): chosen for chosen in known.values()}.values()
    ]


def _lifecycles(model: type[models.Model]) -> dict[str, dict[str, dict[str, Transition]]]:
    """{field: {step: {source state: transition}}}, read once from the class."""
    cached = model.__dict__.get("_ecett_lifecycles")
    if cached is not None:
        return cached
    found: dict[str, dict[str, dict[str, Transition]]] = {}
    for cls in reversed(model.__mro__):
        for name, attribute in vars(cls).items():
            meta = getattr(attribute, "_django_fsm", None)
            if meta is None:
                continue
            field = meta.field if isinstance(meta.field, str) else meta.field.name
            states = [choice for choice, _label in model._meta.get_field(field).choices or ()]  # type: ignore[union-attr]
            known: dict[str, Transition] = {}
            for source, chosen in meta.transitions.items():
                for state in states if source in ("*", "+") else [source]:
                    if source != "+" or state != chosen.target:
                        known[str(state)] = chosen
            found.setdefault(field, {})[name] = known
    model._ecett_lifecycles = found  # type: ignore[attr-defined]
    return found


def _find(obj: models.Model, name: str) -> tuple[str, dict[str, Transition]]:
    for field, names in _lifecycles(type(obj)).items():
        if name in names:
            return field, names[name]
    raise LookupError(f"{type(obj).__name__} has no step {name!r}")


def _reasons(obj: object, conditions: Sequence[Condition]) -> list[str]:
    return [str(reason) for condition in conditions if (reason := condition(obj))]


def _wording(obj: models.Model, field: str) -> str:
    return str(getattr(obj, f"get_{field}_display")())


def _write_log(obj: Any, name: str, from_state: str, to_state: str, who: Actor, comment: str) -> None:
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    obj.log.create(
        step=name,
        from_state=from_state,
        to_state=to_state,
        actor=who.user,
        actor_name=who.name[:200],
        actor_role=who.role,
        actor_organisation=who.organisation[:200],
        comment=comment.strip(),
        request_id=str(request_id)[:64],
    )
