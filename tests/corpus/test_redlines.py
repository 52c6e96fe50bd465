"""The cheaper promises on real policies; only where GAZETTE_CORPUS names a folder with some."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gazette.text.frontmatter import body_of
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import redline

CORPUS = Path(os.environ.get("GAZETTE_CORPUS", ""))
PAIRS = sorted(CORPUS.glob("pairs/*/old.md")) if os.environ.get("GAZETTE_CORPUS") else []


@pytest.mark.skipif(not PAIRS, reason="GAZETTE_CORPUS names no corpus")
def test_every_real_redline_is_exact() -> None:
    for path in PAIRS:
        old, new = (
            read_document(body_of(text.read_bytes().decode("utf-8")))
            for text in (path, path.with_name("new.md"))
        )
        prove(redline(old, new), old, new)
