"""Workshops and what was presented there."""

from network.models.workshop import Presentation, Workshop

__all__ = ["Presentation", "Workshop"]
