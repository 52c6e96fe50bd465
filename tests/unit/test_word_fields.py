"""Fields of a Word file: what they show arrives, what only paper needs is named."""

from __future__ import annotations

import pytest

from gazette.errors import SourceError
from word_files import bookmark, docx, field, link, paragraph, read, run, style

STYLES = (style("H", "heading 1"), style("TOC1", "toc 1"))
LISTED = "The site makes its own from the headings."


def text(*body: str) -> str:
    return read(docx(*body, styles=STYLES))[0].rstrip("\n")


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        ("DATE \\@ yyyy", "2026"),
        ('IF 1 = 1 "yes" "no"', "yes"),
        ("FORMTEXT", "Acme"),
        ("PAGE", "3"),
        ("REF clause", "2.1"),
    ],
)
def test_what_a_field_shows(instruction: str, shown: str) -> None:
    assert text(paragraph("See ", field(instruction, shown), ".")) == f"See {shown}."


def test_links() -> None:
    address = "https://acme.example/terms"
    body = paragraph("Our ", field(f'HYPERLINK "{address}"', "terms", run(" here", "b")), ".")
    assert text(body) == f"Our [terms **here**]({address})."
    simple = (
        f'<w:fldSimple w:instr=" HYPERLINK &quot;{address}&quot; ">{run("terms")}</w:fldSimple>'
    )
    assert text(paragraph(simple)) == f"[terms]({address})"


@pytest.mark.parametrize(
    "instruction", ["REF _Ref1 \\h", "PAGEREF _Ref1 \\h", 'HYPERLINK \\l "_Ref1"']
)
def test_references_lead_to_headings(instruction: str) -> None:
    body = (
        paragraph("See ", field(instruction, "Rights"), "."),
        paragraph(bookmark("_Ref1"), "Your rights", style="H"),
        paragraph("Many."),
    )
    assert text(*body) == "See [Rights](#your-rights).\n\n## Your rights\n\nMany."


def test_a_reference_to_a_clause_leads_to_its_heading() -> None:
    body = (
        paragraph("Rights", style="H"), paragraph("One."), bookmark("c"), paragraph("Two."),
        paragraph("Law", style="H"), paragraph("See ", field("REF c \\r \\h", "1.2"), "."),
        paragraph("Or ", field("REF nowhere \\h", "1.3"), "."),
    )  # fmt: skip
    assert text(*body).endswith("See [1.2](#rights).\n\nOr 1.3.")


def test_headings_of_one_name_get_addresses_of_their_own() -> None:
    body = (
        paragraph("Fees", style="H"), paragraph(bookmark("b"), "Fees", style="H"),
        paragraph(field("REF b \\h", "Fees")),
    )  # fmt: skip
    assert text(*body) == "## Fees\n\n## Fees {: #fees-2 }\n\n[Fees](#fees-2)"


def test_links_inside_links_are_one() -> None:
    inner = link(f"Rights{'</w:t></w:r>'}{field('PAGEREF x', '2')}<w:r><w:t>", "r1")
    data = docx(paragraph(inner), links={"r1": "https://a.example/"})
    assert read(data)[0] == "[Rights2](https://a.example/)\n"


def test_neighbouring_links_to_one_place_are_one() -> None:
    data = docx(paragraph(link("ter", "r1"), link("ms", "r1")), links={"r1": "https://a.example/"})
    assert read(data)[0] == "[terms](https://a.example/)\n"


def test_tables_of_contents_are_named() -> None:
    begin, rest = field('TOC \\o "1-3"', "Scope 2").split("</w:t>", 1)
    body = (
        paragraph("Before."),
        paragraph(f"{begin}</w:t></w:r>"),
        paragraph(run("Term 5"), rest.removeprefix("</w:r>")),
        paragraph("After."),
    )
    shown, left_out = read(docx(*body))
    assert shown == "Before.\n\nAfter.\n"
    contents = "a table of contents of 2 lines, “Scope 2 Term 5”"
    assert left_out == [f"Throughout the text: {contents}. {LISTED}"]


def test_lines_of_contents_that_no_field_made_are_named() -> None:
    lines = paragraph("Contents", style="TH"), paragraph("Scope 2", style="TOC1"), paragraph("x")
    shown, left_out = read(docx(*lines, styles=(*STYLES, style("TH", "TOC Heading"))))
    assert shown == "x\n"
    contents = "a table of contents of 2 lines, “Contents Scope 2”"
    assert left_out == [f"Throughout the text: {contents}. {LISTED}"]


def form(data: str, name: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    instructed = f"<w:r><w:instrText>{name}</w:instrText></w:r>"
    return f'{begin}{instructed}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    ("data", "name", "shown"),
    [
        ("<w:checkBox><w:checked/></w:checkBox>", "FORMCHECKBOX", "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX", "☐"),
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/>'
            "</w:ddList>",
            "FORMDROPDOWN",
            "Yes",
        ),
        ("", 'SYMBOL 254 \\f "Wingdings"', "☑"),
        ("", "MACROBUTTON NoMacro Your name", "Your name"),
        ("", 'XE "Term"', ""),
    ],
)
def test_fields_without_a_result(data: str, name: str, shown: str) -> None:
    assert text(paragraph("I agree ", form(data, name))) == f"I agree {shown}".rstrip()


def test_fields_inside_instructions_show_nothing() -> None:
    inner = field("PAGE", "7")
    begin, rest = field("IF", "many").split("</w:instrText></w:r>", 1)
    assert text(paragraph(f"{begin}</w:instrText></w:r>{inner}{rest}", ".")) == "many."


@pytest.mark.parametrize("name", ["LISTNUM", "AUTONUMLGL"])
def test_fields_that_count_unseen_are_refused(name: str) -> None:
    with pytest.raises(SourceError, match=f"“Clause and so on” holds a number \\({name}\\)"):
        read(docx(paragraph("Clause ", form("", name), "and so on")))


def test_what_word_works_out_when_it_shows_it_is_named() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    instruction = "<w:r><w:instrText>EQ \\f(1,2)</w:instrText></w:r>"
    body = paragraph("Half: ", marks[0], instruction, marks[1])
    shown, (line,) = read(docx(body))
    assert shown == "Half:\n"
    assert line.startswith("“Half:”: a field, “EQ \\f(1,2)”. Word works out")
    (line,) = read(docx(paragraph("Today: ", '<w:fldSimple w:instr=" DATE "/>')))[1]
    assert line.startswith("“Today:”: a field, “DATE”. Word works out")
