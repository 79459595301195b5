"""Host cards, concepts and matching."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HostsConfig(AppConfig):
    name = "hosts"
    verbose_name = _("Hosts")

    def ready(self) -> None:
        from ecett.accounts import searches
        from ecett.core import nav, slots, todo
        from ecett.core.exports import kinds
        from ecett.core.imports import registry
        from hosts import (  # noqa: F401 - registers its letters, listens
            notifications,
            receivers,
        )
        from hosts.exports import HOSTS
        from hosts.imports.esco import EscoImporter
        from hosts.imports.importer import HostImporter
        from hosts.keeping import HOST_SEARCH
        from hosts.menu import HOSTS_ENTRY, host_next, host_todos

        searches.register(HOST_SEARCH)
        nav.register(HOSTS_ENTRY)
        todo.register(host_todos)
        slots.register("host_next", host_next)
        kinds.register(HOSTS)
        registry.register(HostImporter)
        registry.register(EscoImporter)
