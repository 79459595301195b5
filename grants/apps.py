"""Contracts, mobilities, ledger, reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = _("Grants")

    def ready(self) -> None:
        from ecett.core import workflow
        from ecett.core.imports import registry
        from grants.imports.rates import RateImporter
        from grants.models import Mobility
        from grants.services.attaching import post_reversal

        workflow.transitioned.connect(post_reversal, sender=Mobility, dispatch_uid="grants.post_reversal")
        registry.register(RateImporter)
