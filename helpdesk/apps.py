"""Requests routed by language, proposals to hosts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    name = "helpdesk"
    verbose_name = _("Helpdesk")

    def ready(self) -> None:
        from ecett.core import nav, slots, todo
        from helpdesk import notifications, receivers  # noqa: F401 - they register themselves
        from helpdesk.selectors.menu import ENTRIES
        from helpdesk.selectors.project import (
            desk_todos,
            host_todos,
            project_next,
            project_panel,
            project_timeline,
        )

        for entry in ENTRIES:
            nav.register(entry)
        slots.register("project_sections", project_panel, order=10)
        slots.register("project_next", project_next)
        slots.register("project_timeline", project_timeline)
        todo.register(desk_todos)
        todo.register(host_todos)
