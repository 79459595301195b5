"""What is written: rates, contracts, mobilities."""

from grants.services.attaching import Preview, Terms, attach_internship, preview_attachment, reverse_mobility
from grants.services.contracts import create_contract, update_contract
from grants.services.costs import post_cost, reverse_cost
from grants.services.rates import Stored, load_demo_rates, load_rates, store_rates

__all__ = [
    "Preview",
    "Stored",
    "Terms",
    "attach_internship",
    "create_contract",
    "load_demo_rates",
    "load_rates",
    "post_cost",
    "preview_attachment",
    "reverse_cost",
    "reverse_mobility",
    "store_rates",
    "update_contract",
]
