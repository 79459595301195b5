"""The e-mail about a message: who wrote, how it begins, where to answer."""

import pytest

from ecett.core.models import Notification
from helpdesk import services
from tests.factories import GoalFactory, RequestFactory

pytestmark = pytest.mark.django_db


def letter(text, *, from_desk, desk):
    request = RequestFactory(project=GoalFactory(project__title="Aftercare").project)
    trainee = request.project.trainee
    services.post_message(request=request, author=desk if from_desk else trainee, text=text)
    [row] = Notification.objects.filter(kind="helpdesk.message")
    assert f"/helpdesk/requests/{request.public_id}/" in row.text
    return row, trainee


def test_trainee_reads_who_of_the_helpdesk_wrote(desk):
    row, trainee = letter("Two hosts answered.\n\nShall I ask <both>?", from_desk=True, desk=desk)
    assert row.email == trainee.email
    assert "Ruth Ellery of the helpdesk wrote about your request “Aftercare”:" in row.text
    assert "Two hosts answered.\n\nShall I ask <both>?" in row.text
    assert "&lt;both&gt;" in row.html


def test_desk_reads_which_trainee_wrote(desk):
    row, trainee = letter("May I bring a colleague?", from_desk=False, desk=desk)
    assert row.email == desk.email
    assert f"{trainee} wrote about the request “Aftercare”:\n\nMay I bring a colleague?" in row.text


@pytest.mark.parametrize("text", ["\n".join(f"line {n}" for n in range(40)), "word " * 1500])
def test_long_message_is_begun_only(desk, text):
    row, _trainee = letter(text, from_desk=True, desk=desk)
    assert "…" in row.text
    assert len(row.text) < 1600
    assert text[:40] in row.text
    assert "line 12" not in row.text
