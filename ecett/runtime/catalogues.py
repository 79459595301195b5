"""Compiles, checks and updates the gettext catalogues, without GNU gettext on the machine. Compiled ones are
not in git.

``python -m ecett.runtime.catalogues`` checks; ``… update [LANGUAGE …]`` brings the catalogues up to date with
the words of the source (all that exist, or those named, which are begun when missing).
"""

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from ecett.runtime.places import ROOT

#: (context or None, text) and the text's plural form ("" when it has none)
Words = dict[tuple[str | None, str], str]

#: what marks a text, and what its first arguments are
MARKS = (
    dict.fromkeys(("_", "mark", "gettext", "gettext_lazy", "gettext_noop"), ("text",))
    | dict.fromkeys(("ngettext", "ngettext_lazy"), ("text", "plural"))
    | dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "text"))
    | dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "text", "plural"))
)


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
    words = set(source_words(root)) if catalogues else set()
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


def update(root: Path = ROOT, languages: Iterable[str] = ()) -> list[str]:
    """Brings the catalogues up to date with the source and gives a line for each. Translations are kept by
    (context, text); new words come in empty, words no longer used go. Nothing is guessed, and the order is
    that of the words: the same source and translations always give the same file.
    """
    words = source_words(root)
    named = list(languages) or sorted(path.parent.name for path in (root / "locale").glob("*/LC_MESSAGES"))
    return [
        update_one(root / "locale" / language / "LC_MESSAGES" / "django.po", language, words)
        for language in named
    ]


def update_one(path: Path, language: str, words: Words) -> str:
    """Writes one catalogue anew and says how many words are still to translate."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    old = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=language, abort_invalid=True)
    new = Catalog(locale=language, fuzzy=False)
    missing = 0
    for (context, text), plural in words.items():
        kept = old.get(text, context)
        strings = as_tuple(kept.string) if kept else ()
        forms = new.num_plurals if plural else 1
        # A text that gained or lost its plural has no translation that fits.
        strings = strings if len(strings) == forms else ("",) * forms
        missing += not all(strings)
        new.add((text, plural) if plural else text, strings if plural else strings[0], context=context)
    body = BytesIO()
    write_po(body, new, width=110, no_location=True, omit_header=True, sort_output=True)
    # Only what gettext needs: no dates and no tool's name, which change without a change of words.
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {new.plural_forms}\\n"\n\n'
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.encode() + body.getvalue())
    return f"{language}: {len(words)} texts, {missing} to translate"


def as_tuple(value: object) -> tuple[str, ...]:
    """The forms of a message: several when it has a plural."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value or ""),)


def braces(*texts: str) -> set[str]:
    """The names in braces (str.format), which Babel leaves unchecked."""
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


def source_words(root: Path = ROOT) -> Words:
    """Everything that code and templates mark for translation: (context, text) and its plural form, if it has
    one. Needs no GNU gettext: Django turns a template into Python-like lines, and Python's own parser reads
    those and the code, calls inside f-strings included.
    """
    from django.utils.translation import template as django_templates

    call = re.compile(r"\b(?:n?p?gettext|_)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)")
    words: Words = {}
    for path in map_files(root):
        # A column map says what its files are, to people who choose one.
        found = tomllib.loads(path.read_text())
        words[(None, found.get("label") or found["title"])] = ""
    for path in source_files(root):
        code = path.read_text()
        if path.suffix != ".py":
            pythonlike = django_templates.templatize(code, origin=str(path))
            code = "\n".join(found.group() for found in call.finditer(pythonlike))
        for key, plural in marked(code):
            words[key] = plural or words.get(key, "")
    return words


def marked(code: str) -> Iterator[tuple[tuple[str | None, str], str]]:
    """The texts that Python code gives to gettext and its kin: ((context, text), plural or "")."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        parts = MARKS.get(function, ())
        texts = [
            argument.value
            for argument in node.args[: len(parts)]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if parts and len(texts) == len(parts):
            given = dict(zip(parts, texts, strict=True))
            if given["text"]:
                yield (given.get("context"), given["text"]), given.get("plural", "")


def map_files(root: Path) -> list[Path]:
    """The column maps that ship with the project."""
    return sorted(path for folder in ("maps", "*_maps") for path in root.glob(f"*/*/{folder}/*.toml"))


def source_files(root: Path) -> list[Path]:
    """The project's own code and templates (no tests, no migrations, nothing installed)."""
    skipped = {".venv", ".sysroot", "var", "tests", "migrations", "node_modules", "static", "runtime"}
    return [
        path
        for pattern in ("**/*.py", "**/*.html", "**/*.txt")
        for path in sorted(root.glob(pattern))
        if not skipped & set(path.relative_to(root).parts)
    ]


def main(arguments: list[str]) -> int:
    """Updates when asked; else checks and, if all is well, compiles. Says every problem and gives the exit
    status.
    """
    if arguments[:1] == ["update"]:
        print("\n".join(update(languages=arguments[1:])))
        return 0
    found = problems()
    for line in found:
        print(line)
    if not found:
        compile_all()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
