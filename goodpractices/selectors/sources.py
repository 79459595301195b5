"""Good practices as the index of facets reads them, and what hosts are known by through them."""

from __future__ import annotations

from django.db.models import Q

from goodpractices.enums import PracticeState
from goodpractices.evidence import CODES
from goodpractices.models import GoodPractice
from hosts.selectors.cardindex import Source
from hosts.selectors.filtering import EXPERTISE, implied

_GROUPS = ", ".join(f"'{group}'" for group in EXPERTISE)
# Levels count from 0, arrays of the database from 1.
_EVIDENCE = "(ARRAY[" + ", ".join(f"'{code}'" for code in CODES) + "])[evidence_level + 1]"
_LISTED = f"state = '{PracticeState.PUBLISHED}'"

PRACTICES = Source(
    label="goodpractices.goodpractice",
    table="goodpractices_goodpractice",
    listed=_LISTED,
    rows=f"""
        WITH p AS MATERIALIZED (
            SELECT id, country, kind, sectors, target_groups, language, evidence_level
            FROM goodpractices_goodpractice WHERE {_LISTED} {{scope}})
        SELECT '' AS kind, '' AS value, id FROM p
        UNION ALL SELECT 'country', country, id FROM p WHERE country <> ''
        UNION ALL SELECT 'kind', kind, id FROM p
        UNION ALL SELECT 'sector', unnest(sectors), id FROM p
        UNION ALL SELECT 'target', unnest(target_groups), id FROM p
        UNION ALL SELECT 'language', language, id FROM p
        UNION ALL SELECT 'evidence', {_EVIDENCE}, id FROM p
        UNION ALL SELECT 'expertise', c.code, p.id FROM p
            JOIN goodpractices_goodpractice_concepts l ON l.goodpractice_id = p.id
            JOIN hosts_concept c ON c.id = l.concept_id WHERE c.scheme = 'ecett' AND c."group" IN ({_GROUPS})
        """,
    orders={
        "liked": "published_at DESC NULLS LAST, sort_title, id",
        "newest": "published_at DESC NULLS LAST, sort_title, id",
        "title": "sort_title, id",
    },
    above=implied,
)
# Of the hosts ``h``: those whose practices others can read.
HOSTS_WITH_PRACTICES = f"""
    SELECT DISTINCT 'practices', 'yes', h.id FROM h JOIN goodpractices_goodpractice p ON p.host_id = h.id
    WHERE p.{_LISTED}"""


def hosts_with_practices() -> Q:
    """The same as a condition of hosts."""
    published = GoodPractice.objects.published().filter(host__isnull=False)
    return Q(pk__in=published.values("host"))
