"""What others do to the demonstration's cards: changes they suggest, and a few pictures, drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from ecett.core.pictures.services import add_picture
from ecett.core.pictures.sizes import make_sizes
from ecett.core.workflow import perform
from hosts.enums import HostStatus, Moderation
from hosts.models import Host, HostPhoto
from hosts.services import suggest_changes
from hosts.services.invitations import invite_person

MOST = 8
# Wall, roof, door; what one sees; caption.
HOUSES = (
    (
        "#d9a441",
        "#7a3f2b",
        "#2f5d50",
        "A yellow house with a green door, seen from the street.",
        "The entrance",
    ),
    (
        "#b9c7c9",
        "#3c4a57",
        "#a8431a",
        "A grey house with a red door under a wide sky.",
        "The flats, ten minutes away",
    ),
)
# Which partners get pictures, and which are written to with suggestions: places in the list of cards.
WITH_PICTURES = (0, 1)
SUGGESTED = (
    (
        0,
        {
            "learning": "How a team of eleven stays reachable for 160 people without a waiting list, and how former "
            "residents work in it as paid colleagues.",
            "capacity": "2",
        },
        "I was there in September: two colleagues more, and two visitors are enough at a time.",
    ),
    (1, {"website": "https://www.example.org/visits"}, "Their page for visitors has moved."),
    (2, {"capacity": "4"}, "They told me so on the telephone."),
)


def make_photos(hosts: Sequence[Host]) -> None:
    """Two drawn houses each for a few partners."""
    sizes = [make_sizes(_drawn(*house[:3])) for house in HOUSES]
    partners = _partners(hosts)
    for place in WITH_PICTURES:
        for made, (_wall, _roof, _door, alt, caption) in zip(sizes, HOUSES, strict=True):
            add_picture(
                album=HostPhoto,
                owner=partners[place],
                sizes=made,
                alt=alt,
                caption=caption,
                actor=None,
                most=MOST,
            )


def make_suggestions(hosts: Sequence[Host], author: Any, desk: Any) -> None:
    """Two that wait for an answer, and one that was declined with its reason."""
    partners = _partners(hosts)
    made = [
        suggest_changes(
            host=partners[place],
            author=author,
            changes={
                name: {
                    "before": {name: [str(getattr(partners[place], name) or "")]},
                    "after": {name: [text]},
                }
                for name, text in texts.items()
            },
            note=note,
        )
        for place, texts, note in SUGGESTED
    ]
    perform(made[-1], "decline", actor=desk, comment="We asked the team: it stays as the card says.")


def invite_colleague(host: Host, desk: Any) -> None:
    """The persona's colleague has been written to, and has not opened his letter yet."""
    invite_person(
        host=host, email="erik.sandberg@example.org", name="Erik Sandberg", language="en", actor=desk
    )


def _partners(hosts: Sequence[Host]) -> list[Host]:
    return [
        host
        for host in hosts
        if host.status == HostStatus.PARTNER and host.moderation == Moderation.PUBLISHED
    ][:3]


def _drawn(wall: str, roof: str, door: str) -> SimpleUploadedFile:
    """A house under the sky, 960 × 640."""
    image = Image.new("RGB", (960, 640), "#dfe8ea")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 470, 960, 640), fill="#8a9a6b")
    pen.rectangle((230, 260, 730, 520), fill=wall)
    pen.polygon([(200, 260), (480, 110), (760, 260)], fill=roof)
    pen.rectangle((440, 390, 520, 520), fill=door)
    for left in (280, 360, 560, 640):
        pen.rectangle((left, 310, left + 50, 370), fill="#fffefb", outline=roof, width=4)
    pen.polygon([(440, 520), (520, 520), (600, 640), (360, 640)], fill="#c9bda6")
    file = BytesIO()
    image.save(file, "PNG")
    return SimpleUploadedFile("house.png", file.getvalue())
