"""A visitor who opens every page a role is offered and reads every form on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

#: Pages of one kind that are opened, each with another object.
PAGES_A_KIND = 3
TYPED = ("text", "search", "url", "email", "tel", "textarea")
#: Other people's code, and what ends the visit.
NOT_OURS = ("/admin/", "/accounts/", "/static/", "/health/", "/language/", "/theme/", "/hat/")


@dataclass(frozen=True)
class Field:
    """One control of a form: its name, ``type`` (``textarea``, ``select``…) and what it holds."""

    name: str
    type: str
    value: str = ""
    checked: bool = True
    options: tuple[str, ...] = ()


@dataclass
class Form:
    """A form of a page, as a browser would send it."""

    page: str
    action: str
    method: str
    ident: str = ""
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def view(self) -> str:
        return name_of(self.action)

    @property
    def typed(self) -> list[str]:
        """The names of the fields one types words into, each once."""
        return list(dict.fromkeys(one.name for one in self.fields if one.type in TYPED))

    def _button(self) -> list[tuple[str, str]]:
        """The button that saves, not one that looks something up or adds lines."""
        saving = [
            one for one in self.buttons if one[0] != "add" and one[1] not in ("find", "preview", "change")
        ]
        return saving[:1]

    def data(self, **changes: Any) -> dict[str, list[str]]:
        """What a browser sends when nothing is changed but ``changes``; with the button that saves."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.type in ("file", "submit", "button") or (
                one.type in ("checkbox", "radio") and not one.checked
            ):
                continue
            sent.setdefault(one.name, []).append(one.value)
        for name, value in self._button():
            sent[name] = [value]
        for name, value in changes.items():
            sent[name] = [value, *sent.get(name, [])[1:]]
        return sent


class _Reader(HTMLParser):
    """Collects links and forms of one page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.links, self.forms = page, [], []  # type: ignore[var-annotated]
        self._open: Form | None = None
        self._loose: list[tuple[str, Field]] = []
        self._text: tuple[str, Form | None, str] | None = None
        self._words = ""
        self._select: tuple[str, str, list[str], list[str], Form | None] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in found:
            self.links.append(urljoin(self.page, found["href"]))
        elif tag == "form":
            action = urljoin(self.page, found.get("action") or self.page)
            self._open = Form(self.page, action, found.get("method", "get").lower(), found.get("id", ""))
            self.forms.append(self._open)
        elif tag == "input" and found.get("name"):
            kind = found.get("type", "text")
            if kind != "submit":
                value = found.get("value", "on" if kind in ("checkbox", "radio") else "")
                self._put(Field(found["name"], kind, value, "checked" in found), found)
        elif tag == "textarea" and found.get("name"):
            self._text, self._words = (found["name"], self._open, found.get("form", "")), ""
        elif tag == "select" and found.get("name"):
            self._select = (found["name"], found.get("form", ""), [], [], self._open)
        elif tag == "option" and self._select:
            self._select[3].append(found.get("value", ""))
            if "selected" in found:
                self._select[2].append(found.get("value", ""))
        elif tag == "button" and found.get("name") and found.get("type", "submit") == "submit" and self._open:
            self._open.buttons.append((found["name"], found.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._text:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._text:
            name, _form, ident = self._text
            self._put(Field(name, "textarea", self._words.removeprefix("\n")), {"form": ident})
            self._text = None
        elif tag == "select" and self._select:
            name, ident, chosen, options, _form = self._select
            for value in chosen or options[:1]:
                self._put(Field(name, "select", value, options=tuple(options)), {"form": ident})
            self._select = None

    def _put(self, one: Field, found: dict[str, str]) -> None:
        if found.get("form"):
            self._loose.append((found["form"], one))
        elif self._open:
            self._open.fields.append(one)

    def settled(self) -> list[Form]:
        for ident, one in self._loose:
            for form in self.forms:
                if form.ident == ident:
                    form.fields.append(one)
        return self.forms


def forms_of(html: str, page: str) -> list[Form]:
    """Every form of a page that posts to this portal."""
    return [form for form in _read(html, page).settled() if form.method == "post"]


def _read(html: str, page: str) -> _Reader:
    reader = _Reader(page)
    reader.feed(html)
    return reader


def name_of(path: str) -> str:
    """The name of an address: ``trainees:project_detail``."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


@dataclass(frozen=True)
class Page:
    path: str
    view: str
    status: int
    html: str
    forms: tuple[Form, ...]


def post(client: Client, action: str, data: Any) -> Any:
    """Send a form; a file that comes back is read to its end, after which the client closes it."""
    answer: Any = client.post(action, data)
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def crawl(client: Client, starts: Iterable[str], *, a_kind: int = PAGES_A_KIND) -> Iterator[Page]:
    """Open ``starts`` and all that is linked from there, ``a_kind`` pages of each kind at most."""
    waiting, seen, kinds = list(starts), set(waiting := list(starts)), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        view = name_of(path)
        if kinds[view] >= a_kind:
            continue
        kinds[view] += 1
        answer = client.get(path)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        html = "" if answer.streaming or not is_page else answer.content.decode()
        reader = _read(html, path)
        forms = tuple(
            form
            for form in reader.settled()
            if form.method == "post" and not urlsplit(form.action).path.startswith(NOT_OURS)
        )
        if answer.streaming:
            list(answer.streaming_content)  # to the end: the client then closes the file
        yield Page(path, view, answer.status_code, html, forms)
        targets = [*reader.links, answer.headers.get("Location", "")]
        for target in targets:
            parts = urlsplit(urljoin(path, target))
            where = parts.path + (f"?{parts.query}" if "key=" in parts.query else "")
            local = parts.netloc in ("", "testserver") and parts.scheme in ("", "http")
            if local and where not in seen and where.startswith("/") and not where.startswith(NOT_OURS):
                seen.add(where)
                if name_of(where):
                    waiting.append(where)
