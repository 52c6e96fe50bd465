"""The letters of a page: its bytes in the encoding that it is saved in or names."""

from __future__ import annotations

import codecs
import re

from gazette.errors import SourceError
from gazette.imports.page_bounds import check_page
from gazette.imports.refused_formats import why_refused
from gazette.model import decoded
from gazette.text.frontmatter import normalized

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CHARSET = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
PAGE_ENCODING = re.compile(
    r"utf-?8|utf-?16|us-ascii|ascii|latin|iso[-_]?8859|iso-2022|windows|cp?\d|koi8|mac|x-mac|gb|big5|"
    r"euc|shift|s?jis|tis|x-sjis|ks_c",
    re.I,
)
"""How the encodings that pages are saved in begin; Python knows others, that hold no letters."""
_READ_AS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
"""Encodings that browsers take for others, with letters where these have signs for machines."""
CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = dict.fromkeys(map(ord, "\v\x85"), "\n")
HEAD_BYTES = 4096
"""How much of a page is searched for its encoding; browsers read 1024 bytes."""


def page_text(data: bytes, charset: str = "", *, in_pages: bool = False) -> str:
    """Return the letters of a page that is UTF-8, or says that it is something else.

    `charset` is the encoding that what brought the page names, empty where nothing does.
    Lines end with a line feed alone; page breaks stay in a text that is read `in_pages`.
    Raises SourceError when the bytes are no text.
    """
    if reason := why_refused("", data):
        raise SourceError(reason)
    check_page(data)
    try:
        text = data.decode(_encoding(data, charset))
    except (UnicodeError, LookupError):
        raise SourceError(
            f"It is not saved as UTF-8: line {_first_bad_line(data)} holds a byte that is no "
            "letter there. Save it again with the encoding UTF-8."
        ) from None
    if "\0" in text:
        raise SourceError("It is no text: it holds zero bytes.")
    pages = normalized(text).split("\f") if in_pages else [normalized(text)]
    return "\f".join(map(legible, pages))


def stored_text(data: bytes) -> str:
    """Return the letters of a text in a repository; one with zero bytes has none that sites show.

    Raises nothing: an earlier version cannot be saved again in another encoding.
    """
    mark = next((mark for mark in BYTE_ORDER_MARKS if data.startswith(mark)), b"")
    text = data.decode(BYTE_ORDER_MARKS[mark], "replace") if mark else decoded(data)
    return "" if "\0" in text else legible(text)


def legible(text: str) -> str:
    """Return a text without control characters, which no reader sees; a new page ends a block."""
    return CONTROL.sub("", text.replace("\f", "\n\n").translate(_LINE_ENDS))


def _encoding(data: bytes, charset: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    match = CHARSET.search(data[:HEAD_BYTES])
    name = charset or (match[1].decode("ascii", "replace") if match else "utf-8")
    encoding = codecs.lookup(name).name if PAGE_ENCODING.match(name) else "utf-8"
    if encoding.startswith("utf-16") and not charset:  # so the page could not say that
        return "utf-8"
    return _READ_AS.get(encoding, encoding)


def _first_bad_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
