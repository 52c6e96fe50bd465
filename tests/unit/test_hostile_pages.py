"""Files made to stop an import: each is read, or refused in a sentence, within seconds."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest

from gazette.errors import SourceError
from gazette.imports.batch import without_progress
from gazette.imports.markdown_file import cleaned_text
from gazette.imports.page_import import read_folder, read_page
from gazette.imports.template_tags import with_plain_addresses
from gazette.text.markdown_settings import DEFAULT
from word_files import SPACES, docx, numbering, paragraph, style, table, text_box

WORD = "word/document.xml"
BIG = "9" * 5000


def body_of(name: str, data: bytes) -> str:
    policy = read_page(name, data, date(2026, 11, 23), DEFAULT)
    return policy.newest.read().decode().partition("---\n\n")[2]


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(SourceError) as error:
        read_page(name, data, date(2026, 11, 23), DEFAULT)
    assert str(error.value).startswith(f"{name}: ")
    return str(error.value)


# ---- Word ----


def packed(content: str, packing: int = zipfile.ZIP_DEFLATED, **others: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as parts:
        parts.writestr(WORD, content)
        for name, text in others.items():
            parts.writestr(f"word/{name}.xml", text)
    return file.getvalue()


def document(body: str) -> str:
    return f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def patched(data: bytes, at: int, value: int) -> bytes:
    """Change a field of two bytes in both records that a file's part has."""
    changed = bytearray(data)
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    for place in (local + at, central + at + 2):
        changed[place : place + 2] = value.to_bytes(2, "little")
    return bytes(changed)


def test_a_word_file_with_a_password() -> None:
    data = patched(packed(document(paragraph("Text"))), 6, 1)
    assert "protected by a password" in refusal("a.docx", data)


@pytest.mark.parametrize("packing", [1, 9, 12, 14, 93, 99])
def test_a_word_file_in_an_unknown_packing(packing: int) -> None:
    data = patched(packed(document(paragraph("Text"))), 8, packing)
    assert "no Word file, or it is damaged" in refusal("a.docx", data)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_word_file_in_a_packing_without_bounds(packing: int) -> None:
    data = packed(document(paragraph("Text")), packing)
    assert "no Word file, or it is damaged" in refusal("a.docx", data)


def test_a_word_file_that_unpacks_to_more() -> None:
    text = "a" * 9_000_000
    assert "larger than 20 MB" in refusal("a.docx", packed(document(paragraph(text, text, text))))
    styles = f"<w:styles {SPACES}>{' ' * 19_999_900}</w:styles>"
    data = packed(document(paragraph("Text")), styles=styles)
    assert "larger than 20 MB" in refusal("a.docx", data)


def test_a_word_file_that_states_a_wrong_size() -> None:
    data = bytearray(packed(document(paragraph("a" * 5_000_000))))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (100).to_bytes(4, "little")
    assert "damaged" in refusal("a.docx", bytes(data))


def test_a_word_file_of_very_many_paragraphs() -> None:
    assert "20,000 paragraphs" in refusal("a.docx", packed(document("<w:p/>" * 1_000_000)))
    pieces = "<w:r><w:t>a</w:t></w:r>" * 100_000
    assert "5,000 pieces" in refusal("a.docx", packed(document(f"<w:p>{pieces}</w:p>")))


def test_styles_that_are_based_on_each_other() -> None:
    styles = [style(f"S{at}", f"S {at}", based_on=f"S{at + 1}") for at in range(4000)]
    styles.append(style("S4000", "heading 1", based_on="S0"))
    assert "Text" in body_of("a.docx", docx(paragraph("Text", style="S0"), styles=tuple(styles)))


@pytest.mark.parametrize("value", [BIG, "-1", "x", "", "²", "1e9", "32767", "999999999"])
def test_numbers_that_are_none(value: str) -> None:
    hostile = (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="{value}">'
        f'<w:start w:val="{value}"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%9{value}"/>'
        f'</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/>'
        f'<w:lvlOverride w:ilvl="{value}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
        "</w:num></w:numbering>"
    )
    numbered = (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="1"/></w:numPr>'
        f'<w:outlineLvl w:val="{value}"/></w:pPr><w:r><w:t>Text</w:t></w:r></w:p>'
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{value}"/></w:tcPr><w:p><w:r><w:t>A</w:t>'
        "</w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    body = body_of("a.docx", packed(document(numbered), numbering=hostile))
    assert "Text" in body
    assert len(body) < 1000


def test_a_marker_without_end() -> None:
    marked = numbering(1, ("decimal", "%1" * 100_000))
    paragraphs = [paragraph(f"Text {at}", number=(1, 0)) for at in range(50)]
    assert len(body_of("a.docx", docx(*paragraphs, numberings=(marked,)))) < 10_000


def test_tables_inside_one_another() -> None:
    nested = paragraph("Text")
    for _ in range(60):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    assert "inside one another" in refusal("a.docx", packed(document(nested)))
    for _ in range(5000):
        nested = f"<w:ins>{nested}</w:ins>"
    assert "damaged" in refusal("a.docx", packed(document(nested)))


def test_a_table_of_wide_cells_and_very_many_rows() -> None:
    wide = table(("A", "B")).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="99"/></w:tcPr>')
    rows = wide.replace("</w:tbl>", "") + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 5000 + "</w:tbl>"
    assert "50,000 cells" in refusal("a.docx", packed(document(rows)))


def test_a_style_of_lists_that_names_itself() -> None:
    linked = (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    named = (
        f'<w:styles {SPACES}><w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style></w:styles>"
    )
    data = packed(document(paragraph("Text", number=(1, 0))), numbering=linked, styles=named)
    assert body_of("a.docx", data) == "Text\n"


def test_fields_that_do_not_end() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert body_of("a.docx", docx(paragraph("Text"), paragraph(begin * 3000, "more"))) == "Text\n"
    end = begin.replace("begin", "end")
    assert body_of("a.docx", docx(paragraph(end * 3000, "Text"))) == "Text\n"


def test_notes_that_refer_to_each_other() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{at}">{paragraph(reference.format(1 - at))}</w:footnote>'
        for at in (0, 1)
    )
    data = docx(paragraph("Text", reference.format(0)), parts={"footnotes": notes})
    assert body_of("a.docx", data) == "Text[^1]\n\n[^1]: [^2]\n\n[^2]: [^1]\n"


def test_text_boxes_inside_one_another() -> None:
    held = paragraph("Text")
    for _ in range(10):
        held = paragraph(text_box(held))
    assert body_of("a.docx", docx(held)) == "Text\n"
    for _ in range(30):
        held = paragraph(f"<w:r><w:pict><w:txbxContent>{held}</w:txbxContent></w:pict></w:r>")
    assert body_of("a.docx", docx(held)) == "Text\n"


def test_entities_that_multiply_or_read_files() -> None:
    entities = "".join(f'<!ENTITY e{at + 1} "{f"&e{at};" * 10}">' for at in range(9))
    bomb = f'<!DOCTYPE d [<!ENTITY e0 "lol">{entities}]>{document(paragraph("a &e9; b"))}'
    thief = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{document(paragraph("a&x;b"))}'
    for content in (bomb, thief):
        try:
            text = body_of("a.docx", packed(content))
        except SourceError:
            continue
        assert "root:" not in text
        assert len(text) < 1000


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_word_file(seed: int) -> None:
    """Bytes of a good file are changed, cut off or doubled: it is still read, or refused."""
    dice = random.Random(seed)
    data = bytearray(docx(paragraph("A title", style="T"), paragraph("Text"), table(("A", "B"))))
    for _ in range(dice.randint(1, 8)):
        place = dice.randrange(len(data))
        data[place : place + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 4))
    try:
        body_of("a.docx", bytes(data))
    except SourceError as error:
        assert str(error)  # noqa: PT017


# ---- HTML and text ----


@pytest.mark.parametrize(
    "tags",
    ["<div>", "<blockquote>", "<ul><li>", "<b>", "<i><b>", "<table><tr><td>", "<dl><dd>", "<a><q>"],
)
def test_html_that_is_nested_deep(tags: str) -> None:
    assert "inside one another" in refusal("a.html", f"<h1>T</h1>{tags * 3000}x".encode())
    depth = 80 // tags.count("<")
    assert "x" in body_of("a.html", f"<h1>T</h1>{tags * depth}x".encode())


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<p>" * 200_000, "100,000 tags"),
        ("<p " + "a b c " * 10_000 + ">x", "thousands of attributes"),
        ("<p a='>' " + "a b c " * 10_000 + ">x", "thousands of attributes"),
        ("<p>x" * 30_000, "20,000 paragraphs"),
        (f"<p>{'word ' * 500_000}", "2,000,000 letters"),
        (" " * 5_000_001, "5,000,000 bytes"),
        (f"<table><tr>{'<td colspan=100>x' * 2000}<tr><td>y", "50,000 cells"),
        (f"<table><tr>{'<td>x' * 2000}{'<tr><td>y' * 2000}", "50,000 cells"),
    ],
)
def test_html_beyond_a_bound(page: str, message: str) -> None:
    assert message in refusal("a.html", f"<h1>T</h1>{page}x".encode())


def test_html_that_takes_long_to_write() -> None:
    for page in (
        "<script></script>x" * 25_000,
        "<i>a</i><b>b</b>" * 15_000,
        "<span>a</span>" * 45_000,
        "<a href=#a>x</a>" * 20_000 + "<h2 id=a>y</h2>",
        "&amp;" * 200_000,
        "[" * 200_000,
        "`" * 200_000 + " x",
        "\\" * 200_000,
    ):
        assert body_of("a.html", f"<h1>T</h1><p>{page} end</p>".encode())


@pytest.mark.parametrize(
    "sheet",
    ["/*" * 500_000, "a{" * 50_000, "'\"\\" * 100_000, "[" * 500_000, "x," * 200_000 + "y{top:0}"],
)
def test_style_sheets_that_take_long_to_read(sheet: str) -> None:
    page = f"<style>{sheet}p::after{{content:'x'}}</style><h1>T</h1><p>end"
    assert body_of("a.html", page.encode())


@pytest.mark.parametrize(
    "selector",
    [
        "i" + " div" * 20 + " p",
        "i" + " ~ p" * 9,
        "p:has(p:has(p)):last-of-type",
        ":not(" * 400 + "i" + ")" * 400,
        "p" + ">p" * 900,
        "p { & & & &" + " { & & & &" * 7,
        ":has() p, [*|a], p|, p:nth-child(x), &, > p, :lang(), [a=]",
        ",".join(f"[a{number}]" for number in range(900)),
        ",".join(f".a{number}" for number in range(900)) + "{a{top:0}" * 20_000,
    ],
)
def test_selectors_that_take_long_to_follow(selector: str) -> None:
    sheet = f"{selector} {{ display: none {'}' * (selector.count('{') + 1)}"
    body = f"<i>x</i>{'<div>' * 60}{'<p>x</p>' * 3000}"
    assert body_of("a.html", f"<style>{sheet}</style><h1>T</h1><p>x</p>{body}".encode())


OPENINGS = (
    *("{{ a\n\n", "{% a\n\n", "<?php a\n\n", "{% comment %}\n\n", "{::comment}\n\n", "{/* a\n\n"),
    *(
        "<!-- a\n\n",
        "<script>\n\n",
        "import {\n\n",
        ":::note\n\n",
        "{{ a }}\n\n",
        "{{ site.url }}\n\n",
    ),
    *("[a]( {{ ", "![[ ", "*{:a ", "{::a ", "[^a ", "{a}`b ( "),
)


@pytest.mark.parametrize("opening", OPENINGS)
def test_markup_that_opens_thousands_of_times(opening: str) -> None:
    """Were each end looked for from each beginning, this would take hours."""
    text = f"# Terms\n\nWe keep {opening * 40_000} it.\n"
    assert "We keep" in cleaned_text(with_plain_addresses(text)).body


@pytest.mark.parametrize("value", [BIG, "-1", "x", "²", "99999"])
def test_numbers_in_html_that_are_none(value: str) -> None:
    page = (
        f"<h1>T</h1><ol start='{value}' type=i><li>x</ol><table><tr><td colspan='{value}'>"
        f"a<td rowspan='{value}'>b</table>"
    )
    assert "x" in body_of("a.html", page.encode())


CONTROLS = "".join(map(chr, [*range(1, 32), 127, 0xFFFE, 0xFFFF]))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_control_characters_are_left_out(name: str) -> None:
    text = {"a.md": "# Terms\n\nWe{}keep.\n", "a.html": "<h1>Terms</h1><ul>We{}keep<p>x</ul>"}
    page = text.get(name, "Terms\n\nWe{}keep data.\n").format(CONTROLS)
    assert not set(body_of(name, page.encode())) & set(CONTROLS.replace("\n", "").replace("\t", ""))


def test_control_characters_leave_words_whole() -> None:
    assert "keep data for" in body_of("a.txt", b"Terms of Trade\n\nWe keep data\x0b for 30 days.\n")
    assert body_of("a.txt", b"Terms\n\nPage one\fPage two\n") == "Page one\n\nPage two\n"


def test_names_of_characters_that_html_cannot_hold() -> None:
    page = (
        "<h1>T</h1><p>a" + "".join(f"&#{at};" for at in (0, 1, 8, 11, 12, 27, 55296, 65535)) + "b"
    )
    assert body_of("a.html", page.encode())


@pytest.mark.parametrize(
    "name", ["idna", "punycode", "unicode_escape", "utf-7", "undefined", "zlib", "rot13", "hex"]
)
def test_an_encoding_that_is_none(name: str) -> None:
    page = f"<meta charset={name}><h1>T</h1><p>a\\ud800{'b' * 100_000}</p>"
    assert "a" in body_of("a.html", page.encode())


@pytest.mark.parametrize(
    "page",
    [
        "".join(f"{' ' * at}- x\n" for at in range(300)),
        "\u2003" * 100_000 + "x",
        "version" + " " * 100_000 + "x",
        "T\n\n" + "a\tb\n" * 15_000,
        "T\n\n" + ("a\n\n" * 3_000) + "bc\n" * 100_000,
        "1. x\n" * 15_000,
        "A" * 1_000_000,
    ],
)
def test_text_is_read_or_refused(page: str) -> None:
    try:
        assert body_of("a.txt", f"Terms\n\n{page}\n\nend".encode())
    except SourceError as error:
        assert str(error).startswith("a.txt: The page has more than")  # noqa: PT017


def test_a_title_without_end_makes_a_short_address() -> None:
    for title in ("word " * 1000, "w" * 1000):
        policy = read_page("a.txt", f"{title}\n\nText.\n".encode(), date(2026, 1, 1), DEFAULT)
        assert len(policy.slug) <= 100


def test_links_in_a_folder_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "terms.txt").write_text("Terms\n\nText.\n", "utf-8")
    (tmp_path / "passwd.txt").symlink_to("/etc/passwd")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to(tmp_path)
    batch = read_folder(tmp_path, date(2026, 1, 1), DEFAULT, without_progress)
    assert [policy.slug for policy in batch.policies] == ["terms"]
    assert [path for path, _ in batch.skipped] == ["loop", "passwd.txt", "zero.txt"]
