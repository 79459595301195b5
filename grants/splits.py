"""How a contract divides organisational support among ECETT, helpdesk and signatory: one split per rate."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ecett.core.money import euros

PARTS = ("ecett", "helpdesk", "signatory")
DATA = Path(__file__).parent / "data" / "splits.csv"


@dataclass(frozen=True)
class Split:
    """Shares of one organisational support, in euros."""

    ecett: Decimal
    helpdesk: Decimal
    signatory: Decimal

    @property
    def total(self) -> Decimal:
        return self.ecett + self.helpdesk + self.signatory

    def divides(self, amount: Decimal) -> bool:
        """Whether the shares sum to the amount and none is negative."""
        return self.total == amount and min(self.ecett, self.helpdesk, self.signatory) >= 0

    def times(self, people: int) -> "Split":
        return Split(self.ecett * people, self.helpdesk * people, self.signatory * people)

    def plus(self, other: "Split") -> "Split":
        return Split(
            self.ecett + other.ecett, self.helpdesk + other.helpdesk, self.signatory + other.signatory
        )

    def helped_by_signatory(self) -> "Split":
        """The helpdesk's share goes to the signatory that is trained to do its work."""
        return Split(self.ecett, euros(0), self.signatory + self.helpdesk)


Splits = Mapping[Decimal, Split]
NO_SPLIT = Split(euros(0), euros(0), euros(0))


def parse_splits(text: str) -> dict[Decimal, Split]:
    """Read splits, by organisational rate.

    CSV with the columns ``organisational,ecett,helpdesk,signatory`` (``#`` begins a comment), or JSON:
    a list of such objects, or ``{"350": {"ecett": …, "helpdesk": …, "signatory": …}}``.
    A split need not sum here: the pricing refuses it when it meets it. Raises ValueError with the reason.
    """
    rows: list[Mapping[str, Any]]
    if text.lstrip("\ufeff \n\r\t")[:1] in ("{", "["):
        found = json.loads(text.lstrip("\ufeff"), parse_float=Decimal)
        rows = (
            [{"organisational": key, **value} for key, value in found.items()]
            if isinstance(found, dict)
            else found
        )
    else:
        lines = [
            line for line in text.lstrip("\ufeff").splitlines() if line.strip() and not line.startswith("#")
        ]
        rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    splits: dict[Decimal, Split] = {}
    for number, row in enumerate(rows, start=1):
        try:
            rate = euros(row["organisational"])
            split = Split(*(euros(row[part]) for part in PARTS))
        except KeyError as error:
            raise ValueError(f"split {number}: {error.args[0]} is missing") from error
        except (TypeError, ValueError) as error:
            raise ValueError(f"split {number}: {error}") from error
        if rate in splits:
            raise ValueError(f"split {number}: {rate} has a split already")
        splits[rate] = split
    return splits


def default_splits() -> dict[Decimal, Split]:
    """The splits ECETT publishes: only the one for 350 (source: the mission's own text)."""
    return parse_splits(DATA.read_text(encoding="utf-8"))
