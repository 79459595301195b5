"""What a project code says. Pure.

``2024-1-BE02-KA121-ADU-000217543``: call year, round, national agency, action, field, number (source:
Erasmus+ beneficiary guide).
"""

import re
from dataclasses import dataclass

_CODE = re.compile(r"(\d{4})-\d-([A-Z]{2}\d{2})-(KA\d{3})-(SCH|VET|ADU|HED)-(\d{9})")


@dataclass(frozen=True)
class ProjectCode:
    """The parts of a project code; ``agency`` as in it (BE02), ``number`` its nine digits."""

    call_year: int
    agency: str
    action: str
    sector: str
    number: str


def parse_code(text: str) -> ProjectCode:
    """The parts of a code. Raises ValueError when it is not one."""
    match = _CODE.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError(f"{text!r} is not a project code")
    year, agency, action, sector, number = match.groups()
    return ProjectCode(int(year), agency, action, sector, number)


def mobility_id(code: str, number: int) -> str:
    """Last six digits of the project code, ``-MOB-``, five digits (source: Beneficiary Module)."""
    if not 1 <= number <= 99_999:
        raise ValueError(f"{number} is not the number of a mobility")
    return f"{parse_code(code).number[-6:]}-MOB-{number:05d}"
