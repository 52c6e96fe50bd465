"""Which version a page says it is, in whatever format it comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gazette.imports.draft import Draft, DraftContext
from gazette.imports.formats import format_of
from gazette.text.markdown_settings import DEFAULT
from word_files import docx, paragraph

TODAY = date(2026, 11, 23)
TEXT = "We collect what you enter and keep it for thirty days in our systems."


def _markdown(lines: list[str]) -> bytes:
    return "\n\n".join(["# Data Policy", *lines]).encode()


def _html(lines: list[str]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!doctype html><h1>Data Policy</h1>{body}".encode()


def _plain(lines: list[str]) -> bytes:
    return "\n\n".join(["Data Policy", *lines]).encode()


def _word(lines: list[str]) -> bytes:
    return docx(paragraph("Data Policy", style="Title"), *map(paragraph, lines))


FORMATS = {".md": _markdown, ".html": _html, ".txt": _plain, ".docx": _word}
"""What writes a page of a title and paragraphs, by the suffix of its format."""
in_all_formats = pytest.mark.parametrize(
    ("suffix", "written"), FORMATS.items(), ids=[suffix[1:] for suffix in FORMATS]
)


def draft_of_lines(suffix: str, written: Callable[[list[str]], bytes], *lines: str) -> Draft:
    """Return the draft of a page with these paragraphs below its title."""
    data = written([*lines])
    page = DraftContext(f"data{suffix}", "Data Policy", TODAY, DEFAULT)
    draft = format_of(suffix, data).read(data, page)
    assert draft
    return draft


@in_all_formats
@pytest.mark.parametrize(
    ("above", "below", "number"),
    [
        (["Version 2.1 | 1 January 2025"], [], "2.1"),
        (["Version 4.0", "Last updated: 1 January 2025"], [], "4.0"),
        (["Last updated: 1 January 2025", "v3"], [], "3"),
        ([], ["Version 3.2, 1 January 2025"], "3.2"),
    ],
)
def test_a_number_of_a_version_is_left_out_and_listed(
    suffix: str,
    written: Callable[[list[str]], bytes],
    above: list[str],
    below: list[str],
    number: str,
) -> None:
    draft = draft_of_lines(suffix, written, *above, *[TEXT] * 6, *below)
    assert str(draft.version) == "2025-01-01.v1"
    assert draft.body.split("\n\n")[0] == TEXT
    assert "ersion" not in draft.body
    assert [str(omission) for omission in draft.left_out] == [
        f"Beside the title: “Version {number}”. The site names versions by their days."
    ]


@in_all_formats
def test_a_version_as_a_help_center_calls_it_is_not_listed(
    suffix: str, written: Callable[[list[str]], bytes]
) -> None:
    draft = draft_of_lines(suffix, written, "Version 2025-01-01.v2", TEXT)
    assert (str(draft.version), draft.body.strip(), draft.left_out) == (
        "2025-01-01.v2",
        TEXT,
        (),
    )
