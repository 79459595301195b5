"""Concepts: one thing, many words. ECETT's own thesaurus first, ESCO beside it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from hosts.enums import Scheme


class Concept(models.Model):
    """A concept, known by its code (ECETT: ``dual-diagnosis``; ESCO: its URI)."""

    Scheme = Scheme

    scheme = models.CharField(max_length=20, choices=Scheme.choices)
    code = models.CharField(max_length=200, unique=True)
    # Of ECETT concepts: sectors, target_groups, methods, professions, problems, settings. Of ESCO: the ISCO
    # group.
    group = models.CharField(max_length=40, blank=True)
    broader = models.ManyToManyField("self", symmetrical=False, related_name="narrower", blank=True)

    class Meta:
        ordering = ("scheme", "code")
        verbose_name = _("concept")
        indexes: ClassVar = [models.Index(fields=["scheme", "group"])]

    def __str__(self) -> str:
        return self.code


class ConceptLabel(models.Model):
    """A word for a concept in one language; ``folded`` is what searches compare."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=8)
    label = models.CharField(max_length=500)
    alternatives = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    # All words of the row, lower case, without accents, one a line.
    folded = models.TextField()
    # Each of its words as the stems that a question is compared with.
    keys = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        ordering = ("concept", "language")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["concept", "language"], name="one_label_a_concept_and_language")
        ]
        indexes: ClassVar = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="concept_label_trgm"),
            GinIndex(fields=["keys"], name="concept_label_keys"),
        ]

    def __str__(self) -> str:
        return self.label


class SearchTerm(models.Model):
    """A word or concept by which cards are found, and how many published cards have it.

    Counted now and then (`hosts.services.count_terms`): what few cards have says more, and a mistyped word
    is read as one that cards hold. The empty ``lexeme`` counts the cards themselves.
    """

    # The model of the cards: "hosts.host".
    source = models.CharField(max_length=60)
    lexeme = models.TextField()
    cards = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lexeme", "source"], name="one_count_a_lexeme_and_source")
        ]
        indexes: ClassVar = [GinIndex(OpClass("lexeme", "gin_trgm_ops"), name="search_term_trgm")]

    def __str__(self) -> str:
        return f"{self.lexeme} {self.cards}"
