"""Dossiers, juries, decisions, certificates."""

from certification.models.certificate import Certificate, CertificateLog
from certification.models.dossier import Dossier, DossierLog, DossierPractice, PaperEvidence
from certification.models.jury import JurySeat, JurySession, JuryVote

__all__ = [
    "Certificate",
    "CertificateLog",
    "Dossier",
    "DossierLog",
    "DossierPractice",
    "JurySeat",
    "JurySession",
    "JuryVote",
    "PaperEvidence",
]
