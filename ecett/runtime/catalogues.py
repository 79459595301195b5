"""Compiles the gettext catalogues (.mo files are not in git), without GNU gettext on the machine."""

import os
from pathlib import Path

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
