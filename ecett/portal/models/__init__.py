"""What the roof itself remembers: which reference data are loaded."""

from ecett.portal.models.reference import LoadedReference

__all__ = ["LoadedReference"]
