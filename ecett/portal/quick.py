"""What each role most often begins: links on its home page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import Role


@dataclass(frozen=True)
class QuickLink:
    """A link by its URL name."""

    label: str | Promise
    url_name: str


FIND_HOST = QuickLink(_("Look at hosts"), "hosts:host_list")
FIND_PRACTICE = QuickLink(_("Read good practices"), "goodpractices:practice_list")
HOSTS_TO_READ = QuickLink(_("Host cards to read"), "hosts:host_moderation")
PRACTICES_TO_READ = QuickLink(_("Good practices to read"), "goodpractices:practice_moderation")
PATH = QuickLink(_("The path A–D"), "certification:home")
WORKSHOPS = QuickLink(_("Workshops"), "network:home")

LINKS: dict[str, tuple[QuickLink, ...]] = {
    Role.TRAINEE: (
        QuickLink(_("Start a project"), "trainees:project_start"),
        QuickLink(_("Your profile"), "trainees:profile"),
        PATH,
        FIND_HOST,
        FIND_PRACTICE,
    ),
    Role.EMPLOYER: (QuickLink(_("Stays of your team"), "trainees:party_home"), FIND_PRACTICE, FIND_HOST),
    Role.HOST: (
        QuickLink(_("Your visitors"), "trainees:party_home"),
        QuickLink(_("Your host cards"), "hosts:host_mine"),
        FIND_PRACTICE,
    ),
    Role.HELPDESK: (
        QuickLink(_("All requests"), "helpdesk:inbox"),
        HOSTS_TO_READ,
        PRACTICES_TO_READ,
        FIND_HOST,
        QuickLink(_("Imports"), "imports:import_list"),
    ),
    Role.JUROR: (QuickLink(_("Dossiers to judge"), "certification:home"), FIND_PRACTICE),
    Role.CHAIR: (QuickLink(_("Dossiers to judge"), "certification:home"), FIND_PRACTICE),
    Role.SECRETARY: (
        QuickLink(_("Dossiers and sessions"), "certification:home"),
        QuickLink(_("Certificates"), "certification:certificate_list"),
        WORKSHOPS,
    ),
    Role.COORDINATOR: (
        QuickLink(_("Contracts"), "grants:home"),
        QuickLink(_("Imports"), "imports:import_list"),
        QuickLink(_("Statistics"), "portal:statistics"),
    ),
    Role.ADMIN: (
        QuickLink(_("People and roles"), "admin:accounts_user_changelist"),
        QuickLink(_("Outgoing e-mails"), "admin:core_notification_changelist"),
        QuickLink(_("All requests"), "helpdesk:inbox"),
        QuickLink(_("Contracts"), "grants:home"),
        QuickLink(_("Dossiers and sessions"), "certification:home"),
        QuickLink(_("Imports"), "imports:import_list"),
        QuickLink(_("Statistics"), "portal:statistics"),
    ),
}
# Somebody who has signed up and has no role yet.
WITHOUT_ROLE = (FIND_HOST, FIND_PRACTICE)


def quick_links(role: str) -> list[tuple[str | Promise, str]]:
    """(label, address) of a role's links."""
    return [(link.label, reverse(link.url_name)) for link in LINKS.get(role, WITHOUT_ROLE)]
