"""What may be written about good practices, and the index by which they are found."""

from goodpractices.services.cards import (
    clear_marks,
    create_practice,
    pass_on_practice,
    publish_practice,
    submit_practice,
    update_practice,
)
from goodpractices.services.indexing import index_practices, practice_text

__all__ = [
    "clear_marks",
    "create_practice",
    "index_practices",
    "pass_on_practice",
    "practice_text",
    "publish_practice",
    "submit_practice",
    "update_practice",
]
