"""The photographs of a card: its people put them in order, everybody who sees the card sees them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecett.core.permissions import check, public_view
from ecett.core.views.pictures import Album, album_page, picture_file
from hosts.enums import Moderation
from hosts.models import Host, HostPhoto
from hosts.selectors.cards import surviving

#: In a visitor's session: the card, not public yet, whose photographs she looks after by a signed link.
SEEN_BY_LINK = "photos_by_link"


@require_http_methods(["GET", "HEAD", "POST"])
def host_photos(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add, describe, order, remove."""
    hosts: Any = Host.objects.visible_to(request.user)
    host = get_object_or_404(hosts.defer("search", "marks"), public_id=public_id)
    stays = surviving(host)
    if stays != host:
        # Its photographs went to the card that stayed.
        return redirect("hosts:host_photos", public_id=stays.public_id)
    check(request.user, "hosts.edit_host", host)
    card = reverse("hosts:host_detail", args=[host.public_id])
    return _album(
        request,
        host,
        here=reverse("hosts:host_photos", args=[host.public_id]),
        crumbs=[(_("Hosts"), reverse("hosts:host_list")), (host.name, card)],
    )


def photos_by_link(request: HttpRequest, host: Host, *, here: str, back: str) -> HttpResponse:
    """The same for somebody with a good link (the caller has looked). ``back``: the page of her link."""
    if host.moderation != Moderation.PUBLISHED:
        # The files of a card that is not public open for nobody else; this browser may see what it puts there.
        request.session[SEEN_BY_LINK] = host.pk
    return _album(request, host, here=here, crumbs=[(host.name, back)])


def _album(request: HttpRequest, host: Host, *, here: str, crumbs: list[tuple[str, str]]) -> HttpResponse:
    album = Album(
        pictures=HostPhoto,
        owner=host,
        most=settings.HOST_PHOTOS,
        here=here,
        title=_("Photographs"),
        crumbs=crumbs,
    )
    return album_page(request, album)


@public_view
@require_safe
def photo_file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The file under this hash, if it is on a card that this visitor sees."""
    seen = HostPhoto.objects.filter(Q(large=sha256) | Q(small=sha256)).select_related("host")
    seen = seen.filter(
        Q(host__in=Host.objects.visible_to(request.user)) | Q(host=request.session.get(SEEN_BY_LINK))
    )
    public = seen.filter(host__moderation=Moderation.PUBLISHED).first()
    return picture_file(public or seen.first(), sha256, public=public is not None)
