"""What may be written about hosts, and the index by which cards are found."""

from hosts.services.cards import (
    confirm_host,
    create_host,
    find_concepts,
    publish_host,
    set_status,
    update_host,
)
from hosts.services.counting import count_terms
from hosts.services.indexing import index_hosts
from hosts.services.merging import merge_hosts, undo_merge
from hosts.services.vocabulary import load_thesaurus

__all__ = [
    "confirm_host",
    "count_terms",
    "create_host",
    "find_concepts",
    "index_hosts",
    "load_thesaurus",
    "merge_hosts",
    "publish_host",
    "set_status",
    "undo_merge",
    "update_host",
]
