"""One mapping from every state of every lifecycle to its badge: a shape and a word.

A field whose choices are a `States` enum needs nothing more: its members bring shape and words along (staff
read the label, others the public label). Other states are registered one by one, or from an enum:

    badges.register_states("trainees.HelpRequest", RequestState)
    badges.register("hosts.Host", "potential", badges.WAITING, _("Potential host"))
    badges.register("hosts.Host", "potential", badges.TURN, _("Ask this host"), audience="staff")

A state without a badge raises `BadgeMissing`, so a new state cannot reach a page without its picture.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.apps import apps
from django.utils.functional import Promise

from ecett.core.states import SHAPES, States

DRAFT: Final = "draft"  # dashed ring: nobody else has seen it
WAITING: Final = "waiting"  # ring: waiting for somebody else
HALF: Final = "half"  # half disc: under way
DONE: Final = "done"  # disc: done
TURN: Final = "turn"  # flag, warm: the reader must act
DECLINED: Final = "declined"  # cross: declined, withdrawn, expired


class BadgeMissing(LookupError):
    """A state is shown for which no badge was registered."""


@dataclass(frozen=True, slots=True)
class Badge:
    """How a state is shown: one of SHAPES and the words beside it."""

    shape: str
    label: str | Promise


_registry: dict[tuple[str, str, str], Badge] = {}


def register(model_label: str, state: str, shape: str, label: str | Promise, audience: str = "") -> None:
    """Say how `state` of `model_label` ("app.Model") is shown.

    `audience` may name readers with words of their own ("staff"); without it the badge is for everyone.
    Registering the same again is harmless; registering something else for it raises ValueError.
    """
    if shape not in SHAPES:
        raise ValueError(f"{shape!r} is not one of {', '.join(SHAPES)}")
    key = (model_label.lower(), str(state), audience)
    badge = Badge(shape, label)
    known = _registry.get(key)
    if known is not None and (known.shape, str(known.label)) != (badge.shape, str(badge.label)):
        raise ValueError(f"state {state!r} of {model_label} already has the badge {known}")
    _registry[key] = badge


def register_states(model_label: str, states: type[States]) -> None:
    """Register every member of a `States` enum for a model: public words for all, its label for "staff"."""
    for state in states:
        register(model_label, state.value, state.shape, state.public_label)
        register(model_label, state.value, state.shape, state.label, audience="staff")


def badge_for(model_label: str, state: str, audience: str = "") -> Badge:
    """The badge of a state, in the words of `audience` when there are some. Raises BadgeMissing."""
    label = model_label.lower()
    found = _registry.get((label, str(state), audience)) or _registry.get((label, str(state), ""))
    if found is None:
        raise BadgeMissing(f"no badge for state {state!r} of {model_label}")
    return found


def find(subject: Any, state: Any = None, *, audience: str = "", field: str = "") -> Badge:
    """The badge of an object, of a member of a `States` enum, or of a model label and a state.

    Of an object the attribute `field` counts, or else its `state` or `status`. Raises BadgeMissing.
    """
    if isinstance(subject, States):
        return _of_member(subject, audience)
    if isinstance(subject, str):
        if (subject.lower(), str(state), "") in _registry:
            return badge_for(subject, state, audience)
        subject = apps.get_model(subject)
    name = field or next((name for name in ("state", "status") if hasattr(subject, name)), "")
    if not name:
        raise BadgeMissing(f"{subject!r} has neither state nor status")
    value = getattr(subject, name) if state is None else state
    if isinstance(value, States):
        return _of_member(value, audience)
    enum = _enum_of(subject if isinstance(subject, type) else type(subject), name)
    if enum is not None and value in enum.values:
        member = next(member for member in enum if member.value == value)
        return _of_member(member, audience)
    return badge_for(subject._meta.label, value, audience)


@lru_cache(maxsize=256)
def _enum_of(model: Any, field: str) -> type[States] | None:
    """The `States` enum that gives a model's field its choices, if one does."""
    choices = [(str(value), str(label)) for value, label in model._meta.get_field(field).choices or ()]
    for enum in _subclasses(States):
        if choices and [(str(value), str(label)) for value, label in enum.choices] == choices:
            return enum
    return None


def _subclasses(enum: type[States]) -> list[type[States]]:
    return [found for direct in enum.__subclasses__() for found in (direct, *_subclasses(direct))]


def _of_member(member: States, audience: str) -> Badge:
    return Badge(member.shape, member.label if audience == "staff" else member.public_label)


def missing(model_label: str, states: list[str] | tuple[str, ...]) -> list[str]:
    """Those of `states` that have no badge: for a test beside each lifecycle."""
    label = model_label.lower()
    return [state for state in states if (label, str(state), "") not in _registry]
