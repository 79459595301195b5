"""Photographs of a card: who may put them there, who sees them, and how their files are handed out."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from ecett.core.clock import today
from ecett.core.pictures.services import file_name, sweep_files
from goodpractices.models import Adoption, Innovation
from hosts.models import Host, HostCheck, HostInvitation, HostPhoto
from hosts.services import merge_hosts, undo_merge
from tests.factories import HostFactory, authored_practice, person
from tests.permissions.world import token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def picture(colour: str = "teal", name: str = "kitchen.jpg") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue())


def album(host: Host) -> str:
    return reverse("hosts:host_photos", args=[host.public_id])


def status(client: Client, url: str) -> int:
    """What a request for a file answers; the file is read to its end, which closes it."""
    answer: Any = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def add(client: Client, address: str, colour: str = "teal", **words: str) -> Any:
    return client.post(
        address, {"intent": "add", "alt": f"A {colour} wall", **words, "file": picture(colour)}
    )


@pytest.fixture
def host(author: Any) -> Host:
    return HostFactory(created_by=author)


def test_a_photograph_is_added_and_seen_by_everybody(client: Client, author: Any, host: Host) -> None:
    client.force_login(author)
    assert add(client, album(host), caption="In spring").status_code == 302
    photo = host.photos.get()
    html = Client().get(reverse("hosts:host_detail", args=[host.public_id])).content.decode()
    (tag,) = re.findall(r"<img[^>]+webp[^>]*>", html)
    for attribute in ('alt="A teal wall"', 'loading="lazy"', f'width="{photo.small_width}"', 'height="427"'):
        assert attribute in tag
    assert "In spring" in html
    for url in (photo.small_url, photo.large_url):
        answer = Client().get(url)
        data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert Image.open(BytesIO(data)).format == "WEBP"
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"), "its content is not"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"x" * 500), "damaged"),
        (SimpleUploadedFile("a.gif", b"GIF89a"), "not accepted here"),
    ],
)
def test_what_is_no_picture_is_told_beside_the_field(
    client: Client, author: Any, host: Host, file: Any, words: str
) -> None:
    client.force_login(author)
    file.seek(0)
    answer = client.post(album(host), {"intent": "add", "alt": "Typed with care", "file": file})
    text = answer.content.decode()
    assert (answer.status_code, host.photos.count()) == (422, 0)
    assert words in text
    assert "Typed with care" in text


def test_without_words_for_those_who_cannot_see_it_is_refused(
    client: Client, author: Any, host: Host
) -> None:
    client.force_login(author)
    answer = add(client, album(host), alt=" ", caption="Kept")
    text = answer.content.decode()
    assert (answer.status_code, host.photos.count()) == (422, 0)
    assert "choose it once more" in text
    assert 'value="Kept"' in text


def test_the_same_picture_twice_is_one_and_there_is_an_end(
    client: Client, author: Any, host: Host, settings: Any
) -> None:
    settings.HOST_PHOTOS = 2
    client.force_login(author)
    add(client, album(host))
    add(client, album(host))
    assert host.photos.count() == 1
    add(client, album(host), "red")
    answer = add(client, album(host), "blue")
    assert (answer.status_code, host.photos.count()) == (422, 2)
    assert "There are 2 pictures already" in answer.content.decode()


def test_words_order_and_removal(client: Client, author: Any, host: Host) -> None:
    client.force_login(author)
    for colour in ("teal", "red", "blue"):
        add(client, album(host), colour)
    first, second, third = host.photos.all()

    def order() -> list[int]:
        return list(host.photos.values_list("pk", flat=True))

    def press(intent: str, photo: HostPhoto, **data: str) -> int:
        return client.post(album(host), {"intent": intent, "picture": photo.public_id, **data}).status_code

    press("up", first)
    assert order() == [first.pk, second.pk, third.pk]
    press("up", third)
    press("down", first)
    assert order() == [third.pk, first.pk, second.pk]
    name = first.public_id
    assert press("describe", first, **{f"{name}-alt": "", f"{name}-caption": "Kept"}) == 422
    assert press("describe", first, **{f"{name}-alt": "A garden", f"{name}-caption": "Kept"}) == 302
    first.refresh_from_db()
    assert (first.alt, first.caption) == ("A garden", "Kept")
    press("remove", third)
    assert order() == [first.pk, second.pk]
    assert status(client, third.small_url) == 404
    assert press("remove", third) == 302
    assert press("sideways", first) == 302


def test_only_its_people_and_the_desk_change_them(client: Client, desk: Any, host: Host) -> None:
    client.force_login(person("trainee"))
    assert (client.get(album(host)).status_code, add(client, album(host)).status_code) == (403, 403)
    client.force_login(desk)
    assert add(client, album(host)).status_code == 302


def test_seen_where_the_card_is_seen_and_nowhere_else(client: Client, author: Any, desk: Any) -> None:
    draft = HostFactory(created_by=author, moderation="draft")
    client.force_login(author)
    add(client, album(draft))
    photo = draft.photos.get()
    mine: Any = client.get(photo.small_url)
    b"".join(mine.streaming_content)
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "private, max-age=31536000, immutable")
    client.force_login(desk)
    assert status(client, photo.small_url) == 200
    client.force_login(person("trainee"))
    assert status(client, photo.small_url) == 404
    assert status(Client(), photo.large_url) == 404
    assert status(Client(), reverse("hosts:photo_file", args=["0" * 64])) == 404


def test_photographs_move_with_a_merge_and_back(client: Client, author: Any, desk: Any, host: Host) -> None:
    stays = HostFactory(created_by=author)
    client.force_login(author)
    add(client, album(host))
    add(client, album(host), "red")
    add(client, album(stays))
    merge = merge_hosts(host=host, into=stays, actor=desk)
    assert (stays.photos.count(), host.photos.count()) == (2, 1)
    undo_merge(merge=merge, actor=desk)
    assert (stays.photos.count(), host.photos.count()) == (1, 2)


def test_a_page_with_eight_photographs_asks_as_much_as_one_with_one(
    client: Client, author: Any, host: Host
) -> None:
    client.force_login(author)
    page = reverse("hosts:host_detail", args=[host.public_id])
    counts = []
    for colours in (["teal"], ["red", "blue", "white", "black", "gold", "pink", "navy"]):
        for colour in colours:
            add(client, album(host), colour)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client().get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_sweep_takes_what_nobody_names_any_more(client: Client, author: Any, host: Host) -> None:
    client.force_login(author)
    for colour in ("teal", "red"):
        add(client, album(host), colour)
    gone, stays = host.photos.all()
    gone.delete()
    assert sweep_files() == 0
    old = time.time() - 2 * 24 * 3600
    for photo in (gone, stays):
        for sha256 in (photo.large, photo.small):
            os.utime(default_storage.path(file_name(sha256)), (old, old))
    assert sweep_files() == 2
    assert default_storage.exists(file_name(stays.large))
    assert not default_storage.exists(file_name(gone.large))


# ── the same service, for innovations ──
def test_pictures_of_an_innovation_are_seen_where_its_report_is(
    client: Client, author: Any, desk: Any
) -> None:
    practice = authored_practice(author, state="published")
    adoption = Adoption.objects.create(
        practice=practice, reported_by=author, reporter_name="Ada", organisation="De Oever", country="BE",
        since="2026-01-01", outcome="kept",
    )  # fmt: skip
    address = reverse("goodpractices:innovation_pictures", args=[adoption.public_id])
    client.force_login(author)
    assert client.get(address).status_code == 404
    innovation = Innovation.objects.create(
        adoption=adoption, title="A phone that stays open", answers={"why": "Because"}
    )
    assert add(client, address).status_code == 302
    photo = innovation.pictures.get()
    assert status(Client(), photo.small_url) == 200
    client.force_login(person("trainee"))
    assert client.get(address).status_code == 403
    Adoption.objects.filter(pk=adoption.pk).update(hidden_at="2026-02-01T00:00:00Z", hidden_reason="A name")
    assert status(Client(), photo.small_url) == 404
    client.force_login(desk)
    assert status(client, photo.small_url) == 200


# ── by a signed link ──
def by_check(host: Host) -> str:
    asked = HostCheck.objects.create(
        host=host, email="maja@example.org", asked_on=today(), last_letter_on=today()
    )
    return reverse("hosts:check_photos", args=[token("host_check", asked)])


def by_invitation(host: Host) -> str:
    invitation = HostInvitation.objects.create(
        host=host, email="erik@example.org", language="en", last_letter_on=today()
    )
    return reverse("hosts:invitation_photos", args=[token("host_invitation", invitation)])


@pytest.mark.parametrize("link", [by_check, by_invitation])
def test_a_holder_of_the_link_adds_orders_and_removes(client: Client, link: Any) -> None:
    host = HostFactory()
    address = link(host)
    assert client.get(address).status_code == 200
    for colour in ("teal", "red"):
        assert add(client, address, colour).status_code == 302
    first, second = host.photos.all()
    assert (first.added_by, first.alt) == (None, "A teal wall")
    client.post(address, {"intent": "up", "picture": second.public_id})
    assert [photo.alt for photo in host.photos.all()] == ["A red wall", "A teal wall"]
    # The same press twice finds nothing to take away.
    for _time in range(2):
        assert client.post(address, {"intent": "remove", "picture": second.public_id}).status_code == 302
    assert host.photos.get() == first
    host.refresh_from_db()
    assert host.last_confirmed_on is None


@pytest.mark.parametrize("link", [by_check, by_invitation])
def test_a_disguised_script_by_link_is_refused_beside_the_field(client: Client, link: Any) -> None:
    host = HostFactory()
    script = SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>", "image/jpeg")
    response = client.post(link(host), {"intent": "add", "alt": "A wall", "file": script})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert not host.photos.exists()


def test_a_link_opens_no_photographs_when_it_no_longer_changes_the_card(client: Client) -> None:
    host = HostFactory()
    check, invited = by_check(host), by_invitation(host)
    HostCheck.objects.update(answered_on=today() - dt.timedelta(days=8))
    HostInvitation.objects.update(state="accepted")
    for address in (check, invited):
        assert add(client, address).status_code == 302
    HostInvitation.objects.update(state="withdrawn")
    assert add(client, invited).status_code == 404
    altered = check.replace("/photos/", "x/photos/")
    assert add(client, altered).status_code == 404
    merge_hosts(host=host, into=HostFactory(), actor=person("helpdesk"))
    assert add(client, check).status_code == 404
    assert not HostPhoto.objects.exists()


def test_a_holder_sees_what_she_put_on_a_card_that_is_not_public_yet(client: Client) -> None:
    host = HostFactory(moderation="draft")
    address = by_invitation(host)
    client.get(address)
    add(client, address)
    photo = host.photos.get()
    assert status(client, photo.small_url) == 200
    assert status(Client(), photo.small_url) == 404
