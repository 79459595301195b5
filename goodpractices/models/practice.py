"""The good-practice card: what works somewhere, told so that others can try it."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from django_fsm import FSMModelMixin
from rules import predicate

from ecett.accounts.rules import is_desk
from ecett.core.actors import Actor
from ecett.core.models import Public, StateField, TransitionLog
from ecett.core.permissions import may
from ecett.core.search import sort_key
from ecett.core.workflow import step
from goodpractices.enums import AttachmentState, AuthorRole, PracticeKind, PracticeState
from goodpractices.passages import CHECKED, Passage, find_passages
from goodpractices.rules import is_author, is_expert
from hosts.enums import Sector
from hosts.models.change import note_changes

State = PracticeState


class GoodPracticeQuerySet(models.QuerySet["GoodPractice"]):
    def published(self) -> GoodPracticeQuerySet:
        """Cards anybody may read."""
        return self.filter(state=PracticeState.PUBLISHED)

    def visible_to(self, user: Any) -> GoodPracticeQuerySet:
        """Published cards; one's own in any state; for experts those that wait for one; all for the desk."""
        if not user.is_authenticated:
            return self.published()
        if is_desk(user):
            return self
        own = models.Exists(PracticeAuthor.objects.filter(practice=models.OuterRef("pk"), user=user))
        open_to_her = [PracticeState.PUBLISHED, PracticeState.WITH_EXPERT]
        return self.filter(Q(state__in=open_to_her if is_expert(user) else open_to_her[:1]) | Q(own))


def declares_anonymity(practice: GoodPractice) -> Promise | None:
    """Clients are always anonymous: the author has said that nobody can be recognised."""
    return (
        None
        if practice.anonymity_declared
        else _("Declare first that no client can be recognised in the text.")
    )


def enough_told(practice: GoodPractice) -> Promise | None:
    """A card says what was seen and where."""
    complete = all((practice.title.strip(), practice.description.strip(), practice.country, practice.sectors))
    return None if complete else _("Title, description, country and sector are needed.")


def names_nobody(practice: GoodPractice) -> Promise | None:
    """What may say who somebody is has been looked at by the author."""
    if all(passage.cleared for passage in practice.passages()):
        return None
    return _("Some words may say who somebody is. Open the form to look at them first.")


def attachments_looked_at(practice: GoodPractice) -> Promise | None:
    """Each attachment is shown or left out."""
    if not practice.attachments.filter(state=AttachmentState.WAITING).exists():
        return None
    return _("Look at each attachment first: show it, or leave it out.")


@predicate("reads it at this stage")
def may_read_now(actor: Actor, practice: GoodPractice) -> bool:
    """The desk at the first stage and while the author changes the text, an expert at the second."""
    expert = practice.state == PracticeState.WITH_EXPERT
    name = "goodpractices.judge_practice" if expert else "goodpractices.moderate_practice"
    return bool(may(name).test(actor, practice))


@predicate("is an author")
def by_an_author(actor: Actor, practice: GoodPractice) -> bool:
    """One of those who wrote it, whatever hat she wears."""
    return actor.user is not None and is_author.test(actor.user, practice)


@pghistory.track(exclude=["search", "marks", "mentions"])
class GoodPractice(FSMModelMixin, Public):
    """A practice seen or held. ``host`` is the card it was seen at; ``host_name`` what the author wrote."""

    Kind = PracticeKind
    State = PracticeState

    title = models.CharField(_("title"), max_length=300)
    sort_title = models.CharField(max_length=300, editable=False)
    kind = models.CharField(
        _("kind"), max_length=20, choices=PracticeKind.choices, default=PracticeKind.TRAINEE
    )
    state = StateField(default=PracticeState.DRAFT, choices=PracticeState.choices)
    language = models.CharField(_("language"), max_length=8, default="en")
    country = CountryField(_("country"), blank=True)
    city = models.CharField(_("town"), max_length=200, blank=True)
    host = models.ForeignKey(
        "hosts.Host", null=True, blank=True, on_delete=models.SET_NULL, related_name="practices"
    )
    host_name = models.CharField(_("institution"), max_length=300, blank=True)
    author_name = models.CharField(_("author as printed"), max_length=200, blank=True)

    sectors = ArrayField(models.CharField(max_length=20, choices=Sector.choices), default=list, blank=True)
    target_groups = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    concepts = models.ManyToManyField("hosts.Concept", related_name="practices", blank=True)
    # What somebody can do who has learned the practice: ESCO skills or words of one's own.
    competences = models.ManyToManyField("hosts.Concept", related_name="practices_teaching", blank=True)
    competences_text = models.TextField(_("competences one needs or gains"), blank=True)
    description = models.TextField(_("description"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    resources = models.TextField(_("resources needed"), blank=True)
    steps = models.TextField(_("steps"), blank=True)
    results = models.TextField(_("results and evidence"), blank=True)
    transfer = models.TextField(_("conditions for transfer"), blank=True)
    keywords = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    anonymity_declared = models.BooleanField(_("no client can be recognised in this text"), default=False)

    # Counted from the adoptions by `services.evidence`, for lists; see `goodpractices.evidence`.
    evidence_level = models.PositiveSmallIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    source = models.CharField(max_length=60, blank=True)
    source_key = models.CharField(max_length=200, blank=True)
    source_note = models.CharField(_("source"), max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)
    # As on a host card.
    search = SearchVectorField(null=True, editable=False)
    marks = SearchVectorField(null=True, editable=False)
    mentions = models.JSONField(default=dict, editable=False)

    objects = GoodPracticeQuerySet.as_manager()

    class Meta:
        ordering = ("sort_title", "pk")
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source_key=""), name="one_practice_a_source_key"
            ),
            models.CheckConstraint(
                condition=~Q(state="published", kind="trainee") | Q(anonymity_declared=True),
                name="published_trainee_practices_are_anonymous",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "sort_title", "id"], name="practice_list"),
            GinIndex(fields=["search"], name="practice_search"),
            GinIndex(fields=["sectors"], name="practice_sectors"),
            models.Index(fields=["state", "evidence_level"], name="practice_evidence"),
        ]
        # A host is known by the practices seen there, too.
        triggers: ClassVar = [
            note_changes(
                "goodpractices.goodpractice",
                besides="SELECT 'hosts.host', NEW.host_id UNION SELECT 'hosts.host', OLD.host_id",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_title = sort_key(self.title)[:300]
        super().save(*args, **kwargs)

    def passages(self) -> list[Passage]:
        """The passages that may say who somebody is; a ``cleared`` one is no client's, says the author."""
        cleared = {(row.kind, row.text) for row in self.cleared_marks.all()}
        return find_passages(self.texts(), self.language, cleared, places=self.places())

    def texts(self) -> dict[str, str]:
        """{field: words} of what is written."""
        return {name: getattr(self, name) for name in CHECKED}

    def places(self) -> tuple[str, ...]:
        """Its town and its house, by their names: they say where, not who."""
        return (self.city, self.host_name, self.host.name if self.host else "")

    def first_reader_id(self) -> int | None:
        """Who found it clear and anonymous when it was sent last."""
        rows = self.log.filter(step="pass_on").order_by("-pk")
        return rows.values_list("actor_id", flat=True).first()

    # ── lifecycle ──
    @step(
        state,
        source=(State.DRAFT, State.CHANGES),
        target=State.SUBMITTED,
        label=_("Send to the helpdesk"),
        by=may("goodpractices.edit_practice"),
        conditions=[enough_told, declares_anonymity, names_nobody],
        primary=True,
    )
    def submit(self) -> None:
        """The author says the card is complete and anonymous."""

    @step(
        state,
        source=State.SUBMITTED,
        target=State.WITH_EXPERT,
        label=_("Clear and anonymous: on to the expert"),
        by=may("goodpractices.moderate_practice"),
        conditions=[enough_told, attachments_looked_at],
        primary=True,
    )
    def pass_on(self) -> None:
        """First reading: the desk has read the card. It is clear, and nobody can be recognised."""

    @step(
        state,
        source=State.WITH_EXPERT,
        target=State.PUBLISHED,
        label=_("Publish"),
        by=may("goodpractices.judge_practice"),
        conditions=[enough_told],
        primary=True,
    )
    def publish(self, *, at: Any) -> None:
        """Second reading: an expert, not the first reader, finds that others can learn from it."""
        self.published_at = at

    @step(
        state,
        source=(State.SUBMITTED, State.WITH_EXPERT),
        target=State.CHANGES,
        label=_("Ask for changes"),
        by=may_read_now,
        comment="required",
    )
    def ask_changes(self) -> None:
        """A reader asks the author for something; the comment says what. Both stages follow again."""

    @step(
        state,
        source=(State.SUBMITTED, State.WITH_EXPERT, State.CHANGES),
        target=State.REJECTED,
        label=_("Do not publish"),
        by=may_read_now,
        comment="required",
        confirm=_("Refuse this card? Its author reads your reason."),
    )
    def reject(self) -> None:
        """The card will not appear; the comment says why."""

    @step(
        state,
        source=(State.SUBMITTED, State.WITH_EXPERT),
        target=State.DRAFT,
        label=_("Take back to write on"),
        by=by_an_author,
    )
    def take_back(self) -> None:
        """The author wants to change the text while it is read."""

    @step(
        state,
        source=State.PUBLISHED,
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        by=by_an_author,
        comment="required",
        confirm=_("Withdraw this card? Its address will say that it was withdrawn, when and why."),
    )
    def withdraw(self) -> None:
        """Its author no longer stands for it; its address stays and says so."""

    @step(
        state,
        source=(State.PUBLISHED, State.REJECTED, State.WITHDRAWN),
        target=State.SUBMITTED,
        label=_("Take back to reading"),
        by=may("goodpractices.moderate_practice"),
        comment="required",
    )
    def reopen(self) -> None:
        """Undo a publication, a refusal or a withdrawal: both stages follow again."""


class PracticeAuthor(models.Model):
    """A person who wrote the card; a joint practice counts for each of its authors."""

    practice = models.ForeignKey(GoodPractice, on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="practices")
    role = models.CharField(max_length=10, choices=AuthorRole.choices, default=AuthorRole.AUTHOR)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "user"], name="one_authorship_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class GoodPracticeLog(TransitionLog):
    subject = models.ForeignKey(GoodPractice, on_delete=models.CASCADE, related_name="log")
