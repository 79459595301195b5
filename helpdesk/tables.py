"""The archive as a table."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ecett.core.components.formats import day
from ecett.core.components.pages import badge
from helpdesk.models import HelpRequest


class ArchiveTable(tables.Table):
    """Requests that are over."""

    trainee = tables.Column(
        verbose_name=_("Request"), accessor="project__trainee", order_by="project__trainee__sort_name"
    )
    state = tables.Column(verbose_name=_("State"))
    host = tables.Column(verbose_name=_("Host"), empty_values=(), orderable=False)
    changed_at = tables.Column(verbose_name=_("Closed on"), attrs={"td": {"class": "nowrap"}})

    class Meta:
        model = HelpRequest
        fields = ("trainee", "state", "host", "changed_at")
        template_name = "ui/table.html"
        empty_text = _("Nothing here yet.")

    def render_trainee(self, record: HelpRequest) -> SafeString:
        return format_html(
            '<a href="{}">{}</a><br><span class="small soft">{} · <span class="nowrap">{}</span></span>',
            record.get_absolute_url(),
            record.project.trainee,
            record.project.title,
            record.number,
        )

    def render_state(self, record: HelpRequest) -> SafeString:
        return badge(record, audience="staff")

    def render_host(self, record: HelpRequest) -> str:
        accepted = record.accepted  # type: ignore[attr-defined]
        return accepted[0].host.name if accepted else ""

    def render_changed_at(self, record: HelpRequest) -> str:
        return day(record.changed_at, "short")
