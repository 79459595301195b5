"""News of the journey for the floors above; sent inside the transaction, with ``internship=…``."""

from django.dispatch import Signal

#: A host accepted and the stay exists.
internship_created = Signal()
#: The host has said on which days the trainee was there.
attendance_confirmed = Signal()
#: Trainee, host and employer have all looked back.
evaluations_complete = Signal()
#: The stay will not happen; the internship's log holds who and why.
internship_cancelled = Signal()
