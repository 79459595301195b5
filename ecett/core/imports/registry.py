"""Which importers exist. Apps register theirs in ``AppConfig.ready``."""

from ecett.core.imports.engine import Importer

_importers: dict[str, type[Importer]] = {}


def register(importer: type[Importer]) -> None:
    """Add an importer. Its kind, label, maps folder and fields must be filled; two of one kind are a
    defect.
    """
    missing = [name for name in ("kind", "label", "maps", "fields") if not getattr(importer, name, None)]
    if missing:
        raise ValueError(f"{importer.__name__} says no {', '.join(missing)}")
    if not importer.required.issubset(importer.fields):
        raise ValueError(f"{importer.__name__} requires fields it does not have")
    known = _importers.setdefault(importer.kind, importer)
    if known is not importer:
        raise ValueError(f"two importers of the kind {importer.kind}: {known.__name__}, {importer.__name__}")


def get(kind: str) -> type[Importer]:
    """The importer of a kind. Raises KeyError."""
    return _importers[kind]


def find(kind: str) -> type[Importer] | None:
    """The importer of a kind, or None: a job may be older than the code."""
    return _importers.get(kind)


def every() -> tuple[type[Importer], ...]:
    """All of them, by kind."""
    return tuple(_importers[kind] for kind in sorted(_importers))
