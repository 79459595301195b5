"""Who is who in a team, as a sheet of the desk says it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ecett.core.imports.engine import Message
from ecett.core.imports.mapping import MappedRow, parted
from ecett.core.languages import CODES as LANGUAGES
from ecett.core.words import mark as _
from hosts.enums import ContactRole
from hosts.imports.values import Refused, check_length, without_breaks
from hosts.models import Host, HostContact
from hosts.models.host import SPOKESPERSON, is_phone

KEYS = ("role", "name", "email", "phone", "languages")
# role, name, e-mail, phone, languages
Contact = tuple[str, str, str, str, tuple[str, ...]]


def spokesperson_of(row: MappedRow) -> dict[str, str]:
    """The columns about the spokesperson that the sheet has."""
    found = {name: without_breaks(row[name] or "") for name in SPOKESPERSON if name in row}
    check_length("spokesperson_name", found.get("spokesperson_name", ""), 200)
    _check_email(found.get("spokesperson_email", ""), "spokesperson_email")
    _check_phone(found.get("spokesperson_phone", ""), "spokesperson_phone")
    _check_languages([found.get("spokesperson_language", "")], "spokesperson_language")
    return found


def contacts_of(row: MappedRow) -> tuple[Contact, ...] | None:
    """``role=director|name=Eva Berg|…`` as contacts; None for a sheet without such a column."""
    if "contacts" not in row:
        return None
    # The same person in the same role is one contact.
    found = {contact[:3]: contact for contact in map(_contact, row["contacts"] or ())}
    return tuple(sorted(found.values()))


def told(contact: HostContact) -> Contact:
    """A contact of a card, to hold against those of a sheet."""
    return (contact.role, contact.name, contact.email, contact.phone, tuple(contact.languages))


def rows_for(host: Host, contacts: Sequence[Contact]) -> list[HostContact]:
    """Rows of a card, not written yet."""
    return [
        HostContact(host=host, role=role, name=name, email=email, phone=phone, languages=list(languages))
        for role, name, email, phone, languages in contacts
    ]


def _contact(text: str) -> Contact:
    found: dict[str, str] = {}
    for part in parted(text, "|"):
        key, sign, value = part.partition("=")
        if not sign or key.strip() not in KEYS:
            words = _("“{text}” is no contact, as in role=director|name=Eva Berg|email=eva@example.org")
            raise Refused("contacts", Message(words, {"text": text[:60]}))
        found[key.strip()] = value.strip()
    role, name = found.get("role") or ContactRole.OTHER.value, found.get("name", "")
    if role not in ContactRole.values:
        params = {"value": role[:40], "choices": ", ".join(ContactRole.values)}
        raise Refused("contacts", Message(_("“{value}” is not one of: {choices}"), params))
    if not name:
        raise Refused("contacts", Message(_("a contact has no name: “{text}”"), {"text": text[:60]}))
    check_length("contacts", name, 200)
    _check_email(found.get("email", ""), "contacts")
    _check_phone(found.get("phone", ""), "contacts")
    languages = [code.strip() for code in found.get("languages", "").split(",") if code.strip()]
    _check_languages(languages, "contacts")
    return (role, name, found.get("email", ""), found.get("phone", ""), tuple(languages))


def _check_email(value: str, field: str) -> None:
    try:
        if value:
            check_length(field, value, 254)
            validate_email(value)
    except ValidationError as error:
        raise Refused(field, Message(_("“{value}” is no e-mail address"), {"value": value[:60]})) from error


def _check_phone(value: str, field: str) -> None:
    try:
        if value:
            is_phone(value)
    except ValidationError as error:
        raise Refused(field, Message(_("“{value}” is no telephone number"), {"value": value[:60]})) from error


def _check_languages(codes: Sequence[str], field: str) -> None:
    for code in codes:
        if code and code not in LANGUAGES:
            raise Refused(
                field, Message(_("“{code}” is not a language code known here"), {"code": code[:40]})
            )
