"""How a name of another people sounds when Greek letters write it, so that Λεονόρα and Leonora are the same.

Greek has no one way to spell them: what sounds alike (η, υ, ει, οι and ι) is one here. Works on keys.
"""

from collections.abc import Iterable

# Longer ones first. Latin letters, by how they sound in most of the languages names come from.
_LATIN = (
    ("tsch", "τσ"), ("sch", "σ"), ("kh", "χ"), ("sh", "σ"), ("ch", "τσ"), ("th", "θ"), ("ph", "φ"),
    ("gh", "γκ"), ("dh", "ντ"), ("zh", "ζ"), ("xh", "τζ"), ("dj", "τζ"), ("ou", "ου"), ("oo", "ου"),
    ("ee", "ι"), ("ai", "αι"), ("ei", "ει"), ("a", "α"), ("b", "μπ"), ("c", "κ"), ("d", "ντ"), ("e", "ε"),
    ("f", "φ"), ("g", "γκ"), ("h", "χ"), ("i", "ι"), ("j", "γι"), ("k", "κ"), ("l", "λ"), ("m", "μ"),
    ("n", "ν"), ("o", "ο"), ("p", "π"), ("q", "κ"), ("r", "ρ"), ("s", "σ"), ("t", "τ"), ("u", "ου"), ("v", "β"),
    ("w", "ου"), ("x", "ξ"), ("y", "ι"), ("z", "ζ"),
)  # fmt: skip
_GREEK = (
    ("ου", "ου"), ("ει", "ι"), ("οι", "ι"), ("η", "ι"), ("υ", "ι"), ("ω", "ο"), ("γγ", "γκ"), ("γι", "ι"),
    ("σσ", "σ"), ("λλ", "λ"), ("νν", "ν"), ("ρρ", "ρ"), ("μμ", "μ"), ("κκ", "κ"), ("ττ", "τ"), ("ππ", "π"),
)  # fmt: skip


def sound(word: str) -> str:
    """The sound of a word in Greek letters."""
    found, at = [], 0
    while at < len(word):
        for letters, heard in _GREEK:
            if word.startswith(letters, at):
                found.append(heard)
                at += len(letters)
                break
        else:
            found.append(word[at])
            at += 1
    return "".join(found)


def sounds(names: Iterable[str]) -> frozenset[str]:
    """The sounds of names in Latin letters."""
    return frozenset(sound(_in_greek(name)) for name in names if name.isascii())


def _in_greek(name: str) -> str:
    found, at = [], 0
    while at < len(name):
        for letters, heard in _LATIN:
            if name.startswith(letters, at):
                found.append(heard)
                at += len(letters)
                break
        else:
            at += 1
    return "".join(found)
