"""One file of any kind becomes a policy, or a sentence says why not."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.errors import SourceError
from gazette.imports.batch import ImportedPolicy
from gazette.imports.page_import import read_page
from gazette.text.frontmatter import read_metadata
from gazette.text.markdown_settings import DEFAULT
from word_files import docx, paragraph

TODAY = date(2026, 11, 23)
POLICY = b"---\ntitle: Returns\nversion: 2026-02-03.v1\nupdated: 2026-02-03\n---\n\nSend it back.\n"


def imported(name: str, data: bytes, slug: str = "") -> ImportedPolicy:
    made = read_page(name, data, TODAY, DEFAULT, slug)
    metadata, problems = read_metadata(name, made.newest.read().decode())
    assert problems == []
    assert metadata
    assert metadata.version == made.newest.version
    return made


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.txt", b"Returns\n\nSend it back."),
        ("x.txt", b"\xef\xbb\xbfReturns\r\n\r\nSend it back.\r\n"),
        ("x.txt", "Returns\n\nSend it back.".encode("utf-16")),
        ("standard input", b"<h1>Returns</h1><p>Send it back.</p>"),
        ("standard input", b"# Returns\n\nSend it back."),
        ("x.md", b"---\ntitle: Returns\nlayout: page\n---\nSend it back."),
        ("x.html", b'<meta charset="latin1"><h1>Returns</h1>Send it back.'),
        ("returns.markdown", b"Send it back."),
        ("x.docx", docx(paragraph("Send it back."), title="Returns")),
    ],
)
def test_every_kind_of_page(name: str, data: bytes) -> None:
    made = imported(name, data)
    assert made.slug == "returns"
    written = made.newest.read().decode()
    assert written == (
        f"---\n# Imported from {name}\ntitle: Returns\nversion: 2026-11-23.v1\n"
        "updated: 2026-11-23\n---\n\nSend it back.\n"
    )
    assert made.notes == ("It names no version: it gets today's, 2026-11-23.v1.",)


def test_policy_is_taken_as_it_is() -> None:
    made = imported("returns.md", POLICY, slug="sending-back")
    assert (made.slug, made.newest.read()) == ("sending-back", POLICY)


def test_date_of_the_front_matter() -> None:
    made = imported("x.md", b"---\ntitle: T\nlast_updated: 2025-01-02T10:00:00Z\n---\nText.")
    assert str(made.newest.version) == "2025-01-02.v1"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.txt", b" \n", "It is empty."),
        ("x.txt", b"Title", "There is no text in it."),
        ("x.md", b"# Title\n", "There is no text in it."),
        ("x.txt", b"Caf\n\n\xe9t\xe9",
         "It is not saved as UTF-8: line 3 holds a byte that is no letter there. "
         "Save it again with the encoding UTF-8."),
        ("x.html", b"<p> </p>", "There is no text in it."),
        ("x.bundle", b"# v2 git bundle\n\xff",
         "This is a git bundle. Unpack it with: git clone FILE FOLDER; "
         "then import FOLDER with --git."),
        ("x.txt", b"a\0b", "It is no text: it holds zero bytes."),
        ("x.docx", b"hello",
         "This is no Word file, or it is damaged. Open it in Word and save it again as .docx."),
        ("x.doc", b"\xd0\xcf\x11\xe0rest",
         "This is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx, "
         "then import that. (On a command line: soffice --headless --convert-to docx FILE.)"),
        ("x.pdf", b"%PDF-1.7",
         "This is a PDF, which says how pages look, not what is a heading, an item or a table. "
         "Import the file it was made of; or open it in Word, compare both, and save it as .docx."),
        ("規約.txt", "規約\n\n本文。".encode(),
         "Its title has no letter for an address. Name it with --slug."),
    ],
)  # fmt: skip
def test_what_cannot_be_read(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_page(name, data, TODAY, DEFAULT)
    assert str(raised.value) == f"{name}: {sentence}"
