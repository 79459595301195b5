"""What may be written about good practices, and the index by which they are found."""

from goodpractices.services.adoptions import (
    hide_adoption,
    report_adoption,
    show_adoption,
    tell_innovation,
    update_adoption,
)
from goodpractices.services.cards import (
    clear_marks,
    create_practice,
    pass_on_practice,
    publish_practice,
    submit_practice,
    update_practice,
)
from goodpractices.services.evidence import count_evidence
from goodpractices.services.indexing import index_practices, practice_text
from goodpractices.services.translations import begin_translation, write_translation

__all__ = [
    "begin_translation",
    "clear_marks",
    "count_evidence",
    "create_practice",
    "hide_adoption",
    "index_practices",
    "pass_on_practice",
    "practice_text",
    "publish_practice",
    "report_adoption",
    "show_adoption",
    "submit_practice",
    "tell_innovation",
    "update_adoption",
    "update_practice",
    "write_translation",
]
