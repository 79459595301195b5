"""The demo accounts: who can sign in, with which hats, and what waits there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import OrganisationKind, Role
from ecett.accounts.models import Membership, Organisation, User

PASSWORD = "demo"  # noqa: S105 - open on purpose, in demo mode only
DOMAIN = "demo.example"
# They have been there as long as any trip of the demonstration.
SINCE = dt.date(2019, 9, 1)
# No password gives this hash.
NO_ENTRY = "!"


@dataclass(frozen=True)
class Account:
    """One demo account: `name` is the address before the @; `hats` are (role, organisation, language)."""

    name: str
    first_name: str
    last_name: str
    language: str
    hats: tuple[tuple[Role, str, str], ...]
    waits: str | Promise

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


@dataclass(frozen=True)
class Place:
    """An organisation of the demonstration; coordinates in degrees (WGS 84)."""

    name: str
    kind: OrganisationKind
    country: str
    city: str
    latitude: float
    longitude: float
    language: str
    oid: str = ""
    does_helpdesk_work: bool = False


ECETT, SENDING, COLLEAGUE, HOST = "ecett", "sending", "colleague", "host"
PLACES = {
    ECETT: Place("ECETT-Networks", OrganisationKind.NETWORK, "BE", "Namur", 50.4669, 4.8675, "fr"),
    # Signs contracts, sends its own staff, and was trained to do the helpdesk's work.
    SENDING: Place(
        "De Oever vzw",
        OrganisationKind.SIGNATORY,
        "BE",
        "Gent",
        51.0543,
        3.7174,
        "nl",
        "E10200001",
        does_helpdesk_work=True,
    ),
    COLLEAGUE: Place(
        "Le Relais des Tilleuls asbl",
        OrganisationKind.SENDING,
        "BE",
        "Namur",
        50.4612,
        4.8611,
        "fr",
        "E10200002",
    ),
    HOST: Place(
        "Vågbrytaren", OrganisationKind.HOSTING, "SE", "Göteborg", 57.7089, 11.9746, "sv", "E10200003"
    ),
}

ACCOUNTS = (
    Account(
        "trainee",
        "Lotte",
        "Claes",
        "en",
        ((Role.TRAINEE, SENDING, ""),),
        _("a stay in Göteborg to plan: days, budget, agreement"),
    ),
    Account(
        "colleague", "Joris", "Maes", "nl", ((Role.TRAINEE, SENDING, ""),), _("travels with the trainee")
    ),
    Account(
        "employer",
        "An",
        "De Wilde",
        "en",
        ((Role.EMPLOYER, SENDING, ""),),
        _("an agreement to sign, a stay to look back on"),
    ),
    Account(
        "host",
        "Maja",
        "Lindqvist",
        "en",
        ((Role.HOST, HOST, ""),),
        _("a proposal to answer, days to confirm"),
    ),
    Account(
        "helpdesk-en",
        "Ciara",
        "Byrne",
        "en",
        ((Role.HELPDESK, ECETT, "en"),),
        _("requests in English that need screening"),
    ),
    Account(
        "helpdesk-fr",
        "Benoît",
        "Lambert",
        "fr",
        ((Role.HELPDESK, ECETT, "fr"),),
        _("requests in French, a host that declined"),
    ),
    Account(
        "helpdesk-nl", "Sanne", "de Vries", "nl", ((Role.HELPDESK, ECETT, "nl"),), _("requests in Dutch")
    ),
    Account(
        "helpdesk-es", "Lucía", "Ortega", "es", ((Role.HELPDESK, ECETT, "es"),), _("requests in Spanish")
    ),
    Account("helpdesk-it", "Paolo", "Ferri", "it", ((Role.HELPDESK, ECETT, "it"),), _("requests in Italian")),
    Account(
        "juror",
        "Kristine",
        "Solberg",
        "en",
        ((Role.JUROR, ECETT, ""), (Role.TRAINEE, COLLEAGUE, "")),
        _("dossiers to read and to vote on; her own path as a trainee"),
    ),
    Account(
        "chair", "Manuel", "Duarte", "en", ((Role.CHAIR, ECETT, ""),), _("votes to close, decisions to take")
    ),
    Account(
        "secretary",
        "Hélène",
        "Marchal",
        "fr",
        ((Role.SECRETARY, ECETT, ""),),
        _("dossiers to put before a jury session"),
    ),
    Account(
        "coordinator",
        "Greet",
        "Janssens",
        "en",
        ((Role.COORDINATOR, SENDING, ""),),
        _("two contracts, stays to charge, a report to draw"),
    ),
    Account(
        "admin",
        "Ruth",
        "Vermeulen",
        "en",
        ((Role.ADMIN, ECETT, ""),),
        _("people, imports, outgoing mail, everything else"),
    ),
)
_BY_EMAIL = {account.email: account for account in ACCOUNTS}


def account_of(user: User) -> Account | None:
    """The demo account of this person, if she has one."""
    return _BY_EMAIL.get(user.email)


@transaction.atomic
def ensure_places() -> dict[str, Organisation]:
    """The organisations of the demo accounts, by their key in `PLACES`; made when they are not there."""
    return {
        key: Organisation.objects.get_or_create(
            name=place.name,
            is_demo=True,
            defaults={
                field: getattr(place, field)
                for field in (
                    "kind",
                    "country",
                    "city",
                    "latitude",
                    "longitude",
                    "language",
                    "oid",
                    "does_helpdesk_work",
                )
            },
        )[0]
        for key, place in PLACES.items()
    }


@transaction.atomic
def ensure_accounts() -> dict[str, User]:
    """Every demo account by its name, with hats and a verified address; an account that is there stays."""
    places = ensure_places()
    people = {user.email: user for user in User.objects.filter(email__in=[each.email for each in ACCOUNTS])}
    # One salt for all: the password is known to everybody, and hashing it fourteen times takes seconds.
    password = make_password(PASSWORD)
    for account in ACCOUNTS:
        if account.email not in people:
            people[account.email] = make_person(
                email=account.email,
                first_name=account.first_name,
                last_name=account.last_name,
                language=account.language,
                password=password,
            )
            for role, place, language in account.hats:
                Membership.objects.create(
                    user=people[account.email],
                    role=role,
                    organisation=places[place],
                    language=language,
                    starts_on=SINCE,
                )
    return {account.name: people[account.email] for account in ACCOUNTS}


def make_person(
    *, email: str, first_name: str, last_name: str, language: str, password: str = NO_ENTRY
) -> User:
    """An invented person; `password` is a hash."""
    user = User.objects.create(
        email=email,
        first_name=first_name,
        last_name=last_name,
        language=language,
        password=password,
        is_demo=True,
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
