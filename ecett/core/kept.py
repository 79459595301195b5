"""What is costly to make and follows from files alone, kept in the var folder from one process to the next.

The words of the thesaurus take seconds to be arranged and a tenth of one to be read back, and each process needs them.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import structlog

from ecett.runtime.places import make_folder, var_dir

log = structlog.get_logger(__name__)
T = TypeVar("T")


def kept(name: str, make: Callable[[], T], *, of: Iterable[Path], also: str = "") -> T:
    """What ``make`` gives, read back while the files ``of`` which it is made (its own modules too) and ``also`` are the
    same. A folder that may not be written costs time, nothing else; so does a damaged file.
    """
    path = var_dir() / "kept" / f"{name}-{_digest(of, also)}.pickle"
    try:
        with path.open("rb") as file:
            found: T = pickle.load(file)  # noqa: S301 - see above
            return found
    except FileNotFoundError:
        pass
    except Exception as error:
        log.warning("kept_unreadable", path=str(path), error=str(error))
    made = make()
    try:
        _write(path, made, others=f"{name}-*.pickle")
    except OSError as error:
        log.warning("kept_not_written", path=str(path), error=str(error))
    return made


def _digest(files: Iterable[Path], also: str) -> str:
    found = hashlib.sha256(f"{sys.version} {also}".encode())
    for file in sorted(files):
        found.update(f"\x00{file.name}\x00".encode() + file.read_bytes())
    return found.hexdigest()[:20]


def _write(path: Path, made: object, *, others: str) -> None:
    """The file comes whole or not at all; those of earlier words go."""
    make_folder(path.parent)
    number, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            pickle.dump(made, file, pickle.HIGHEST_PROTOCOL)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    for other in path.parent.glob(others):
        if other != path:
            other.unlink(missing_ok=True)
