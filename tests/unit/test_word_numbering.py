"""Numbers that Word counts and does not write: each paragraph arrives with its own."""

from __future__ import annotations

import pytest

from gazette.errors import SourceError
from word_files import docx, level, numbering, paragraph, read, style, table

HEADINGS = (style("H1", "heading 1", number=1), style("H2", "heading 2", number=1))


def restart(number: int, of: int, start: int) -> str:
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
    )


def numbered(*lines: tuple[str, int], numberings: tuple[tuple[str, str], ...]) -> str:
    body = (paragraph(text, number=(1, depth)) for text, depth in lines)
    return read(docx(*body, numberings=numberings))[0]


def test_outline_of_a_contract() -> None:
    outline = numbering(
        1,
        level(0, "upperRoman", "Chapter %1:", '<w:pStyle w:val="H1"/>'),
        level(1, "decimalZero", "Clause %1.%2", '<w:isLgl/><w:pStyle w:val="H2"/>'),
    )
    body = [paragraph(*entry[:1], style=entry[1]) for entry in (("Goods", "H1"), ("Price", "H2"),
            ("Law", "H1"), ("Courts", "H2"), ("Language", "H2"))]  # fmt: skip
    assert read(docx(*body, styles=HEADINGS, numberings=(outline,)))[0] == (
        "## Chapter I: Goods\n\n### Clause 1.01 Price\n\n"
        "## Chapter II: Law\n\n### Clause 2.01 Courts\n\n### Clause 2.02 Language\n"
    )


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ("", ["(1)", "(1)", "(2)"]),
        ('<w:lvlRestart w:val="0"/>', ["(1)", "(2)", "(3)"]),
        ('<w:lvlRestart w:val="1"/>', ["(1)", "(1)", "(2)"]),
    ],
)
def test_levels_that_begin_anew(more: str, numbers: list[str]) -> None:
    marked = numbering(1, level(0, "decimal", "Part %1"), level(1, "decimal", "(%2)", more))
    body = numbered(("a", 0), ("b", 1), ("c", 0), ("d", 1), ("e", 1), numberings=(marked,))
    shown = [line.split()[0] for line in body.splitlines() if line.startswith("(")]
    assert shown == numbers


def test_a_level_restarts_only_behind_the_named_one() -> None:
    levels = (level(0, "decimal", "A%1"), level(1, "decimal", "B%2"),
              level(2, "decimal", "C%3", '<w:lvlRestart w:val="1"/>'))  # fmt: skip
    lines = (("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 0), ("g", 2))
    body = numbered(*lines, numberings=(numbering(1, *levels),))
    assert body.split("\n\n") == ["A1 a", "B1 b", "C1 c", "B2 d", "C2 e", "A2 f", "C1 g\n"]


def test_a_style_that_states_its_level_alone_is_in_the_numbering_it_is_based_on() -> None:
    deeper = style("B", "b", based_on="A").replace(
        "</w:style>", '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    outline = numbering(1, level(0, "decimal", "Part %1"), level(1, "decimal", "%1.%2"))
    body = [paragraph(words, style=words[0].upper()) for words in ("a", "b", "bb", "aa", "bbb")]
    styles = (style("A", "a", number=1), deeper)
    shown, _ = read(docx(*body, styles=styles, numberings=(outline,)))
    numbers = [line.split()[-2] for line in shown.splitlines() if line]
    assert numbers == ["1", "1.1", "1.2", "2", "2.1"]


def test_styles_of_lists() -> None:
    named = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/>'
    named += "</w:numPr></w:pPr></w:style>"
    linked = numbering(1, more='<w:numStyleLink w:val="L"/>')
    holder = numbering(2, level(0, "upperLetter", "§ %1"), more='<w:styleLink w:val="L"/>')
    body = [paragraph("x", number=(1, 0)), paragraph("y", number=(1, 0))]
    data = docx(*body, styles=(named,), numberings=(linked, holder))
    assert read(data)[0] == "§ A x\n\n§ B y\n"


def test_a_list_that_begins_anew_is_kept_apart() -> None:
    counted = numbering(1, ("decimal", "%1."))
    again = (counted[0], counted[1] + restart(2, 1, 1) + restart(3, 1, 5))
    body = [paragraph(text, number=(number, 0)) for text, number in
            (("a", 1), ("b", 1), ("c", 2), ("d", 2), ("e", 3))]  # fmt: skip
    assert read(docx(*body, numberings=(again,)))[0] == (
        "1. a\n2. b\n\n<!-- -->\n\n1. c\n2. d\n\n<!-- -->\n\n5. e\n"
    )


def test_empty_paragraphs_count() -> None:
    counted = numbering(1, ("decimal", "%1."))
    body = numbered(("a", 0), ("", 0), ("c", 0), numberings=(counted,))
    assert body == "1. a\n\n2\\.\n\n3. c\n"


def test_letters_inside_a_numbered_list_stay_in_their_item() -> None:
    counted = numbering(1, ("decimal", "%1."), ("lowerLetter", "(%2)"))
    body = numbered(("a", 0), ("b", 1), ("c", 1), ("d", 0), numberings=(counted,))
    assert body == "1. a\n\n    (a) b\n\n    (b) c\n\n2. d\n"


def test_a_nested_list_without_its_outer_one_keeps_its_letters() -> None:
    counted = numbering(1, ("decimal", "%1."), ("lowerLetter", "%2."))
    assert numbered(("a", 1), ("b", 1), numberings=(counted,)) == "a. a\n\nb. b\n"


def test_numbers_in_cells_are_text() -> None:
    counted = numbering(1, ("decimal", "%1."))
    cell = paragraph("x", number=(1, 0)) + paragraph("y", number=(1, 0))
    data = docx(table(("A", "B")).replace(paragraph("A"), cell), numberings=(counted,))
    assert "1. x<br>2. y | B" in read(data)[0]


@pytest.mark.parametrize(
    ("form", "text", "more", "shown"),
    [
        ("ordinalText", "%1:", "", "First: x"),
        ("chineseCounting", "第%1条", '<w:suff w:val="nothing"/>', "第一条x"),
        ("none", "", "", "x"),
        ("none", "Article", "", "Article x"),
        ("decimal", "%1)", "<w:rPr><w:vanish/></w:rPr>", "x"),
        ("bullet", "Note:", "", "Note: x"),
        ("bullet", "\uf0b7", "", "- x"),
    ],
)
def test_forms_of_markers(form: str, text: str, more: str, shown: str) -> None:
    marked = numbering(1, level(0, form, text, more))
    assert numbered(("x", 0), numberings=(marked,)) == f"{shown}\n"


def test_parentheses_behind_numbers_stay() -> None:
    marked = numbering(1, level(0, "decimal", "%1)"))
    assert numbered(("a", 0), ("b", 0), numberings=(marked,)) == "1) a\n2) b\n"


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(SourceError, match="counts in a form that is not known here"):
        numbered(("x", 0), numberings=(numbering(1, level(0, "thaiCounting", "%1.")),))


def test_numbers_in_words_of_another_language_are_refused() -> None:
    german = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault>'
    marked = numbering(1, level(0, "ordinalText", "%1:"))
    data = docx(paragraph("x", number=(1, 0)), styles=(f"{german}</w:docDefaults>",),
                numberings=(marked,))  # fmt: skip
    with pytest.raises(SourceError, match="ordinalText"):
        read(data)


def test_a_clause_in_the_style_of_a_heading_is_none() -> None:
    clause = "The supplier keeps all records of its work for the customer for five years, and " * 2
    counted = numbering(1, ("decimal", "%1"), ("decimal", "%2"))
    body = (paragraph("Records", style="H1"), paragraph(f"{clause}more.", style="H2"))
    data = docx(*body, styles=HEADINGS, numberings=(counted,))
    shown = read(data)[0]
    assert shown.startswith("## 1 Records\n\n")
    assert shown.count("#") == 2


def test_numbers_of_one_length() -> None:
    form = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    counted = numbering(1, level(0, "x", "%1.").replace('<w:numFmt w:val="x"/>', form))
    assert numbered(("a", 0), ("b", 0), numberings=(counted,)) == "001\\. a\n\n002\\. b\n"


def test_signs_that_say_yes_or_no() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    signs = numbering(1, level(0, "bullet", "\uf0fc", font), level(1, "bullet", "✗"))
    assert numbered(("copy", 0), ("sell", 1), numberings=(signs,)) == "✓ copy\n\n✗ sell\n"
