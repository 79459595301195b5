"""Names of the documents and letters of certification."""

CERTIFICATE = "certificate"
MINUTES = "jury_minutes"

CERTIFICATE_READY = "certification.certificate_ready"
CERTIFICATE_CHANGED = "certification.certificate_changed"
DOSSIER_SCHEDULED = "certification.dossier_scheduled"
JUROR_ASKED = "certification.juror_asked"
DOSSIER_REFUSED = "certification.dossier_refused"
LETTERS = (CERTIFICATE_READY, CERTIFICATE_CHANGED, DOSSIER_SCHEDULED, JUROR_ASKED, DOSSIER_REFUSED)
