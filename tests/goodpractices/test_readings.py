"""Two people read a practice before it is published: one whether it is clear and anonymous, one whether it helps."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecett.accounts.models import User
from ecett.core.workflow import Blocked, Denied, StaleTransition, available, perform
from goodpractices.models import GoodPractice, GoodPracticeLog, PracticeRemark
from goodpractices.selectors.readings import compare, open_remarks, reading_queue, versions_of
from goodpractices.services import (
    create_practice,
    pass_on_practice,
    publish_practice,
    submit_practice,
    update_practice,
)
from goodpractices.services.readings import add_remark
from tests.factories import PracticeFactory, authored_practice, person

pytestmark = pytest.mark.django_db
FIRST = "Two colleagues share one phone."
SECOND = "Two colleagues share one phone, week by week."


@pytest.fixture
def author() -> User:
    return person("trainee")


@pytest.fixture
def desk() -> User:
    return person("helpdesk")


@pytest.fixture
def expert() -> User:
    return person("juror")


@pytest.fixture
def sent(author: User) -> GoodPractice:
    practice = create_practice(
        author=author, title="A phone stays open", country="SE", sectors=["youth"], description=FIRST,
        anonymity_declared=True,
    )  # fmt: skip
    return submit_practice(practice=practice, actor=author)


def again(practice: GoodPractice) -> GoodPractice:
    return GoodPractice.objects.get(pk=practice.pk)


def page(
    client: Client, user: User, practice: GoodPractice, name: str = "practice_detail", **query: Any
) -> str:
    client.force_login(user)
    answer = client.get(reverse(f"goodpractices:{name}", args=[practice.public_id]), query)
    assert answer.status_code == 200
    return answer.text


# ── stages ──
def test_no_stage_may_be_left_out(sent: GoodPractice, desk: User, expert: User) -> None:
    with pytest.raises(StaleTransition):
        publish_practice(practice=sent, actor=expert)
    with pytest.raises(Denied):
        pass_on_practice(practice=sent, actor=expert)
    read = pass_on_practice(practice=sent, actor=desk)
    assert (read.state, read.published_at) == ("with_expert", None)
    with pytest.raises(Denied):
        publish_practice(practice=read, actor=desk)
    assert publish_practice(practice=read, actor=expert).state == "published"


def test_two_stages_are_two_people(sent: GoodPractice) -> None:
    both = person("admin")
    read = pass_on_practice(practice=sent, actor=both)
    with pytest.raises(Denied):
        publish_practice(practice=read, actor=both)
    assert "publish" not in {action.name for action in available(read, both)}
    assert publish_practice(practice=read, actor=person("admin")).state == "published"


def test_an_expert_does_not_judge_her_own_card(desk: User, expert: User) -> None:
    own = authored_practice(expert, state="submitted")
    read = pass_on_practice(practice=own, actor=desk)
    with pytest.raises(Denied):
        publish_practice(practice=read, actor=expert)
    assert own not in reading_queue(expert)


def test_changes_asked_by_the_expert_bring_both_stages_again(
    sent: GoodPractice, author: User, desk: User, expert: User
) -> None:
    read = pass_on_practice(practice=sent, actor=desk)
    asked = perform(read, "ask_changes", actor=expert, comment="How often?")
    assert asked.state == "changes"
    update_practice(practice=asked, actor=author, description=SECOND)
    assert submit_practice(practice=again(sent), actor=author).state == "submitted"
    assert again(sent) in reading_queue(desk)


def test_each_reader_sees_what_waits_for_her(sent: GoodPractice, desk: User, expert: User) -> None:
    waiting = PracticeFactory(state="with_expert")
    assert list(reading_queue(desk)) == [sent]
    assert list(reading_queue(expert)) == [waiting]
    assert set(reading_queue(person("admin"))) == {sent, waiting}


def test_an_expert_reads_cards_that_wait_for_one_and_no_draft(expert: User, sent: GoodPractice) -> None:
    waiting = PracticeFactory(state="with_expert")
    visible = GoodPractice.objects.visible_to(expert)
    assert waiting in visible
    assert sent not in visible
    assert waiting not in GoodPractice.objects.visible_to(person("trainee"))


def test_the_page_says_who_is_waited_for_and_since_when(
    client: Client, sent: GoodPractice, author: User, desk: User
) -> None:
    assert "elpdesk reads the card, then an expert." in page(client, author, sent)
    pass_on_practice(practice=sent, actor=desk)
    assert "an expert, somebody else, reads it now." in page(client, author, sent)
    assert "readers answer within two weeks" in page(client, author, sent)
    old = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    GoodPracticeLog.objects.filter(subject=sent).update(at=old)
    text = page(client, author, sent)
    assert "Waits since 2 January 2026: the two weeks in which readers answer are over." in text


def test_text_stays_while_it_is_read_and_its_author_may_take_it_back(
    client: Client, sent: GoodPractice, author: User
) -> None:
    client.force_login(author)
    edit = reverse("goodpractices:practice_edit", args=[sent.public_id])
    assert client.get(edit).status_code == 302
    assert perform(sent, "take_back", actor=author).state == "draft"
    assert client.get(edit).status_code == 200


# ── withdrawn ──
def test_a_withdrawn_card_says_so_at_its_address(client: Client, author: User) -> None:
    practice = authored_practice(author, title="Old ways")
    with pytest.raises(Blocked):
        perform(practice, "withdraw", actor=author)
    with pytest.raises(Denied):
        perform(practice, "withdraw", actor=person("trainee"), comment="no")
    perform(practice, "withdraw", actor=author, comment="We work <otherwise> now.")
    answer = client.get(reverse("goodpractices:practice_detail", args=[practice.public_id]))
    assert answer.status_code == 410
    assert "Old ways" in answer.text
    assert "We work &lt;otherwise&gt; now." in answer.text


# ── versions ──
def test_every_text_that_is_sent_is_a_version(sent: GoodPractice, author: User, desk: User) -> None:
    perform(sent, "ask_changes", actor=desk, comment="How often?")
    submit_practice(practice=again(sent), actor=author)
    assert [version.number for version in versions_of(sent)] == [1], "the same words are no second version"
    perform(again(sent), "ask_changes", actor=desk, comment="How often?")
    update_practice(practice=sent, actor=author, description=SECOND)
    submit_practice(practice=again(sent), actor=author)
    first, second = versions_of(sent)
    assert (first.texts["description"], second.texts["description"]) == (FIRST, SECOND)
    assert (second.number, second.by) == (2, author)
    (changed,) = compare(first, second)
    assert changed.field == "description"
    assert [piece.text for piece in changed.pieces if piece.kind == "new"] == [", week by week"]


def test_before_and_after_stand_on_a_page(
    client: Client, sent: GoodPractice, author: User, desk: User
) -> None:
    assert "Sent once so far" in page(client, author, sent, "version_compare")
    perform(sent, "ask_changes", actor=desk, comment="How often?")
    update_practice(practice=sent, actor=author, description=SECOND)
    submit_practice(practice=again(sent), actor=author)
    assert "<ins>, week by week</ins>" in page(client, author, sent, "version_compare")
    assert "<del>, week by week</del>" in page(client, desk, sent, "version_compare", before="2", after="1")
    assert "Both say the same." in page(client, desk, sent, "version_compare", before="1", after="1")
    assert "<ins>, week by week</ins>" in page(client, desk, sent, "version_compare", before="99", after="x")


# ── remarks ──
def test_a_remark_stands_at_its_field_until_the_next_version(
    client: Client, sent: GoodPractice, author: User, desk: User
) -> None:
    client.force_login(desk)
    send = reverse("goodpractices:remark_add", args=[sent.public_id])
    client.post(send, {"field": "description", "quote": "one  phone", "comment": "Whose <phone>?"})
    remark = PracticeRemark.objects.get()
    assert (remark.field, remark.quote, remark.by) == ("description", "one phone", desk)
    perform(sent, "ask_changes", actor=desk, comment="See my remark.")
    form = page(client, author, sent, "practice_edit")
    remark_at = form.index("Whose &lt;phone&gt;?")
    assert form.index('for="id_description"') < remark_at < form.index('<textarea name="description"')
    assert 'aria-describedby="id_description_helptext id_description_remarks"' in form
    assert '<a href="#id_description">' in form
    assert form.index("See my remark.") < remark_at
    update_practice(practice=sent, actor=author, description=SECOND)
    submit_practice(practice=again(sent), actor=author)
    assert open_remarks(again(sent)) == []


def test_who_reads_the_card_again_sees_the_remarks_beside_what_became_of_them(
    client: Client, sent: GoodPractice, author: User, desk: User
) -> None:
    add_remark(practice=sent, actor=desk, field="description", text="Whose phone?")
    add_remark(practice=sent, actor=desk, field="title", text="A shorter title?")
    perform(sent, "ask_changes", actor=desk, comment="See my remarks.")
    update_practice(practice=sent, actor=author, description=SECOND)
    submit_practice(practice=again(sent), actor=author)
    seen = page(client, desk, sent, "version_compare")
    assert seen.index("<h2>Description</h2>") < seen.index("Whose phone?") < seen.index("<ins>")
    assert seen.index("Remarks on what stayed as it was") < seen.index("A shorter title?")


def test_first_button_of_the_author_leads_to_what_she_is_asked(
    client: Client, sent: GoodPractice, author: User, desk: User
) -> None:
    perform(sent, "ask_changes", actor=desk, comment="How often?")
    seen = page(client, author, sent)
    edit = reverse("goodpractices:practice_edit", args=[sent.public_id])
    assert f'<a class="btn btn-primary" href="{edit}">' in seen
    assert '<button class="btn">Send to the helpdesk</button>' in seen


@pytest.mark.parametrize(("quote", "text"), [("words that are not there", "What?"), ("", "  ")])
def test_a_remark_about_nothing_is_not_kept(
    client: Client, sent: GoodPractice, desk: User, quote: str, text: str
) -> None:
    with pytest.raises(Blocked):
        add_remark(practice=sent, actor=desk, field="description", quote=quote, text=text)
    assert not PracticeRemark.objects.exists()


def test_only_the_reader_of_the_stage_remarks(
    client: Client, sent: GoodPractice, author: User, desk: User
) -> None:
    send = reverse("goodpractices:remark_add", args=[sent.public_id])
    client.force_login(author)
    assert client.post(send, {"comment": "Mine"}).status_code == 403
    pass_on_practice(practice=sent, actor=desk)
    client.force_login(desk)
    assert client.post(send, {"comment": "Too late"}).status_code == 403
    assert not PracticeRemark.objects.exists()


# ── what each of them reads first ──
def test_expert_reads_the_text_before_the_form_and_what_the_desk_wrote(
    client: Client, sent: GoodPractice, desk: User, expert: User, author: User
) -> None:
    perform(sent, "ask_changes", actor=desk, comment="How often?")
    update_practice(practice=again(sent), actor=author, description=SECOND)
    submit_practice(practice=again(sent), actor=author)
    perform(again(sent), "pass_on", actor=desk, comment="Clear. Is it plausible?")
    seen = page(client, expert, sent)
    assert f"{desk.get_full_name()} wrote: “Clear. Is it plausible?”" in seen
    compare_url = reverse("goodpractices:version_compare", args=[sent.public_id])
    assert seen.index(compare_url) < seen.index(SECOND) < seen.index('id="remark-text"')
    assert "wrote: “Clear" not in page(client, author, sent)


def test_author_of_a_refused_or_withdrawn_card_reads_why_at_its_top(
    client: Client, sent: GoodPractice, desk: User, author: User
) -> None:
    perform(sent, "reject", actor=desk, comment="One client’s life.")
    seen = page(client, author, sent)
    assert (
        seen.index("Nothing: the card is not published.")
        < seen.index("One client’s life.")
        < seen.index(FIRST)
    )
    published = authored_practice(author=author, state="published")
    perform(published, "withdraw", actor=author, comment="We stopped.")
    seen = page(client, author, published)
    assert "Nothing: the card is withdrawn" in seen
    assert "We stopped." in seen
