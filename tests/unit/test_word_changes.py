"""Tracked changes of a Word file: refused, or accepted or rejected as it is asked."""

from __future__ import annotations

import pytest

from gazette.errors import SourceError
from word_files import changed, docx, numbering, paragraph, read, run, table

INSERTED, DELETED = '<w:ins w:author="Ann"/>', '<w:del w:author="Ann"/>'


def marked(mark: str, *runs: str) -> str:
    """Return a paragraph whose own mark is inserted or deleted."""
    return paragraph(*runs).replace("<w:pPr>", f"<w:pPr><w:rPr>{mark}</w:rPr>", 1)


def texts(*body: str) -> tuple[str, str]:
    """Return the text with all changes accepted, and with all rejected."""
    data = docx(*body)
    return read(data, "accept")[0].rstrip("\n"), read(data, "reject")[0].rstrip("\n")


def test_a_file_with_changes_is_refused() -> None:
    body = paragraph("We keep it ", changed("del", run("30")), changed("ins", run("14")), " days.")
    with pytest.raises(SourceError, match="nobody has decided") as raised:
        read(docx(paragraph("Data"), body))
    assert "(1 deletion, 1 insertion), the first in “We keep it" in str(raised.value)
    assert "--changes accept or --changes reject" in str(raised.value)


def test_changes_are_counted_in_the_list() -> None:
    body = paragraph("We keep ", changed("ins", run("all ")), changed("ins", run("of ")), "it.")
    text, left_out = read(docx(body), "reject")
    assert text == "We keep it.\n"
    assert left_out == [
        "Throughout the text: tracked changes (2 insertions). All were rejected, as --changes says."
    ]


def test_words() -> None:
    body = paragraph("We keep it ", changed("del", run("30")), changed("ins", run("14")), " days.")
    assert texts(body) == ("We keep it 14 days.", "We keep it 30 days.")


def test_passages_that_were_moved() -> None:
    body = (paragraph(changed("moveFrom", run("One. ")), "Two."),
            paragraph("Three. ", changed("moveTo", run("One."))))  # fmt: skip
    assert texts(*body) == ("Two.\n\nThree. One.", "One. Two.\n\nThree.")


def test_marks_of_paragraphs() -> None:
    joined = (marked(DELETED, "We keep "), paragraph("all of it."))
    assert texts(*joined) == ("We keep all of it.", "We keep\n\nall of it.")
    parted = (marked(INSERTED, "We keep "), paragraph("all of it."))
    assert texts(*parted) == ("We keep\n\nall of it.", "We keep all of it.")
    gone = (paragraph("a"), marked(DELETED, changed("del", run("b"))), paragraph("c"))
    assert texts(*gone) == ("a\n\nc", "a\n\nb\n\nc")
    several = (marked(DELETED, "a "), marked(DELETED, changed("del", run("b "))), paragraph("c"))
    assert texts(*several) == ("a c", "a\n\nb\n\nc")


def test_a_paragraph_before_a_table_is_joined_with_nothing() -> None:
    body = (marked(DELETED, "a"), table(("b", "c")), paragraph("d"))
    assert texts(*body)[0] == "a\n\n| b | c |\n| --- | --- |\n\nd"


def test_rows() -> None:
    rows = table(("Data", "Days"), ("Name", "30"), ("Phone", "60"))
    head, tail = "| Data | Days |\n| --- | --- |", "| Phone | 60 |"
    for mark, kept_by in ((DELETED, 1), (INSERTED, 0)):
        body = rows.replace("<w:tr>", f"<w:tr><w:trPr>{mark}</w:trPr>")
        body = body.replace(f"<w:tr><w:trPr>{mark}</w:trPr>", "<w:tr>", 1)
        last = body.rindex("<w:trPr>")
        body = body[:last] + body[last:].replace(f"<w:trPr>{mark}</w:trPr>", "", 1)
        whole = f"{head}\n| Name | 30 |\n{tail}"
        expected = {kept_by: whole, 1 - kept_by: f"{head}\n{tail}"}
        assert texts(body) == (expected[0], expected[1])


def test_a_table_of_deleted_rows_is_gone() -> None:
    body = table(("a", "b")).replace("<w:tr>", f"<w:tr><w:trPr>{DELETED}</w:trPr>")
    assert texts(paragraph("x"), body)[0] == "x"


def test_cells() -> None:
    cell = "<w:tc><w:tcPr><w:cellDel/></w:tcPr>" + paragraph("b") + "</w:tc>"
    body = table(("a", "c")).replace("<w:tc>", f"{cell}<w:tc>", 1)
    assert texts(body) == ("| a | c |\n| --- | --- |", "| b | a | c |\n| --- | --- | --- |")


def test_forms() -> None:
    run_change = "<w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange>"
    bold = run("all", "b").replace("</w:rPr>", f"{run_change}</w:rPr>")
    assert texts(paragraph("We keep ", bold)) == ("We keep **all**", "We keep *all*")
    level = '<w:pPrChange><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:pPrChange>'
    body = paragraph("Scope").replace("<w:pPr>", f'<w:pPr><w:outlineLvl w:val="0"/>{level}')
    assert texts(body) == ("## Scope", "Scope")


def test_changes_in_footnotes_count() -> None:
    parts = {
        "footnotes": f'<w:footnote w:id="1">{paragraph(changed("ins", run("x")))}</w:footnote>'
    }
    with pytest.raises(SourceError, match="1 insertion"):
        read(docx(paragraph("a"), parts=parts))


def test_a_number_that_is_inserted() -> None:
    counted = paragraph("Clause", number=(1, 0)).replace("</w:numPr>", f"{INSERTED}</w:numPr>")
    data = docx(counted, numberings=(numbering(1, ("decimal", "%1.")),))
    assert [read(data, changes)[0] for changes in ("accept", "reject")] == [
        "1. Clause\n",
        "Clause\n",
    ]


def test_a_refusal_quotes_a_paragraph_as_it_would_be_with_its_changes() -> None:
    body = paragraph("It costs ", changed("del", run("30")), changed("ins", run("14")), " euros.")
    with pytest.raises(SourceError, match="“It costs 14 euros"):
        read(docx(body))
    with pytest.raises(SourceError, match="“Nobody pays"):
        read(docx(paragraph(changed("del", run("Nobody pays.")))))


W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ('<w:customXmlInsRangeStart w:author="Ann"/>', "customXmlInsRangeStart"),
        ('<w:customXmlMoveFromRangeStart w:author="Ann"/>', "customXmlMoveFromRangeStart"),
        (f'<x:conflictIns xmlns:x="{W14}" w:author="Ann"/>', "conflictIns"),
    ],
)
@pytest.mark.parametrize("changes", ["", "accept", "reject"])
def test_a_change_of_a_rare_kind_is_refused_by_its_name(mark: str, name: str, changes: str) -> None:
    body = paragraph("We keep it.") + mark
    with pytest.raises(SourceError, match=rf"rare kind \({name}\)"):
        read(docx(body), changes)


def test_the_bounds_of_a_passage_that_moved_are_no_change_of_their_own() -> None:
    bounds = '<w:moveFromRangeStart w:author="Ann"/>', '<w:moveToRangeStart w:author="Ann"/>'
    assert texts(*bounds, paragraph("We keep it.")) == ("We keep it.", "We keep it.")
