"""The roof: home pages, to-do list, verify page, statistics, demo data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "ecett.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from ecett.core import nav
        from ecett.portal.menu import ENTRIES

        for entry in ENTRIES:
            nav.register(entry)
