"""How a name changes its ending: Czech, Polish and Greek cases, the German and Dutch genitive.

Works on keys (small letters without accents), so that shifted accents do not matter. A form too many does little
harm: it only counts where a word has a capital.
"""

from collections.abc import Iterable

VOWELS = "aeiouy"
# Endings of a masculine name that ends in a consonant.
_CZECH_HE = (
    "a",
    "u",
    "ovi",
    "em",
    "e",
    "i",
    "uv",
    "ova",
    "ovo",
    "ove",
    "ovu",
    "ovou",
    "ovym",
    "ovych",
    "ovy",
)
_CZECH_SHE = (
    "y",
    "e",
    "u",
    "o",
    "ou",
    "i",
    "ovi",
    "in",
    "ina",
    "inu",
    "ine",
    "inou",
    "iny",
    "ino",
    "ov",
    "ova",
)
_POLISH_HE = ("a", "owi", "em", "iem", "ie", "u", "e", "owie", "ow")
_POLISH_SHE = ("y", "i", "ie", "e", "o", "om", "ii", "iu")
# The consonant before the ending of the dative: Monika → Monice, Agata → Agacie.
_CZECH_SOFT = {"k": "ce", "h": "ze", "g": "ze"}
_POLISH_SOFT = {"k": "ce", "g": "dze", "r": "rze", "t": "cie", "d": "dzie", "l": "le", "st": "scie"}
_GREEK = (
    ("οσ", ("ου", "ο", "ε")), ("ουσ", ("ου",)), ("ησ", ("η",)), ("ασ", ("α",)), ("εασ", ("εα",)), ("υσ", ("υ",)),
    ("α", ("ασ",)), ("η", ("ησ",)), ("ω", ("ωσ",)), ("ου", ("ουσ",)), ("ισ", ("ιδοσ", "ι")), ("ων", ("ωνα", "ωνοσ")),
)  # fmt: skip


def forms(name: str, lang: str) -> set[str]:
    """The key of a name and of its other forms in a language."""
    found = {name}
    if lang in ("cs", "pl") and name.isascii():
        found.update(_slavic(name, lang))
    elif lang == "el":
        found.update(
            name[: len(name) - len(end)] + new for end, news in _GREEK if name.endswith(end) for new in news
        )
    elif lang in ("de", "nl") and len(name) > 3 and not name.endswith(("s", "x", "z")):
        found.add(name + "s")
    return found


def pet(name: str, lang: str) -> set[str]:
    """The form that Czech and Polish make of a woman's name for a child ("Barborka") with its cases."""
    if lang not in ("cs", "pl") or not name.endswith("a") or len(name) < 5 or not name.isascii():
        return set()
    return forms(name[:-1] + "ka", lang)


def same(word: str, lang: str) -> set[str]:
    """What a word may be a form of, nearly: its own forms and, without its ending, the forms of these."""
    found = forms(word, lang)
    if lang in ("cs", "pl", "el"):
        for size in (1, 2, 3):
            if len(word) - size >= 3:
                found |= forms(word[:-size], lang) | {
                    word[:-size] + end for end in ("a", "ek", "α", "οσ", "ησ")
                }
    return found


def alike(word: str, other: str, lang: str) -> bool:
    """May two words be forms of one name ("Stefana", "Stefanem")?"""
    return word == other or (
        lang in ("cs", "pl", "el") and not _bases(word, lang).isdisjoint(_bases(other, lang))
    )


def _bases(word: str, lang: str) -> set[str]:
    ends = ("", "α", "η", "οσ", "ησ", "ασ") if lang == "el" else ("", "a", "ek", "el")
    guesses = (word[: len(word) - size] + end for size in range(3) if len(word) - size > 2 for end in ends)
    return {guess for guess in guesses if word in forms(guess, lang)}


def _slavic(name: str, lang: str) -> Iterable[str]:
    czech = lang == "cs"
    if len(name) < 3:
        return
    stem = name[:-1]
    if name.endswith("a"):
        yield from (stem + end for end in (_CZECH_SHE if czech else _POLISH_SHE))
        yield from (stem[: -len(old)] + new for old, new in _soft(czech) if stem.endswith(old))
        if czech and stem.endswith("k"):
            yield from (stem[:-1] + end for end in ("cin", "cina", "cinu", "cine"))
        if stem.endswith(("i", "j")):  # Zofia → Zofii, Kasia → Kasi, Maja → Mai
            yield from (stem, stem[:-1] + "i")
    elif name.endswith("ie"):
        yield from (stem + "i", stem + "ich")
    elif name.endswith(("i", "y")):
        yield from (
            (name + "ho", name + "mu", name + "m")
            if czech
            else (stem + "ego", stem + "emu", name + "m", name + "ego")
        )
    elif name.endswith("o"):
        yield from (stem + end for end in (_CZECH_HE if czech else _POLISH_HE))
    elif name[-1] not in VOWELS:
        endings = _CZECH_HE if czech else _POLISH_HE
        stems = [name]
        if name[-2] == "e" and name[-1] in "klcr" and len(name) > 3:  # Marek → Marka, Kacper → Kacpra
            stems.append(name[:-2] + name[-1])
        if not czech and name.endswith("s"):  # Staś → Stasia
            stems.append(name + "i")
        yield from (stem + end for stem in stems for end in endings)
        if not czech:
            yield from (name[: -len(old)] + new for old, new in _soft(czech) if name.endswith(old))


def _soft(czech: bool) -> Iterable[tuple[str, str]]:
    return (_CZECH_SOFT if czech else _POLISH_SOFT).items()
