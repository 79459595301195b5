"""The pages and files of pictures; a room says whose they are, who may change them and who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ecett.core.models.picture import Picture
from ecett.core.pictures import services
from ecett.core.pictures.forms import PictureForm, WordsForm
from ecett.core.views.steps import attempt

#: A year: the address is the hash of what lies there.
FOR_EVER = "max-age=31536000, immutable"


@dataclass(frozen=True)
class Album:
    """The pictures of one thing: their table, at most how many, and the page that shows them."""

    pictures: type[Picture]
    owner: Any
    most: int
    here: str
    title: str
    crumbs: list[tuple[str, str]]


def album_page(request: HttpRequest, album: Album) -> HttpResponse:
    """All pictures of a thing with their words, and a form for one more. Whoever comes here may change them."""
    pictures = list(album.pictures._default_manager.filter(**{album.pictures.owner_field: album.owner}))
    if request.method != "POST":
        return _page(request, album, pictures)
    intent = request.POST.get("intent", "")
    if intent in ("", "add"):
        return _add(request, album, pictures)
    picture = next((each for each in pictures if each.public_id == request.POST.get("picture")), None)
    if picture is None:
        messages.warning(request, _("This picture is no longer there."))
        return redirect(album.here)
    if intent == "describe":
        form = WordsForm(request.POST, prefix=picture.public_id)
        if not form.is_valid():
            return _page(request, album, pictures, words={picture.public_id: form}, status=422)
        services.describe_picture(picture=picture, **form.cleaned_data)
        messages.success(request, _("Saved."))
    elif intent in ("up", "down"):
        services.move_picture(picture=picture, by=-1 if intent == "up" else 1)
    elif intent == "remove":
        services.remove_picture(picture=picture)
        messages.success(request, _("The picture is gone."))
    return redirect(album.here)


def _add(request: HttpRequest, album: Album, pictures: list[Picture]) -> HttpResponse:
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        words = form.cleaned_data
        outcome = attempt(
            lambda: services.add_picture(
                album=album.pictures,
                owner=album.owner,
                sizes=words["file"],
                alt=words["alt"],
                caption=words["caption"],
                actor=request.user if request.user.is_authenticated else None,
                most=album.most,
            )
        )
        if outcome.done:
            messages.success(request, _("The picture is on the card."))
            return redirect(album.here)
        outcome.tell(form)
    return _page(request, album, pictures, form=form, status=422)


def _page(
    request: HttpRequest,
    album: Album,
    pictures: list[Picture],
    *,
    form: PictureForm | None = None,
    words: dict[str, WordsForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = [
        {
            "picture": picture,
            "form": (words or {}).get(picture.public_id)
            or WordsForm(prefix=picture.public_id, initial={"alt": picture.alt, "caption": picture.caption}),
        }
        for picture in pictures
    ]
    context = {
        "album": album,
        "rows": rows,
        "form": form or PictureForm(),
        "full": len(pictures) >= album.most,
    }
    return render(request, "core/album.html", context, status=status)


def picture_file(picture: Picture | None, sha256: str, *, public: bool) -> HttpResponseBase:
    """The file of a picture that this visitor may see. ``public``: everybody may, so caches between may keep it."""
    if picture is None:
        raise Http404
    try:
        file = default_storage.open(services.file_name(sha256))
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"{'public' if public else 'private'}, {FOR_EVER}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
