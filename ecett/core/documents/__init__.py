"""Documents: a kind registers itself, a row is written first, the worker makes, seals and stores the file.

Apps register their kinds in ``documents.py`` (imported by their ``AppConfig.ready``)::

    register(DocumentKind(
        name="agreement",
        title=lambda subject: _("Learning agreement, {name}").format(name=subject.trainee_name),
        template="trainees/documents/agreement.html",     # extends documents/base_print.html
        context=agreement_context,                        # subject -> plain values, as they shall be printed
        may_read=lambda user, document: ...,
        sealed=True,
    ))

and ask for one inside their own transaction::

    services.request_document(kind="agreement", subject=internship, language="nl", requested_by=user)

See docs/decisions/0002-documents.md.
"""
