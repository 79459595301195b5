"""Somebody in front of a browser: goes to pages, fills in fields by name, presses the page's main button."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

# Where a picture of every page seen is put, for the guides and for whoever wants to look.
PICTURES = os.environ.get("ECETT_PICTURES")


class Person:
    """One visitor with her own cookies."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.base = base
        self.errors: list[str] = []
        self.seen = 0
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", self._note)

    def _note(self, response: Any) -> None:
        if response.status >= 500:
            self.errors.append(f"{response.status} {response.url}")

    def go(self, path: str) -> None:
        """Open a page; it must answer well."""
        response = self.page.goto(path)
        self.picture()
        assert response.status == 200, f"{path}: {response.status}\n{self.text()[:800]}"

    def picture(self) -> None:
        """Keep what she sees, when pictures are wanted."""
        if PICTURES:
            self.seen += 1
            width = self.page.viewport_size["width"]
            name = self.path().split("?")[0].strip("/").replace("/", "_")[:60] or "home"
            file = Path(PICTURES) / f"{time.monotonic_ns() // 10**8}-{name}-{width}.png"
            self.page.screenshot(path=str(file), full_page=True)

    def text(self) -> str:
        """What the page says."""
        return str(self.page.inner_text("body"))

    def path(self) -> str:
        """Where she is, without the server."""
        return str(self.page.url).removeprefix(self.base)

    def fill(self, **fields: Any) -> None:
        """Fill in fields by name: text, choices, ticks (True), several ticks (a list)."""
        for name, value in fields.items():
            self.set(name, value)

    def set(self, name: str, value: Any) -> None:
        """Fill in one field, whatever kind it is."""
        field = self.page.locator(f'main [name="{name}"]')
        assert field.count(), f"no field {name} on {self.path()}:\n{self.text()[:1500]}"
        self.unfold(field.first)
        kind = field.first.evaluate("e => e.tagName == 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if kind == "select":
            words = field.first.evaluate("(e, v) => [...e.options].some(o => o.text.trim() == v)", value)
            field.first.select_option(**{"label" if words else "value": value})
        elif kind in ("checkbox", "radio"):
            for item in value if isinstance(value, list | tuple) else [value]:
                box = (
                    field.first
                    if item is True
                    else self.page.locator(f'main [name="{name}"][value="{item}"]')
                )
                box.check(force=True)
        else:
            field.first.fill(str(value))

    def unfold(self, field: Any) -> None:
        """Open the part of a form in which a field stands, as one does by its heading."""
        for part in field.locator("xpath=ancestor::details[not(@open)]").all():
            part.locator("> summary").click()

    def press(self, selector: str = "main form .btn-primary") -> None:
        """Press a button; the next page must be one that answers well and shows no errors of a form."""
        button = self.page.locator(selector).first
        self.unfold(button)
        with self.page.expect_navigation():
            button.click()
        self.picture()
        assert not self.errors, self.errors

    def tab_to(self, selector: str, most: int = 300) -> None:
        """Press Tab until this has the focus."""
        for _step in range(most):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab on {self.path()}")

    def enter(self, selector: str = "") -> None:
        """Press Enter, on a button or link that Tab reaches; the next page must answer well."""
        if selector:
            self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.picture()
        assert not self.errors, self.errors

    def submit(self, **fields: Any) -> None:
        """Fill in the form and press its main button; the portal must take it."""
        self.fill(**fields)
        self.press()
        refused = self.page.locator("main .err, main .invalid-feedback, main .error-summary")
        assert not refused.count(), f"{self.path()}: {refused.all_inner_texts()}"

    def sign_in(self, email: str, password: str = "a long password") -> None:
        """As everybody does."""
        self.go("/accounts/login/")
        self.fill(login=email, password=password)
        self.press()
