"""People, organisations, memberships."""

from ecett.accounts.models.membership import Membership
from ecett.accounts.models.organisation import Organisation
from ecett.accounts.models.search import SavedSearch
from ecett.accounts.models.user import User

__all__ = ["Membership", "Organisation", "SavedSearch", "User"]
