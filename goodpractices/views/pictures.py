"""The pictures of an innovation."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ecett.core.permissions import check, public_view
from ecett.core.views.pictures import Album, album_page, picture_file
from goodpractices.models import Adoption, GoodPractice, InnovationPicture
from goodpractices.selectors.adoptions import adoption_of


@require_http_methods(["GET", "HEAD", "POST"])
def innovation_pictures(request: HttpRequest, public_id: str) -> HttpResponse:
    """Those who told the innovation add, describe, order and remove its pictures."""
    adoption = adoption_of(request.user, public_id)
    if adoption is None or not hasattr(adoption, "innovation"):
        raise Http404
    check(request.user, "goodpractices.edit_adoption", adoption)
    practice = adoption.practice
    page = reverse("goodpractices:practice_detail", args=[practice.public_id])
    album = Album(
        pictures=InnovationPicture,
        owner=adoption.innovation,
        most=settings.INNOVATION_PICTURES,
        here=reverse("goodpractices:innovation_pictures", args=[adoption.public_id]),
        title=_("Pictures of the innovation"),
        crumbs=[
            (_("Good practices"), reverse("goodpractices:practice_list")),
            (practice.title, f"{page}#elsewhere"),
        ],
    )
    return album_page(request, album)


@public_view
@require_safe
def picture_file_of(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The file under this hash, if it is on a report that this visitor sees on a card that she sees."""
    pictures = InnovationPicture.objects.filter(Q(large=sha256) | Q(small=sha256))
    public = pictures.filter(
        innovation__adoption__in=Adoption.objects.open_to_all(),
        innovation__adoption__practice__in=GoodPractice.objects.published(),
    ).first()
    seen = (
        public
        or pictures.filter(
            innovation__adoption__in=Adoption.objects.visible_to(request.user),
            innovation__adoption__practice__in=GoodPractice.objects.visible_to(request.user),
        ).first()
    )
    return picture_file(seen, sha256, public=public is not None)
