"""What the tests of host cards share."""

from __future__ import annotations

from typing import Any

import pytest

from hosts.models import Host
from hosts.selectors import host_page, read_filter
from hosts.services import index_hosts
from tests.bad_input.crawl import Form, forms_of
from tests.factories import HostFactory, person


@pytest.fixture
def desk() -> Any:
    return person("helpdesk", language="en")


@pytest.fixture
def author() -> Any:
    return person("trainee")


def indexed_host(name: str, **fields: Any) -> Host:
    made = HostFactory(name=name, **fields)
    index_hosts([made.pk])
    return made


def found(**address: list[str]) -> list[str]:
    return [host.name for host in host_page(read_filter(address), language="en").hosts]


def form_in(html: str, address: str) -> Form:
    """The form of a card on a page."""
    return next(form for form in forms_of(html, address) if any(one.name == "seen" for one in form.fields))
