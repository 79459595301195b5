"""Takes the pictures of README and guides again, from a running portal with demo data.

    python3 manage.py up --port 8000
    .venv/bin/python docs/take_pictures.py http://127.0.0.1:8000 [NAME ...]

Each picture is what its demo account sees at 1280 pixels, down to the fold. What is shown depends on the day: the
demonstration is made around it.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ecett.runtime.system import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).resolve().parent / "images"
WIDTH, FOLD = 1280, 860
# Of the colours that a page has, the picture keeps so many: a third of the weight, and no difference to see.
COLOURS = 128


@dataclass(frozen=True)
class Picture:
    """``role``: whose demo account, empty for a visitor; ``begin``: an address; ``follow``: links to press from there;
    ``top``: what stands at the upper edge, the page's own top without it; ``fill``: words typed into a field.
    """

    name: str
    role: str
    begin: str
    follow: tuple[str, ...] = ()
    top: str = ""
    fill: tuple[tuple[str, str], ...] = ()
    height: int = FOLD


PICTURES = (
    Picture("home", "", "/"),
    Picture("trainee-home", "trainee", "/", height=520),
    Picture("trainee-goal", "trainee", "/trainee/",
            ('main a[href*="/trainee/projects/"]', 'main a[href$="/goals/new/"]'),
            fill=(("text", "By 30 June, 8 of 10 people who leave get a call on day 3; now it is 4 of 10."),)),
    Picture("trainee-project", "trainee", "/trainee/", ('main a[href*="/trainee/projects/"]',)),
    Picture("trainee-path", "trainee", "/certification/"),
    Picture("host-home", "host", "/", height=620),
    Picture("host-answer", "host", "/helpdesk/proposals/", ('main .inbox a[href*="/helpdesk/proposals/"]',)),
    Picture("host-answer-form", "host", "/helpdesk/proposals/", ('main .inbox a[href*="/helpdesk/proposals/"]',),
            top="#answer"),
    Picture("employer-agreement", "employer", "/trainee/waiting/", ('main .result a[href*="/signatures/"]',)),
    Picture("helpdesk-inbox", "helpdesk-en", "/helpdesk/", height=620),
    Picture("helpdesk-request", "helpdesk-en", "/helpdesk/", ('main a[href*="/helpdesk/requests/"]',)),
    Picture("helpdesk-hosts", "helpdesk-en", "/helpdesk/", ('main a[href*="/helpdesk/requests/"]',), top="#hosts"),
    Picture("helpdesk-practice", "helpdesk-en", "/good-practices/moderation/", ('main a[href*="/good-practices/"]',)),
    Picture("jury-home", "juror", "/certification/"),
    Picture("jury-dossier", "juror", "/certification/", ('main a[href*="/certification/dossiers/"]',)),
    Picture("jury-vote", "juror", "/certification/", ('main a[href*="/certification/dossiers/"]',), top="#vote",
            height=620),
    Picture("jury-secretary", "secretary", "/certification/", height=760),
    Picture("coordinator-contract", "coordinator", "/grants/", ('main a[href*="/grants/contracts/"]:not(.btn)',)),
    Picture("coordinator-attach", "coordinator", "/grants/",
            ('main a[href*="/grants/contracts/"]:not(.btn)', 'main a[href$="/attach/"]', 'main .result a'), height=960),
    Picture("coordinator-report", "coordinator", "/grants/",
            ('main a[href*="/grants/contracts/"]:not(.btn)', 'main a[href$="/report/"]')),
    Picture("administrator-people", "admin", "/admin/accounts/user/", height=620),
    Picture("administrator-person", "admin", "/admin/accounts/user/add/", height=760),
    Picture("administrator-imports", "admin", "/imports/"),
)  # fmt: skip


def take(picture: Picture, page: Page) -> bytes:
    """Goes there as somebody would, and gives the PNG."""
    page.goto(picture.begin)
    for link in picture.follow:
        with page.expect_navigation():
            page.locator(link).first.click()
    for field, words in picture.fill:
        page.locator(f'[name="{field}"]').fill(words)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)
    if picture.top:
        page.locator(picture.top).first.evaluate(
            "part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 24)"
        )
    else:
        page.evaluate("scrollTo(0, 0)")
    page.evaluate("document.activeElement.blur()")
    return page.screenshot(animations="disabled")


def sign_in(browser: Browser, address: str, role: str) -> Page:
    """A page of this demo account's own browser."""
    context = browser.new_context(base_url=address, locale="en", color_scheme="light")
    page = context.new_page()
    if role:
        page.goto("/accounts/login/")
        page.fill("[name=login]", f"{role}@demo.example")
        page.fill("[name=password]", "demo")
        with page.expect_navigation():
            page.locator("main form .btn-primary").click()
        # The account's own language wins over the browser's: somebody may have chosen another one meanwhile.
        with page.expect_navigation():
            english = page.locator(".nav button[name=language][value=en]")
            english.evaluate("button => button.form.requestSubmit(button)")
    return page


def save(name: str, png: bytes) -> int:
    """Writes it small; the size in bytes."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(IMAGES / f"{name}.png", optimize=True)
    return (IMAGES / f"{name}.png").stat().st_size


def main(argv: list[str]) -> int:
    """`take_pictures.py ADDRESS [NAME ...]`"""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="of the running portal")
    parser.add_argument("names", nargs="*", help="which pictures; all of them without")
    options = parser.parse_args(argv)
    unknown = set(options.names) - {picture.name for picture in PICTURES}
    if unknown:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    executable = find_browser()
    if executable is None:
        parser.error("Chromium is missing: apt-get install chromium, or set ECETT_BROWSER.")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=str(executable), args=["--disable-gpu", *sandbox]
        )
        pages: dict[str, Page] = {}
        for picture in PICTURES:
            if options.names and picture.name not in options.names:
                continue
            if picture.role not in pages:
                pages[picture.role] = sign_in(browser, options.address, picture.role)
            page = pages[picture.role]
            page.set_viewport_size({"width": WIDTH, "height": picture.height})
            size = save(picture.name, take(picture, page))
            print(f"{picture.name}.png  {size / 1024:.0f} kB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
