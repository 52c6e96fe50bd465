"""Take a picture of every kind of page of the sample help center, for people to look at.

usage: screenshots.py FOLDER

Builds a copy of this project with the real command and writes FOLDER/KIND-SIZE-SCHEME.png for each
kind of page, on a desktop and a phone, light and dark. It needs Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from commands import build, copy_project

PAGES = {
    "home": "",
    "policy": "policies/privacy-policy/",
    "archive": "policies/privacy-policy/versions/",
    "on": "policies/privacy-policy/on/?date=2025-09-15",
    "since-day": "policies/privacy-policy/since/?date=2025-09-15",
    "version": "policies/privacy-policy/versions/2025-02-10.v1/",
    "changes": "policies/privacy-policy/changes/2026-03-31.v1/",
    "since": "policies/privacy-policy/since/2025-02-10.v1/",
    "section": "policies/privacy-policy/sections/6-retention/",
    "old-anchor": "policies/privacy-policy/#8-retention-period",
    "compare": "policies/privacy-policy/compare/?from=2025-02-10.v1&to=2026-03-31.v1",
    "missing": "404.html",
}
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a built site on this machine, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def take(browser: Browser, address: str, folder: Path) -> None:
    """Take all pictures of the site at `address`."""
    for (kind, page), (size, viewport), scheme in product(PAGES.items(), SIZES.items(), SCHEMES):
        context = browser.new_context(color_scheme=scheme, viewport=viewport)
        tab = context.new_page()
        tab.goto(address + page, wait_until="networkidle")
        tab.screenshot(path=folder / f"{kind}-{size}-{scheme}.png")
        context.close()


def main() -> None:
    """Build, serve, take pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        project = copy_project(Path(scratch) / "project")
        result = build(project)
        if result.returncode:
            raise SystemExit(result.stderr)
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        with served(project / "site") as address:
            take(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main()
