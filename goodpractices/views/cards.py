"""The list of good practices, one card and its print view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ecett.core import languages, links, slots
from ecett.core.permissions import public_view
from ecett.core.views.documents import document_url
from ecett.core.workflow import available
from goodpractices.documents import ask_for_paper
from goodpractices.enums import AttachmentState, PracticeKind, PracticeState
from goodpractices.evidence import CODES, LASTS
from goodpractices.models import GoodPractice
from goodpractices.selectors import practice_page, read_practice_filter
from goodpractices.selectors.adoptions import adoptions_of
from goodpractices.selectors.attachments import attachments_of, history_of
from goodpractices.selectors.cards import (
    authors_of,
    practice_for_page,
    similar_practices,
    taken_back,
    withdrawal_of,
)
from goodpractices.selectors.listing import PracticePage
from goodpractices.selectors.readings import open_remarks
from goodpractices.selectors.translations import (
    ORIGINAL,
    Wording,
    titles_for,
    translations_for,
    wording_for,
)
from goodpractices.services.evidence import evidence_of
from goodpractices.views.attachments import attachment_rows
from goodpractices.wording import (
    LEVELS,
    OUTCOMES,
    QUESTIONS,
    field_labels,
    lacks_of,
    level_labels,
    passage_rows,
    reasons_of,
    remark_rows,
)
from hosts.forms import reader
from hosts.selectors import CardFilter
from hosts.selectors.concepts import concept_choices
from hosts.terms import terms
from hosts.views import lists
from hosts.wording import say_step, sector_names

STATES = dict(PracticeState.choices)
ATTACHED = dict(AttachmentState.choices)
ORDER = ("sector", "evidence", "country", "target", "expertise", "kind", "language")
# Levels stand as they rise, not by how many cards have them.
RISING = {"evidence": CODES}
LABELS = {
    **lists.LABELS,
    "target": gettext_lazy("For whom"),
    "language": gettext_lazy("Written in"),
    "evidence": gettext_lazy("How well it has proved itself"),
}


def kind_labels() -> dict[str, str]:
    """What only practices can be filtered by, in the reader's language: who reports them, and their evidence."""
    return {**{kind.value: str(kind.label) for kind in PracticeKind}, **level_labels()}


@public_view
@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """Find a good practice: words, filters with counts, and why each card was found."""
    wanted = read_practice_filter(dict(request.GET.lists()))
    template = "goodpractices/_list_body.html"
    body = lists.body(
        request, GoodPractice, wanted, template, lambda version: _list_context(request, wanted, version)
    )
    kept = [(name, value) for name, value in wanted.pairs() if name != "q"]
    save = lists.to_save(request, wanted, "practice", kinds=kind_labels())
    context = {
        "wanted": wanted,
        "body": body,
        "kept": kept,
        "save": save,
        "export_url": _export_url(request),
        **_for_others(wanted),
    }
    return render(request, "goodpractices/practice_list.html", context)


@public_view
@require_safe
def practice_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One card."""
    practice = practice_for_page(request.user, public_id)
    if practice is None:
        return _gone(request, public_id)
    return render(request, "goodpractices/practice_detail.html", practice_context(request, practice))


@public_view
@require_safe
def practice_print(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card alone, to print or to hand on."""
    practice = practice_for_page(request.user, public_id)
    if practice is None:
        return _gone(request, public_id)
    return render(request, "goodpractices/practice_print.html", practice_context(request, practice))


def _gone(request: HttpRequest, public_id: str) -> HttpResponse:
    """When and why a card was withdrawn, or since when it is not shown; of one that never was nothing is said."""
    withdrawal = withdrawal_of(public_id)
    if withdrawal is None:
        return _taken_back(request, public_id)
    return render(request, "goodpractices/practice_withdrawn.html", {"row": withdrawal}, status=410)


def _taken_back(request: HttpRequest, public_id: str) -> HttpResponse:
    row = taken_back(public_id)
    if row is None:
        raise Http404
    gone = {
        "title": _("This good practice is not shown any more"),
        "label": _("All good practices"),
        "url": reverse("goodpractices:practice_list"),
    }
    status = 410 if row.subject.state == PracticeState.REJECTED else 404
    return render(request, "hosts/card_gone.html", {"gone": gone, "at": row.at}, status=status)


def _export_url(request: HttpRequest) -> str:
    """Where the list is taken away as a sheet."""
    return f"{reverse('goodpractices:export_choose')}{lists.address(request)}"


def _for_others(wanted: CardFilter) -> dict[str, str]:
    """What is filtered, for readers of feeds and for programmes."""
    return {
        "atom_url": lists.whole_url("goodpractices:practice_atom", wanted),
        "json_url": lists.whole_url("goodpractices:practice_json", wanted),
    }


@require_POST
def practice_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card as a file, in the reader's language; the document's page shows how far it is."""
    practice = get_object_or_404(GoodPractice.objects.visible_to(request.user), public_id=public_id)
    document = ask_for_paper(practice=practice, language=reader(), actor=request.user)
    return redirect(document_url(document))


def _list_context(request: HttpRequest, wanted: CardFilter, version: int) -> dict[str, Any]:
    page = practice_page(wanted, language=reader(), number=lists.page_number(request), version=version)
    kinds = kind_labels()
    told = titles_for(page.practices, reader())
    return {
        "wanted": wanted,
        "page": page,
        "results": [_result(card, page, kinds, told[card.pk]) for card in page.practices],
        "facets": lists.facets(wanted, page.listing.counts, ORDER, labels=LABELS, kinds=kinds, rising=RISING),
        "chips": lists.chips(request, wanted, kinds=kinds),
        "towns": [],
        "placed": False,
        "unknown": lists.unknown_values(request, wanted, LABELS),
        "give_up": lists.give_up(request, page.listing, LABELS, kinds),
        "corrections": lists.corrections(page.listing.query),
        "pager_page": lists.page_of(page.total, page.number),
        "sorts": lists.sort_links(request, _sorts(searched=bool(wanted.q))),
        "export_url": _export_url(request),
        **_for_others(wanted),
    }


def practice_context(request: HttpRequest, practice: GoodPractice) -> dict[str, Any]:
    """All that the page of a card shows."""
    user = request.user
    known = user.is_authenticated
    language = reader()
    edits = known and user.has_perm("goodpractices.edit_practice", practice)
    knows_more = known and user.has_perm("goodpractices.see_versions", practice)
    return {
        "practice": practice,
        "crumbs": [(_("Good practices"), reverse("goodpractices:practice_list"))],
        **_wording(request, practice, language),
        "facts": _facts(practice),
        "sectors": sector_names(practice.sectors),
        "groups": [terms().label(code, language) for code in practice.target_groups],
        "concepts": concept_choices([concept.code for concept in practice.concepts.all()], language=language),
        "competences": concept_choices(
            [concept.code for concept in practice.competences.all()], language=language
        ),
        "related": [
            {
                "card": other.practice,
                "place": lists.place_of(
                    other.practice.host_name, other.practice.city, other.practice.country
                ),
                "shared": ", ".join(terms().label(code, language) for code in other.shared),
            }
            for other in similar_practices(practice)
        ]
        if practice.state == PracticeState.PUBLISHED
        else [],
        "next_step": slots.first("practice_next", practice, user),
        "may_edit": edits,
        "card_address": links.absolute(reverse("goodpractices:practice_detail", args=[practice.public_id])),
        "actions": available(practice, user) if known else [],
        "events": _events(practice) if knows_more else [],
        **_elsewhere(user, practice),
        **_attachments(user, practice, edits=edits),
        "versions": practice.versions.count() if knows_more else 0,
        "remarks": remark_rows(open_remarks(practice)) if knows_more else [],
        "remark_fields": _remark_fields(user, practice) if known else [],
        "passages": _passages_to_read(user, practice) if known else [],
    }


def _wording(request: HttpRequest, practice: GoodPractice, language: str) -> dict[str, Any]:
    """The words in the reader's language when they are translated, and the other languages there are."""
    wanted = request.GET.get("text", language)
    wording = wording_for(practice, practice.language if wanted == ORIGINAL else wanted[:8])
    if wording.translation:
        wording.translation.practice = practice
    codes = dict.fromkeys((practice.language, *(one.language for one in practice.in_print)))  # type: ignore[attr-defined]
    return {
        "wording": wording,
        "other_languages": [
            {"code": code, "name": languages.name(code), "original": code == practice.language}
            for code in codes
            if code != wording.language
        ],
        "written_in": languages.word(practice.language),
        "may_translate": request.user.is_authenticated
        and request.user.has_perm("goodpractices.translate_practice", practice),
        "translations": [
            {"translation": one, "name": languages.name(one.language)}
            for one in translations_for(request.user, practice)
            if request.user.has_perm("goodpractices.edit_translation", one)
        ]
        if request.user.is_authenticated
        else [],
    }


def _passages_to_read(user: Any, practice: GoodPractice) -> list[dict[str, Any]]:
    """For whoever decides about the card: what may say who somebody is."""
    reads = practice.state == PracticeState.SUBMITTED and user.has_perm(
        "goodpractices.moderate_practice", practice
    )
    return passage_rows(practice.passages(), None) if reads else []


def _attachments(user: Any, practice: GoodPractice, *, edits: bool) -> dict[str, Any]:
    """The documents this person gets. Whoever writes or reads the card sees also how each stands."""
    reads = user.is_authenticated and user.has_perm("goodpractices.clear_attachment")
    rows = attachment_rows(attachments_of(user, practice), user if reads else None)
    return {
        "attachments": rows,
        "printed": [row for row in rows if row["attachment"].state == AttachmentState.SHOWN],
        "attachments_waiting": sum(row["attachment"].state == AttachmentState.WAITING for row in rows)
        if reads
        else 0,
        "knows_attachments": edits or reads,
        "may_attach": edits and user.has_perm("goodpractices.add_attachment", practice),
    }


def _remark_fields(user: Any, practice: GoodPractice) -> list[tuple[str, str]]:
    """For whoever reads the card at this stage: what she may say something about."""
    if not user.has_perm("goodpractices.remark_practice", practice):
        return []
    return [(name, label) for name, label in field_labels().items() if getattr(practice, name)]


def _elsewhere(user: Any, practice: GoodPractice) -> dict[str, Any]:
    """What became of it elsewhere, and the level that rests on it."""
    evidence = evidence_of([practice])[practice.pk]
    shape, name = LEVELS[evidence.level]
    may_hide = user.is_authenticated and user.has_perm("goodpractices.hide_adoption")
    reports = [
        {
            "adoption": adoption,
            "shape": OUTCOMES[adoption.outcome],
            "place": lists.place_of(adoption.city, adoption.country),
            "mine": user.is_authenticated and adoption.reported_by_id == user.pk,
            "lasts": adoption.outcome in LASTS,
            "answers": [
                (question, adoption.innovation.answers.get(code, ""))
                for code, question in QUESTIONS.items()
                if adoption.innovation.answers.get(code)
            ]
            if hasattr(adoption, "innovation")
            else [],
            "pictures": list(adoption.innovation.pictures.all()) if hasattr(adoption, "innovation") else [],
        }
        for adoption in adoptions_of(practice)
    ]
    return {
        "level_shape": shape,
        "level_name": name,
        "level_reasons": reasons_of(evidence),
        "level_lacks": lacks_of(evidence),
        "reports": reports,
        "may_hide": may_hide,
    }


def to_card(practice: GoodPractice) -> HttpResponse:
    """Back to the card after a change."""
    return redirect("goodpractices:practice_detail", public_id=practice.public_id)


def _sorts(*, searched: bool) -> list[tuple[str, str]]:
    # Without words there is no relevance: the newest come first anyway.
    newest = (
        [("relevance", _("relevance")), ("newest", _("newest"))] if searched else [("relevance", _("newest"))]
    )
    return [*newest, ("title", _("title"))]


def _facts(practice: GoodPractice) -> list[tuple[str, str]]:
    where = lists.place_of(practice.city, practice.country)
    return [
        (_("Institution"), "" if practice.host else practice.host_name),
        (_("Where"), where),
        (_("How it reached us"), str(practice.get_kind_display())),
        (_("Author"), authors_of(practice)),
        (_("Keywords"), ", ".join(practice.keywords)),
    ]


def _result(
    practice: GoodPractice, page: PracticePage, kinds: dict[str, str], wording: Wording
) -> dict[str, Any]:
    return {
        "practice": practice,
        "wording": wording,
        "place": lists.place_of(practice.host_name, practice.city, practice.country),
        "sectors": sector_names(practice.sectors),
        "kind": kinds[practice.kind],
        "level": LEVELS[practice.evidence_level],
        "why": lists.reasons(page.why.get(practice.pk, ())),
    }


def _events(practice: GoodPractice) -> list[dict[str, Any]]:
    own = [
        {
            "when": row.at,
            "text": say_step(STATES.get(row.to_state, row.to_state), row.actor_name, row.comment),
        }
        for row in practice.log.all()
    ]
    return sorted([*own, *_attachment_events(practice)], key=lambda event: event["when"])


def _attachment_events(practice: GoodPractice) -> Iterator[dict[str, Any]]:
    """What came to the card and went from it, and what the desk said of it."""
    for one in history_of(practice):
        added = _("Attachment “%(title)s” added") % {"title": one.title}
        yield {"when": one.created_at, "text": say_step(added, one.added_by_name, "")}
        for row in one.log.all():
            state = ATTACHED.get(row.to_state, row.to_state)
            said = _("Attachment “%(title)s”: %(state)s") % {"title": one.title, "state": state}
            yield {
                "when": row.at,
                "text": say_step(said, row.actor_name, row.comment),
            }
