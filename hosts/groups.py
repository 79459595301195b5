"""Groups of words by their stems: which concepts the words at a place of a text or a question name. Pure: no Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hosts.stems import same_letters

# Between two words that English also says the other way round; other languages make compounds, or never turn them.
PREPOSITIONS = frozenset({"about", "at", "by", "for", "from", "in", "of", "on", "through", "with"})

Codes = tuple[str, ...]


class Token(NamedTuple):
    """A folded word; ``key``: its stem in a language; ``little``: it says nothing; ``at``: which word of the text."""

    word: str
    key: str
    little: bool
    at: int


@dataclass
class Table:
    """The words of one language by their stems. ``strict``: groups of which no little word may be missing;
    ``exact``: abbreviations as they stand; ``forms``: of stems that words of different concepts share, each word with
    its own.
    """

    groups: dict[tuple[str, ...], Codes]
    longest: dict[str, int]
    strict: dict[str, list[tuple[tuple[str, ...], Codes]]]
    exact: dict[str, Codes]
    forms: dict[str, tuple[tuple[str, Codes], ...]] = field(default_factory=dict)

    def begins(self, key: str, word: str) -> bool:
        """Whether any group begins with this word: most words of a text begin none."""
        return key in self.longest or key in self.strict or word in self.exact

    def match(self, tokens: Sequence[Token], start: int) -> tuple[int, Codes]:
        """(end, codes) of the longest group that begins at a token; (start, ()) when none does."""
        best: tuple[int, Codes] = (start, ())
        first = tokens[start]
        for keys, codes in self.strict.get(first.key, ()):
            end = start + len(keys)
            if end > best[0] and tuple(token.key for token in tokens[start:end]) == keys:
                best = (end, codes)
        if first.little:
            return best
        if first.word in self.exact and best[0] == start:
            best = (start + 1, self.exact[first.word])
        if first.key not in self.longest:
            return best
        content: list[int] = []
        for at in range(start, len(tokens)):
            if not tokens[at].little:
                content.append(at)
                if len(content) == self.longest[first.key]:
                    break
        for size in range(len(content), 0, -1):
            codes = self.groups.get(tuple(tokens[at].key for at in content[:size]), ())
            if size == 1 and first.key in self.forms:
                codes = nearest(self.forms[first.key], first.word)
            if codes and content[size - 1] + 1 > best[0]:
                return content[size - 1] + 1, codes
            if codes and size == 1 and content[0] + 1 == best[0] and first.word in self.exact:
                return best[0], tuple(dict.fromkeys((*best[1], *codes)))
        return best

    def turned(self, tokens: Sequence[Token], start: int) -> tuple[int, Codes]:
        """The same for two words that a preposition parts: "therapy with music" is music therapy."""
        end = next((at for at in range(start + 1, len(tokens)) if not tokens[at].little), start)
        if tokens[start].little or not any(token.word in PREPOSITIONS for token in tokens[start + 1 : end]):
            return start, ()
        codes = self.groups.get((tokens[end].key, tokens[start].key), ())
        return (end + 1, codes) if codes else (start, ())


def nearest(forms: Sequence[tuple[str, Codes]], word: str) -> Codes:
    """Of words that share a stem the codes of those that begin most like this one: "psychiatres" are doctors."""
    likeness = {form: (same_letters(form, word), -abs(len(form) - len(word))) for form, _codes in forms}
    best = max(likeness.values())
    near = (codes for form, codes in forms if likeness[form] == best)
    return tuple(dict.fromkeys(code for codes in near for code in codes))


def make_table(
    groups: Iterable[tuple[tuple[str, ...], Codes]],
    strict: Iterable[tuple[tuple[str, ...], Codes]] = (),
    exact: Iterable[tuple[str, Codes]] = (),
    words: Iterable[tuple[str, str, str]] = (),
) -> Table:
    """The table of groups of stems and their codes; ``words``: (stem, word, code) of the groups of one word."""
    found: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    longest: defaultdict[str, int] = defaultdict(int)
    for keys, codes in groups:
        found[keys].update(dict.fromkeys(codes))
        longest[keys[0]] = max(longest[keys[0]], len(keys))
    tight: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for keys, codes in strict:
        tight[keys].update(dict.fromkeys(codes))
    by_first: defaultdict[str, list[tuple[tuple[str, ...], Codes]]] = defaultdict(list)
    for keys, several in tight.items():
        by_first[keys[0]].append((keys, tuple(several)))
    whole: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word, codes in exact:
        whole[word].update(dict.fromkeys(codes))
    of_stem: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for key, word, code in words:
        of_stem[key][word][code] = None
    return Table(
        {keys: tuple(codes) for keys, codes in found.items()},
        dict(longest),
        dict(by_first),
        {word: tuple(codes) for word, codes in whole.items()},
        {
            key: tuple((word, tuple(codes)) for word, codes in forms.items())
            for key, forms in of_stem.items()
            if len(set(map(frozenset, forms.values()))) > 1
        },
    )
