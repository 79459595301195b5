"""Pictures of a card: added, described, put in order, taken away; and their files, which lie under their hash."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ecett.core import hashed, ordering
from ecett.core.models.picture import Picture
from ecett.core.pictures.sizes import Rendition, Sizes
from ecett.core.workflow import Blocked

FOLDER = "pictures"


def file_name(sha256: str) -> str:
    """Where a file lies in the store."""
    return hashed.file_name(FOLDER, sha256, "webp")


@transaction.atomic
def add_picture(
    *, album: type[Picture], owner: Any, sizes: Sizes, alt: str, caption: str, actor: Any, most: int
) -> Picture:
    """A picture at the end of those that ``owner`` has; one that is there already stays what it is. ``actor``: a user,
    None for somebody who came by a signed link.

    Raises Blocked when there are ``most`` already.
    """
    pictures = _locked(album, owner)
    large, small = sizes.large, sizes.small
    for known in pictures:
        if known.large == large.sha256:
            return known
    if len(pictures) >= most:
        raise Blocked(_("There are %(n)s pictures already, which is as many as a card shows.") % {"n": most})
    for rendition in (large, small):
        _store(rendition)
    return album._default_manager.create(
        **{album.owner_field: owner},
        large=large.sha256,
        large_width=large.width,
        large_height=large.height,
        small=small.sha256,
        small_width=small.width,
        small_height=small.height,
        alt=alt,
        caption=caption,
        position=max((each.position for each in pictures), default=-1) + 1,
        added_by=actor,
    )


def describe_picture(*, picture: Picture, alt: str, caption: str) -> None:
    """Say anew what one sees."""
    picture.alt, picture.caption = alt, caption
    picture.save(update_fields=["alt", "caption", "changed_at"])


@transaction.atomic
def move_picture(*, picture: Picture, by: int) -> None:
    """One place up (-1) or down (1); at the end nothing happens."""
    pictures = _locked(type(picture), getattr(picture, picture.owner_field))
    ordering.move(pictures, picture, by=by)


def remove_picture(*, picture: Picture) -> None:
    """Nobody sees it from now on; the sweep takes its files."""
    picture.delete()


def sweep_files() -> int:
    """Take away the files that no picture names any more; how many."""
    return hashed.sweep(FOLDER, _is_used)


def _is_used(sha256: str) -> bool:
    named = models.Q(large=sha256) | models.Q(small=sha256)
    return any(album._default_manager.filter(named).exists() for album in Picture.__subclasses__())


def _store(rendition: Rendition) -> None:
    hashed.store(file_name(rendition.sha256), rendition.data)


def _locked(album: type[Picture], owner: Any) -> list[Picture]:
    """The pictures of a thing in order, while nobody else may change them."""
    type(owner)._base_manager.select_for_update(of=("self",)).only("pk").get(pk=owner.pk)
    return list(album._default_manager.filter(**{album.owner_field: owner}))
