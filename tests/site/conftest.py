"""The sample help center, built by the real command, once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import build, copy_project
from showcase import built_showcase
from visits import served


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


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built help center with every kind of page, to look at and not to change."""
    return built_showcase(tmp_path_factory.mktemp("showcase") / "project")
