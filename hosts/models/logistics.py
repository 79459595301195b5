"""How a host settles meals, transport and accommodation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hosts.enums import Offer, PriceUnit
from hosts.logistics import ITEMS, Price, stay_cost

LONGEST_NOTE = 200
_above_nothing = MinValueValidator(
    Decimal("0.01"), _("A price is more than 0. For what costs nothing, choose “offered free”.")
)


def _offer(label: Any) -> models.CharField[Any, Any]:
    return models.CharField(label, max_length=10, choices=Offer.choices, blank=True)


def _price(label: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(
        label, max_digits=8, decimal_places=2, null=True, blank=True, validators=[_above_nothing]
    )


def _unit(label: Any) -> models.CharField[Any, Any]:
    return models.CharField(label, max_length=10, choices=PriceUnit.choices, blank=True)


def _note(label: Any) -> models.CharField[Any, Any]:
    return models.CharField(label, max_length=LONGEST_NOTE, blank=True)


class Logistics(models.Model):
    """Each item: offered free, at a price or not; the price in euros a unit where it is known; a note.

    A price has a unit, and goes with “at a price” only.
    """

    meals = _offer(_("meals"))
    meals_price = _price(_("price of meals, €"))
    meals_unit = _unit(_("unit of the price of meals"))
    meals_note = _note(_("note on meals"))
    transport = _offer(_("local transport"))
    transport_price = _price(_("price of local transport, €"))
    transport_unit = _unit(_("unit of the price of local transport"))
    transport_note = _note(_("note on local transport"))
    accommodation = _offer(_("accommodation"))
    accommodation_price = _price(_("price of accommodation, €"))
    accommodation_unit = _unit(_("unit of the price of accommodation"))
    accommodation_note = _note(_("note on accommodation"))
    # One price for all items together, where a host asks that.
    day_price = models.DecimalField(
        _("price a day, €"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        abstract = True

    def prices(self) -> list[Price | None]:
        """The price of each item that is offered at one; None where the card does not name it."""
        return prices_of({name: getattr(self, name) for item in ITEMS for name in terms_of(item)})

    def stay_cost(self, days: int) -> Decimal | None:
        """Euros that one visitor pays for a stay of ``days``; None when the card does not tell."""
        return stay_cost(days, day_price=self.day_price, prices=self.prices())


def prices_of(row: Mapping[str, Any]) -> list[Price | None]:
    """The same from the columns of a card as a mapping."""
    return [
        Price(row[f"{item}_price"], row[f"{item}_unit"]) if row[f"{item}_price"] is not None else None
        for item in ITEMS
        if row[item] == Offer.PRICE
    ]


def terms_of(item: str) -> tuple[str, str, str, str]:
    """The columns of one item: how it is offered, price, unit, note."""
    return item, f"{item}_price", f"{item}_unit", f"{item}_note"


#: All that a card says of them.
LOGISTICS = (*(name for item in ITEMS for name in terms_of(item)), "day_price")


def price_constraints() -> list[models.CheckConstraint]:
    """No price but for what is offered at one, none of 0, and each with its unit."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{item}_price__isnull": True, f"{item}_unit": ""})
            # Without the second part a missing price would make the condition unknown, which passes.
            | (
                Q(**{item: Offer.PRICE, f"{item}_price__isnull": False, f"{item}_price__gt": 0})
                & ~Q(**{f"{item}_unit": ""})
            ),
            name=f"host_{item}_price_has_its_place",
        )
        for item in ITEMS
    ]
