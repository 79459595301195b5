"""Compiles and checks the gettext catalogues, without GNU gettext on the machine. Compiled ones are not
in git.
"""

import os
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from ecett.runtime.places import ROOT


def compile_all(root: Path = ROOT / "locale") -> int:
    """Compiles each catalogue that is newer than its compiled form; gives how many."""
    count = 0
    for source in sorted(root.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        compile_one(source, compiled)
        count += 1
    return count


def compile_one(source: Path, compiled: Path) -> None:
    """Writes one compiled catalogue in one step, as another process may be reading it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, domain=source.stem, abort_invalid=True)
    draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(compiled)


def problems(root: Path = ROOT) -> list[str]:
    """What is wrong with the catalogues: not readable, fuzzy, other placeholders, words of the source that
    are missing, untranslated or no longer used. Empty when all is well.
    """
    from babel.messages.pofile import PoFileError, read_po

    found: list[str] = []
    catalogues = sorted((root / "locale").glob("*/LC_MESSAGES/django.po"))
    words = source_words(root) if catalogues else set()
    for source in catalogues:
        name = source.relative_to(root)
        try:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            found.append(f"{name}: {error}")
            continue
        present = set()
        for message in catalogue:
            if not message.id:
                continue
            ids, texts = as_tuple(message.id), as_tuple(message.string)
            key = (message.context, ids[0])
            present.add(key)
            if message.fuzzy:
                found.append(f"{name}: fuzzy: {key[1]!r}")
            elif not all(texts):
                found.append(f"{name}: not translated: {key[1]!r}")
            elif braces(*texts) != braces(*ids):
                found.append(f"{name}: other placeholders: {key[1]!r}")
            found += [f"{name}: {error}: {key[1]!r}" for error in message.check(catalogue)]
        found += [f"{name}: missing: {text!r}" for _context, text in sorted(words - present, key=str)]
        found += [f"{name}: no longer used: {text!r}" for _context, text in sorted(present - words, key=str)]
    return found


def as_tuple(value: object) -> tuple[str, ...]:
    """The forms of a message: several when it has a plural."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value or ""),)


def braces(*texts: str) -> set[str]:
    """The names in braces (str.format), which Babel leaves unchecked."""
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


def source_words(root: Path = ROOT) -> set[tuple[str | None, str]]:
    """(context, text) of everything that code and templates mark for translation. Needs no GNU gettext:
    Django turns a template into Python-like lines, and Babel reads those.
    """
    from babel.messages.extract import extract_python
    from django.utils.translation import template as django_templates

    keywords: dict[str, Any] = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
    keywords |= {"ngettext": (1, 2), "ngettext_lazy": (1, 2)}
    keywords |= {"pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
    words: set[tuple[str | None, str]] = set()

    def read(code: bytes) -> None:
        for _line, function, texts, _comments in extract_python(BytesIO(code), keywords, [], {}):
            parts = as_tuple(texts)
            words.add((parts[0], parts[1]) if "pgettext" in function else (None, parts[0]))

    call = re.compile(r"\b(?:n?p?gettext|_)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)")
    for path in source_files(root):
        text = path.read_text()
        if path.suffix == ".py":
            read(text.encode())
        else:
            pythonlike = django_templates.templatize(text, origin=str(path))
            read("\n".join(found.group() for found in call.finditer(pythonlike)).encode())
    return {(context, text) for context, text in words if text}


def source_files(root: Path) -> list[Path]:
    """The project's own code and templates (no tests, no migrations, nothing installed)."""
    skipped = {".venv", ".sysroot", "var", "tests", "migrations", "node_modules", "static", "runtime"}
    return [
        path
        for pattern in ("**/*.py", "**/*.html", "**/*.txt")
        for path in sorted(root.glob(pattern))
        if not skipped & set(path.relative_to(root).parts)
    ]


def main() -> int:
    """Compiles and checks; says every problem and gives the exit status."""
    found = problems()
    for line in found:
        print(line)
    if not found:
        compile_all()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
