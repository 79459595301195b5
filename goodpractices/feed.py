"""Published practices as an Atom feed (RFC 4287), one for each filter, in pages (RFC 5005)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from ecett.core.search import clean
from goodpractices.models import GoodPractice
from goodpractices.records import practice_address

AUTHOR = "ECETT"


class PracticeFeed(Atom1Feed):
    """A page of the feed. ``pages``: {relation: address} of the others; ``updated``: when it holds nothing."""

    def __init__(self, *, pages: Mapping[str, str], updated: dt.datetime, **options: Any) -> None:
        super().__init__(author_name=AUTHOR, **options)
        self.pages = pages
        self.updated = updated

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else self.updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.pages.items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def add_practices(feed: PracticeFeed, practices: Iterable[GoodPractice]) -> None:
    """The practices as entries: told in their own language, known by the address of their page, for ever."""
    for practice in practices:
        address = practice_address(practice)
        feed.add_item(
            title=clean(practice.title),
            link=address,
            description=linebreaks(clean(practice.description), autoescape=True),
            unique_id=address,
            pubdate=practice.published_at or practice.changed_at,
            updateddate=practice.changed_at,
            categories=(*practice.sectors, *practice.target_groups),
            language=practice.language,
        )
