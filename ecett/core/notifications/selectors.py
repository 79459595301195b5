"""The outbox, read."""

from django.db.models import Q, QuerySet

from ecett.core.models import Notification


def outbox(*, email: str = "") -> QuerySet[Notification]:
    """Letters, newest first; with ``email`` those whose address or name contains it."""
    letters = Notification.objects.order_by("-created_at", "-pk")
    wanted = email.strip()
    return letters.filter(Q(email__icontains=wanted) | Q(name__icontains=wanted)) if wanted else letters


def letters_about(subject_type: str, object_id: int) -> QuerySet[Notification]:
    """Letters about one object ("app.model"), newest first."""
    app, model = subject_type.lower().split(".")
    return outbox().filter(content_type__app_label=app, content_type__model=model, object_id=object_id)
