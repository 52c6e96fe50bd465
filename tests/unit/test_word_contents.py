"""What stands in and around the paragraphs of a Word file: it arrives at its place, or is named."""

from __future__ import annotations

import io
import zipfile

import pytest

from gazette.imports.word.word_file import read_docx
from word_files import (
    bookmark,
    docx,
    link,
    note,
    numbering,
    paragraph,
    picture,
    read,
    run,
    style,
    table,
    text_box,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
NAME = "1e044b438d24ef5e.png"
HEADING = style("H", "heading 1")


def text(*body: str) -> str:
    return read(docx(*body, styles=(HEADING,)))[0].rstrip("\n")


def test_links_of_headings_and_columns_in_cells_are_named() -> None:
    inner = table(("EU", "5"), ("US", "6"))
    nested = table(("Fees", "x")).replace(paragraph("x"), f"{inner}{paragraph('')}")
    heading = paragraph("See ", link("the act", "r1"), style="H")
    data = docx(heading, nested, styles=(HEADING,), links={"r1": "https://a.example"})
    shown, left_out = read(data)
    assert "| Fees | EU<br>5<br>US<br>6 |" in shown
    assert left_out == [
        "“See the act”: The address of the link “the act”, “https://a.example”. "
        "A heading holds no link here: its words alone are here.",
        "“EU 5 US 6”: the columns of a table inside a cell, “EU 5 US 6”. "
        "No table here stands inside another: its cells are lines of that one's cell.",
    ]


def test_letters_are_capitals_where_word_shows_them_so() -> None:
    shouting = "<w:style w:styleId='S'><w:name w:val='S'/><w:rPr><w:caps/></w:rPr></w:style>"
    body = (
        paragraph(run("Law", ["caps"]), style="H"),
        paragraph("We ", run("disclaim", ["caps"]), " all."),
        paragraph("No fees.", style="S"),
    )
    shown, _ = read(docx(*body, styles=(HEADING, shouting)))
    assert shown == "## Law\n\nWe DISCLAIM all.\n\nNO FEES.\n"


# ---- notes ----


def notes(kind: str, *texts: str) -> str:
    separator = f'<w:{kind} w:type="separator" w:id="0">{paragraph("---")}</w:{kind}>'
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return separator + "".join(
        f'<w:{kind} w:id="{number}">{paragraph(mark, f" {words}")}</w:{kind}>'
        for number, words in enumerate(texts, 1)
    )


def test_footnotes_stand_behind_the_text_in_the_order_of_their_references() -> None:
    body = (paragraph("We keep it", note("footnote", 2), "."), paragraph("b", note("footnote", 1)))
    data = docx(*body, parts={"footnotes": notes("footnote", "Backups.", "For 30 days.")})
    assert read(data)[0] == "We keep it[^1].\n\nb[^2]\n\n[^1]: For 30 days.\n\n[^2]: Backups.\n"


@pytest.mark.parametrize(
    ("kind", "form", "named"),
    [
        ("footnote", "", []),
        ("footnote", '<w:numFmt w:val="lowerRoman"/>', ["Footnotes"]),
        ("footnote", '<w:numStart w:val="4"/>', ["Footnotes"]),
        ("footnote", '<w:numRestart w:val="eachPage"/>', ["Footnotes"]),
        ("endnote", "", ["Endnotes"]),
        ("endnote", '<w:numFmt w:val="decimal"/>', []),
    ],
)
def test_notes_with_other_numbers_are_named(kind: str, form: str, named: list[str]) -> None:
    section = f"<w:sectPr><w:{kind}Pr>{form}</w:{kind}Pr></w:sectPr>"
    body = paragraph("a", note(kind, 1))
    left_out = read(docx(body, section, parts={f"{kind}s": notes(kind, "N.")}))[1]
    reason = "the numbers of 1 {}. They are footnotes from 1 on."
    assert left_out == [f"{name}: {reason.format(name.lower())}" for name in named]


def test_endnotes_follow_footnotes_and_say_so() -> None:
    body = paragraph("a", note("endnote", 1), "b", note("footnote", 1))
    parts = {"footnotes": notes("footnote", "F."), "endnotes": notes("endnote", "E.")}
    shown, left_out = read(docx(body, parts=parts))
    assert shown == "a[^e1]b[^1]\n\n[^1]: F.\n\n[^e1]: E.\n"
    assert left_out == ["Endnotes: the numbers of 1 endnotes. They are footnotes from 2 on."]


def test_notes_in_headings_cells_and_links() -> None:
    parts = {"footnotes": notes("footnote", "One.", "Two.", "Three.")}
    words = link("terms", "r1").replace("</w:hyperlink>", f"{note('footnote', 3)}</w:hyperlink>")
    body = (
        paragraph("Fees", note("footnote", 1), style="H"),
        table(("a", "b")).replace(run("b"), run("b") + note("footnote", 2)),
        paragraph(words, "."),
    )
    data = docx(*body, styles=(HEADING,), parts=parts, links={"r1": "https://a.example/"})
    assert read(data)[0].startswith(
        "## Fees[^1]\n\n| a | b[^2] |\n| --- | --- |\n\n[terms](https://a.example/)[^3].\n"
    )


def test_a_note_with_a_mark_of_its_own() -> None:
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    data = docx(paragraph("a", reference), parts={"footnotes": notes("footnote", "One.")})
    assert read(data)[0] == "a[^1]\n\n[^1]: One.\n"


def test_a_note_of_several_blocks() -> None:
    held = paragraph("One.") + paragraph("x", number=(1, 0)) + paragraph("y", number=(1, 0))
    data = docx(paragraph("a", note("footnote", 1)), numberings=(numbering(1, ("decimal", "%1.")),),
                parts={"footnotes": f'<w:footnote w:id="1">{held}</w:footnote>'})  # fmt: skip
    assert read(data)[0] == "a[^1]\n\n[^1]: One.\n\n    1. x\n    2. y\n"


# ---- drawings ----


def test_images_are_files_named_by_what_they_show() -> None:
    data = docx(paragraph("See ", picture("p", "A tree"), picture("q")), files={"p": PNG, "q": PNG})
    word = read_docx(data)
    assert word.images == {NAME: PNG}
    assert read(data)[0] == f"See ![A tree](../assets/{NAME})![](../assets/{NAME})\n"


def test_images_of_headings_stand_behind_them() -> None:
    data = docx(paragraph("Fees", picture("p"), style="H"), styles=(HEADING,), files={"p": PNG})
    assert read(data)[0] == f"## Fees\n\n![](../assets/{NAME})\n"


@pytest.mark.parametrize(
    ("drawn", "what"),
    [
        (picture("seal.emf", "A seal"), "a picture “A seal” in EMF"),
        (picture("none"), "a picture"),
        (picture("far"), "a picture at https://a.example/i.png"),
        (
            '<w:r><w:drawing><a:graphic><a:graphicData uri="http://x/chart"/></a:graphic>'
            "</w:drawing></w:r>",
            "a chart",
        ),
        ("<w:r><w:pict><v:line/></w:pict></w:r>", "a drawing"),
        (
            '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>',
            "an embedded object (Excel)",
        ),
        (
            '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>',
            "lettering “DRAFT”",
        ),
    ],
)
def test_what_no_page_shows_is_named(drawn: str, what: str) -> None:
    data = docx(
        paragraph("x", drawn), links={"far": "https://a.example/i.png"}, files={"seal.emf": b"1"}
    )
    left_out = read(data)[1]
    assert len(left_out) == 1
    assert left_out[0].startswith(f"Paragraph 1, “x”: {what}")


def test_text_boxes_stand_behind_their_paragraph_once() -> None:
    box = text_box(paragraph("Fees", style="H"), paragraph("Call us."))
    assert text(paragraph("a", box, "b"), paragraph("c")) == "ab\n\n## Fees\n\nCall us.\n\nc"


def test_a_text_box_of_old_files() -> None:
    held = f"<v:shape><v:textbox><w:txbxContent>{paragraph('Box.')}</w:txbxContent></v:textbox>"
    assert text(paragraph(f"<w:r><w:pict>{held}</v:shape></w:pict></w:r>")) == "Box."


def test_a_dropped_capital_belongs_to_its_word() -> None:
    frame = paragraph("W").replace("<w:pPr>", '<w:pPr><w:framePr w:dropCap="drop"/>')
    assert text(frame, paragraph("e keep it.")) == "We keep it."


# ---- letters ----


@pytest.mark.parametrize(
    ("letters", "shown"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Arial" w:char="00A7"/>', "§"),
        ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>ab</w:t>', "αβ"),
        ("<w:noBreakHyphen/>", "\u2011"),
        ("<w:ptab/><w:softHyphen/>", ""),
        (
            "<w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r>"
            "</w:rubyBase></w:ruby>",
            "東(とう)",
        ),
    ],
)
def test_letters_as_they_are_shown(letters: str, shown: str) -> None:
    assert text(paragraph("x ", f"<w:r>{letters}</w:r>")) == f"x {shown}".rstrip()


def test_unknown_symbols_are_named() -> None:
    left_out = read(docx(paragraph("x", '<w:r><w:sym w:font="Logos" w:char="F041"/></w:r>')))[1]
    assert left_out[0].startswith("Paragraph 1, “x”: a symbol of the font Logos (number F041).")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>",
         "(a+b)/2"),
        ("<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>",
         "x<sup>2</sup>"),
        ("<m:rad><m:deg/><m:e><m:r><m:t>n</m:t></m:r></m:e></m:rad>", "√n"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i</m:t></m:r></m:sub>'
         "<m:e><m:r><m:t>k</m:t></m:r></m:e></m:nary>", "∑<sub>i</sub>k"),
        ("<m:d><m:e><m:r><m:t>a</m:t></m:r></m:e><m:e><m:r><m:t>b</m:t></m:r></m:e></m:d>",
         "(a|b)"),
        ("<m:m><m:mr><m:e><m:r><m:t>1</m:t></m:r></m:e><m:e><m:r><m:t>2</m:t></m:r></m:e></m:mr>"
         "<m:mr><m:e><m:r><m:t>3</m:t></m:r></m:e></m:mr></m:m>", "1, 2; 3"),
        ("<m:func><m:fName><m:r><m:t>sin</m:t></m:r></m:fName><m:e><m:r><m:t>x</m:t></m:r></m:e>"
         "</m:func>", "sin x"),
    ],
)  # fmt: skip
def test_formulas(formula: str, shown: str) -> None:
    assert text(paragraph("y=", f"<m:oMath>{formula}</m:oMath>")) == f"y={shown}"


def test_neighbouring_bold_runs_are_one() -> None:
    assert text(paragraph(run("第", "b"), run("一", "b"), run("条", "b"), " x")) == "**第一条** x"


# ---- hidden ----


def test_hidden_text_is_no_text() -> None:
    styles = (
        '<w:style w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    by_style = run("b").replace("<w:rPr>", '<w:rPr><w:rStyle w:val="C"/>')
    shown = run("d").replace("<w:rPr>", '<w:rPr><w:vanish w:val="0"/>')
    body = (paragraph("x", run("a", ["vanish"]), by_style), paragraph("c", shown, style="P"))
    shown, (line,) = read(docx(*body, styles=styles))
    assert shown == "x\n\nd\n"
    assert line.startswith("Throughout the text: hidden text in 2 paragraphs, first “a b”.")


def test_hidden_paragraphs_and_rows_do_not_count() -> None:
    hidden = paragraph(run("b", ["vanish"]), number=(1, 0))
    hidden = hidden.replace("</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>")
    body = (paragraph("a", number=(1, 0)), hidden, paragraph("c", number=(1, 0)))
    row = table(("a", "b"), ("c", "d"))
    row = (
        row[: row.rindex("<w:tr>")]
        + "<w:tr><w:trPr><w:hidden/></w:trPr>"
        + row[row.rindex("<w:tr>") + 6 :]
    )
    data = docx(*body, row, numberings=(numbering(1, ("decimal", "%1.")),))
    assert read(data)[0] == "1. a\n2. c\n\n| a | b |\n| --- | --- |\n"


def test_hidden_rows_and_drawings_are_named() -> None:
    row = "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>" + paragraph("Rebate") + "</w:tc></w:tr>"
    box = text_box(paragraph("Draft")).replace(
        "<w:drawing>", '<w:drawing><wp:anchor><wp:docPr hidden="1"/></wp:anchor>'
    )
    shown, (line,) = read(
        docx(table(("Fee",)).replace("</w:tbl>", f"{row}</w:tbl>"), paragraph(box))
    )
    assert shown == "Fee\n"
    assert line.startswith("Throughout the text: hidden text in 2 paragraphs, first “Rebate”.")


def test_a_hidden_shape_hides_no_other() -> None:
    box = f"<v:textbox><w:txbxContent>{paragraph('Rebate')}</w:txbxContent></v:textbox>"
    shapes = f'<v:shape style="visibility:hidden">{box}</v:shape><v:shape>{box}</v:shape>'
    drawn = f"<w:r><w:pict><v:group>{shapes}</v:group></w:pict></w:r>"
    assert text(paragraph("Fee", drawn)) == "Fee\n\nRebate"


def test_white_letters_are_hidden_on_white_alone() -> None:
    white = run("us").replace("<w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/>')
    assert text(paragraph("Ask ", white, "first.")) == "Ask first."
    ground = white.replace("<w:rPr>", '<w:rPr><w:shd w:fill="000000"/>')
    assert text(paragraph("Ask ", ground, " first.")) == "Ask us first."
    row = '<w:tr><w:tblPrEx><w:shd w:fill="000000"/></w:tblPrEx>'
    head = f"<w:tbl><w:tblPr/>{row}<w:tc>{paragraph(white)}</w:tc></w:tr></w:tbl>"
    assert text(head, paragraph("Ask.")) == "us\n\nAsk."


def test_words_before_a_hidden_mark_go_on_with_the_next_paragraph() -> None:
    opening = paragraph("You pay ").replace("</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>")
    assert text(opening, paragraph("each May.")) == "You pay each May."
    heading = paragraph("Fees", style="H").replace("</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>")
    assert text(heading, paragraph("You pay.")) == "## Fees\n\nYou pay."


def test_looks_of_letters_and_lines_to_write_on() -> None:
    assert text(paragraph(run("Fee", "u"), " and ", run("x", ["highlight"]))) == (
        "<u>Fee</u> and <mark>x</mark>"
    )
    plain = run("Fee").replace("<w:rPr>", '<w:rPr><w:u w:val="none"/>')
    assert text(paragraph(plain)) == "Fee"
    line = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>'
    assert text(paragraph("Name: ", line)) == "Name: <u>\\_\\_\\_\\_</u>"


def test_pages_and_columns_part_words() -> None:
    end = '<w:r><w:br w:type="page"/></w:r>'
    assert text(paragraph(end, "one", end, "two", end)) == "one  \ntwo"
    assert text(paragraph(end), paragraph("one")) == "one"


# ---- tables ----


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def test_joined_cells() -> None:
    start, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell("a", '<w:gridSpan w:val="2"/>') + cell("b"),
        cell("c", start) + cell("d") + cell("e"),
        cell("unseen", goes_on) + cell("f") + cell("g"),
    )
    wrapped = f"<w:sdt><w:sdtContent><w:tr>{rows[1]}</w:tr></w:sdtContent></w:sdt>"
    body = f"<w:tbl><w:tr>{rows[0]}</w:tr>{wrapped}<w:tr>{rows[2]}</w:tr></w:tbl>"
    assert text(body) == "| a |  | b |\n| --- | --- | --- |\n| c | d | e |\n|  | f | g |"


def test_cells_before_a_row() -> None:
    rows = table(("a", "b"), ("c",))
    place = rows.rindex("<w:tr>")
    shifted = f'{rows[:place]}<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{rows[place + 6 :]}'
    assert text(shifted) == "| a | b |\n| --- | --- |\n|  | c |"


# ---- around the text ----


def test_headers_footers_and_comments_are_named() -> None:
    section = '<w:sectPr><w:headerReference r:id="header"/><w:footerReference r:id="footer"/>'
    parts = {
        "header": paragraph("Acme – confidential"),
        "footer": paragraph("Page 1"),
        "comments": f'<w:comment w:id="4">{paragraph("Is that so?")}</w:comment>',
    }
    mark = '<w:r><w:commentReference w:id="4"/></w:r>'
    shown, left_out = read(docx(paragraph("a", mark), f"{section}</w:sectPr>", parts=parts))
    assert shown == "a\n"
    assert [line.split(".")[0] for line in left_out] == [
        "Paragraph 1, “a”: a comment “Is that so?”",
        "Header: “Acme – confidential”",
        "Footer: “Page 1”",
    ]


def test_links_that_lead_to_no_place_on_the_web_are_words_and_named() -> None:
    data = docx(paragraph(link("terms", "r1"), "."), links={"r1": "file:///C:/terms.docx"})
    shown, left_out = read(data)
    assert shown == "terms.\n"
    assert left_out[0].startswith("Paragraph 1, “terms.”: the address of “terms”, file:///C:/")


def test_other_files_in_a_file_are_named() -> None:
    left_out = read(docx(paragraph("a"), '<w:altChunk r:id="x"/>'))[1]
    assert left_out[0].startswith("Paragraph 1, “a”: another file.")


def test_content_controls_and_smart_tags() -> None:
    inner = "<w:smartTag><w:r><w:t>1 May</w:t></w:r></w:smartTag>"
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    assert text(paragraph("From ", control, bookmark("x"), ".")) == "From 1 May."


def test_what_stands_in_a_place_to_fill_in_is_named() -> None:
    empty = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = empty.replace("<w:showingPlcHdr/>", '<w:showingPlcHdr w:val="0"/>')
    inline = paragraph("Sold to ", empty.format(run("Name")), filled.format(run("Ann")), ".")
    shown, left_out = read(docx(inline, empty.format(paragraph("Choose a day"))))
    assert shown == "Sold to Ann.\n"
    assert [line.split(".")[0] for line in left_out] == [
        "“Sold to NameAnn",
        "“Choose a day”: a place to fill in, “Choose a day”",
    ]


# ---- the package ----


def repacked(data: bytes, change: dict[str, str], old: str = "", new: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as file:
        for name in source.namelist():
            content = source.read(name).decode().replace(old or "\0", new)
            file.writestr(change.get(name, name), content)
        if "_rels/.rels" in change:
            file.writestr("_rels/.rels", change["_rels/.rels"])
    return written.getvalue()


def test_a_text_under_another_name() -> None:
    relation = '<Relationship Id="r" Type="x/officeDocument" Target="/word/document2.xml"/>'
    moved = {
        "word/document.xml": "word/document2.xml",
        "word/_rels/document.xml.rels": "word/_rels/document2.xml.rels",
        "_rels/.rels": f"<Relationships>{relation}</Relationships>",
    }
    data = docx(paragraph(link("a", "r1")), links={"r1": "https://a.example/"})
    assert read(repacked(data, moved))[0] == "[a](https://a.example/)\n"


def test_the_strict_form_of_the_format() -> None:
    spaces = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = docx(paragraph("Fees", style="H"), styles=(HEADING,))
    strict = repacked(data, {}, spaces, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read(strict)[0] == "## Fees\n"
