"""Files that lie under their own hash (SHA-256): stored once however often they come, swept when no row names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ecett.core import clock

#: A file that no row names is somebody's who is about to save, until it is this old.
KEPT = dt.timedelta(days=1)


def file_name(folder: str, sha256: str, ending: str) -> str:
    """Where a file lies in the store."""
    return f"{folder}/{sha256[:2]}/{sha256}.{ending}"


def store(name: str, data: bytes) -> None:
    """Keep a file, unless it is there."""
    if default_storage.exists(name):
        return
    stored = default_storage.save(name, ContentFile(data))
    if stored != name:
        # Somebody stored the same at the same moment.
        default_storage.delete(stored)


def sweep(folder: str, is_used: Callable[[str], bool]) -> int:
    """Take away the files of a folder whose hash ``is_used`` denies; how many."""
    before = clock.now() - KEPT
    gone = 0
    for name in _files(folder):
        sha256 = name.rpartition("/")[2].partition(".")[0]
        if default_storage.get_modified_time(name) < before and not is_used(sha256):
            default_storage.delete(name)
            gone += 1
    return gone


def _files(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    for part in default_storage.listdir(folder)[0]:
        yield from (f"{folder}/{part}/{name}" for name in default_storage.listdir(f"{folder}/{part}")[1])
