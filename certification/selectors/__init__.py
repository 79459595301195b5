"""What is read in certification."""

from certification.selectors.evidence import evidence_for
from certification.selectors.ladder import judge, ladder_of, missing_before_jury

__all__ = ["evidence_for", "judge", "ladder_of", "missing_before_jury"]
