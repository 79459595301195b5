"""A person with an account. She signs in with her e-mail address and chooses which hat she wears."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ecett.core.models import Public
from ecett.core.search import sort_key

if TYPE_CHECKING:
    from ecett.accounts.models.membership import Membership


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are kept in lower case, so that one address is one person."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


# What somebody was called before, and who changed it when: certificates keep the name they were issued with.
@pghistory.track(
    pghistory.UpdateEvent(
        "renamed", row=pghistory.Old, condition=pghistory.AnyChange("first_name", "last_name")
    ),
    fields=["first_name", "last_name"],
    model_name="NameEvent",
)
class User(AbstractBaseUser, PermissionsMixin, Public):
    """One person. ``hat`` is the membership she acts under now; ``hats`` are all she has."""

    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    sort_name = models.CharField(max_length=220, editable=False, db_index=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    # Which membership the session chose; None means the first.
    chosen_hat: int | None = None

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(f"{self.last_name} {self.first_name}".strip() or self.email)[:220]
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Rights of the portal are predicates, for administrators too; the rest are Django's own."""
        if rules.perm_exists(perm):
            return self.is_active and bool(rules.has_perm(perm, self, obj))
        return super().has_perm(perm, obj)

    @cached_property
    def hats(self) -> list[Membership]:
        """Her memberships that hold today (one query, kept for the request)."""
        return list(self.memberships.current().select_related("organisation"))

    @property
    def hat(self) -> Membership | None:
        """The membership she acts under."""
        chosen = [hat for hat in self.hats if hat.pk == self.chosen_hat]
        return chosen[0] if chosen else self.hats[0] if self.hats else None

    @property
    def role(self) -> str:
        """The role of her hat; empty without one."""
        return self.hat.role if self.hat else ""
