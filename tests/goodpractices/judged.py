"""Texts judged by hand (``judged_texts``), and how the checker does on them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goodpractices.anonymity import LANGUAGES, check

FOLDER = Path(__file__).parent / "judged_texts"
_MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")


@dataclass(frozen=True)
class Judged:
    """One text and the marks it should have, as (start, end, kind)."""

    lang: str
    part: str
    text: str
    wanted: tuple[tuple[int, int, str], ...]


def judged(lang: str) -> Iterator[Judged]:
    """The texts of one language; ``part`` is the heading they stand under."""
    part = ""
    for line in (FOLDER / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            part = line[2:]
        elif line:
            text, wanted = read_marks(line)
            yield Judged(lang, part, text, wanted)


def read_marks(line: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The text of a line without its brackets, and the marks it should have."""
    text, wanted, end = "", [], 0
    for match in _MARK.finditer(line):
        text += line[end : match.start()]
        wanted.append((len(text), len(text) + len(match[1]), match[2]))
        text, end = text + match[1], match.end()
    return text + line[end:], tuple(wanted)


def count(texts: Iterator[Judged]) -> Counter[tuple[str, str]]:
    """How many marks are right, wrong or missed, by kind. A mark is right when it overlaps one of its kind."""
    found: Counter[tuple[str, str]] = Counter()
    for one in texts:
        open_marks = list(one.wanted)
        for mark in check(one.text, one.lang):
            hit = [w for w in open_marks if w[2] == mark.kind and w[0] < mark.end and mark.start < w[1]]
            found["right" if hit else "wrong", mark.kind] += 1
            if hit:
                open_marks.remove(hit[0])
        found.update(("missed", kind) for _start, _end, kind in open_marks)
    return found


def precision_and_recall(found: Counter[tuple[str, str]]) -> tuple[float, float]:
    """Of all kinds together."""
    total = {
        word: sum(n for (what, _kind), n in found.items() if what == word)
        for word in ("right", "wrong", "missed")
    }
    right = total["right"]
    return right / max(right + total["wrong"], 1), right / max(right + total["missed"], 1)


if __name__ == "__main__":
    for language in LANGUAGES:
        for heading in dict.fromkeys(one.part for one in judged(language)):
            result = count(one for one in judged(language) if one.part == heading)
            precision, recall = precision_and_recall(result)
            print(f"{language} {heading}: P {precision:.3f} R {recall:.3f} {dict(result)}")
