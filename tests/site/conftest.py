"""The sample help center, built by the real command, once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from commands import build, copy_center, copy_project, git
from editing import release
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


@pytest.fixture
def center(built: Path, tmp_path: Path) -> Path:
    """A copy of the built sample help center, to change and build again."""
    return copy_center(built.parent, tmp_path / "project")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project after `release`, first built then and all of it committed; not to be changed."""
    folder = copy_project(tmp_path_factory.mktemp("released") / "project")
    release(folder)
    git(folder, "commit", "-qam", "Cookie Policy 2026-11-20.v1")
    result = build(folder)
    assert result.returncode == 0, result.stderr
    git(folder, "add", "versions")
    git(folder, "commit", "-qm", "Archive")
    return folder


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
