"""Which characters a reader sees: what shows nothing is no title, no summary, no word."""

from __future__ import annotations

import re

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e01ef]"
)
"""Characters that show nothing; some scripts and emoji need them between others."""

JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
"""Letters that take another shape with a joiner behind them, as a range of a pattern."""
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufe00-\ufe0d\ufeff\ufff9-\ufffb]"
    f"|(?<![{JOINING}])\u200c|\u200c(?![{JOINING}])|(?<![{JOINING}{_EMOJI}\ufe0f])\u200d"
    f"|(?<![{_EMOJI}])[\ufe0e\ufe0f](?!\u20e3)"
)
"""Characters without which a reader reads the same: no redline tells that they came or went.

Joiners and selectors behind emoji make other pictures of them, joiners behind Arabic and Indian
letters other shapes, and marks that turn the direction of words another text: these stay.
"""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Characters that steer a terminal or end a line."""

UNWRITABLE = re.compile("[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML or UTF-8 cannot hold, or that end a line or begin a file."""


def visible_line(text: str) -> str:
    """Return `text` as one line that front matter can hold, empty when a reader would see nothing.

    White space is folded to single blanks, and so are the characters that no file can hold. Joiners
    and marks of direction inside the text stay.
    """
    line = " ".join(UNWRITABLE.sub(" ", text).split())
    return line if INVISIBLE.sub("", line).strip(" \u2800") else ""
