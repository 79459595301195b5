"""What programmes may ask of the list of practices: the same words and filters as on the page, read strictly."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from ecett.core.api.questions import Parameter
from goodpractices.selectors.listing import KINDS, KNOWN, SORTS, read_practice_filter
from hosts.questions import Question, filters, read_question, unordered

_ABOUT = {
    "kind": gettext_lazy("who reports it"),
    "target": gettext_lazy("for whom: a code of the concepts target_groups"),
    "evidence": gettext_lazy("how well it is proved elsewhere"),
    "language": gettext_lazy("the language it is written in, two letters"),
}
PRACTICE_PARAMETERS = filters(KINDS, SORTS, KNOWN, _ABOUT)
PRACTICES_WHOLE = unordered(PRACTICE_PARAMETERS)


def practice_question(given: QueryDict, parameters: Sequence[Parameter]) -> Question:
    """A question about practices. Raises Problem."""
    return read_question(given, parameters, read_practice_filter)
