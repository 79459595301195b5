"""Tables of the ground floor."""

from ecett.core.models.base import Public, Stamped, TransitionLog
from ecett.core.models.document import Document
from ecett.core.models.exportjob import ExportJob
from ecett.core.models.fields import StateField
from ecett.core.models.importjob import ImportJob, ImportRow
from ecett.core.models.notification import Notification
from ecett.core.models.picture import Picture

__all__ = [
    "Document",
    "ExportJob",
    "ImportJob",
    "ImportRow",
    "Notification",
    "Picture",
    "Public",
    "Stamped",
    "StateField",
    "TransitionLog",
]
