"""Contracts, mobilities, ledger, reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = _("Grants")

    def ready(self) -> None:
        from ecett.core import nav, slots, todo, workflow
        from ecett.core.imports import registry
        from grants import documents  # noqa: F401 - registers its kind
        from grants.imports.rates import RateImporter
        from grants.models import Mobility
        from grants.selectors.menu import ENTRIES
        from grants.selectors.todos import coordinator_todos, grant_for_stay
        from grants.services.attaching import post_reversal

        workflow.transitioned.connect(post_reversal, sender=Mobility, dispatch_uid="grants.post_reversal")
        registry.register(RateImporter)
        for entry in ENTRIES:
            nav.register(entry)
        todo.register(coordinator_todos)
        slots.register("budget_available", grant_for_stay)
