"""The trainee's journey: Plan, Do, Check, Act."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TraineesConfig(AppConfig):
    name = "trainees"
    verbose_name = _("Trainees")

    def ready(self) -> None:
        from ecett.core import nav, slots, todo
        from hosts.rules import register_contact_reader
        from trainees import (  # noqa: F401 - they register their kinds, listen
            documents,
            notifications,
            receivers,
        )
        from trainees.rules import goes_to_host
        from trainees.selectors.hostpage import stays_panel
        from trainees.selectors.invite import helpdesk_instead, host_invites, practice_invites
        from trainees.selectors.menu import ENTRIES
        from trainees.selectors.todos import trainee_todos, waiting_for_party

        register_contact_reader(goes_to_host)
        for entry in ENTRIES:
            nav.register(entry)
        todo.register(trainee_todos)
        todo.register(waiting_for_party)
        slots.register("host_next", host_invites, order=90)
        slots.register("host_sections", stays_panel, order=60)
        slots.register("no_host_found", helpdesk_instead)
        slots.register("practice_next", practice_invites, order=90)
