"""A Markdown file that is no policy yet: its title, its text, and what of it a reader sees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from gazette.text.document import Document, read_document
from gazette.text.frontmatter import body_of, stated_title
from gazette.text.markdown_settings import MarkdownSettings

TOP_HEADING = re.compile(r"\A\s*(?:#[ \t]+[^\n]+|[^\n#>|\s-][^\n]*\n=+[ \t]*)(?:\n|\Z)")
LINK = re.compile(r"(\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?)([^)\s>]+)", re.M)
UNSEEN = re.compile(r'\s(?:id|class|rel|target)="[^"]*"')


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
            return sections[1].heading, rest.replace(f"](#{sections[1].anchor})", "](#)")
    return stated_title(text) or fallback, body


def beginning_title(text: str) -> str:
    """Return the title a text begins with, or its front matter names; empty where neither does."""
    opening = TOP_HEADING.match(body_of(text))
    return opening[0].strip(" #=\n") if opening else stated_title(text)


def seen(title: str, body: str, markdown: MarkdownSettings) -> bytes:
    """Return a digest of what a reader sees: equal for two texts that look the same."""
    return sha256(f"{title}\n{_shown(read_document(body, markdown))}".encode()).digest()


def _shown(document: Document) -> str:
    lines = []
    for section in document.sections:
        for block in section.blocks:
            path = "/".join(f"{one.tag}{one.number or ''}" for one in block.path)
            cells = (UNSEEN.sub("", cell.html) for cell in block.cells)
            folded = (cell if block.tag == "pre" else " ".join(cell.split()) for cell in cells)
            lines.append(f"{path} {block.tag} {'|'.join(folded)}")
    return "\n".join(lines)


def relinked(body: str, path: str, moved: Callable[[str], str | None]) -> str:
    """Return the text with its links to files that were brought in leading to their new places.

    `path` is where the text stood; `moved` tells where the file at a path is now, seen from
    `docs/policies/`, None for one that was not brought in.
    """

    def link(found: re.Match[str]) -> str:
        parts = urlsplit(found[2])
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return found[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        place = moved(target)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f"{found[1]}{place}{fragment}" if place else found[0]

    return LINK.sub(link, body)
