"""Sign-in as the portal wants it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import translation

from ecett.accounts.models import User
from ecett.accounts.notifications import ACCOUNT_LETTER
from ecett.core.notifications.services import Address, notify

# What the library calls the address behind a letter's button.
ACTION_URLS = ("activate_url", "password_reset_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):
    """Letters about accounts leave through the portal's outbox, in the person's language."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = User.objects.filter(email=email.lower()).first()
        reader = translation.get_language() or settings.LANGUAGE_CODE
        # Somebody who signs up has not chosen a language yet: the one she reads the page in is hers.
        language = user.language if user and user.last_login else reader
        with translation.override(language):
            message = self.render_mail(template_prefix, email, context)
        notify(
            kind=ACCOUNT_LETTER.name,
            to=Address(email, user.get_full_name() if user else "", language),
            context={"subject_line": message.subject, "body": str(message.body).strip()},
            action_url=next((context[name] for name in ACTION_URLS if context.get(name)), None),
        )
