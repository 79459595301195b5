"""Every letter of the helpdesk in every language: a subject, one action at most, nothing undefined."""

import datetime as dt

import pytest
from django.conf import settings

from ecett.accounts.enums import Role
from ecett.core.actors import Actor
from ecett.core.clock import now, today
from ecett.core.models import Notification
from ecett.core.notifications import registry
from helpdesk import services
from helpdesk.models import Proposal
from helpdesk.services import letters
from tests.factories import GoalFactory, ProposalFactory, RequestFactory, person

pytestmark = pytest.mark.django_db
KINDS = {
    value for name, value in vars(letters).items() if name.isupper() and str(value).startswith("helpdesk.")
}


def by_link(proposal):
    return Actor.link(
        purpose="proposal", subject=proposal.pk, name="Maja", role="host", email="maja@example.org"
    )


def test_every_kind_is_registered():
    assert {kind.name for kind in registry.kinds() if kind.name.startswith("helpdesk.")} == KINDS
    assert len(KINDS) == 14


def walk(language: str) -> None:
    """Write each kind of letter once, to people who read this language."""

    def fresh() -> Proposal:
        project = GoalFactory(project__trainee=person(Role.TRAINEE, language=language)).project
        request = RequestFactory(project=project, state="proposed", companions="Ann", people=3)
        return ProposalFactory(
            request=request, contact_language=language, message="First line\n\nSecond line"
        )

    person(Role.HELPDESK, language="en", email=f"desk-{language}@example.org")
    one, two, three, four, five = (fresh() for _n in range(5))
    draft = RequestFactory(project=GoalFactory().project, state="draft", filed_at=None)
    filed = services.file_request(request=draft, actor=draft.project.trainee)
    services.withdraw_request(request=filed, actor=draft.project.trainee, comment="New job")
    Proposal.objects.filter(pk=one.pk).update(
        answer_by=today() + dt.timedelta(days=2), sent_at=now() - dt.timedelta(9)
    )
    services.remind_due()
    services.post_message(request=one.request, author=one.request.project.trainee, text="Hello")
    asker = person(Role.HELPDESK)
    services.post_message(request=one.request, author=asker, text="Hello back")
    services.accept_proposal(proposal=Proposal.objects.get(pk=one.pk), actor=by_link(one), answer="Welcome")
    services.decline_proposal(proposal=two, actor=by_link(two), reason="No room")
    start, end = today() + dt.timedelta(days=90), today() + dt.timedelta(days=93)
    row = services.counter_proposal(
        proposal=three, actor=by_link(three), start=start, end=end, answer="In spring"
    )
    services.refuse_dates(proposal=row, actor=three.request.project.trainee, comment="Exams")
    services.close_request(request=four.request, actor=asker, comment="Nobody")
    letters.proposal_sent(five)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_letter_is_whole_in_each_language(language):
    walk(language)
    assert set(Notification.objects.values_list("kind", flat=True)) == KINDS
    for letter in Notification.objects.all():
        assert letter.subject_line
        assert "None" not in letter.text, letter.kind
        assert "%(" not in letter.text, letter.kind
        assert "{{" not in letter.text, letter.kind
    to_host = Notification.objects.filter(kind=letters.PROPOSAL_SENT).get()
    assert to_host.language == language
    assert to_host.text.count("/helpdesk/answer/") == 1
    assert "First line\n\nSecond line" in to_host.text
