"""The ladder A to D: dossiers, juries, certificates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = _("Certification")

    def ready(self) -> None:
        from certification import documents, notifications  # noqa: F401 - they register their kinds
        from certification.receivers import announce_when_ready, issue_after_attendance
        from certification.selectors.menu import ENTRIES
        from certification.selectors.panels import internship_certificates
        from certification.selectors.todos import certification_todos
        from ecett.core import nav, slots, todo
        from ecett.core.documents.signals import document_ready
        from trainees.signals import attendance_confirmed

        attendance_confirmed.connect(issue_after_attendance, dispatch_uid="certificate_a")
        document_ready.connect(announce_when_ready, dispatch_uid="certificate_ready")
        for entry in ENTRIES:
            nav.register(entry)
        todo.register(certification_todos)
        slots.register("project_sections", internship_certificates, order=80)
