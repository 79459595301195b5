"""The letter about one's own account; its words are those of the sign-in library's templates."""

from django.utils.translation import gettext_lazy as _

from ecett.core.notifications.registry import NotificationKind, register

ACCOUNT_LETTER = register(
    NotificationKind(
        name="accounts.letter",
        template="accounts/mail/letter",
        why=_("somebody used this address in the ECETT portal"),
    )
)
