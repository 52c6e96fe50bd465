"""Formats that are not read, each recognized by its bytes, with what to do about it."""

from __future__ import annotations

from typing import NamedTuple

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_AS_DOCX = (
    "Open it in Word or LibreOffice and save it as .docx, then import that. "
    "(On a command line: soffice --headless --convert-to docx FILE.)"
)
PASSWORD = "It is protected by a password. Open it in Word and save it without one."


class RefusedFormat(NamedTuple):
    """A format that is not read: its suffix, how its files begin, and why, with the remedy."""

    suffix: str
    start: bytes
    reason: str


REFUSED_FORMATS = (
    RefusedFormat(
        ".pdf",
        b"%PDF-",
        "This is a PDF, which says how pages look, not what is a heading, an item or a table. "
        "Import the file it was made of; or open it in Word, compare both, and save it as .docx.",
    ),
    RefusedFormat(".odt", b"", f"This is an OpenDocument file. {_AS_DOCX}"),
    RefusedFormat(".doc", _OLD_OFFICE, f"This is an old Word file (.doc). {_AS_DOCX}"),
    RefusedFormat(".rtf", b"{\\rtf", f"This is a rich text file. {_AS_DOCX}"),
    RefusedFormat(
        ".bundle",
        b"# v2 git bundle",
        "This is a git bundle. Unpack it with: git clone FILE FOLDER; "
        "then import FOLDER with --git.",
    ),
    RefusedFormat(
        ".msg", b"", "This is a mail of Outlook. Save it as .eml in Outlook, then import that."
    ),
    RefusedFormat(
        ".webarchive",
        b"bplist00",
        "This is a web archive of Safari. Save the page in a browser as a whole page (HTML), then "
        "import that.",
    ),
    RefusedFormat(
        ".pages",
        b"",
        "This is a file of Pages. Export it from Pages as Word (.docx), then import that.",
    ),
)
_BY_SUFFIX = {refused.suffix: refused for refused in REFUSED_FORMATS}


def why_refused(suffix: str, data: bytes = b"") -> str:
    """Return why a file of this suffix and these bytes is not read, empty where it may be."""
    if data.startswith(_OLD_OFFICE):
        if _wide("EncryptedPackage") in data:
            return PASSWORD
        return _BY_SUFFIX[".msg" if _wide("__substg1.0_") in data else ".doc"].reason
    if data[30 : 30 + len(_ODT)] == _ODT:
        return _BY_SUFFIX[".odt"].reason
    for refused in REFUSED_FORMATS:
        if refused.start and data.startswith(refused.start):
            return refused.reason
    return _BY_SUFFIX[suffix].reason if suffix in _BY_SUFFIX and not data else ""


def _wide(name: str) -> bytes:
    """Return a name as the directory of an old office file holds it."""
    return name.encode("utf-16-le")
