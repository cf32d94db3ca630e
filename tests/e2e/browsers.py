"""A Chromium of this machine, and people who work in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from boucle.demo.company import DOMAIN, PASSWORD
from tests.e2e.api import SIGN_IN

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none")
PATIENCE_MS = 20_000  # the machine may be busy; what must be quick is measured by the test that says so
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
Theme = Literal["light", "dark"]


def find_chromium() -> str:
    """Return the browser to test in; a test run without one fails and says what to install."""
    wanted = os.environ.get("CHROMIUM")
    found = next((path for name in ([wanted] if wanted else CANDIDATES) if (path := shutil.which(name))), None)
    assert found, (
        f"No Chromium found ({wanted or ', '.join(CANDIDATES)}). Install one, e.g. `apt-get install chromium`, "
        "or name it: CHROMIUM=/path/to/chromium."
    )
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser for the block."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Desks:
    """Opens windows of people; each has a browser profile of its own, and whatever breaks in one is kept."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def stranger(
        self, *, viewport: dict[str, int] = DESK, theme: Theme = "light", locale: str = "fr-FR", **options: Any
    ) -> Page:
        """A window of somebody who is not signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=viewport,  # type: ignore[arg-type]  # a literal elsewhere
            color_scheme=theme,
            locale=locale,
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.broken.append(f"{page.url}: {error}"))
        page.on("response", lambda answer: answer.status >= 500 and self.broken.append(f"{answer.status} {answer.url}"))
        return page

    def of(self, handle: str, path: str | None = "/inbox", **options: Any) -> Page:
        """A window of one of the company's people, signed in, at a path of the product."""
        page = self.stranger(**options)
        answer = page.request.post(
            "/graphql",
            headers={"X-Boucle-CSRF": "1"},
            data={"query": SIGN_IN, "variables": {"email": f"{handle}@{DOMAIN}", "password": PASSWORD}},
        )
        assert answer.json()["data"]["sessionCreate"]["userErrors"] == [], answer.text()
        if path is not None:
            page.goto(path)
        return page

    def close(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
