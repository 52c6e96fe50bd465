"""A mail in a file (.eml): its text, as HTML where it has that, its subject, its day."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from gazette.imports.images import IMAGE_FOLDER, image_name
from gazette.imports.mime_parts import (
    bytes_of_part,
    check_parts,
    content_id,
    is_attached,
    leaves,
    text_of_part,
)
from gazette.imports.omissions import Omission, quoted

MAX_HEADER_LETTERS = 2_000
"""How much of a line in the head of a mail is read."""
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_MAIL_HEADERS = (r"^from:", r"^(?:message-id|received|mime-version|return-path|delivered-to):")
_CID = re.compile(r"""\bsrc\s*=\s*["']?cid:([^"'\s>]+)["']?""", re.I)
_REPLY = re.compile(r"\s*(?:re|fwd?|aw|wg|tr|rv)\s*:\s*", re.I)


@dataclass
class Mail:
    """A mail as it was read: `texts` are its parts, each with whether it is HTML."""

    subject: str
    day: date | None
    texts: list[tuple[str, bool]] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    left_out: list[Omission] = field(default_factory=list)


def is_mail(text: str) -> bool:
    """Tell whether a text begins with the head of a mail."""
    head = _HEADER.match(text.lstrip("\ufeff").replace("\r\n", "\n"))
    if head is None:
        return False
    return all(re.search(name, head[0], re.I | re.M) for name in _MAIL_HEADERS)


def read_mail(data: bytes) -> Mail:
    """Return a mail; raises SourceError where it has more parts than are read."""
    check_parts(data, "mail")
    message = message_from_bytes(data)
    mail = Mail(_subject(message), _day(message))
    people = [f"{name}: {_line(message, name)}" for name in ("From", "To", "Cc") if message[name]]
    if people:
        reason = "It says who wrote to whom, which is no part of the text."
        mail.left_out.append(Omission("Head of the mail", quoted(", ".join(people)), reason))
    bodies = list(leaves(message))
    inline = {name: part for part in bodies if (name := content_id(part))}
    shown: set[str] = set()
    for part in bodies:
        if part.get_content_type() in ("text/plain", "text/html") and not is_attached(part):
            is_html = part.get_content_type() == "text/html"
            text = text_of_part(part)
            if is_html:
                text = _CID.sub(lambda match: _source(match[1], inline, shown, mail), text)
            mail.texts.append((text, is_html))
    for part in bodies:
        is_text = part.get_content_type() in ("text/plain", "text/html") and not is_attached(part)
        if not is_text and content_id(part) not in shown:
            mail.left_out.append(_attachment(part))
    return mail


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


def _source(name: str, inline: dict[str, Message], shown: set[str], mail: Mail) -> str:
    """Return the attribute for an image that stands in the text and comes with the mail."""
    data = bytes_of_part(inline[name]) if name in inline else b""
    file = image_name(data)
    if not file:
        return 'src=""'
    shown.add(name)
    mail.images[file] = data
    return f'src="{IMAGE_FOLDER}/{file}"'


def _attachment(part: Message) -> Omission:
    name = part.get_filename() or part.get_content_type()
    what = f"an attachment {quoted(name)}"
    return Omission("Behind the text", what, "Each file is imported alone: save it, import it.")
