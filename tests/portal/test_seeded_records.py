"""What demonstration cards say of themselves: people of the team, looks back, one of them hidden, cancelled stays."""

from __future__ import annotations

from random import Random

import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from ecett.accounts.models import Organisation
from ecett.portal import demo
from ecett.portal.seeding.history import hide_words, make_history
from ecett.portal.seeding.hosts import make_hosts, make_persona_host
from hosts.models import Host, HostContact
from tests.factories import person
from trainees.models import Evaluation, Internship
from trainees.selectors.opinions import opinions_of
from trainees.services.records import count_stays

pytestmark = pytest.mark.django_db


def test_past_stays_leave_their_records_on_the_cards() -> None:
    call_command("load_thesaurus", verbosity=0)
    rng = Random(7)
    place = Organisation.objects.create(name="Vågbrytaren", kind="hosting", country="SE", city="Göteborg")
    employer = Organisation.objects.create(name="De Oever vzw", kind="sending", country="BE", city="Gent")
    persona, cards = make_persona_host(place), make_hosts(list(demo.hosts(rng, 60)))
    people = [demo.person(rng, "BE", language="en", number=number) for number in range(300)]
    make_history(rng, people, [employer], cards, favourite=persona)
    hide_words(persona, person("helpdesk"))

    sums = Host.objects.aggregate(Sum("stay_count"), Sum("cancelled_by_host"), Sum("cancelled_by_trainee"))
    assert sums["stay_count__sum"] == Internship.objects.count()
    assert sums["cancelled_by_host__sum"] > 0
    assert sums["cancelled_by_trainee__sum"] > 0
    assert count_stays(list(Host.objects.values_list("pk", flat=True))) == 0
    said = Evaluation.objects.filter(party="trainee").values("internship__host").annotate(n=Count("pk"))
    assert said.filter(n__gte=3).count() > 3
    assert opinions_of(persona).shown
    assert [row.reason for row in opinions_of(persona).rows if row.hidden_on] == ["names a person"]
    assert HostContact.objects.exclude(host=persona).exists()
