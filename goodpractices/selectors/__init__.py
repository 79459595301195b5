"""What may be asked about good practices."""

from goodpractices.selectors.listing import (
    PracticePage,
    filtered_practices,
    practice_listing,
    practice_page,
    read_practice_filter,
    sorted_practices,
)

__all__ = [
    "PracticePage",
    "filtered_practices",
    "practice_listing",
    "practice_page",
    "read_practice_filter",
    "sorted_practices",
]
