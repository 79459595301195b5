"""What certification shows on the pages of lower rooms."""

from __future__ import annotations

from typing import Any

from certification.enums import Level
from certification.models import Certificate
from ecett.core.slots import Panel
from trainees.models import Project


def internship_certificates(project: Project, user: Any) -> Panel | None:
    """The certificates A of a project's stays, for those who may see them."""
    found = list(
        Certificate.objects.visible_to(user)
        .filter(level=Level.A, internship__project=project)
        .select_related("document", "internship__host")
    )
    return Panel("certification/_project_panel.html", {"certificates": found}) if found else None
