"""Pages of a site, opened and touched in a real browser that reaches no other host.

Nothing here can hang: every wait has an end, and no script is run in a page whose end is not told.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    sync_playwright,
)

ARGUMENTS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
"""No services of its own: pages are loaded from this machine, and nothing else is asked."""
OpenTab = Callable[..., Page]
"""Opens a tab of its own; takes the options of `Browser.new_context`."""
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 820, "height": 1180}
PHONE: ViewportSize = {"width": 390, "height": 844}
Scheme = Literal["light", "dark"]
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""Waits until scripts have heard of what changed around a page, and what they do is seen."""
PATIENCE = 30_000
"""Milliseconds in which a page must have come to rest."""
RAN, STANDS, RESTS = "a payload ran: ", "a payload stands here: ", "the page rests"
WATCH = Path(__file__).with_suffix(".js").read_text("utf-8")


def chromium() -> str | None:
    """Return the browser on this machine: named in CHROMIUM, or found under its usual names.

    That without windows comes first: it opens a tab in half the time.
    """
    usual = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, usual)), None)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run Chromium while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


def rest_of(address: str) -> Literal["load", "networkidle"]:
    """Return when a page at `address` shows all that it is to show.

    Only one that was asked for something, as for a comparison, asks for more than itself.
    """
    return "networkidle" if "?" in address else "load"


def turn(tab: Page, scheme: Scheme) -> None:
    """Let the system be light or dark while a page with scripts is open, which turns with it."""
    tab.emulate_media(color_scheme=scheme)
    tab.evaluate(DRAWN)


@dataclass
class Seen:
    """What pages did: the payloads that ran or stand there, and what was asked for elsewhere."""

    ran: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    pages: int = 0


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection for many requests
    disable_nagle_algorithm = True  # or each waits 40 ms, as head and body are sent apart

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def end_headers(self) -> None:
        """Let the browser keep what all pages ask for."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@dataclass
class Visitor:
    """Opens pages in a browser, touches everything on them, and notes what they do."""

    page: Page
    seen: Seen
    address: str = ""

    def __post_init__(self) -> None:
        self._watch()

    def _watch(self) -> None:
        self.page.on("console", self._note_message)
        self.page.on("dialog", lambda dialog: dialog.dismiss())
        self.page.on("request", lambda request: self._note_request(request.url))

    def visit(self, address: str) -> None:
        """Open a page that is served on this machine."""
        self.address = address
        self.seen.pages += 1
        noted = len(self.seen.ran)
        try:
            with self.page.expect_console_message(lambda message: message.text == RESTS):
                self.page.goto(address, wait_until="commit")
        except Error as error:  # a payload took the page away, or keeps it busy
            self.seen.ran.add(f"{address} {str(error).splitlines()[0]}")
        if self.page.url.partition("?")[0] != address.partition("?")[0]:
            self.seen.ran.add(f"{address} led to {self.page.url}")
        if len(self.seen.ran) > noted:
            self._take_another_tab()

    def _take_another_tab(self) -> None:
        """Leave the tab of a page that does something: it may lead away only later.

        The tab stays until all are closed, as a page that is busy keeps whoever closes it waiting.
        """
        self.page = self.page.context.new_page()
        self._watch()

    def words(self, selector: str) -> str:
        """Return the words that a part of the page shows."""
        return self.page.locator(selector).first.inner_text()

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.text.startswith((RAN, STANDS)):
            self.seen.ran.add(f"{self.address} {message.text}")

    def _note_request(self, url: str) -> None:
        home = self.address[: self.address.index("/", 8) + 1]
        if url.startswith(("http:", "https:", "ftp:", "ws:")) and not url.startswith(home):
            self.seen.loaded.add(f"{self.address} {url}")


@contextmanager
def visitor(browser: Browser, seen: Seen, patience: int = PATIENCE) -> Iterator[Visitor]:
    """A tab in which whatever a payload calls says so; `patience` is in milliseconds.

    Pages are not bound by their Content Security Policy: nothing is to run without it either.
    """
    context = browser.new_context(
        service_workers="block",
        viewport={"width": 400, "height": 300},
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.add_init_script(WATCH)
    context.set_default_timeout(patience)
    yield Visitor(context.new_page(), seen)
    context.close()
