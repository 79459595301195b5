"""What stays say of a host, kept on its card: agreed, called off by the team, by the trainee."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ecett.core.actors import Actor
from ecett.core.clock import today
from hosts.models import Host
from hosts.services import merge_hosts, undo_merge
from tests.factories import HostFactory, InternshipFactory, OrganisationFactory, ProjectFactory, person
from trainees.links import ATTENDANCE
from trainees.models import Internship
from trainees.services import cancel_internship, create_internship
from trainees.services.records import count_stays

pytestmark = pytest.mark.django_db


def figures(host: Host) -> tuple[int, int, int]:
    host = Host.objects.get(pk=host.pk)
    return host.stay_count, host.cancelled_by_host, host.cancelled_by_trainee


def stay_at(host: Host, **fields: Any) -> Internship:
    return create_internship(
        project=ProjectFactory(),
        host=host,
        start=fields.pop("start", today() + dt.timedelta(days=20)),
        end=fields.pop("end", today() + dt.timedelta(days=24)),
        host_contact="Maja",
        host_email="maja@example.org",
        host_language="en",
    )


def by_link(stay: Internship) -> Actor:
    return Actor.link(purpose=ATTENDANCE, subject=stay.pk, name="Maja", role="host", email="maja@example.org")


def test_each_side_is_counted_where_it_belongs() -> None:
    home = OrganisationFactory(kind="hosting")
    host, speaks = HostFactory(organisation=home), person("host", organisation=home)
    stays = [stay_at(host) for _at in range(5)]
    assert figures(host) == (5, 0, 0)
    cancel_internship(internship=stays[0], actor=stays[0].project.trainee, comment="I am ill.")
    cancel_internship(internship=stays[1], actor=by_link(stays[1]), comment="Building work.")
    cancel_internship(internship=stays[2], actor=speaks, comment="Two colleagues left.")
    assert figures(host) == (5, 2, 1)
    cancel_internship(internship=stays[3], actor=person("admin"), comment="Entered twice.")
    assert figures(host) == (5, 2, 1)


def test_a_trainee_who_did_not_come_is_not_the_hosts_doing() -> None:
    host = HostFactory()
    stay = stay_at(host, start=today() - dt.timedelta(days=6), end=today() - dt.timedelta(days=2))
    cancel_internship(internship=stay, actor=by_link(stay), comment="Nobody came.")
    assert figures(host) == (1, 0, 1)


def test_figures_follow_a_merge_and_its_undo() -> None:
    one, other, desk = HostFactory(), HostFactory(), person("helpdesk")
    stay_at(one)
    stay = stay_at(other)
    cancel_internship(internship=stay, actor=by_link(stay), comment="Building work.")
    merge = merge_hosts(host=other, into=one, actor=desk)
    assert figures(one) == (2, 1, 0)
    assert count_stays([one.pk]) == 0
    undo_merge(merge=merge, actor=desk)
    assert (figures(one), figures(other)) == ((1, 0, 0), (1, 1, 0))


def test_counting_again_asks_the_same_number_of_questions(django_assert_num_queries: Any) -> None:
    hosts = [HostFactory() for _at in range(8)]
    for host in hosts:
        InternshipFactory(host=host)
    with django_assert_num_queries(6):
        assert count_stays([host.pk for host in hosts]) == 8
    assert figures(hosts[0]) == (1, 0, 0)
