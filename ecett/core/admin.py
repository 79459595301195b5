"""What administrators see of the foundation: letters that left, and those that did not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from ecett.core import languages
from ecett.core.models import Notification


class LanguageFilter(admin.AllValuesFieldListFilter):
    """The languages that occur, by their names."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        everything, *each = super().choices(changelist)
        yield everything
        for choice in each:
            yield choice | {"display": languages.name(str(choice["display"]))}


class PortalAdmin(admin.ModelAdmin):
    """Rights are the portal's predicates (``permission``), not Django's tables. Nothing is deleted here: who goes is
    made inactive or anonymous, and the log stays."""

    permission = ""
    # Counts are a link and a question more for each filter, and nobody asked for them.
    show_facets = admin.ShowFacets.NEVER

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Its heading says what the list holds."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.permission)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.permission)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.permission)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Notification)
class NotificationAdmin(PortalAdmin):
    """Letters, newest first: read only."""

    permission = "core.see_outbox"
    list_display = ("subject_line", "name", "email", "state", "created_at", "sent_at")
    list_filter = ("state", ("language", LanguageFilter))
    search_fields = ("email", "name", "subject_line")
    fields: ClassVar = [
        "subject_line",
        "name",
        "email",
        "language",
        "state",
        "error",
        "attempts",
        "sent_at",
        "text",
    ]
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("html")
