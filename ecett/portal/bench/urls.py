"""The portal's own addresses, and the two lists that the benchmark compares its list of hosts with."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from ecett.core.permissions import public_view
from ecett.urls import handler400, handler403, handler404, handler500
from ecett.urls import urlpatterns as portal
from hosts.models import Host

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

BARE = """<!DOCTYPE html><html lang="en"><head><title>Hosts</title></head><body><h1>Hosts</h1><ul>
{% for host in hosts %}<li>{{ host.name }}, {{ host.city }}, {{ host.country.name }}: {{ host.summary }}</li>
{% endfor %}</ul></body></html>"""


@public_view
def bare_list(request: HttpRequest) -> HttpResponse:
    """25 rows by one query through the same middleware, and nothing else."""
    hosts = Host.objects.filter(moderation="published").defer("search", "marks")[:25]
    return HttpResponse(engines["django"].from_string(BARE).render({"hosts": hosts}, request))


class HostAdmin(ModelAdmin):
    """The list everybody gets from Django for nothing."""

    list_display = ("name", "city", "country", "status", "moderation", "last_confirmed_on")
    list_filter = ("status", "country")
    search_fields = ("name", "city")
    list_per_page = 25


site = AdminSite(name="bench")
site.register(Host, HostAdmin)
urlpatterns = [path("bench/bare/", bare_list), path("bench/admin/", site.urls), *portal]
