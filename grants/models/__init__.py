"""Calls and rates, contracts, mobilities, the ledger."""

from grants.models.contract import Contract, ContractMember, ContractSplit
from grants.models.ledger import Account, Entry, Transaction
from grants.models.mobility import Mobility, MobilityLog
from grants.models.rate import Rate

__all__ = [
    "Account",
    "Contract",
    "ContractMember",
    "ContractSplit",
    "Entry",
    "Mobility",
    "MobilityLog",
    "Rate",
    "Transaction",
]
