"""Sign-in as the portal wants it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils import translation

from ecett.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Mail about accounts goes through the portal's outbox, in the person's language."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        from ecett.core.notifications.services import post_rendered

        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = user.language if user else translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            message = self.render_mail(template_prefix, email, context)
        html = next(
            (str(part.content) for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), ""
        ) if isinstance(message, EmailMultiAlternatives) else ""
        post_rendered(
            kind=template_prefix.replace("/", "."),
            email=email,
            name=str(user or ""),
            language=language,
            subject_line=str(message.subject),
            text=str(message.body),
            html=html,
            recipient=user,
        )

    def get_user_search_fields(self) -> list[str]:
        return ["email"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True
