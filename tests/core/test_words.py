"""One English word for things of different gender: each language says the right one."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import pgettext

from certification.enums import DossierState
from ecett.core.words import Message, mark
from helpdesk.enums import ProposalState, RequestState
from trainees.models import Agreement


@pytest.mark.parametrize(
    ("language", "dossier", "request_", "proposal", "presentation"),
    [
        ("en", "Withdrawn", "Withdrawn", "Withdrawn", "Confirmed"),
        ("fr", "Retiré", "Retirée", "Retirée", "Confirmée"),
        ("es", "Retirado", "Retirada", "Retirada", "Confirmada"),
        ("it", "Ritirato", "Ritirata", "Ritirata", "Confermata"),
        ("nl", "Ingetrokken", "Ingetrokken", "Ingetrokken", "Bevestigd"),
    ],
)
def test_states_agree_with_what_they_are_said_of(
    language: str, dossier: str, request_: str, proposal: str, presentation: str
) -> None:
    with translation.override(language):
        assert str(DossierState.WITHDRAWN.label) == str(DossierState.WITHDRAWN.public_label) == dossier
        assert str(RequestState.WITHDRAWN.public_label) == request_
        assert str(ProposalState.WITHDRAWN.label) == proposal
        assert pgettext("presentation", "Confirmed") == presentation


@pytest.mark.parametrize(
    ("language", "thing", "step"),
    [("fr", "Sceau", "Sceller"), ("es", "Sello", "Sellar"), ("it", "Sigillo", "Sigillare"),
     ("nl", "Zegel", "Verzegelen")],
)  # fmt: skip
def test_seal_is_a_thing_on_a_document_and_a_step_of_an_agreement(
    language: str, thing: str, step: str
) -> None:
    from ecett.core.workflow import steps

    with translation.override(language):
        assert pgettext("on a document", "Seal") == thing
        assert step in [str(one.custom["label"]) for _field, _name, one in steps(Agreement)]


def test_values_of_a_message_are_shown_as_the_reader_writes_them_at_any_depth() -> None:
    inner = Message(mark("{n} km"), {"n": 1.5})
    message = Message(mark("{what}, {n}, {name}"), {"what": inner, "n": 2.5, "name": "Gent"})
    assert message.say() == "1.5 km, 2.5, Gent"
    shown = message.say(
        show=lambda _name, value: str(value).replace(".", ",") if isinstance(value, float) else value
    )
    assert shown == "1,5 km, 2,5, Gent"
