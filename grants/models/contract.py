"""Contracts with a national agency, alone or as a consortium of one country."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecett.accounts.enums import Role
from ecett.core.models import Public
from grants.enums import Action, ContractKind, HelpdeskBy, ProgrammeSector


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: Any) -> ContractQuerySet:
        """Administrator: all; a grant coordinator: those her organisation coordinates or belongs to (ECETT: all)."""
        if not user.is_authenticated:
            return self.none()
        if user.role == Role.ADMIN:
            return self
        if user.role != Role.COORDINATOR:
            return self.none()
        if user.hat.organisation is None or user.hat.organisation.kind == "network":
            return self
        home = user.hat.organisation_id
        return self.filter(Q(coordinator=home) | Q(members__organisation=home)).distinct()


@pghistory.track()
class Contract(Public):
    """One grant. The call decides the rules; ``start``..``end`` when stays may take place."""

    code = models.CharField(
        _("project code"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^\d{4}-\d-[A-Z]{2}\d{2}-KA\d{3}-(SCH|VET|ADU|HED)-\d{9}$",
                _("A project code looks like 2024-1-BE01-KA121-ADU-000123456."),
            )
        ],
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ContractKind.choices, default=ContractKind.SINGLE
    )
    call_year = models.PositiveSmallIntegerField(_("call"))
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    sector = models.CharField(_("sector"), max_length=3, choices=ProgrammeSector.choices)
    agency = models.CharField(
        _("national agency"), max_length=4, help_text=_("As in the project code: BE01.")
    )
    coordinator = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        related_name="contracts",
        verbose_name=_("signatory"),
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    planned = models.PositiveSmallIntegerField(_("internships planned"), default=15)
    awarded = models.DecimalField(_("grant awarded, €"), max_digits=12, decimal_places=2, default=0)
    helpdesk_by = models.CharField(
        _("who does the helpdesk's work"), max_length=10, choices=HelpdeskBy.choices, default=HelpdeskBy.ECETT
    )
    is_demo = models.BooleanField(default=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ("-call_year", "code")
        verbose_name = _("contract")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="contract_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class ContractMember(models.Model):
    """An organisation of the consortium (the coordinator is one of them)."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="consortia"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "organisation"], name="one_membership_a_contract")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class ContractSplit(models.Model):
    """How one organisational rate is shared, in euros a mobility: the three parts sum to the rate."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="splits")
    rate = models.DecimalField(_("rate"), max_digits=8, decimal_places=2)
    ecett = models.DecimalField(_("ECETT coordination"), max_digits=8, decimal_places=2)
    helpdesk = models.DecimalField(_("helpdesk"), max_digits=8, decimal_places=2)
    signatory = models.DecimalField(_("signatory"), max_digits=8, decimal_places=2)

    class Meta:
        ordering = ("-rate",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "rate"], name="one_split_a_rate"),
            models.CheckConstraint(
                condition=Q(rate=F("ecett") + F("helpdesk") + F("signatory")), name="split_sums_to_its_rate"
            ),
            models.CheckConstraint(
                condition=Q(ecett__gte=0, helpdesk__gte=0, signatory__gte=0), name="split_parts_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate} = {self.ecett} + {self.helpdesk} + {self.signatory}"
