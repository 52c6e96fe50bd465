"""Formats that are not read: each is told from others, and the sentence says what to do."""

from __future__ import annotations

import pytest

from gazette.imports.refused_formats import REFUSED_FORMATS, why_refused
from word_files import docx, paragraph

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ODT = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text" + b"rest"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "This is a PDF"),
        (ODT, "This is an OpenDocument file. Open it in Word or LibreOffice and save it as .docx"),
        (OLD, "This is an old Word file"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "It is protected by a password"),
        (OLD + "__substg1.0_0037001F".encode("utf-16-le"), "This is a mail of Outlook"),
        (b"{\\rtf1 Text}", "This is a rich text file"),
    ],
)
def test_files_are_known_by_their_bytes(data: bytes, reason: str) -> None:
    assert why_refused(".docx", data).startswith(reason)


def test_what_is_read_is_not_refused() -> None:
    for data in (docx(paragraph("a")), b"Text", b"<p>Text</p>", b""):
        assert why_refused(".docx", data) == ""


def test_files_of_a_folder_are_known_by_their_names() -> None:
    assert {
        refused.suffix for refused in REFUSED_FORMATS if not why_refused(refused.suffix)
    } == set()
    assert why_refused(".md") == ""
