"""Texts made to keep programs busy end in a sentence, or are read and compared like any other."""

from __future__ import annotations

import pytest

import intricate
from gazette.text.bounds import excesses
from gazette.text.comparison import compare
from gazette.text.frontmatter import body_of, normalized, read_metadata
from gazette.text.reader import read_document

SLOW = {"paragraphs allowed", "columns", "footnotes", "notices", "lines"}
"""What takes more than a second; `bench.intricate_texts` runs all of them."""
TEXTS = {name: text for name, text in intricate.texts() if name not in SLOW}


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_refused_or_read(name: str) -> None:
    text = normalized(TEXTS[name])
    metadata, problems = read_metadata("docs/x.md", text)
    assert (metadata is None) == bool(problems)
    assert all(len(str(problem)) < 1_000 for problem in problems)
    document = read_document(body_of(text))
    if not excesses(text):
        compare(read_document("We keep data."), document)
        compare(document, read_document(body_of(text) + "\n\nMore.\n"))
