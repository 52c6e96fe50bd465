"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

# No test depends on a clock: a busy machine may take as long as it likes for an example.
hypothesis.settings.register_profile("gazette", deadline=None)
hypothesis.settings.load_profile("gazette")

# One process, no services of its own: pages are loaded from this machine and nothing else is asked.
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


def chromium() -> str | None:
    """The browser on this machine: named in CHROMIUM, or found under its usual names."""
    usual = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, usual)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium. Without one the test is skipped, or fails where a browser is required."""
    path = chromium()
    if path is None:
        missing = "No Chromium here: install it, or name its program in CHROMIUM."
        if os.environ.get("GAZETTE_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()
