"""The ground floor: knows no person and no domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "ecett.core"
    label = "core"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        from ecett.core import todo
        from ecett.core.exports.selectors import export_todos

        todo.register(export_todos)
