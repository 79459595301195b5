"""Content of the demo data: invented people, hosts, practices and stories, the same for the same seed.

Pure: no Django, nothing written anywhere. `seed_demo` and the benchmarks turn it into rows.
Every generator takes a `random.Random`; its seed decides everything. No real organisation or person is meant.
"""

from ecett.portal.demo.hosts import DemoHost, DemoPeriod, DemoReplies, hosts
from ecett.portal.demo.people import DemoPerson, countries, person
from ecett.portal.demo.places import Town, towns
from ecett.portal.demo.practices import DemoPractice, practices
from ecett.portal.demo.stories import (
    DemoGoal,
    DemoProblem,
    DemoSession,
    competences,
    evaluation,
    jury_reason,
    problem,
    programme,
    reply,
    resume,
)

__all__ = [
    "DemoGoal",
    "DemoHost",
    "DemoPeriod",
    "DemoPerson",
    "DemoPractice",
    "DemoProblem",
    "DemoReplies",
    "DemoSession",
    "Town",
    "competences",
    "countries",
    "evaluation",
    "hosts",
    "jury_reason",
    "person",
    "practices",
    "problem",
    "programme",
    "reply",
    "resume",
    "towns",
]
