"""A Word file: what a reader sees in Word is read on the page."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from gazette.errors import SourceError
from gazette.imports.draft import Draft, draft_of
from gazette.imports.word.word_file import read_docx
from word_files import docx, link, numbering, paragraph, run, style, table

STYLES = (style("T", "Title"), style("H1", "heading 1", number=7), style("H2", "heading 2"),
          style("H1small", "My heading", based_on="H1"))  # fmt: skip
HEADINGS = numbering(7, ("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))
BULLETS = numbering(8, ("bullet", "·"), ("bullet", "o"))
NUMBERS = numbering(9, ("decimal", "%1."), ("lowerLetter", "%2."))
LETTERS = numbering(10, ("lowerLetter", "(%1)"))


def draft(data: bytes) -> Draft:
    word = read_docx(data, "accept")
    made = draft_of(word.parts, word.title or "Untitled", date(2026, 11, 23), word.left_out)
    assert made
    return made


def made_of(*body: str, **rest: dict[str, str]) -> Draft:
    numberings = (HEADINGS, BULLETS, NUMBERS, LETTERS)
    return draft(docx(*body, styles=STYLES, numberings=numberings, links=rest.get("links")))


def test_whole_document() -> None:
    made = made_of(
        paragraph("Returns Policy", style="T"),
        paragraph("Version 2026-02-03.v2 Updated 2026-02-03"),
        paragraph("You can ", run("send ", "b"), run("back", "b"), run(" it", "i"), "."),
        paragraph("Time", style="H1"),
        paragraph("See our ", link("terms", "r1"), "."),
        paragraph("Parcels", number=(7, 1)),
        paragraph("Condition", style="H1small"),
        paragraph("unworn", number=(8, 0)),
        paragraph("clean", number=(8, 1)),
        paragraph("complete", number=(8, 0)),
        table(("What", "Days"), ("Shoes", "30")),
        links={"r1": "https://shop.example/terms"},
    )
    assert (made.title, str(made.version)) == ("Returns Policy", "2026-02-03.v2")
    assert made.body == (
        "You can **send back** *it*.\n\n"
        "## 1. Time\n\nSee our [terms](https://shop.example/terms).\n\n1.1 Parcels\n\n"
        "## 2. Condition\n\n- unworn\n    - clean\n- complete\n\n"
        "| What | Days |\n| --- | --- |\n| Shoes | 30 |\n"
    )


def test_numbered_lists_and_numbers_no_list_shows() -> None:
    made = made_of(
        paragraph("Title", style="T"),
        *(paragraph(text, number=(9, depth)) for text, depth in
          (("One", 0), ("in one", 1), ("Two", 0))),
        paragraph("Between."),
        paragraph("Three", number=(9, 0)),
        paragraph("lettered", number=(10, 0)),
        paragraph("again", number=(10, 0)),
    )  # fmt: skip
    assert made.body == (
        "1. One\n    1. in one\n2. Two\n\nBetween.\n\n3. Three\n\n(a) lettered\n\n(b) again\n"
    )


def test_tracked_changes_as_accepted() -> None:
    changed = (
        "<w:p><w:r><w:t>We keep it </w:t></w:r><w:del><w:r><w:delText>30</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>14</w:t></w:r></w:ins><w:r><w:t> days.</w:t><w:tab/><w:t>Always.</w:t>"
        "<w:br/><w:t>So.</w:t></w:r></w:p>"
    )
    assert made_of(changed).body == "We keep it 14 days. Always.  \nSo.\n"


def test_title_from_the_properties() -> None:
    assert draft(docx(paragraph("Text."), title="Terms")).title == "Terms"


def test_the_only_highest_heading_at_the_beginning_is_the_title() -> None:
    fees = [paragraph("Fees", style="Top"), paragraph("Card", style="Deep"), paragraph("Free.")]
    styles = (style("Top", "heading 1"), style("Deep", "heading 2"))
    made = draft(docx(*fees, styles=styles))
    assert (made.title, made.body) == ("Fees", "## Card\n\nFree.\n")
    assert draft(docx(*fees, *fees, styles=styles)).title == "Untitled"


@pytest.mark.parametrize("damage", ["no archive", "no document", "no xml", "cut"])
def test_what_is_no_word_file(damage: str) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("word/document.xml" if damage == "no xml" else "a.txt", "<w:")
    data = {"no archive": b"PK\x03\x04hello", "cut": docx(paragraph("x"))[:300]}
    with pytest.raises(SourceError, match="no Word file, or it is damaged"):
        read_docx(data.get(damage, written.getvalue()))


def test_entities_are_not_followed() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>See: &a;</w:t></w:r></w:p></w:body></w:document>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("word/document.xml", bomb)
    assert [part.text for part in read_docx(written.getvalue()).parts] == ["See:"]
