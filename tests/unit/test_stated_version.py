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


PAIRS = [
    ("Published: 1 June 2020", "Last updated: 1 January 2025"),
    ("Adopted on 1 June 2020", "Last revised: 1 January 2025"),
    ("Date of issue: 1 June 2020", "Date of last revision: 1 January 2025"),
    ("2020年6月1日 制定", "2025年1月1日 改定"),
    ("制定：2020年6月1日", "改定：2025年1月1日"),
    ("公布日：2020年6月1日", "最終改正日：2025年1月1日"),
    ("发布日期：2020年6月1日", "修订：2025年1月1日"),
    ("제정: 2020년 6월 1일", "개정: 2025년 1월 1일"),
    ("Veröffentlicht am 1. Juni 2020", "Überarbeitet am 1. Januar 2025"),
    ("Publiée le 1er juin 2020", "Révisée le 1er janvier 2025"),
    ("Publicado el 1 de junio de 2020", "Modificado el 1 de enero de 2025"),
    ("Publicado em 1 de junho de 2020", "Alterado em 1 de janeiro de 2025"),
    ("Pubblicato il 1 giugno 2020", "Modificato il 1 gennaio 2025"),
    ("Gepubliceerd op 1 juni 2020", "Herzien op 1 januari 2025"),
    ("Effective: 1 June 2020", "Effective as of 1 January 2025"),
]
"""Lines of 1 June 2020 and of 1 January 2025, which both say when a text was as it is."""
NOTE_ENDS = " 2020-06-01 and 2025-01-01: 2025-01-01 counts, its lines stay."


@in_all_formats
@pytest.mark.parametrize("pair", PAIRS, ids=[pair[0] for pair in PAIRS])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_newest_of_two_lines_counts_and_both_stay(
    suffix: str,
    written: Callable[[list[str]], bytes],
    pair: tuple[str, str],
    is_reversed: bool,
) -> None:
    lines = [*reversed(pair)] if is_reversed else [*pair]
    for place in (
        [*lines, TEXT],
        [*[TEXT] * 6, *lines],
        [lines[0], *[TEXT] * 6, lines[1]],
    ):
        draft = draft_of_lines(suffix, written, *place)
        assert (str(draft.version), draft.effective) == ("2025-01-01.v1", None)
        assert all(line in draft.body for line in lines)
        (note,) = draft.notes
        assert note.endswith(NOTE_ENDS)


@in_all_formats
def test_a_line_of_the_first_publication_stays(
    suffix: str, written: Callable[[list[str]], bytes]
) -> None:
    first = "First published: 1 June 2020"
    draft = draft_of_lines(suffix, written, first, "Amended: 1 January 2025", TEXT)
    assert (str(draft.version), draft.notes) == ("2025-01-01.v1", ())
    assert draft.body.strip() == f"{first}\n\n{TEXT}"


@in_all_formats
@pytest.mark.parametrize(
    "lines",
    [
        ["Effective date: 1 June 2020", TEXT],
        ["Effective date: 1 June 2020", *[TEXT] * 9],
    ],
)
def test_a_sentence_at_the_end_that_names_a_newer_day_counts(
    suffix: str, written: Callable[[list[str]], bytes], lines: list[str]
) -> None:
    sentence = "This amended policy is effective as of 1 January 2025."
    draft = draft_of_lines(suffix, written, *lines, sentence)
    assert str(draft.version) == "2025-01-01.v1"
    assert (lines[0] in draft.body, sentence in draft.body) == (True, True)
    assert draft.notes == (f"It is said to apply since{NOTE_ENDS}",)


@in_all_formats
@pytest.mark.parametrize(
    ("above", "sentence", "stated"),
    [
        (["Last updated: 1 June 2020"], "The rules in force since 1 May 2025 apply.", "2020-06-01"),
        (["Effective: 1 June 2020"], "The Act was amended on 1 May 2025.", "2020-06-01"),
        (["Effective: 1 June 2020"], "Fees are effective as of 1 May 2027.", "2020-06-01"),
        (["Effective: 1 June 2020"], "Effective was the law of 1 May 2019.", "2020-06-01"),
        ([], "The Act was amended on 1 May 2025.", "2026-11-23"),
    ],
)
def test_other_sentences_at_the_end_say_nothing_of_the_text(
    suffix: str,
    written: Callable[[list[str]], bytes],
    above: list[str],
    sentence: str,
    stated: str,
) -> None:
    draft = draft_of_lines(suffix, written, *above, *[TEXT] * 9, sentence)
    assert (str(draft.version), draft.effective) == (f"{stated}.v1", None)
    assert draft.body.strip() == "\n\n".join([TEXT] * 9 + [sentence])


def test_a_line_of_change_counts_more_than_a_newer_one_of_publication() -> None:
    draft = draft_of_lines(
        ".md", _markdown, "Last updated: 1 January 2025", "Published on 3 March 2025", TEXT
    )
    assert str(draft.version) == "2025-01-01.v1"
    assert draft.notes == (
        "It is dated 2025-01-01 and 2025-03-03: 2025-01-01 counts, its lines stay.",
    )
    line = draft_of_lines(".md", _markdown, "Updated 1 May 2025, published 3 June 2025", TEXT)
    assert str(line.version) == "2025-05-01.v1"


def test_a_sentence_of_an_older_change_is_not_that_of_the_text() -> None:
    sentence = "The Act as amended on 1 May 2019 applies."
    draft = draft_of_lines(".md", _markdown, "Published: 1 June 2020", sentence, TEXT)
    assert (str(draft.version), draft.notes) == ("2020-06-01.v1", ())
    assert draft.body.startswith(sentence)


@pytest.mark.parametrize(
    ("front", "version", "body", "notes"),
    [
        ("date: 2020-06-01", "2024-02-03.v1", TEXT, 0),
        ("date: 2025-01-01", "2024-02-03.v1", TEXT, 0),
        ("lastmod: 2025-01-01", "2025-01-01.v1", f"Last updated: 3 February 2024\n\n{TEXT}", 1),
    ],
)
def test_front_matter_beside_a_line(front: str, version: str, body: str, notes: int) -> None:
    text = f"---\ntitle: T\n{front}\n---\n\nLast updated: 3 February 2024\n\n{TEXT}"
    draft = format_of(".md", text.encode()).read(
        text.encode(), DraftContext("data.md", "T", TODAY, DEFAULT)
    )
    assert draft
    assert (str(draft.version), draft.body, len(draft.notes)) == (version, body, notes)
