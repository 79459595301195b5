"""One practice of the demonstration with all that can go with it: a document, a translation and another half done."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from ecett.core.cleaning.handed_on import make_clean
from ecett.core.pictures.services import add_picture
from ecett.core.pictures.sizes import make_sizes
from ecett.core.workflow import perform
from ecett.portal.demo.content import content
from goodpractices.models import GoodPractice, Innovation, InnovationPicture
from goodpractices.passages import fingerprint
from goodpractices.services import (
    begin_translation,
    clear_marks,
    create_practice,
    pass_on_practice,
    publish_practice,
    submit_practice,
)
from goodpractices.services.attachments import add_attachment
from hosts.models import Host

# Wall, floor, chairs; what one sees; caption.
ROOMS = (
    ("#c9c6c0", "#8f8a82", 1, "A grey room with one chair at the wall.", "Before: the waiting room"),
    ("#d9a441", "#7a4a2b", 5, "The same room in yellow, with a long table and five chairs.", "After: the kitchen"),
)  # fmt: skip


def make_walk(people: Mapping[str, Any], host: Host) -> GoodPractice:
    """The practice, written by the colleague, read by a desk and an expert; its document and its translations."""
    texts = content("walk")
    author, desk = people["colleague"], people["helpdesk-en"]
    practice = create_practice(
        author=author,
        language="en",
        country=host.country,
        city=host.city,
        host=host,
        sectors=["addiction"],
        target_groups=["people-with-alcohol-problems"],
        concepts=["aftercare", "peer-support"],
        keywords=["first meeting", "walking"],
        anonymity_declared=True,
        is_demo=True,
        **texts["en"],
    )
    clear_marks(
        practice=practice, actor=author, marks=[(mark.kind, mark.text) for mark in practice.passages()]
    )
    plan = add_attachment(
        practice=practice,
        actor=author,
        file=make_clean(_plan(texts["plan"]), max_bytes=settings.ATTACHMENT_MAX_BYTES),
        title=texts["plan"]["title"],
        language="en",
        anonymity_declared=True,
    )
    sent = submit_practice(practice=practice, actor=author)
    perform(plan, "show", actor=desk)
    practice = publish_practice(practice=pass_on_practice(practice=sent, actor=desk), actor=people["juror"])
    read = fingerprint(practice.texts())
    done = begin_translation(
        practice=practice, actor=people["trainee"], language="fr", texts=texts["fr"], read=read
    )
    perform(perform(done, "submit", actor=people["trainee"]), "publish", actor=people["helpdesk-fr"])
    begin_translation(practice=practice, actor=author, language="nl", texts=texts["nl"], read=read)
    return practice


def make_pictures(innovation: Innovation | None) -> None:
    """A room before and after."""
    if innovation is None:
        return
    for wall, floor, chairs, alt, caption in ROOMS:
        add_picture(
            album=InnovationPicture,
            owner=innovation,
            sizes=make_sizes(_drawn(wall, floor, chairs)),
            alt=alt,
            caption=caption,
            actor=None,
            most=settings.INNOVATION_PICTURES,
        )


def _plan(words: Mapping[str, Any]) -> SimpleUploadedFile:
    """A sheet to print: a line for each day of the week."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        sheet.set_column(0, len(words["heads"]), 24)
        sheet.write_row(0, 0, words["heads"], bold)
        sheet.write_column(1, 0, words["days"])
    return SimpleUploadedFile("plan.xlsx", file.getvalue())


def _drawn(wall: str, floor: str, chairs: int) -> SimpleUploadedFile:
    """A room with a window, 480 × 320."""
    image = Image.new("RGB", (480, 320), wall)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 230, 480, 320), fill=floor)
    pen.rectangle((180, 50, 300, 150), fill="#dfe8ea", outline="#fffefb", width=6)
    for place in range(chairs):
        left = 70 + place * 75
        pen.rectangle((left, 170, left + 36, 215), fill="#2f5d50")
        pen.rectangle((left, 215, left + 36, 262), fill="#26483e")
    if chairs > 1:
        pen.rectangle((50, 232, 430, 250), fill="#fffefb")
    file = BytesIO()
    image.save(file, "PNG")
    return SimpleUploadedFile("room.png", file.getvalue())
