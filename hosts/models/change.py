"""That a card has changed: what processes that keep something of all cards ask before they answer."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class CardChange(models.Model):
    """A change of a card, written by the database itself, whoever made it.

    ``transaction``: its number; with the oldest one still running a reader knows what it may have missed, which
    the order of rows alone does not say. Rows are forgotten after a day or so.
    """

    source = models.CharField(max_length=60)
    card = models.BigIntegerField()
    transaction = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["source", "transaction", "card"], name="card_change_since"),
            models.Index(fields=["source", "id"], name="card_change_last"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.card}"


def note_changes(source: str, *, besides: str = "") -> pgtrigger.Trigger:
    """The trigger that writes the changes of a table of cards. ``besides``: more of them, as a query in SQL."""
    more = f"UNION {besides}" if besides else ""
    return pgtrigger.Trigger(
        name="note_change",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            INSERT INTO hosts_cardchange (source, card, transaction)
            SELECT source, card, pg_current_xact_id()::text::bigint
            FROM (SELECT '{source}' AS source, COALESCE(NEW.id, OLD.id) AS card {more}) AS changed
            WHERE card IS NOT NULL;
            RETURN NULL;
        """,  # noqa: S608 - text of ours
    )
