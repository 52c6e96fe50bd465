"""Texts as GitHub's Markdown shows them, letter for letter: nothing is a mark, nobody is notified.

A mention, a reference to an issue or an emoji is found in the letters that readers would see, so
escaping is no help against them: an invisible blank stands behind the mark.
"""

from __future__ import annotations

import re

MARKS = re.compile(r"[\\`*_\[\]]")
LINE_START = re.compile(r"(\d*)([-+>#.)])")
ENTITIES = str.maketrans({mark: f"&#{ord(mark)};" for mark in "&<~|=$"})
CODE = re.compile(r"`([^`]+)`|(\{:[^{}`]*\}|#[\w-]+)")
APART = "&#8203;"
CALLS = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=[\w+-]+:)", re.IGNORECASE)
ADDRESS = re.compile(r"\bwww(?=\.)|(?:https?|ftp|mailto):", re.IGNORECASE)
_HELD = "\ue000"


def escaped(text: str) -> str:
    """Return text for a line of Markdown, or the start of one, its white space folded."""
    return _marked(_folded(text))


def with_code(text: str) -> str:
    """Return a finding's words for a line of Markdown: what is to be copied stands as code."""
    parts = CODE.split(_folded(text))
    marked = "".join(
        f"{_marked(words)}`{quoted or bare}`"
        for words, quoted, bare in zip(parts[::3], parts[1::3], parts[2::3], strict=False)
    )
    return marked + _marked(parts[-1])


def in_html(text: str) -> str:
    """Return text for a line of HTML in Markdown, where backslashes would be seen."""
    return _inert(_folded(text)).replace(_HELD, APART)


def _folded(text: str) -> str:
    return " ".join(text.replace(_HELD, "").split())


def _marked(text: str) -> str:
    text = MARKS.sub(r"\\\g<0>", _inert(text)).replace(_HELD, APART)
    return LINE_START.sub(r"\1\\\2", text, count=1) if LINE_START.match(text) else text


def _inert(text: str) -> str:
    """Return the text with characters of HTML as entities, and marks of calls held apart."""
    text = CALLS.sub(lambda match: match[0] + _HELD, text)
    text = ADDRESS.sub(lambda match: match[0] + _HELD, text)
    return text.translate(ENTITIES)
