"""Templates and styles as a whole: what they must not hold, readable colours, how assets are built."""

import gzip
import re
from pathlib import Path

import pytest

from ecett.core import assets

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"

OURS = [path for path in TEMPLATES.rglob("*.html") if not {"documents", "mail"} & set(path.parts)]


def test_templates_carry_no_style_attribute_script_or_foreign_address() -> None:
    wrong = []
    for path in OURS:
        text = path.read_text()
        for pattern in (
            r"\sstyle=",
            r"<style",
            r"<script(?![^>]*src=)",
            r"(src|href)=\"https?:",
            r"\son\w+=[\"']",
        ):
            if re.search(pattern, text):
                wrong.append(f"{path.relative_to(ROOT)}: {pattern}")
    assert wrong == []


def test_gallery_shows_every_component() -> None:
    source = (TEMPLATES / "portal/gallery.html").read_text()
    shown = {path.stem for path in (TEMPLATES / "ui").glob("*.html")} - {"table", "error_summary"}
    tags = {"map": "europe_map", "smart": "smart_letters"}
    assert [name for name in sorted(shown) if f"{{% {tags.get(name, name)}" not in source] == []


def _tokens(selector: str) -> dict[str, str]:
    css = (ROOT / "static/css/tokens.css").read_text()
    block = css[css.index(selector) :]
    return dict(re.findall(r"--([a-z-]+):\s*([^;]+);", block[: block.index("}")]))


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [':root, [data-bs-theme="light"]', '[data-bs-theme="dark"] {'])
def test_text_colours_are_readable(theme: str) -> None:
    tokens = _tokens(theme)
    pairs = [
        (text, "paper") for text in ("ink", "ink-soft", "accent", "signal", *(f"level-{c}" for c in "abcd"))
    ]
    pairs += [(text, ground) for text in ("ink", "ink-soft") for ground in ("paper-sunk", "paper-raised")]
    pairs += [(name, f"{name}-wash") for name in ("accent", "signal", *(f"level-{c}" for c in "abcd"))]
    pairs += [("on-accent", "accent"), ("paper", "signal"), ("paper", "level-a"), ("paper", "level-b")]
    pairs += [("ink-soft", "accent-wash"), ("ink-soft", "signal-wash"), ("accent", "signal-wash")]
    for text, ground in pairs:
        light, dark = sorted((_luminance(tokens[text]), _luminance(tokens[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{text} on {ground}"


def test_dark_by_choice_and_dark_by_device_are_alike() -> None:
    assert _tokens('[data-bs-theme="dark"] {') == _tokens(":root:not([data-bs-theme]) {")


def test_only_the_tokens_name_a_colour() -> None:
    for path in (ROOT / "static/css").glob("*.css"):
        if path.name in ("tokens.css", "print.css"):
            continue
        text = re.sub(r"linear-gradient\(90deg, transparent, #000[^;]*;|#000 \d+% \d+%", "", path.read_text())
        assert re.findall(r"#[0-9a-f]{3,6}\b|rgb\(", text) == [], path.name


# ── Building ──


def test_stylesheet_is_one_light_file(tmp_path: Path) -> None:
    target = tmp_path / "ecett.css"
    size = assets.build_style(ROOT / "static/css", target)
    css = target.read_text()
    assert css.startswith("@layer reset,base,layout")
    assert size == len(css.encode())
    assert len(gzip.compress(css.encode())) < 12_000
    assert "/*" not in css
    assert css.count("{") == css.count("}")


def test_squeeze_keeps_what_spaces_mean() -> None:
    css = 'a  b:hover > c { width: calc(100% - 2 * 1rem) ; content: "a  ; b" ; }\n/* no */'
    assert assets.squeeze(css) == 'a b:hover > c{width:calc(100% - 2 * 1rem);content:"a  ; b"}'


@pytest.mark.slow
def test_font_face_is_cut_small_and_with_its_letters(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    (tmp_path / "print").mkdir()
    face = next(face for face in assets.FACES if face.name == "sans-400")
    made = assets.cut_face(face, tmp_path)
    assert sorted(made) == [
        "print/sans-400.ttf", "sans-400-cyr.woff2", "sans-400-ext.woff2", "sans-400-latin.woff2",
    ]  # fmt: skip
    latin, ext, cyr = (
        TTFont(tmp_path / f"sans-400-{part}.woff2").getBestCmap() for part in ("latin", "ext", "cyr")
    )
    assert all(ord(letter) in latin for letter in "éñß€–“")
    assert all(ord(letter) in ext for letter in "łčΩάő")
    assert all(ord(letter) in cyr for letter in "ЖъЩђјћ")
    assert all(ord(letter) in TTFont(tmp_path / "print/sans-400.ttf").getBestCmap() for letter in "éłΩЖ")
    assert (tmp_path / "sans-400-latin.woff2").stat().st_size < 15_000
    printed = TTFont(tmp_path / "print/sans-400.ttf")
    assert "fvar" not in printed
    assert printed["name"].getDebugName(1) == "Source Sans 3"
    assert "kern" in {record.FeatureTag for record in printed["GPOS"].table.FeatureList.FeatureRecord}
    assert "pnum" in {record.FeatureTag for record in printed["GSUB"].table.FeatureList.FeatureRecord}


@pytest.mark.slow
@pytest.mark.parametrize("face", assets.FACES, ids=lambda face: face.name)
def test_cut_face_is_the_variable_font_at_its_weight(face: assets.Face, tmp_path: Path) -> None:
    import uharfbuzz

    def widths(path: Path, axes: dict[str, float]) -> list[int]:
        font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
        if axes:
            font.set_variations(axes)
        written = uharfbuzz.Buffer()
        written.add_str("AVATAR Příliš žluťoučký Ώρα 1,350")
        written.guess_segment_properties()
        uharfbuzz.shape(font, written)
        return [place.x_advance for place in written.glyph_positions]

    (tmp_path / "print").mkdir()
    assets.cut_face(face, tmp_path)

    assert widths(tmp_path / "print" / f"{face.name}.ttf", {}) == pytest.approx(
        widths(face.source, dict(face.axes)), abs=1
    )
    assert widths(face.source, dict(face.axes)) != widths(face.source, {})


def test_fonts_are_not_cut_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "x.woff2").write_bytes(b"x")
    (folder / "fonts.json").write_text(f'{{"fingerprint": "{assets.fingerprint()}", "files": ["x.woff2"]}}')
    assert assets.build_fonts(folder) == []
    monkeypatch.setattr(assets, "FACES", ())
    (folder / "x.woff2").unlink()
    assert assets.build_fonts(folder) == []
    assert '"files": []' in (folder / "fonts.json").read_text()
