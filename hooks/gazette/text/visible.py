"""Which characters a reader sees: what shows nothing is no title, no summary, no word."""

from __future__ import annotations

import re

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e01ef]"
)
"""Characters that show nothing; some scripts and emoji need them between others."""

UNWRITABLE = re.compile("[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML or UTF-8 cannot hold, or that end a line or begin a file."""


def visible_line(text: str) -> str:
    """Return `text` as one line that front matter can hold, empty when a reader would see nothing.

    White space is folded to single blanks, and so are the characters that no file can hold. Joiners
    and marks of direction inside the text stay.
    """
    line = " ".join(UNWRITABLE.sub(" ", text).split())
    return line if INVISIBLE.sub("", line).strip(" \u2800") else ""
