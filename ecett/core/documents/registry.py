"""The kinds of documents the portal can make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import slugify

if TYPE_CHECKING:
    from ecett.core.models import Document

Text = str | Promise


class KindUnknown(LookupError):
    """No kind of this name was registered."""


class Said(str):
    """Words as the paper says them, in its own language: pages mark them as such for whoever reads aloud."""

    __slots__ = ()


@dataclass(frozen=True)
class VerifyFacts:
    """What anybody who has a document's code may know of it: pairs of label and value, in reading order.

    Words are the reader's; what was frozen in the document's language is `Said`. Names and numbers are of none.
    """

    facts: tuple[tuple[Text, str], ...] = ()
    # One more thing to mind, e.g. that the level was awarded on paper evidence; empty as a rule.
    note: Text = ""
    # Doubts are being looked into: the page does not call it valid; the note says since when.
    under_review: bool = False
    # A text to be signed: genuine, but it binds nobody, so the page does not call it valid either.
    for_signature: bool = False


def title_filename(document: Document) -> str:
    """The title as a file name (letters, digits, hyphens), with the code so that two don't collide."""
    return f"{slugify(document.title)[:80] or document.kind}-{document.code}.pdf"


def nobody(user: Any, document: Document) -> bool:
    """Deny by default."""
    return False


@dataclass(frozen=True)
class DocumentKind:
    """How one kind of document is made and who may read it.

    ``title``: words, or a function of the subject; said in the document's language when it is asked for.
    ``template``: an HTML template that extends ``documents/base_print.html``.
    ``context``: plain values (text, numbers, truth values, lists and mappings of these) exactly as they are
    printed, so dates and amounts are already words of the reader's language; frozen in the row.
    ``may_read``: (user, document) -> bool, for people with an account; others hold a signed link.
    ``sealed``: signed with the portal's key once it is made. ``verify``: what the public verify page may say.
    """

    name: str
    title: Text | Callable[[Any], Text]
    template: str
    context: Callable[[Any], Mapping[str, Any]]
    may_read: Callable[[Any, Document], bool] = nobody
    sealed: bool = True
    verify: Callable[[Document], VerifyFacts] | None = None
    filename: Callable[[Document], str] = field(default=title_filename)

    def title_of(self, subject: Model) -> str:
        """The title in the active language."""
        return str(self.title(subject) if callable(self.title) else self.title)


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> DocumentKind:
    """Add a kind; raises ValueError when its name is taken by another."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"document kind {kind.name!r} is registered twice")
    return kind


def unregister(name: str) -> None:
    """Forget a kind (tests and benchmarks register their own)."""
    _kinds.pop(name, None)


def get(name: str) -> DocumentKind:
    """The kind of this name; raises `KindUnknown`."""
    try:
        return _kinds[name]
    except KeyError:
        raise KindUnknown(
            f"no document kind {name!r}; known: {', '.join(sorted(_kinds)) or 'none'}"
        ) from None


def names() -> list[str]:
    """All registered names, sorted."""
    return sorted(_kinds)
