"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser

from visits import chromium, running_browser

# No test depends on a clock: a busy machine may take as long as it likes for an example.
hypothesis.settings.register_profile(
    "gazette", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("gazette")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium. Without one the test is skipped, or fails where a browser is required."""
    if chromium() is None:
        missing = "No Chromium here: install it, or name its program in CHROMIUM."
        if os.environ.get("GAZETTE_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with running_browser() as running:
        yield running
