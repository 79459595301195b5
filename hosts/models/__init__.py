"""Host cards and the concepts that tie words of different languages together."""

from hosts.models.change import CardChange
from hosts.models.check import HostCheck
from hosts.models.concept import Concept, ConceptLabel, SearchTerm
from hosts.models.duplicate import DuplicatePair, DuplicatePairLog, DuplicateSearch, HostMerge
from hosts.models.export import ContactExport
from hosts.models.host import Host, HostLog
from hosts.models.invitation import HostInvitation, HostInvitationLog
from hosts.models.parts import HostContact, HostLanguage, HostPeriod
from hosts.models.photo import HostPhoto
from hosts.models.suggestion import HostSuggestion, HostSuggestionLog

__all__ = [
    "CardChange",
    "Concept",
    "ConceptLabel",
    "ContactExport",
    "DuplicatePair",
    "DuplicatePairLog",
    "DuplicateSearch",
    "Host",
    "HostCheck",
    "HostContact",
    "HostInvitation",
    "HostInvitationLog",
    "HostLanguage",
    "HostLog",
    "HostMerge",
    "HostPeriod",
    "HostPhoto",
    "HostSuggestion",
    "HostSuggestionLog",
    "SearchTerm",
]
