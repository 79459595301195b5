"""Builds what is not committed: font faces cut from their packages and one stylesheet from its parts.

Fonts: Source Serif 4 and Source Sans 3 (SIL Open Font License) come as variable fonts from the packages
`fontpkg-source-serif-4` and `fontpkg-source-sans-3`. Static instances are cut once; the web gets WOFF2 in two
sets of letters, documents get TTF (a variable font costs the PDF renderer five times the time).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

STYLE_PARTS = ("tokens", "fonts", "base", "layout", "components", "forms", "domain", "utilities", "print")
PACKAGES = ("fontpkg-source-sans-3", "fontpkg-source-serif-4", "fonttools", "uharfbuzz", "brotli")

# Latin as western Europe writes it, what central Europe and Greece need beyond it, and Cyrillic for the names of
# Bulgarian and Serbian hosts.
LATIN = (
    "U+0-FF, U+131, U+152-153, U+2C6, U+2DA, U+2DC, U+2000-206F, U+20AC, U+2190-2193, U+2212, U+2215, "
    "U+2260, U+2264-2265"
)
EXTENDED = "U+100-130, U+132-151, U+154-2AF, U+370-3FF, U+1E00-1EFF"
CYRILLIC = "U+400-45F, U+490-491, U+2116"
# What a page of the web fetches when it uses a letter of it.
PARTS = (("latin", LATIN), ("ext", EXTENDED), ("cyr", CYRILLIC))
# What texts and tables use; small capitals, swashes and the like stay behind.
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum", "pnum")
# What the font says of itself: copyright, family, style, version, full and PostScript name, licence.
NAMES = (0, 1, 2, 3, 4, 6, 13, 14)


@dataclass(frozen=True)
class Face:
    """One static face: file stem, CSS family, weight and style, and where on the axes it lies."""

    name: str
    family: str
    weight: int
    style: str
    axes: tuple[tuple[str, float], ...]

    @property
    def source(self) -> Path:
        """The variable font it is cut from."""
        package, family = ("fontpkg_source_sans_3", "SourceSans3[wght]")
        if self.family == "Source Serif 4":
            italic = "-Italic" if self.style == "italic" else ""
            package, family = ("fontpkg_source_serif_4", f"SourceSerif4{italic}[opsz,wght]")
        return Path(str(files(package))) / "files" / f"{family}.ttf"


FACES = (
    Face("serif-500", "Source Serif 4", 500, "normal", (("opsz", 36), ("wght", 480))),
    Face("serif-400i", "Source Serif 4", 400, "italic", (("opsz", 24), ("wght", 400))),
    Face("sans-400", "Source Sans 3", 400, "normal", (("wght", 400),)),
    Face("sans-600", "Source Sans 3", 600, "normal", (("wght", 600),)),
)


def fingerprint() -> str:
    """Changes when the packages or this file change: then the fonts are cut again."""
    seed = [Path(__file__).read_text(encoding="utf-8"), *(f"{name}={version(name)}" for name in PACKAGES)]
    return hashlib.sha256("\n".join(seed).encode()).hexdigest()


def _codepoints(ranges: str) -> list[int]:
    found: list[int] = []
    for item in ranges.replace("U+", "").split(","):
        first, _dash, last = item.strip().partition("-")
        found.extend(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut_face(face: Face, folder: Path) -> list[str]:
    """Cut one face: a WOFF2 file for each part of the web and one TTF for documents.

    Returns the paths, relative to `folder`.
    """
    whole = folder / "print" / f"{face.name}.ttf"
    font = _subset(face.source, ", ".join(ranges for _part, ranges in PARTS), face.axes)
    _rename(font, face)
    font.save(whole)
    made = [whole]
    for part, ranges in PARTS:
        font = _subset(whole, ranges)
        font.flavor = "woff2"
        made.append(folder / f"{face.name}-{part}.woff2")
        font.save(made[-1])
    return [str(path.relative_to(folder)) for path in made]


def _subset(source: Path, ranges: str, axes: tuple[tuple[str, float], ...] = ()) -> TTFont:
    """The font with only the letters of `ranges` and the features texts use, fixed on `axes`.

    HarfBuzz does it, in hundredths of a second; fontTools itself takes seconds for each face.
    """
    import uharfbuzz
    from fontTools.ttLib import TTFont

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(source)))
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(_codepoints(ranges))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in FEATURES)
    wanted.name_id_set.clear()
    wanted.name_id_set.update(NAMES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    for tag, value in axes:
        if not wanted.pin_axis_location(face, tag, value):
            raise ValueError(f"{source.name} has no axis {tag}")
    return TTFont(BytesIO(uharfbuzz.subset(face, wanted).blob.data), recalcTimestamp=False)


def _rename(font: TTFont, face: Face) -> None:
    """Name the static face so that a PDF renderer finds it by family, weight and style."""
    style = {500: "Medium", 600: "SemiBold"}.get(
        face.weight, "Italic" if face.style == "italic" else "Regular"
    )
    names = font["name"]
    full = f"{face.family} {style}"
    for name_id, text in ((1, face.family), (2, style), (4, full), (6, full.replace(" ", "-"))):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight


def build_fonts(folder: Path, *, force: bool = False) -> list[str]:
    """Cut every face into `folder` unless they are there. Returns what was made (empty when cached)."""
    stamp = folder / "fonts.json"
    wanted = fingerprint()
    if not force and stamp.is_file():
        known = json.loads(stamp.read_text(encoding="utf-8"))
        if known["fingerprint"] == wanted and all((folder / name).is_file() for name in known["files"]):
            return []
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "print").mkdir(parents=True)
    made = [name for face in FACES for name in cut_face(face, folder)]
    stamp.write_text(json.dumps({"fingerprint": wanted, "files": made}), encoding="utf-8")
    return made


def font_css() -> str:
    """The @font-face rules. A page fetches the files whose letters it uses."""
    rules = []
    for face in sorted(FACES, key=lambda item: item.name):
        for part, ranges in PARTS:
            rules.append(
                f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-style:{face.style};'
                f'font-display:swap;src:url(fonts/{face.name}-{part}.woff2) format("woff2");'
                f"unicode-range:{ranges}}}"
            )
    return "\n".join(rules)


def squeeze(css: str) -> str:
    """The same rules without comments and needless white space. Strings and calc() keep their spaces."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    pieces = re.split(r'("[^"]*")', css)
    for place in range(0, len(pieces), 2):
        text = re.sub(r"\s+", " ", pieces[place])
        text = re.sub(r"\s*([{};,])\s*", r"\1", text)
        pieces[place] = re.sub(r":\s+", ":", text).replace(";}", "}")
    return "".join(pieces).strip()


def build_style(source: Path, target: Path) -> int:
    """Put the parts of the stylesheet together. Returns its size in bytes."""
    parts = []
    for name in STYLE_PARTS:
        parts.append(font_css() if name == "fonts" else (source / f"{name}.css").read_text(encoding="utf-8"))
    css = squeeze("\n".join(parts))
    if not target.is_file() or target.read_text(encoding="utf-8") != css:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(css, encoding="utf-8")
    return len(css.encode())
