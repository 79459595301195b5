"""What the tests of host cards share."""

from __future__ import annotations

from typing import Any

import pytest

from hosts.models import Host
from hosts.selectors import host_page, read_filter
from hosts.services import index_hosts
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
