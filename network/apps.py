"""Workshops and the life of the network."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def signed_in(user: Any) -> bool:
    """Workshops concern everybody with an account."""
    return bool(user.is_authenticated)


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        from ecett.core import nav, todo
        from network.selectors import network_todos

        nav.register(nav.NavEntry(label=_("Workshops"), url_name="network:home", shown=signed_in, order=70))
        todo.register(network_todos)
