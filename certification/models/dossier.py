"""A candidate's dossier for level B, C or D."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from certification.enums import DossierState, Level, WorkState
from certification.models.jury import JuryVote
from ecett.accounts.enums import Role
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import is_system, may
from ecett.core.workflow import step
from trainees.models import Companion, Internship

State = DossierState


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: Any) -> DossierQuerySet:
        """One's own; secretary and administrator all that were submitted; jurors those of their sessions.

        Conflicts of interest are here, not in a template: a juror never sees the dossier of a candidate of her own
        organisation, of a host she speaks for, or one she has recused herself from.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(candidate=user)
        if user.role in (Role.SECRETARY, Role.ADMIN):
            return self.filter(own | ~Q(state=DossierState.DRAFT))
        if user.role in (Role.JUROR, Role.CHAIR):
            return self.filter(own | Q(pk__in=self.judged_by(user).values("pk")))
        return self.filter(own)

    def judged_by(self, user: Any) -> DossierQuerySet:
        """Dossiers of the juror's sessions without those in which she has an interest.

        The same rules in words: ``certification.selectors.conflicts``; a test holds the two together.
        """
        organisations = [hat.organisation_id for hat in user.hats if hat.organisation_id]
        seats = models.Exists(user.jury_seats.filter(session=models.OuterRef("session")))
        close = Internship.objects.filter(
            Q(host__organisation__in=organisations)
            | Q(host__spokesperson_email__iexact=user.email)
            | Q(host__contacts__email__iexact=user.email)
            | Q(host_email__iexact=user.email)
            | Q(project__trainee=user)
            | Q(pk__in=Companion.objects.filter(user=user).values("internship"))
        )
        return (
            self.filter(seats, state__in=[State.JURY, State.AWARDED, State.REFUSED])
            .exclude(candidate=user)
            .exclude(candidate__memberships__organisation__in=organisations)
            .exclude(candidate__trainee_profile__employer__in=organisations)
            .exclude(candidate__projects__employer__in=organisations)
            .exclude(candidate__in=close.values("project__trainee"))
            .exclude(
                candidate__in=Companion.objects.filter(internship__in=close, user__isnull=False).values(
                    "user"
                )
            )
            .exclude(votes__in=JuryVote.objects.filter(juror=user, recused=True))
        )


@pghistory.track()
class Dossier(FSMModelMixin, Public):
    """The evidence is asked from the records when it is shown; what the decision stood on is frozen with it."""

    State = DossierState

    number = models.CharField(_("number"), max_length=12, unique=True)
    candidate = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="dossiers")
    level = models.CharField(_("level"), max_length=1, choices=Level.choices)
    state = StateField(default=DossierState.DRAFT, choices=DossierState.choices)
    opened_on = models.DateField(_("opened on"))
    language = models.CharField(max_length=8, default="en")
    statement = models.TextField(_("what you want the jury to know"), blank=True)
    execution_project = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.NONE)
    masterpiece = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.NONE)
    work_title = models.CharField(_("title of the project or masterpiece"), max_length=200, blank=True)
    work_text = models.TextField(_("the project or masterpiece"), blank=True)
    inspired_by = models.ManyToManyField("goodpractices.GoodPractice", related_name="+", blank=True)
    teaching_support_start = models.DateField(null=True, blank=True)
    # Support that lasts longer than the rules allow counts with a reason, and until a day where one is agreed.
    extension_reason = models.TextField(_("reason of the extension"), blank=True)
    extended_until = models.DateField(_("extended until"), null=True, blank=True)
    session = models.ForeignKey(
        "certification.JurySession", null=True, blank=True, on_delete=models.SET_NULL, related_name="dossiers"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    # The ladder's answer on the day of the decision: {"eligible", "missing", "proof", "rules"}.
    evidence: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_on", "-pk")
        verbose_name = _("dossier")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["candidate", "level"],
                condition=Q(state__in=["draft", "submitted", "jury"]),
                name="one_open_dossier_a_level",
            ),
            models.CheckConstraint(condition=~Q(level="A"), name="level_a_needs_no_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} · {self.level}"

    @step(
        state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        label=_("Send to the jury"),
        by=may("certification.edit_dossier"),
        hidden=True,
    )
    def submit(self) -> None:
        """The candidate says it is complete; the service checks the ladder first."""

    @step(
        state,
        source=State.SUBMITTED,
        target=State.JURY,
        label=_("Put before a session"),
        by=may("certification.keep_sessions"),
        hidden=True,
    )
    def schedule(self, *, session: Any) -> None:
        """The secretary gives the dossier to a session."""
        self.session = session

    @step(
        state,
        source=State.JURY,
        target=State.AWARDED,
        label=_("Award"),
        by=may("certification.decide_dossier") | is_system,
        hidden=True,
    )
    def award(self, *, at: Any, reason: str, evidence: dict[str, Any]) -> None:
        """The jury's decision; the certificate follows."""
        self.decided_at, self.decision_reason, self.evidence = at, reason, evidence

    @step(
        state,
        source=State.JURY,
        target=State.REFUSED,
        label=_("Do not award"),
        by=may("certification.decide_dossier") | is_system,
        hidden=True,
    )
    def refuse(self, *, at: Any, reason: str, evidence: dict[str, Any]) -> None:
        """The jury's decision, with its reason."""
        self.decided_at, self.decision_reason, self.evidence = at, reason, evidence

    @step(
        state,
        source=(State.DRAFT, State.SUBMITTED),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        by=may("certification.edit_dossier"),
        confirm=_("Withdraw this dossier? You can open another one later."),
    )
    def withdraw(self) -> None:
        """The candidate takes it back before the jury sees it."""


class DossierPractice(models.Model):
    """A practice the candidate puts forward, with the competences it stands for."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey("goodpractices.GoodPractice", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "practice"], name="one_practice_once_a_dossier")
        ]

    def __str__(self) -> str:
        return str(self.practice)


class PaperEvidence(Public):
    """Evidence from before the portal; it counts when two people have verified it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="paper")
    # A stay or a certificate in the shape of the ``check_ladder`` contract, without source and verifiers.
    kind = models.CharField(max_length=20, choices=[("stay", _("stay")), ("certificate", _("certificate"))])
    record: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    note = models.TextField(_("what was shown"), blank=True)
    verified_by = models.ManyToManyField("accounts.User", related_name="+", blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.dossier}"


class DossierLog(TransitionLog):
    subject = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="log")
