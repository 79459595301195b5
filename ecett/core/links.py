"""Signed links: how people without an account act, once, for one purpose, until a day.

A token carries its claim and is signed with the portal's secret key under a salt of its own purpose: a link
to answer a proposal opens nothing else. Tokens are not stored; what may still be done is asked of the object
itself.

    token = make(purpose="proposal", subject=proposal, email="a@b.example", days=21)
    claim = read(token, purpose="proposal", model=Proposal)     # raises LinkInvalid, LinkExpired
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import Model

from ecett.core import clock

# An unreserved character in addresses, so that mail programs keep the link in one piece.
_SEPARATOR = "~"


class LinkProblem(Exception):
    """A link that opens nothing; see the two kinds below."""


class LinkInvalid(LinkProblem):
    """Altered, cut short, made for another purpose or another kind of object."""


class LinkExpired(LinkProblem):
    """Genuine but too old. Carries the claim: a page may offer a new link to the same address."""

    def __init__(self, claim: "LinkClaim") -> None:
        super().__init__(f"expired on {claim.expires:%Y-%m-%d}")
        self.claim = claim


@dataclass(frozen=True)
class LinkClaim:
    """Who holds the link and for which object. ``expires`` is aware, UTC, to the second."""

    subject_pk: int
    email: str
    name: str
    role: str
    expires: dt.datetime


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(sep=_SEPARATOR, salt=f"ecett.core.links.{purpose}")


def make(*, purpose: str, subject: Model, email: str, name: str = "", role: str = "", days: int) -> str:
    """A token for one person, one purpose and one object, good for ``days`` days from now."""
    if subject.pk is None:
        raise ValueError("a link needs a stored object")
    expires = int((clock.now() + dt.timedelta(days=days)).timestamp())
    return _signer(purpose).sign_object([subject._meta.label_lower, subject.pk, email, name, role, expires])


def read(token: str, *, purpose: str, model: type[Model]) -> LinkClaim:
    """The claim of a token made for this purpose and model; raises `LinkInvalid` or `LinkExpired`."""
    try:
        label, pk, email, name, role, expires = _signer(purpose).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkInvalid(str(error)) from error
    if label != model._meta.label_lower:
        raise LinkInvalid(f"made for {label}")
    claim = LinkClaim(pk, email, name, role, dt.datetime.fromtimestamp(expires, tz=dt.UTC))
    if claim.expires <= clock.now():
        raise LinkExpired(claim)
    return claim


def absolute(path: str) -> str:
    """The whole address of a path of the portal, as it stands in letters, QR codes and documents."""
    return f"{settings.PORTAL_URL}/{path.lstrip('/')}"
