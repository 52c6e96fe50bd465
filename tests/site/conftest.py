"""The sample help center, built by the real command, once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from commands import build, copy_project
from showcase import built_showcase
from visits import OpenTab, served


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh copy of this project in a repository of its own, to change and build."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built sample help center, to look at and not to change."""
    folder = copy_project(tmp_path_factory.mktemp("built") / "project")
    result = build(folder)
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where the built sample is served."""
    with served(built) as address:
        yield address


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[OpenTab]:
    """Open tabs, each in a context of its own with these options, until the test ends."""
    with ExitStack() as closing:

        def opened(**options: Any) -> Page:
            context = browser.new_context(**options)
            closing.callback(context.close)
            return context.new_page()

        yield opened


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built help center with every kind of page, to look at and not to change."""
    return built_showcase(tmp_path_factory.mktemp("showcase") / "project")
