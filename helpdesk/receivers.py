"""News from the floor below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ecett.core.workflow import transitioned
from helpdesk import services
from trainees.models import Project


@receiver(transitioned, sender=Project, dispatch_uid="helpdesk.project_dropped")
def withdraw_with_project(obj: Project, step: str, **_news: Any) -> None:
    """A project that is given up looks for no host any more."""
    if step == "drop":
        services.withdraw_open_requests(project=obj)
