"""Turns the content of `ecett.portal.demo` into rows, through the services of the apps.

`accounts` the people one can sign in as, `hosts` and `practices` the directory, then the journeys.
"""

from ecett.portal.seeding.run import HOSTS, AlreadySeeded, seed

__all__ = ["HOSTS", "AlreadySeeded", "seed"]
