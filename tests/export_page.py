"""The page of a list on which its columns are chosen, as a person uses it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from html import unescape
from io import StringIO
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def text_of(answer: Any) -> str:
    """The page as it is read."""
    return unescape(answer.content.decode())


def rows_of(answer: Any) -> list[dict[str, str]]:
    """The rows of a sheet in CSV."""
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@dataclass(frozen=True)
class ExportPage:
    """``columns``: those that are chosen unless a test says which."""

    address: str
    columns: tuple[str, ...]

    def press(self, client: Client, query: str = "", **sent: Any) -> Any:
        """What the button gives; CSV unless a test says what."""
        return client.post(f"{self.address}{query}", {"format": "csv", "column": self.columns, **sent})

    def questions(self, client: Client, query: str) -> tuple[int, int]:
        """How many questions the page asks of the database, and the sheet."""
        with CaptureQueriesContext(connection) as page:
            client.get(f"{self.address}{query}")
        with CaptureQueriesContext(connection) as sheet:
            rows_of(self.press(client, query))
        return len(page), len(sheet)
