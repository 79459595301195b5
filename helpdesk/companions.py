"""Colleagues coming along, as typed: one a line, name and e-mail. Pure: no Django."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^\s,;<>()\[\]]+@[^\s,;<>()\[\]]+\.[^\s,;<>()\[\]]+")
_EDGES = " \t,;:<>()[]–-"


def parse_companions(text: str) -> list[tuple[str, str]]:
    """(name, e-mail) of each line that holds something; the e-mail is empty where none is given.

    ``"Ann Boss, ann@example.org"`` and ``"Ann Boss <ann@example.org>"`` are the same.
    """
    found = []
    for line in text.splitlines():
        match = _EMAIL.search(line)
        email = match[0] if match else ""
        name = line.replace(email, " ").strip(_EDGES) if email else line.strip(_EDGES)
        if name or email:
            found.append((" ".join((name or email).split())[:200], email))
    return found
