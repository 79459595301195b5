"""Texts whose marks stand in [brackets]."""

import re

from goodpractices.anonymity import check


def assert_marked(lang: str, written: str, kind: str = "name") -> None:
    """What is in [brackets], and nothing else, is marked as of a kind."""
    parts = re.split(r"\[([^\]]*)\]", written)
    found = [mark.text for mark in check("".join(parts), lang) if mark.kind == kind]
    assert found == parts[1::2]
