"""What is written in certification. Each function is atomic and needs no request."""

from certification.services.certificates import (
    announce,
    announce_waiting,
    change_certificate,
    issue_for_dossier,
    issue_for_stay,
    issue_internship_certificate,
    reissue_certificate,
)
from certification.services.dossiers import (
    add_paper,
    open_dossier,
    remove_paper,
    save_dossier,
    submit_dossier,
    verify_paper,
    withdraw_dossier,
)
from certification.services.jury import (
    cast_vote,
    decide,
    make_minutes,
    record_presentation,
    recuse,
    save_session,
    schedule_dossier,
)

__all__ = [
    "add_paper",
    "announce",
    "announce_waiting",
    "cast_vote",
    "change_certificate",
    "decide",
    "issue_for_dossier",
    "issue_for_stay",
    "issue_internship_certificate",
    "make_minutes",
    "open_dossier",
    "record_presentation",
    "recuse",
    "reissue_certificate",
    "remove_paper",
    "save_dossier",
    "save_session",
    "schedule_dossier",
    "submit_dossier",
    "verify_paper",
    "withdraw_dossier",
]
