"""Texts as GitHub's Markdown shows them, letter for letter: nothing is a mark, nobody is notified.

A mention, a reference to an issue or an emoji is found in the letters that readers would see, so
escaping is no help against them: an invisible blank stands behind the mark.
"""

from __future__ import annotations

import re

MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!~|>=])")
APART = "&#8203;"
CALLS = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=[\w+-]+:)", re.IGNORECASE)
ADDRESS = re.compile(r"\bwww(?=\.)|(?:https?|ftp|mailto):", re.IGNORECASE)


_HELD = "\ue000"


def escaped(text: str) -> str:
    """Return text for a line of Markdown, its white space folded."""
    return MARKS.sub(r"\\\1", _inert(text)).replace(_HELD, APART)


def in_html(text: str) -> str:
    """Return text for a line of HTML in Markdown, where backslashes would be seen."""
    return _inert(text).replace(_HELD, APART)


def _inert(text: str) -> str:
    """Return the text with characters of HTML as entities, and marks of calls held apart."""
    text = " ".join(text.replace(_HELD, "").split())
    text = CALLS.sub(lambda found: found[0] + _HELD, text)
    text = ADDRESS.sub(lambda found: found[0] + _HELD, text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("$", "&dollar;")
