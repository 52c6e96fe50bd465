"""A page that a browser saved as one file (MHTML): its HTML, and the files that it shows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message

from gazette.errors import SourceError
from gazette.imports.draft import Page
from gazette.imports.html_page import read_html
from gazette.imports.mime_parts import (
    bytes_of_part,
    check_parts,
    content_id,
    leaves,
    text_of_part,
)

_SAVED = re.compile(r"^(?:snapshot-content-location:|from:\s*[\"<]*saved by\b)", re.I | re.M)
HEAD_LETTERS = 2_000
PAGE_TYPES = ("text/html", "application/xhtml+xml")


def is_saved_page(text: str) -> bool:
    """Tell whether a text begins as a page that a browser saved as one file."""
    return bool(_SAVED.search(text[:HEAD_LETTERS].partition("\n\n")[0]))


def read_saved_page(data: bytes) -> Page:
    """Return the page in a file; raises SourceError where there is none, or it has many parts."""
    check_parts(data, "page")
    parts = list(leaves(message_from_bytes(data)))
    pages = [part for part in parts if part.get_content_type() in PAGE_TYPES]
    if not pages:
        raise SourceError("The file holds no page. Save the page again, as a whole page.")
    return page_in(pages[0], parts)


def page_in(page: Message, parts: Iterable[Message]) -> Page:
    """Return the page in a part of a file, with what it shows of the other parts."""
    text, files = text_of_part(page), {}
    for number, part in enumerate(parts):
        for address in _addresses(part):
            name = f"part-{number}"
            files[name] = part
            for quote in "\"'":
                written = f"{quote}{html.escape(address, quote=False)}{quote}"
                text = text.replace(written, f"{quote}{name}{quote}")
    return read_html(text, "", lambda path: bytes_of_part(files[path]) if path in files else None)


def _addresses(part: Message) -> Iterator[str]:
    """Yield how the page calls a part: by its address, or as `cid:...`."""
    if (
        part.get_content_maintype() in ("image", "text")
        and part.get_content_type() not in PAGE_TYPES
    ):
        yield from filter(None, (str(part.get("Content-Location", "")).strip(),))
        yield from (f"cid:{name}" for name in (content_id(part),) if name)
