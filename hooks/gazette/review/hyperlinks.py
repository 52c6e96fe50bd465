"""Links as they are written: where their words stand, and where they lead."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazette.review.manuscripts import CODE_SPAN, COMMENT, FENCED, Manuscript, blanked

CODE = re.compile(f"{COMMENT}|{FENCED}|{CODE_SPAN}", re.S | re.M)
INLINE = re.compile(
    r"(?P<image>!?)\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"(?:\(\s*<?(?P<to>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)"
    r"|\[(?P<id>[^\]\n]*)\])"
)
DEFINED = re.compile(r"^ {0,3}\[(?P<id>[^\]\n^][^\]\n]*)\]:[ \t]+<?(?P<to>[^\s>]+)", re.M)
ATTRIBUTE = re.compile(r"<(?:a|img)\s[^<>]*?\b(?:href|src)\s*=\s*([\"'])(?P<to>[^\"']*)\1", re.I)


@dataclass(frozen=True)
class Hyperlink:
    """A link or image: its words stand from `start` to `end`, its address from `at` on."""

    start: int
    end: int
    at: int
    to: str


def hyperlinks(manuscript: Manuscript) -> list[Hyperlink]:
    """Return the links of a policy in their order."""
    text = blanked(manuscript.text[: manuscript.start]) + CODE.sub(
        lambda m: blanked(m[0]), manuscript.body
    )
    return sorted(_found(text), key=lambda one: one.start)


def _found(text: str) -> Iterator[Hyperlink]:
    defined = {_id(one["id"]): one for one in DEFINED.finditer(text)}
    for link in INLINE.finditer(text):
        start, end = link.span("words")
        if link["to"] is not None:
            yield Hyperlink(start, end, link.start("to"), html.unescape(link["to"]))
        elif one := defined.get(_id(link["id"] or link["words"])):
            yield Hyperlink(start, end, one.start("to"), one["to"])
    for tag in ATTRIBUTE.finditer(text):
        end = text.find("</a", tag.end())
        to = html.unescape(tag["to"])
        yield Hyperlink(tag.start(), max(end, tag.end()), tag.start("to"), to)


def _id(text: str) -> str:
    return " ".join(text.split()).casefold()
