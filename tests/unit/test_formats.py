"""Each file is read in its format, whatever it is called."""

from __future__ import annotations

import pytest

from gazette.imports.formats import format_of
from word_files import docx, paragraph


@pytest.mark.parametrize(
    ("suffix", "data", "name"),
    [
        (".txt", b"Terms", "text"),
        ("", b"Terms", "text"),
        (".md", b"Terms", "Markdown"),
        (".txt", b"# Terms\n", "Markdown"),
        ("", b"---\ntitle: x\n---\n", "Markdown"),
        (".htm", b"Terms", "HTML"),
        (".txt", b"<!doctype html><p>x", "HTML"),
        (".md", b"<main>x</main>", "Markdown"),
        (".docx", b"Terms", "Word"),
        (".txt", docx(paragraph("x")), "Word"),
        (".html", docx(paragraph("x")), "Word"),
    ],
)
def test_format_of_a_file(suffix: str, data: bytes, name: str) -> None:
    assert format_of(suffix, data).name == name
