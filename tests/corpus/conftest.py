"""Real policies to measure with: a folder outside the project, named in GAZETTE_CORPUS."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus; without it the test is skipped and says so."""
    named = os.environ.get("GAZETTE_CORPUS")
    if not named:
        pytest.skip("No corpus here: name its folder in GAZETTE_CORPUS.")
    return Path(named).resolve()
