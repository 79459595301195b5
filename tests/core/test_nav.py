"""The menu: whom an entry is for, and parts of a page."""

import pytest
from django.test import Client

from ecett.accounts.enums import Role
from tests.factories import person

pytestmark = pytest.mark.django_db


def test_visitor_finds_what_explains_the_network_and_a_member_does_not(client: Client) -> None:
    visitor = client.get("/hosts/").content.decode()
    assert '<a href="/#path" >The path A–D</a>' in visitor
    assert '<a href="/#helpdesks" >Helpdesks</a>' in visitor
    home = client.get("/").content.decode()
    assert 'id="path"' in home
    assert 'id="helpdesks"' in home
    client.force_login(person(Role.TRAINEE))
    assert "/#path" not in client.get("/hosts/").content.decode()


def test_part_of_a_page_is_never_where_the_reader_stands(client: Client) -> None:
    assert 'aria-current="page"' not in client.get("/privacy/").content.decode()
