"""The sentences of inline HTML: where each stands, and its text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from gazette.text.tokens import read_inline

_END = re.compile(r"&\w+;|</?(\w+)[^>]*>|[.!?;:…][\"'”’)]*\s+(?=\S)|[。！？；](?=.)")
"""An entity, a tag, or the end of a sentence."""
_EMPTY = frozenset({"br", "img", "input", "hr", "wbr"})


class Sentence(NamedTuple):
    """A sentence: the characters `start` to `end` of the HTML, and its visible text."""

    start: int
    end: int
    text: str


def html_sentences(html: str) -> list[Sentence]:
    """Return the sentences of inline HTML; no element stands around a border between them."""
    starts, depth = [0], 0
    for match in _END.finditer(html):
        if match[1]:
            depth += 0 if match[1] in _EMPTY else -1 if match[0][1] == "/" else 1
        elif depth == 0 and match[0][0] != "&":
            starts.append(match.end())
    return [
        Sentence(start, end, visible_text(html[start:end]))
        for start, end in pairwise([*starts, len(html)])
    ]


def visible_text(html: str) -> str:
    """Return the visible text of inline HTML with white space folded."""
    plain = "<" not in html and "&" not in html
    return " ".join((html if plain else read_inline(html).text).split())
