"""Word files, written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date

from gazette.imports.draft import draft_of
from gazette.imports.word.word_file import read_docx

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def run(text: str, look: Iterable[str] = "") -> str:
    """Return a run of letters; `look` is made of b, i and the like."""
    marks = "".join(f"<w:{name}/>" for name in look)
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", number: tuple[int, int] | None = None) -> str:
    """Return a paragraph; `number` is its numbering and its level there."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    counted = (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
        if number
        else ""
    )
    content = "".join(text if text.startswith("<") else run(text) for text in runs)
    return f"<w:p><w:pPr>{named}{counted}</w:pPr>{content}</w:p>"


def link(text: str, relation: str) -> str:
    """Return a link whose address the relation names."""
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of one paragraph in each cell."""
    cells = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(cells)}</w:tbl>"


def style(name: str, shown: str, number: int | None = None, based_on: str = "") -> str:
    """Return a style of paragraphs."""
    counted = f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:styleId="{name}"><w:name w:val="{shown}"/>{based}{counted}</w:style>'


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """Return a level of a numbering, with more of its properties."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(number: int, *levels: tuple[str, str] | str, more: str = "") -> tuple[str, str]:
    """Return a numbering: the form and the text of each level, or what `level` returns."""
    written = "".join(
        held if isinstance(held, str) else level(depth, *held) for depth, held in enumerate(levels)
    )
    kind = f'<w:abstractNum w:abstractNumId="{number}">{more}{written}</w:abstractNum>'
    return kind, f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


def changed(kind: str, content: str) -> str:
    """Return what a tracked change inserts or deletes, of the kind `ins`, `del` or a move."""
    if kind in ("del", "moveFrom"):
        content = content.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:{kind} w:id="1" w:author="Ann">{content}</w:{kind}>'


def field(instruction: str, *result: str) -> str:
    """Return the runs of a field: its instruction, and what Word shows for it."""
    marks = [
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    ]
    shown = "".join(text if text.startswith("<") else run(text) for text in result)
    instructed = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"{marks[0]}{instructed}{marks[1]}{shown}{marks[2]}"


def bookmark(name: str) -> str:
    """Return the place of a bookmark."""
    return f'<w:bookmarkStart w:id="0" w:name="{name}"/><w:bookmarkEnd w:id="0"/>'


def note(kind: str, number: int) -> str:
    """Return the reference to a note of the kind `footnote` or `endnote`."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def picture(relation: str, words: str = "") -> str:
    """Return a run that shows an image."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr descr="{words}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """Return a run with a text box, in the two forms that Word writes."""
    held = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"<wps:txbx>{held}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{held}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def docx(
    *body: str,
    styles: tuple[str, ...] = (),
    numberings: tuple[tuple[str, str], ...] = (),
    links: dict[str, str] | None = None,
    title: str = "",
    parts: dict[str, str] | None = None,
    files: dict[str, bytes] | None = None,
) -> bytes:
    """Return the bytes of a Word file.

    `parts` are further ones by their kind (`footnotes`) with what their element holds, `files`
    those of other programs, as images, by the ids of their relations.
    """
    kinds = "".join(kind for kind, _ in numberings) + "".join(num for _, num in numberings)
    relations = "".join(
        f'<Relationship Id="{name}" Target="{target}" TargetMode="External"/>'
        for name, target in (links or {}).items()
    )
    relations += "".join(
        f'<Relationship Id="{name}" Type="x/image" Target="media/{name}"/>' for name in files or {}
    )
    relations += "".join(
        f'<Relationship Id="{kind}" Type="x/{kind}" Target="{kind}.xml"/>' for kind in parts or {}
    )
    texts = {
        "word/document.xml": f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{''.join(styles)}</w:styles>",
        "word/numbering.xml": f"<w:numbering {SPACES}>{kinds}</w:numbering>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        "docProps/core.xml": f'<p xmlns:d="urn:d"><d:title>{title}</d:title></p>',
    }
    for kind, content in (parts or {}).items():
        texts[f"word/{kind}.xml"] = f"<w:{kind} {SPACES}>{content}</w:{kind}>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, text in texts.items():
            file.writestr(zipfile.ZipInfo(name), text)
        for name, data in (files or {}).items():
            file.writestr(zipfile.ZipInfo(f"word/media/{name}"), data)
    return written.getvalue()


def read(data: bytes, changes: str = "") -> tuple[str, list[str]]:
    """Return the text of the policy made of a Word file, and the list of what it lacks."""
    word = read_docx(data, changes)
    draft = draft_of(word.parts, "Untitled", date(2026, 11, 23), word.left_out)
    left_out = [str(omission) for omission in word.left_out]
    return (draft.body if draft else ""), left_out
