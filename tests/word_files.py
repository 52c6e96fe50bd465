"""Word files, written by hand."""

from __future__ import annotations

import io
import zipfile

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def run(text: str, look: str = "") -> str:
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


def numbering(number: int, *levels: tuple[str, str]) -> tuple[str, str]:
    """Return a numbering: the form and the text of each level."""
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    kind = f'<w:abstractNum w:abstractNumId="{number}">{written}</w:abstractNum>'
    return kind, f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


def docx(
    *body: str,
    styles: tuple[str, ...] = (),
    numberings: tuple[tuple[str, str], ...] = (),
    links: dict[str, str] | None = None,
    title: str = "",
) -> bytes:
    """Return the bytes of a Word file."""
    kinds = "".join(kind for kind, _ in numberings) + "".join(num for _, num in numberings)
    relations = "".join(
        f'<Relationship Id="{name}" Target="{target}" TargetMode="External"/>'
        for name, target in (links or {}).items()
    )
    files = {
        "word/document.xml": f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{''.join(styles)}</w:styles>",
        "word/numbering.xml": f"<w:numbering {SPACES}>{kinds}</w:numbering>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        "docProps/core.xml": f'<p xmlns:d="urn:d"><d:title>{title}</d:title></p>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
    return written.getvalue()
