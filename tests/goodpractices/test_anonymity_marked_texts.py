"""Texts by class (``marked_texts``), each line ``language|text``, marked as those of ``judged_texts`` are.

Written with the rules for them, in all ten languages: where somebody is visited, how old somebody turns, how somebody
is called.
"""

from pathlib import Path

import pytest

from goodpractices.anonymity import check
from tests.goodpractices.judged import read_marks

FOLDER = Path(__file__).parent / "marked_texts"


@pytest.mark.parametrize("part", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_marked_texts(part: str) -> None:
    wrong = []
    for line in (FOLDER / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        lang, _, written = line.partition("|")
        text, wanted = read_marks(written)
        found = [(mark.start, mark.end, mark.kind) for mark in check(text, lang)]
        fitting = [
            mark[2] == want[2] and mark[0] < want[1] and want[0] < mark[1]
            for mark, want in zip(found, wanted, strict=False)
        ]
        if len(found) != len(wanted) or not all(fitting):
            wrong.append((line, [text[start:end] for start, end, _kind in found]))
    assert wrong == []
