"""News of documents, for the apps that asked for them."""

from django.dispatch import Signal

#: A document has become ready. Sent by the worker outside of a transaction: ``document``, its row as it was
#: taken for this run (kind, subject, language, code).
document_ready = Signal()
