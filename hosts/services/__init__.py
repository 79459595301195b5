"""What may be written about hosts, and the index by which cards are found."""

from hosts.services.cards import (
    create_host,
    find_concepts,
    publish_host,
    update_host,
)
from hosts.services.counting import count_terms
from hosts.services.indexing import index_hosts
from hosts.services.merging import merge_hosts, undo_merge
from hosts.services.standing import ask_host, confirm_host, follow_up_hosts, send_check_again, set_status
from hosts.services.suggestions import accept_suggestion, suggest_changes
from hosts.services.vocabulary import load_thesaurus

__all__ = [
    "accept_suggestion",
    "ask_host",
    "confirm_host",
    "count_terms",
    "create_host",
    "find_concepts",
    "follow_up_hosts",
    "index_hosts",
    "load_thesaurus",
    "merge_hosts",
    "publish_host",
    "send_check_again",
    "set_status",
    "suggest_changes",
    "undo_merge",
    "update_host",
]
