"""Meals, transport and accommodation on the form of a card: how each is offered, its price and a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hosts.enums import Offer, PriceUnit
from hosts.logistics import ITEMS, USUAL_UNIT
from hosts.models.logistics import terms_of
from hosts.wording import ITEM_LABELS, say_terms


@dataclass(frozen=True)
class ItemFields:
    """The fields of one item, as the page shows them."""

    label: Any
    offer: forms.BoundField
    price: forms.BoundField
    unit: forms.BoundField
    note: forms.BoundField


class LogisticsMixin(forms.BaseModelForm):
    """For a model form of a card with the columns of `hosts.models.logistics.Logistics`."""

    # What is chosen as one when two people have changed a card (`ecett.core.editing`).
    together: ClassVar[Mapping[str, Sequence[str]]] = {item: terms_of(item) for item in ITEMS}
    part_labels: ClassVar = ITEM_LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS:
            offer, price, unit, note = (self.fields[name] for name in terms_of(item))
            offer.label = _("How it is offered")
            price.label = _("Price, €")
            price.widget.attrs.update({"inputmode": "decimal", "min": "0.01"})
            unit.label = _("Charged")
            note.label = _("Note")
            # A list without an empty line: the usual one is chosen, and means nothing without a price.
            self.fields[f"{item}_unit"] = forms.ChoiceField(
                label=unit.label, choices=PriceUnit.choices, required=False
            )
            if not self.initial.get(f"{item}_unit"):
                self.initial[f"{item}_unit"] = USUAL_UNIT[item]

    @property
    def logistics(self) -> list[ItemFields]:
        """The fields item by item."""
        return [ItemFields(ITEM_LABELS[item], *(self[name] for name in terms_of(item))) for item in ITEMS]

    def say_together(self, key: str, values: Mapping[str, Sequence[str]]) -> str | None:
        """An item in words, of what a browser sends; None for another part."""
        if key not in ITEMS:
            return None
        offer, price, unit, note = ("".join(values[name]) for name in terms_of(key))
        return say_terms(offer, price or None, unit, note)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for item in ITEMS:
            price, unit = cleaned.get(f"{item}_price"), f"{item}_unit"
            if price is not None and cleaned.get(item, Offer.PRICE) != Offer.PRICE:
                said = ValidationError(
                    _("A price goes with “at a price” only: choose that, or leave this empty."), code="price"
                )
                self.add_error(f"{item}_price", said)
            if price is None and unit in cleaned:
                cleaned[unit] = ""
            elif not cleaned.get(unit):
                cleaned[unit] = USUAL_UNIT[item]
        return cleaned
