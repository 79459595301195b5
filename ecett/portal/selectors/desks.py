"""Which languages a helpdesk answers in."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from ecett.accounts.enums import Role
from ecett.accounts.models import Membership
from ecett.portal.selectors.cached import remember


@dataclass(frozen=True)
class Desk:
    """A helpdesk by its language; `name` is how the language calls itself."""

    code: str
    name: str


def desks() -> list[Desk]:
    """The helpdesks that have people now, by the code of their language; one query when counted."""
    return [Desk(code, own_name(code)) for code in remember("desks", _languages)]


def _languages() -> list[str]:
    staffed = Membership.objects.current().filter(role=Role.HELPDESK).order_by("language")
    return list(staffed.values_list("language", flat=True).distinct())


def own_name(code: str) -> str:
    """A language in its own words: "Nederlands" for nl; the code where babel does not know it."""
    try:
        name = Locale.parse(code).get_language_name(code) or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]
