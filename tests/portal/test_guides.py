"""What the documents point at is there: links, pictures, the addresses of pages; each role has its guide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from docs.take_pictures import IMAGES, PICTURES
from ecett.accounts.enums import Role

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
GUIDES = ROOT / "docs" / "guides"
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
ADDRESS = re.compile(r"`(/[^`\s]*)`")
HEAVIEST = 120_000  # bytes

GUIDE_OF = {
    Role.TRAINEE: "trainee",
    Role.EMPLOYER: "host",
    Role.HOST: "host",
    Role.HELPDESK: "helpdesk",
    Role.JUROR: "jury",
    Role.CHAIR: "jury",
    Role.SECRETARY: "jury",
    Role.COORDINATOR: "coordinator",
    Role.ADMIN: "administrator",
}


def links(document: Path) -> Iterator[tuple[bool, str]]:
    """(is a picture, where it points) of each link to a file of ours; code is no link."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for picture, target in LINK.findall(re.sub(r"`[^`]*`", "", text)):
        if "://" not in target and not target.startswith("mailto:"):
            yield bool(picture), target


def anchors(document: Path) -> set[str]:
    """The anchors that a reader of Markdown makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_are_there(document: Path) -> None:
    lost = []
    for _picture, target in links(document):
        file, _hash, anchor = target.partition("#")
        found = (document.parent / file).resolve() if file else document
        if not found.exists() or (anchor and anchor not in anchors(found)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=lambda path: path.stem)
def test_pages_named_in_a_guide_exist(guide: Path) -> None:
    lost = []
    for address in ADDRESS.findall(guide.read_text(encoding="utf-8")):
        try:
            resolve(address)
        except Resolver404:
            lost.append(address)
    assert lost == []


@pytest.mark.parametrize("role", Role)
def test_each_role_has_a_guide_with_three_to_five_pictures(role: Role) -> None:
    guide = GUIDES / f"{GUIDE_OF[role]}.md"
    pictures = [target for picture, target in links(guide) if picture]
    assert 3 <= len(pictures) <= 5
    assert f"]({guide.name})" in (GUIDES / "README.md").read_text(encoding="utf-8")


def test_every_picture_can_be_taken_again_is_used_and_is_light() -> None:
    kept = {file.name: file.stat().st_size for file in IMAGES.iterdir()}
    assert set(kept) == {f"{picture.name}.png" for picture in PICTURES}
    used = {Path(target).name for document in DOCUMENTS for picture, target in links(document) if picture}
    assert set(kept) <= used
    assert {name: size for name, size in kept.items() if size > HEAVIEST} == {}
