"""Files that are wrong as a whole: one thing is said of each, and what is known is put right."""

from __future__ import annotations

import codecs

import pytest

from gazette.problems import Code
from gazette.review.fixing import apply_fixes
from gazette.text.file_faults import file_fault, letters_of

SOURCE = "---\ntitle: Café rules\nversion: 2026-11-20.v1\n---\n\nBring your own cup.\n" * 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SOURCE.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + SOURCE.encode("utf-16-be"), "UTF-16"),
        (SOURCE.encode("utf-16-le"), "UTF-16"),
        (SOURCE.encode("utf-16-be"), "UTF-16"),
        (SOURCE.encode("utf-32"), "UTF-32"),
    ],
)
def test_wide_letters_are_reported_once_and_saved_anew(data: bytes, name: str) -> None:
    fault = file_fault("cup.md", data)
    assert fault
    assert (fault.code, fault.line) == (Code.ENCODING, 1)
    assert f"saved as {name}, not as UTF-8" in fault.message
    fixed, problems = apply_fixes(data, [fault])
    assert fixed.decode("utf-8").removeprefix("\ufeff") == SOURCE
    assert problems == [fault]


@pytest.mark.parametrize("data", [SOURCE.encode(), b"", b"\xef\xbb\xbf" + SOURCE.encode()])
def test_utf_8_is_right_with_or_without_its_mark(data: bytes) -> None:
    assert file_fault("cup.md", data) is None


def test_a_letter_that_is_lost_is_named_and_nothing_is_guessed() -> None:
    fault = file_fault("cup.md", SOURCE.encode("windows-1252"))
    assert fault
    assert (fault.code, fault.line, fault.fix) == (Code.ENCODING, 2, None)
    assert "a letter of this line is lost, probably “é”" in fault.message
    assert letters_of(SOURCE.encode("windows-1252")).text == SOURCE


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a\n<<<<<<< HEAD\nten\n=======\ntwenty\n>>>>>>> branch\n", 2),
        ("a\n<<<<<<< HEAD\r\nten\r\n", 2),
        ("a\nb\n>>>>>>> longer-refunds\n", 3),
    ],
)
def test_two_texts_to_choose_from(source: str, line: int) -> None:
    fault = file_fault("cup.md", source.encode())
    assert fault
    assert (fault.code, fault.line) == (Code.CONFLICT, line)


@pytest.mark.parametrize(
    "source", ["Title\n=======\n", "> > > quoted\n", "a <<<<<<< b\n", "<<<<<<<\n"]
)
def test_signs_that_are_no_conflict(source: str) -> None:
    assert file_fault("cup.md", source.encode()) is None
