"""People, organisations, and who is what where."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's administration with the portal's own site."""

    default = False
    default_site = "ecett.accounts.site.PortalAdminSite"


class AccountsConfig(AppConfig):
    default = True
    name = "ecett.accounts"
    label = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        from ecett.accounts import notifications  # noqa: F401 - it registers its kind
