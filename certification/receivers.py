"""News from the journey: a confirmed stay is worth a certificate A."""

from __future__ import annotations

from typing import Any

from certification.services import issue_for_stay
from trainees.models import Internship


def issue_after_attendance(sender: Any, internship: Internship, **_kwargs: Any) -> None:
    """For the trainee and each companion with an account, in the transaction of the confirmation."""
    issue_for_stay(internship=internship)
