"""Good practices and their validation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoodPracticesConfig(AppConfig):
    name = "goodpractices"
    verbose_name = _("Good practices")

    def ready(self) -> None:
        from ecett.accounts import searches
        from ecett.core import nav, slots, todo
        from ecett.core.exports import kinds
        from ecett.core.imports import registry
        from goodpractices import documents, notifications  # noqa: F401 - registers its papers and letters
        from goodpractices.exports import PRACTICES
        from goodpractices.imports.importer import PracticeImporter
        from goodpractices.keeping import PRACTICE_SEARCH
        from goodpractices.menu import PRACTICES_ENTRY, practice_next, practice_todos, practices_panel
        from goodpractices.selectors.sources import HOSTS_WITH_PRACTICES, hosts_with_practices
        from hosts.selectors.conditions import register_condition
        from hosts.selectors.sources import register_rows

        register_rows("practices", HOSTS_WITH_PRACTICES)
        register_condition("practices", hosts_with_practices)
        searches.register(PRACTICE_SEARCH)
        nav.register(PRACTICES_ENTRY)
        todo.register(practice_todos)
        slots.register("practice_next", practice_next)
        slots.register("host_sections", practices_panel)
        kinds.register(PRACTICES)
        registry.register(PracticeImporter)
