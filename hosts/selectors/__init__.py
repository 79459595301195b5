"""What may be asked about hosts."""

from hosts.selectors.filtering import CardFilter, read_filter
from hosts.selectors.listing import HostPage, filtered_hosts, host_listing, host_page, sorted_hosts
from hosts.selectors.matching import all_hosts_for_matching, host_for_matching, rank_hosts

__all__ = [
    "CardFilter",
    "HostPage",
    "all_hosts_for_matching",
    "filtered_hosts",
    "host_for_matching",
    "host_listing",
    "host_page",
    "rank_hosts",
    "read_filter",
    "sorted_hosts",
]
