"""What is wrong with a policy's file as a whole, before any line of it can be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from gazette.model import decoded
from gazette.problems import Code, Fix, Problem

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""How files begin that are saved in other encodings; the longer marks come first."""
SAVE_HINT = "Save the file again with the encoding UTF-8; in Word or Notepad, under Save As."
CONFLICT = re.compile(r"^(?:<{7}|>{7}) \S", re.M)
"""Lines that git writes around two texts of which somebody has to choose."""
ESCAPED = re.compile("[\udc80-\udcff]")
"""A byte that is not UTF-8, as Python hands it on."""


@dataclass(frozen=True)
class Letters:
    """The letters of a file, and the encoding that they were read by."""

    text: str
    encoding: str


def letters_of(data: bytes) -> Letters:
    """Read the letters of a file by the encoding that it is saved in, as far as it tells."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), _by_zeros(data))
    if encoding:
        return Letters(data.decode(encoding, errors="replace"), encoding)
    try:
        return Letters(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Letters(decoded(data), "windows-1252")


def _by_zeros(data: bytes) -> str:
    """Tell by where the zero bytes stand which encoding it is, nothing where it is none of these.

    Of plain letters every second byte is zero there.
    """
    pairs = len(data) // 2
    if data[1::2].count(0) > pairs // 2:
        return "utf-16-le"
    return "utf-16-be" if data[0::2].count(0) > pairs // 2 else ""


def file_fault(path: str, data: bytes) -> Problem | None:
    """Return the one thing to say of a file that cannot be read as a policy; None where it can."""
    letters = letters_of(data)
    if letters.encoding.startswith("utf-") and letters.encoding != "utf-8":
        name = letters.encoding[:6].upper()
        message = f"The file is saved as {name}, not as UTF-8: readers would get no letter of it."
        return Problem(path, 1, Code.ENCODING, message, SAVE_HINT, 1, Fix(0, ""))
    if letters.encoding != "utf-8":
        return _foreign_byte(path, data)
    if conflict := CONFLICT.search(letters.text):
        line = letters.text.count("\n", 0, conflict.start()) + 1
        message = (
            "Two people changed the same lines, and nobody has decided between their texts yet."
        )
        hint = (
            "Keep the right text, and delete the lines that begin with <<<<<<<, ======= or >>>>>>>."
        )
        return Problem(path, line, Code.CONFLICT, message, hint)
    return None


def _foreign_byte(path: str, data: bytes) -> Problem:
    """Return the problem of the first letter that is not saved as UTF-8."""
    text = data.decode("utf-8", errors="surrogateescape")
    lost = ESCAPED.search(text)
    assert lost
    letter = decoded(lost[0].encode("utf-8", errors="surrogateescape"))
    line = text.count("\n", 0, lost.start()) + 1
    message = f"The file is not saved as UTF-8: a letter of this line is lost, probably “{letter}”."
    return Problem(path, line, Code.ENCODING, message, SAVE_HINT)
