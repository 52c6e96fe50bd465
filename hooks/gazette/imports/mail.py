"""A mail in a file (.eml): its text, as HTML where it has that, its subject, its day."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from gazette.imports.block_markdown import Part
from gazette.imports.draft import Page
from gazette.imports.images import image_name
from gazette.imports.mime_parts import bytes_of_part, check_parts, is_attached, leaves, text_of_part
from gazette.imports.omissions import Omission, quoted
from gazette.imports.plain_text import read_text
from gazette.imports.saved_page import page_in

TEXTS = ("text/plain", "text/html")
SUBJECT = "Subject"
"""Stands above the text of a mail while that is read, as its first line would be its title."""
MAX_HEADER_LETTERS = 2_000
"""How much of a line in the head of a mail is read."""
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_MAIL_HEADERS = (r"^from:", r"^(?:message-id|received|mime-version|return-path|delivered-to):")
_REPLY = re.compile(r"\s*(?:re|fwd?|aw|wg|tr|rv)\s*:\s*", re.I)


def is_mail(text: str) -> bool:
    """Tell whether a text begins with the head of a mail."""
    head = _HEADER.match(text.lstrip("\ufeff").replace("\r\n", "\n"))
    if head is None:
        return False
    return all(re.search(name, head[0], re.I | re.M) for name in _MAIL_HEADERS)


def read_mail(data: bytes) -> tuple[Page, date | None]:
    """Return a mail, its subject as the title, and the day on which it was written.

    Raises SourceError where it has more parts than are read.
    """
    check_parts(data, "mail")
    message = message_from_bytes(data)
    blocks: list[Part] = []
    left_out: list[Omission] = []
    images: dict[str, bytes] = {}
    people = [f"{name}: {_line(message, name)}" for name in ("From", "To", "Cc") if message[name]]
    if people:
        reason = "It says who wrote to whom, which is no part of the text."
        left_out.append(Omission("Head of the mail", quoted(", ".join(people)), reason))
    parts = list(leaves(message))
    texts = [part for part in parts if part.get_content_type() in TEXTS and not is_attached(part)]
    for part in texts:
        if part.get_content_type() == "text/plain":
            blocks += read_text(f"{SUBJECT}\n\n{text_of_part(part)}")[1:]
            continue
        page = page_in(part, parts)
        blocks += page.parts
        left_out += page.left_out
        images |= page.images
    for part in parts:
        if part not in texts and image_name(bytes_of_part(part)) not in images:
            left_out.append(_attachment(part))
    return Page(blocks, _subject(message), tuple(left_out), images), _day(message)


def _line(message: Message, name: str) -> str:
    """Return a line of the head as it is read, on one line."""
    raw = str(message.get(name, ""))[:MAX_HEADER_LETTERS]
    with suppress(LookupError, UnicodeError, ValueError):
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.split())


def _subject(message: Message) -> str:
    subject = _line(message, "Subject")
    while match := _REPLY.match(subject):
        subject = subject[match.end() :]
    return subject


def _day(message: Message) -> date | None:
    """Return the day on which a mail was written, as its writer counted days."""
    try:
        return parsedate_to_datetime(_line(message, "Date")).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _attachment(part: Message) -> Omission:
    name = part.get_filename() or part.get_content_type()
    what = f"an attachment {quoted(name)}"
    return Omission("Behind the text", what, "Each file is imported alone: save it, import it.")
