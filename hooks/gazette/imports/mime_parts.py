"""The parts of a file that holds several, as mails and saved pages do, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message

from gazette.errors import SourceError
from gazette.imports.page_encoding import page_text

_UNSEEN = re.compile(r"<(style|script|title)\b.*?</\1>|<(?!img\b)[^>]*>|&nbsp;", re.I | re.S)
MAX_PARTS = 200
"""Parts of a file; they may stand inside one another."""


def check_parts(data: bytes, noun: str) -> None:
    """Raise SourceError where a file, called by its noun, has more parts than are read."""
    if data.lower().count(b"boundary=") > MAX_PARTS:
        raise SourceError(f"The {noun} has more than {MAX_PARTS} parts: no {noun} for readers.")


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something; of several forms of one text the best."""
    if message.get_content_maintype() == "message" or not message.is_multipart():
        yield message
        return
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    if message.get_content_subtype() == "alternative":
        with_html = [part for part in parts if any(map(_is_html, part.walk()))]
        with_words = [part for part in with_html if any(map(_shows, part.walk()))]
        parts = (with_words or [part for part in parts if part not in with_html] or parts)[-1:]
    for part in parts:
        yield from leaves(part)


def _is_html(part: Message) -> bool:
    return part.get_content_type() == "text/html" and not is_attached(part)


def _shows(part: Message) -> bool:
    """Tell whether a part is HTML with words or an image."""
    return _is_html(part) and bool(_UNSEEN.sub("", text_of_part(part)).strip())


def is_attached(part: Message) -> bool:
    """Tell whether a part is a file beside the text."""
    return part.get_content_disposition() == "attachment"


def content_id(part: Message) -> str:
    """Return the name by which others show a part, empty where it has none."""
    return str(part.get("Content-ID", "")).strip().strip("<>")


def bytes_of_part(part: Message) -> bytes:
    """Return what a part holds, unpacked; nothing where it holds other parts."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def text_of_part(part: Message) -> str:
    """Return the text of a part, with lines joined that were only wrapped to be sent."""
    text = page_text(bytes_of_part(part), part.get_content_charset() or "")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return "\n".join(_rewrapped(text.split("\n"), joint))


def _rewrapped(lines: Iterable[str], joint: str) -> Iterator[str]:
    """Yield lines whole of which those that end in a blank go on, in the same quotation."""
    pieces: list[str] = []
    marks = ""
    for line in lines:
        content = line.lstrip(">")
        quotation = line[: len(line) - len(content)]
        content = content.removeprefix(" ")
        goes_on = pieces and pieces[-1].endswith(" ") and pieces != ["-- "]
        if goes_on and quotation == marks and content.strip():
            pieces[-1] = pieces[-1][:-1] + joint
        elif pieces:
            yield " ".join(filter(None, (marks, "".join(pieces))))
            pieces = []
        pieces.append(content)
        marks = quotation
    yield " ".join(filter(None, (marks, "".join(pieces))))
