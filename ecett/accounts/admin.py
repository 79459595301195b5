"""People with their roles, and organisations, as administrators keep them."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.filters import CountryFilter

from ecett.accounts.models import Membership, Organisation, User
from ecett.core import languages
from ecett.core.admin import LanguageFilter, PortalAdmin


class SpokenForm(forms.ModelForm):
    """A language is chosen by its name; only a helpdesk's membership has one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            old = self.fields["language"]
            names = languages.choices()
            self.fields["language"] = forms.ChoiceField(
                label=old.label,
                required=old.required,
                choices=names if old.required else [("", "–"), *names],
                help_text=old.help_text,
                initial=old.initial,
            )


class MembershipInline(admin.StackedInline):
    """Roles. They end on a day; they are not deleted, since what was done under them stays."""

    model = Membership
    form = SpokenForm
    fields = (("role", "organisation", "language"), ("starts_on", "ends_on"))
    # The browser's own calendar: Django's reckons in the server's time.
    formfield_overrides: ClassVar = {
        models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
    }
    extra = 1
    can_delete = False
    verbose_name = _("role")
    verbose_name_plural = _("Roles")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("accounts.see_people")

    has_add_permission = has_change_permission = has_view_permission


class PersonForm(SpokenForm):
    """A person's address is one person's, however it is written."""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody has this address already."))
        return str(email)


@admin.register(User)
class UserAdmin(PortalAdmin):
    """A new person has no password: she chooses one by "Forgotten password?" on the sign-in page."""

    permission = "accounts.see_people"
    form = PersonForm
    list_display = ("full_name", "email", "roles", "is_active", "last_login")
    list_display_links = ("full_name", "email")
    list_filter = ("is_active", "memberships__role", ("language", LanguageFilter))
    search_fields = ("email", "first_name", "last_name")
    ordering = ("sort_name",)
    fields: ClassVar = ["first_name", "last_name", "email", "language", "is_active", "last_login"]
    readonly_fields = ("last_login",)
    inlines: ClassVar = [MembershipInline]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        roles = Membership.objects.current().select_related("organisation")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", roles, to_attr="now"))

    @admin.display(description=_("name"), ordering="sort_name")
    def full_name(self, user: User) -> str:
        return str(user)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(str(one) for one in user.now)  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """The sign-in library keeps addresses of its own: what the administrator writes is verified by her."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()
            EmailAddress.objects.update_or_create(
                user=obj, email=obj.email, defaults={"verified": True, "primary": True}
            )


@admin.register(Organisation)
class OrganisationAdmin(PortalAdmin):
    """Organisations that send, host or sign."""

    permission = "accounts.see_people"
    form = SpokenForm
    list_display = ("name", "kind", "city", "country", "oid")
    list_filter = ("kind", ("country", CountryFilter))
    search_fields = ("name", "city", "oid")
    ordering = ("sort_name",)
    fields: ClassVar = [
        "name", "kind", "country", "city", "latitude", "longitude", "oid", "language", "does_helpdesk_work",
    ]  # fmt: skip
    list_per_page = 50
