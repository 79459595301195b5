"""A contract with rates, and stays to put on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from ecett.accounts.enums import Role
from ecett.accounts.models import Organisation
from ecett.core.clock import today
from grants import services
from grants.models import Contract
from tests.factories import HostFactory, InternshipFactory, OrganisationFactory, ProjectFactory, person
from trainees.models import Companion

CODE = "2024-1-BE02-KA121-ADU-000217543"
#: A Belgian day rate, as an agency would print it: 160 to day 14, then 112; and an inclusion row.
DAY_RATES = """call_from,call_to,sector,agency,kind,key,first_day,last_day,value,source,certainty
2024,2025,ADU,BE,staff_day,group-1,1,14,160.00,test annex,V
2024,2025,ADU,BE,staff_day,group-1,15,,112.00,test annex,V
2024,2025,ADU,BE,staff_day,group-2,1,14,145.00,test annex,V
2024,2025,,,organisational,1-2,,,350.00,test annex,V
2024,2025,,,organisational,3+,,,200.00,test annex,V
2024,2025,,,inclusion_organisation,all,,,125.00,test annex,V
"""


@pytest.fixture
def rates(db: None) -> None:
    """Everything that ships with the portal (without its organisational rows of 2024-25), and `DAY_RATES`."""
    from grants.models import Rate
    from grants.ratefile import parse_rates

    services.load_rates()
    Rate.objects.filter(call_from=2024, kind__in=("organisational", "inclusion_organisation")).delete()
    services.store_rates(parse_rates(DAY_RATES).rates)


@pytest.fixture
def signatory(db: None) -> Organisation:
    return OrganisationFactory(
        name="De Oever", kind="signatory", country="BE", city="Gent", latitude=51.05, longitude=3.7167
    )


@pytest.fixture
def coordinator(signatory: Organisation) -> Any:
    """The signatory's own coordinator."""
    return person(Role.COORDINATOR, organisation=signatory, first_name="Hilde", last_name="Maes")


@pytest.fixture
def ecett(db: None) -> Any:
    """ECETT's coordinator, who sees every contract."""
    return person(Role.COORDINATOR, organisation=OrganisationFactory(name="ECETT", kind="network"))


def new_contract(actor: Any, signatory: Organisation, **fields: Any) -> Contract:
    """A contract of the call 2024 that pays 350, from the third participant 200."""
    from decimal import Decimal

    from grants.splits import parse_splits

    fields.setdefault("code", CODE)
    fields.setdefault("start", today() - dt.timedelta(days=365))
    fields.setdefault("end", today() + dt.timedelta(days=365))
    splits = "organisational,ecett,helpdesk,signatory\n350,140,70,140\n200,80,40,80"
    fields.setdefault("splits", parse_splits(splits))
    awards = {"award_organisational": "5250", "award_travel": "6000", "award_individual": "15000"}
    fields.setdefault("awards", {head: Decimal(amount) for head, amount in awards.items()})
    return services.create_contract(
        actor=actor, title="De Oever and partners", coordinator=signatory, **fields
    )


@pytest.fixture
def contract(rates: None, coordinator: Any, signatory: Organisation) -> Contract:
    return new_contract(coordinator, signatory)


def stay_of(employer: Organisation, *, companions: int = 0, state: str = "agreed", **fields: Any) -> Any:
    """A stay of five days in Göteborg, 911.6 km from Gent."""
    project = ProjectFactory(employer=employer)
    fields.setdefault("host", HostFactory(name="Vågbrytaren"))
    internship = InternshipFactory(project=project, state=state, **fields)
    for number in range(companions):
        Companion.objects.create(internship=internship, name=f"Companion {number}")
    return internship


@pytest.fixture
def stay(signatory: Organisation) -> Any:
    return stay_of(signatory)


@pytest.fixture
def without_second_factor(settings):
    settings.SECOND_FACTOR_ROLES = ()


@pytest.fixture
def hilde(client, coordinator):
    client.force_login(coordinator)
    return client


def url(name, *objects, **query):
    return reverse(f"grants:{name}", args=[each.public_id for each in objects])


def words(response):
    return response.content.decode()
