"""The many cards of `bench search`: copies are found by the town they got, not by the one their text came from."""

import pytest
from django.db import connection

from ecett.portal.bench import filling
from goodpractices.models import GoodPractice
from hosts.models import Host


@pytest.mark.django_db(transaction=True)
def test_copies_have_the_index_of_their_new_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "INVENTED_HOSTS", 20)
    monkeypatch.setattr(filling, "INVENTED_PRACTICES", 10)
    filling.fill(60, 30)
    assert (Host.objects.count(), GoodPractice.objects.count()) == (60, 30)
    with connection.cursor() as cursor:
        for table, invented in (("hosts_host", 20), ("goodpractices_goodpractice", 10)):
            cursor.execute(
                f"SELECT id, city, country, ARRAY(SELECT l FROM unnest(tsvector_to_array(search)) AS l "
                f"WHERE starts_with(l, '@') ORDER BY l) FROM {table}"
            )
            rows = cursor.fetchall()
            places = {(city, country): found for id_, city, country, found in rows if id_ <= invented}
            copies = [row for row in rows if row[0] > invented]
            assert copies
            assert all(found and found == places[city, country] for _id, city, country, found in copies)
