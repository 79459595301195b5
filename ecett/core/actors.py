"""Who acts: a signed-in person under one of her hats, a person with a signed link, or the portal itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecett.accounts.models import User

SYSTEM = "system"
PERSON = "person"
LINK = "link"


@dataclass(frozen=True)
class Actor:
    """The one who performs a transition.

    ``role`` is the hat worn (``trainee``, ``helpdesk`` …), for a link its purpose's role (``host``, ``employer``);
    ``subject`` is the primary key of the object a signed link was made for, and ``purpose`` the link's purpose.
    """

    via: str
    name: str
    role: str = ""
    organisation: str = ""
    user: User | None = None
    purpose: str = ""
    subject: int | None = None
    email: str = ""

    @classmethod
    def of(cls, who: Any) -> Actor:
        """An actor from an actor or a user (whose current hat is read)."""
        if isinstance(who, Actor):
            return who
        hat = getattr(who, "hat", None)
        return cls(
            via=PERSON,
            name=who.get_full_name() or who.email,
            role=hat.role if hat else "",
            organisation=str(hat.organisation or "") if hat else "",
            user=who,
            email=who.email,
        )

    @classmethod
    def system(cls) -> Actor:
        """The portal itself: deadlines and sweeps."""
        return cls(via=SYSTEM, name="ECETT", role="system")

    @classmethod
    def link(
        cls, *, purpose: str, subject: int, name: str, role: str, email: str, organisation: str = ""
    ) -> Actor:
        """Somebody outside, holding a signed link made for one object and one purpose."""
        return cls(
            via=LINK,
            name=name,
            role=role,
            email=email,
            organisation=organisation,
            purpose=purpose,
            subject=subject,
        )
