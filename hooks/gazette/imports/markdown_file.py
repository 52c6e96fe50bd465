"""A Markdown file that is no policy yet: its title, its text, and what of it a reader sees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from gazette.imports.block_markdown import LIST_ITEM
from gazette.imports.draft import LABELS_AT_END, LABELS_BELOW_TITLE, Draft, DraftContext, is_label
from gazette.imports.foreign_front_matter import (
    TOML_BLOCK,
    FrontMatter,
    front_matter_of,
    stated_addresses,
)
from gazette.imports.images import with_images
from gazette.imports.labels import Label, label_of
from gazette.imports.old_site import OldSite, pages_of
from gazette.imports.omissions import Edit, Omission, edited, quoted
from gazette.imports.page_bounds import check_markdown
from gazette.imports.page_encoding import page_text
from gazette.imports.refused_html import without_refused_html
from gazette.imports.stated_version import StatedVersion, version_in
from gazette.imports.template_tags import without_template_tags
from gazette.text.document import Block, Document
from gazette.text.frontmatter import block_of, first_line_of, read_metadata
from gazette.text.markdown_source import (
    normalized_label,
    substituted,
    target_spans,
    without_code,
)
from gazette.text.reader import read_document
from gazette.text.visible import visible_line

MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.M)
TOP_HEADING = re.compile(r"^(?:#[ \t]+[^\n]+|[^\n#>|\s-][^\n]*\n=+[ \t]*)(?:\n|\Z)", re.M)
UNSEEN = re.compile(r'\s(?:id|class|rel|target)="[^"]*"')
Read = Callable[[str], Document]
"""Takes the Markdown of a text apart."""
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_LINK = re.compile(r"<a\b.*?</a>|<[^>]*>|[|·•←»›/]", re.S)
_CODE = re.compile(r"^(?:```|~~~| {4}|\t)", re.M)
_MARKS = re.compile(r"[*_>]|<[^<>]*>|^\s*#{1,6} ")
_NOTE_START = r"^ {0,3}\[\^(?P<label>[^\]\n]+)\]:"
_NO_NEXT_LINE = r"(?! {0,3}(?:\[\^[^\]\n]+\]:|#{1,6}[ \t]|[-*+][ \t]|1[.)][ \t]|>|\||```|~~~))"
"""What no line begins with that goes on with a paragraph."""
_NOTE = re.compile(
    rf"{_NOTE_START}(?P<words>[^\n]*(?:\n{_NO_NEXT_LINE}[^\n]*\S[^\n]*)*"
    rf"(?:\n(?:[ \t]*\n)+(?: {{4}}|\t)[^\n]*(?:\n{_NO_NEXT_LINE}[^\n]*\S[^\n]*)*)*)",
    re.M,
)
"""A note: its paragraph, and what is indented below."""
_REFERENCE = re.compile(r"\[\^(?P<label>[^\[\]\n]+)\]")
_NOT_REFERRED_TO = "Nothing in the text refers to it, so no reader is led there."


def is_markdown(text: str) -> bool:
    """Tell whether a text is Markdown: it has front matter, or headings marked by `#`."""
    is_headed = block_of(text) is not None or TOML_BLOCK.match(text) is not None
    return is_headed or bool(MARKDOWN_HEADING.search(text))


def read_markdown(data: bytes, page: DraftContext) -> Draft | None:
    """Return a Markdown file: as it is when it is a policy already, else its title and its text."""
    text = page_text(data)
    check_markdown(text)
    metadata, _ = read_metadata(page.name, text)
    if metadata:
        note = "It is a policy already: taken as it is."
        return Draft(metadata.title, metadata.version, "", (note,), file=text.encode())
    text, images = with_images(text, page.name, page.read_file)
    cleaned = cleaned_text(text)
    read = partial(read_document, markdown=page.markdown)
    opening = opening_of(cleaned, page.fallback_title, read)
    above = cleaned.front_matter
    body = below(cleaned.body, opening)
    body, stated, numbers = _without_labels(body, above.label, page.today)
    if not body.strip():
        return None
    notes = stated.notes
    if above.kept_back:
        notes += (f"Its front matter says {above.kept_back}: its site shows it to nobody.",)
    return Draft(
        opening.title,
        stated.version,
        body,
        notes,
        (*cleaned.left_out, *numbers),
        images,
        effective=stated.effective,
    )


def _without_labels(
    body: str, front_matter: Label | None, today: date
) -> tuple[str, StatedVersion, tuple[Omission, ...]]:
    """Return a text without the lines at its ends that only name a day or version, its version.

    The numbers of versions that a help center does not name are left out.
    """
    pieces = re.split(r"(\n[ \t]*\n)", body)
    paragraphs = pieces[::2]
    outro = range(max(len(paragraphs) - LABELS_AT_END, LABELS_BELOW_TITLE), len(paragraphs))
    end = {
        at: _MARKS.sub("", paragraphs[at]) for at in outro if not LIST_ITEM.match(paragraphs[at])
    }
    above = [front_matter] if front_matter else []
    stated, gone, numbers = version_in(_labels_at_top(paragraphs), end, today, above)
    for at in gone:
        pieces[2 * at : 2 * at + 2] = ["", ""]
    return "".join(pieces).strip("\n"), stated, numbers


def _labels_at_top(paragraphs: Sequence[str]) -> dict[int, Label]:
    """Return what the first paragraphs of a text say of its days, by their places."""
    labels: dict[int, Label] = {}
    for at, paragraph in enumerate(paragraphs[:LABELS_BELOW_TITLE]):
        label = label_of(_MARKS.sub("", paragraph))
        if MARKDOWN_HEADING.match(paragraph.lstrip()) and not (label and label.is_whole):
            break
        labels |= {at: label} if label else {}
    return labels


class Opening(NamedTuple):
    """How a text begins: its title, and where its first heading is that, with its anchor."""

    title: str
    heading: tuple[int, int] | None = None
    anchor: str = ""


class CleanedText(NamedTuple):
    """A body without what the site cannot show, what stands above it, and what was left out."""

    body: str
    front_matter: FrontMatter
    left_out: tuple[Omission, ...]


def opening_of(text: CleanedText, fallback: str, read: Read) -> Opening:
    """Return how a text begins; `read` takes a body apart.

    The title is the only heading of the first level when it is the first one of all, and no words
    of the text stand above it, else what the front matter names.
    """
    heading = _top_heading(text.body)
    if heading:
        sections = read(text.body).sections
        levels = [section.level for section in sections]
        is_first = levels[1:].count(1) == 1 and levels[1] == 1
        if is_first and all(map(_is_furniture, sections[0].blocks)):
            title = visible_line(sections[1].heading) or fallback
            return Opening(title, heading.span(), sections[1].anchor)
    return Opening(visible_line(text.front_matter.title) or fallback)


def _is_furniture(block: Block) -> bool:
    """Tell whether a block above a title says nothing but the version, and where links lead."""
    beside_links = (_LINK.sub("", cell.html) for cell in block.cells)
    return is_label(block.text) or not any(map(str.strip, beside_links))


def _top_heading(body: str) -> re.Match[str] | None:
    """Return the first heading of the first level in a text, None where code stands above it."""
    heading = TOP_HEADING.search(
        substituted(_COMMENT, lambda comment: re.sub(r"\S", " ", comment[0]), body)
    )
    return None if heading and _CODE.search(body, 0, heading.start()) else heading


def below(body: str, opening: Opening) -> str:
    """Return a body without the heading that is its title; links to that lead to the top."""
    if opening.heading is None:
        return body
    start, end = opening.heading
    above, rest = body[:start].rstrip(), body[end:].strip("\n")
    return f"{above}\n\n{rest}".strip("\n").replace(f"](#{opening.anchor})", "](#)")


def cleaned_text(text: str) -> CleanedText:
    """Return the body of a text without what the site cannot show; places are lines of `text`."""
    front_matter = front_matter_of(text)
    body = front_matter.body
    first_line = first_line_of(text, body)
    body, tags = without_template_tags(body, first_line)
    body, refused = without_refused_html(body, first_line)
    body, notes = without_lone_notes(body, first_line)
    left_out = (*tags, *refused, *notes)
    return CleanedText(body.strip("\n"), front_matter, left_out)


def without_lone_notes(body: str, first_line: int) -> tuple[str, list[Omission]]:
    """Return a text without the notes that nothing refers to, and these.

    `first_line` is the line of its file on which the text begins.
    """
    if "[^" not in body:
        return body, []
    prose = without_code(body)
    notes = list(_NOTE.finditer(prose))
    starts = {note.start("label") for note in notes}
    references = (
        match for match in _REFERENCE.finditer(prose) if match.start("label") not in starts
    )
    shown = {normalized_label(reference["label"]) for reference in references}
    words = {note: quoted(body[slice(*note.span("words"))]) for note in notes}
    edits = (
        Edit(*note.span(), "", _NOT_REFERRED_TO, f"The note {note['label']}, {words[note]}")
        for note in notes
        if normalized_label(note["label"]) not in shown
    )
    return edited(body, edits, first_line)


def opening_title(text: str) -> str:
    """Return the title a text begins with, or its front matter names; empty where neither does."""
    front_matter = front_matter_of(text)
    opening = _top_heading(front_matter.body)
    return opening[0].strip(" #=\n") if opening else front_matter.title


def reader_digest(title: str, document: Document, *, words_only: bool = False) -> bytes:
    """Return a digest of what a reader sees: equal for two texts that look the same.

    With `words_only` it is equal for two texts of the same words, whatever they look like.
    """
    seen = _words(document) if words_only else _visible_text(document)
    return sha256(f"{title}\n{seen}".encode()).digest()


def _words(document: Document) -> str:
    blocks = (block.text for section in document.sections for block in section.blocks)
    return " ".join(" ".join(blocks).split())


def _visible_text(document: Document) -> str:
    lines = []
    for section in document.sections:
        for block in section.blocks:
            path = "/".join(f"{step.tag}{step.number or ''}" for step in block.path)
            cells = (UNSEEN.sub("", cell.html) for cell in block.cells)
            folded = (cell if block.tag == "pre" else " ".join(cell.split()) for cell in cells)
            lines.append(f"{path} {block.tag} {'|'.join(folded)}")
    return "\n".join(lines)


def relinked(
    body: str, path: str, new_link: Callable[[str], str | None], site: OldSite | None = None
) -> str:
    """Return the text with its links to files that were brought in leading to their new places.

    `path` is where the text stood; `new_link` returns the link from `docs/policies/` to the file
    that stood at a path, None for a file that was not brought in; `site` knows the addresses at
    which these files were published. A link to a place of the text itself leads to that version's.
    """
    link_to_itself = new_link(path)
    pages = list(pages_of(path, stated_addresses(body)))
    for start, end in reversed(target_spans(body)):
        try:
            parts = urlsplit(body[start:end])
        except ValueError:
            continue
        if parts.netloc or parts.path.startswith("/"):
            link = site.link(parts) if site and parts.scheme in ("", "http", "https") else None
        elif parts.scheme or not parts.path:
            continue
        else:
            folder = posixpath.dirname(path)
            link = new_link(posixpath.normpath(posixpath.join(folder, unquote(parts.path))))
            link = link or (site.relative_link(parts.path, pages) if site else None)
        if link:
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            link = "" if fragment and link == link_to_itself else link
            body = f"{body[:start]}{link}{fragment}{body[end:]}"
    return body
