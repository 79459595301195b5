"""Letters about one's own account (in the words of the sign-in library's templates) and about kept searches."""

from django.utils.translation import gettext_lazy as _

from ecett.core.notifications.registry import NotificationKind, register

ACCOUNT_LETTER = register(
    NotificationKind(
        name="accounts.letter",
        template="accounts/mail/letter",
        why=_("somebody used this address in the ECETT portal"),
    )
)
SEARCH_ALERT = register(
    NotificationKind(
        name="accounts.search_alert",
        template="accounts/mail/search_alert",
        why=_("you saved this search and asked for e-mails"),
    )
)
