"""The report of a contract as a document: sealed, with a code to check it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecett.core.components.formats import date_range, moment, money, number
from ecett.core.documents import services as documents
from ecett.core.documents.registry import DocumentKind, Said, VerifyFacts, register
from ecett.core.documents.selectors import current_document
from ecett.core.models import Document
from ecett.core.models.document import DocumentState
from grants.exports import head_rows, party_rows
from grants.models import Contract
from grants.reports import Amounts, build_report

KIND = "grant_report"


def report_context(contract: Contract) -> dict[str, Any]:
    """Everything the report says, in words of the active language; see the template for the shape."""
    report = build_report(contract)
    mobilities = len(report.mobilities)
    other = bool(report.sums.other)
    return {
        "other": other,
        "mark": report.mark,
        "code": contract.code,
        "title": contract.title,
        "signatory": str(contract.coordinator),
        "dates": date_range(contract.start, contract.end),
        "made": moment(report.made_at),
        "count": ngettext("%(n)s mobility", "%(n)s mobilities", mobilities) % {"n": number(mobilities)},
        "planned": number(contract.planned),
        "heads": [_cells(*row) for row in head_rows(report)],
        "parties": [_cells(*row) for row in party_rows(report)],
        "organisations": [
            _cells(row.name, number(row.mobilities), *_figures(row, other))
            for row in report.organisations
        ],
        "sums": _cells(*_figures(report.sums, other)),
        "total_mobilities": number(mobilities),
        "mobilities": [
            {
                "id": row.mob_id,
                "who": row.participant,
                "where": f"{row.host}, {row.town} ({row.country})",
                "dates": date_range(row.start, row.end),
                "amounts": _cells(*_figures(row, other)),
            }
            for row in report.mobilities
        ],
    }  # fmt: skip


def _figures(row: Amounts, other: bool) -> list[Decimal]:
    """The columns of the tables; that of other costs where there are any."""
    others = [row.other] if other else []
    return [row.travel, row.individual, row.inclusion, *others, row.organisational, row.total]


def _cells(*values: Any) -> list[str]:
    return [value if isinstance(value, str) else money(value, "plain") for value in values]


def report_title(contract: Contract) -> str:
    """In the active language."""
    return _("Grant report, %(code)s") % {"code": contract.code}


def may_read_report(user: Any, document: Document) -> bool:
    """Whoever may see the contract."""
    return Contract.objects.visible_to(user).filter(pk=document.object_id).exists()


def verify_report(document: Document) -> VerifyFacts:
    """The contract, when the figures were read, and the totals."""
    said = document.context
    _name, awarded, committed, difference = said["heads"][-1]
    return VerifyFacts(
        facts=(
            (_("Contract"), said["code"]),
            (_("Read from the ledger"), Said(said["made"])),
            (_("Awarded, €"), Said(awarded)),
            (_("Committed, €"), Said(committed)),
            (_("Difference, €"), Said(difference)),
        )
    )


@transaction.atomic
def ask_for_report(*, contract: Contract, language: str, actor: Any) -> Document:
    """The report as it stands now: the one made before when nothing was posted since, else its successor.

    Pressing twice gives the same document.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{KIND}:{contract.pk}"])
    known = current_document(kind=KIND, subject=contract)
    if known is None:
        return documents.request_document(kind=KIND, subject=contract, language=language, requested_by=actor)
    same = known.context["mark"] == build_report(contract).mark and known.language == language
    unchanged = known.created_at >= contract.changed_at
    if same and unchanged and known.state != DocumentState.FAILED:
        return known
    return documents.supersede(document=known, requested_by=actor, language=language)


register(
    DocumentKind(
        name=KIND,
        title=report_title,
        template="documents/grant_report.html",
        context=report_context,
        may_read=may_read_report,
        sealed=True,
        verify=verify_report,
    )
)
