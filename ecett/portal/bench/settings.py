"""The portal's settings with two more addresses to compare with."""

from ecett.settings.base import *  # noqa: F403

ROOT_URLCONF = "ecett.portal.bench.urls"
