"""A Markdown file that is no policy yet: its title, its text, and what of it a reader sees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from gazette.imports.draft import Draft, DraftContext, assumed_version, day_of
from gazette.imports.page_bounds import check_markdown
from gazette.text.document import Document
from gazette.text.frontmatter import block_of, body_of, read_metadata, stated_title
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.markdown_source import target_spans
from gazette.text.reader import read_document
from gazette.text.visible import visible_line

MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.M)
TOP_HEADING = re.compile(r"\A\s*(?:#[ \t]+[^\n]+|[^\n#>|\s-][^\n]*\n=+[ \t]*)(?:\n|\Z)")
UNSEEN = re.compile(r'\s(?:id|class|rel|target)="[^"]*"')
DAY_LINE = re.compile(
    r"^(?:last[_-]?)?(?:updated|modified|date)[ \t]*:[ \t]*[\"']?([^\"'\n]+)", re.M
)


def is_markdown(text: str) -> bool:
    """Tell whether a text is Markdown: it has front matter, or headings marked by `#`."""
    return block_of(text) is not None or bool(MARKDOWN_HEADING.search(text))


def read_markdown(text: str, page: DraftContext) -> Draft | None:
    """Return a Markdown file: as it is when it is a policy already, else its title and its text."""
    check_markdown(text)
    metadata, _ = read_metadata(page.name, text)
    if metadata:
        note = "It is a policy already: taken as it is."
        return Draft(metadata.title, metadata.version, "", (note,), file=text.encode())
    title, body = titled(text, page.fallback_title, page.markdown)
    if not body.strip():
        return None
    stated = DAY_LINE.search(block_of(text) or "")
    day = day_of(stated[1].strip()[:10]) or day_of(stated[1]) if stated else None
    version, notes = assumed_version(day, page.today)
    return Draft(title, version, body, notes)


def titled(text: str, fallback: str, markdown: MarkdownSettings) -> tuple[str, str]:
    """Return the title of a text and its body.

    The title is the only heading of the first level when it opens the body, which then does not
    repeat it; else what the front matter names.
    """
    body = body_of(text).strip("\n")
    opening = TOP_HEADING.match(body)
    if opening:
        sections = read_document(body, markdown).sections
        levels = [section.level for section in sections]
        if not sections[0].blocks and levels[1:].count(1) == 1 and levels[1] == 1:
            rest = body[opening.end() :].strip("\n")
            title = visible_line(sections[1].heading) or fallback
            return title, rest.replace(f"](#{sections[1].anchor})", "](#)")
    return visible_line(stated_title(text)) or fallback, body


def opening_title(text: str) -> str:
    """Return the title a text begins with, or its front matter names; empty where neither does."""
    opening = TOP_HEADING.match(body_of(text))
    return opening[0].strip(" #=\n") if opening else stated_title(text)


def reader_digest(title: str, body: str, markdown: MarkdownSettings) -> bytes:
    """Return a digest of what a reader sees: equal for two texts that look the same."""
    return sha256(f"{title}\n{_visible_text(read_document(body, markdown))}".encode()).digest()


def _visible_text(document: Document) -> str:
    lines = []
    for section in document.sections:
        for block in section.blocks:
            path = "/".join(f"{step.tag}{step.number or ''}" for step in block.path)
            cells = (UNSEEN.sub("", cell.html) for cell in block.cells)
            folded = (cell if block.tag == "pre" else " ".join(cell.split()) for cell in cells)
            lines.append(f"{path} {block.tag} {'|'.join(folded)}")
    return "\n".join(lines)


def relinked(body: str, path: str, new_link: Callable[[str], str | None]) -> str:
    """Return the text with its links to files that were brought in leading to their new places.

    `path` is where the text stood; `new_link` returns the link from `docs/policies/` to the file
    that stood at a path, None for a file that was not brought in.
    """
    for start, end in reversed(target_spans(body)):
        parts = urlsplit(body[start:end])
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        if link := new_link(target):
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            body = f"{body[:start]}{link}{fragment}{body[end:]}"
    return body
