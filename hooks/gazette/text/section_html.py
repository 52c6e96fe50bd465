"""The HTML of a text, section by section: cut at its headings, and made to stand elsewhere."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.S)
"""A heading: its level, its attributes and its content."""
_FRAMED = re.compile(HEADING.pattern + r"(?:\s*</summary>)?", re.S)
"""The same with the end of a summary behind it, which holds nothing but the heading."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")
_ID = re.compile(r"\s(?:id|name)=\"([^\"]*)\"")
_LOCAL_LINK = re.compile(r"(\shref=\")#")
_CLASS = re.compile(r"\sclass=\"[^\"]*\"")
_HEADERLINK = re.compile(r"<a class=\"headerlink\"[^>]*>[^<]*</a>")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"})
_BORDER = re.compile(r"</?(?:p|li|[oud]l|d[dt]|div|br|t[rdh]|table|pre|blockquote|hr)\b[^>]*>")
"""A tag at which words end, where a reader sees a border."""


def anchor_of(attributes: str) -> str:
    """Return the id among the attributes of a heading, empty where it has none."""
    match = _ID.search(attributes)
    return html.unescape(match[1]) if match else ""


def ids_of(text: str) -> set[str]:
    """Return all ids and names that a text gives to places in it."""
    return {name for tag in _TAG.finditer(text) for name in _ids_in(tag)}


def inner_ids(text: str, anchors: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Return the ids that a text gives to places inside its sections, by index.

    `anchors` are those of the sections, as in `sections_of`. A place belongs to the section whose
    words follow it: what stands right before a heading is where that heading is linked to. Lines of
    code are no places.
    """
    named = set(map(html.unescape, _ID.findall(text))).difference(anchors)
    others = {name for name in named if not name.startswith("__")}
    placed: dict[int, list[str]] = defaultdict(list)
    waiting: list[str] = []
    for index, part in enumerate(sections_of(text, anchors) if others else ()):
        end = 0
        for tag in _TAG.finditer(part):
            if part[end : tag.start()].strip():
                placed[index] += waiting
                waiting = []
            names = [name for name in dict.fromkeys(_ids_in(tag)) if name in others]
            others.difference_update(names)
            waiting += names
            if tag[2] in _VOID:
                placed[index] += waiting
                waiting = []
            end = tag.end()
        if part[end:].strip() or index == len(anchors) - 1:
            placed[index] += waiting
            waiting = []
    return {index: tuple(names) for index, names in placed.items() if names}


def _ids_in(tag: re.Match[str]) -> list[str]:
    return [html.unescape(name) for name in _ID.findall(tag[3])]


def sections_of(text: str, anchors: Sequence[str]) -> list[str]:
    """Return the HTML of each section of a text, the opening first.

    `anchors` are those of the sections in order, that of the opening included: the text may have
    headings inside quotes or lists, where no section begins.
    """
    starts = [0]
    for heading in HEADING.finditer(text):
        if len(starts) < len(anchors) and anchor_of(heading[2]) == anchors[len(starts)]:
            starts.append(heading.start())
    missing = [len(text)] * (len(anchors) - len(starts))
    return [text[start:end] for start, end in pairwise([*starts, *missing, len(text)])]


def standalone(part: str, page: str) -> str:
    """Return a part of a page so that it can stand on another one.

    It gives no ids; links to places of its own page lead there, marked as the site's own: `page` is
    the link to it. Elements that end outside the part are closed, those that begin outside are
    left out.
    """
    closing: list[str] = []

    def replaced(tag: re.Match[str]) -> str:
        closes, name, attributes = tag.groups()
        if closes:
            if name not in closing:
                return ""
            return "".join(f"</{closing.pop()}>" for _ in range(closing[::-1].index(name) + 1))
        if name not in _VOID:
            closing.append(name)
        attributes = _ID.sub("", attributes)
        if _LOCAL_LINK.search(attributes):
            led = _LOCAL_LINK.sub(rf"\g<1>{page}#", _CLASS.sub("", attributes))
            attributes = f' class="gz-page"{led}'
        return f"<{name}{attributes}>"

    shown = _TAG.sub(replaced, _HEADERLINK.sub("", part))
    return shown + "".join(f"</{name}>" for name in reversed(closing))


def with_heading_level(part: str, level: int) -> str:
    """Return a section whose own heading has this level."""
    return HEADING.sub(lambda heading: f"<h{level}{heading[2]}>{heading[3]}</h{level}>", part, 1)


def words_of(part: str) -> str:
    """Return the words of a section without its heading, on one line."""
    body = HEADING.sub("", part, 1)
    return " ".join(html.unescape(_TAG.sub("", _BORDER.sub(" ", body))).split())


def around_headings(text: str, place: Callable[[str, str], tuple[str, str, str]]) -> str:
    """Return a text with HTML before its headings, at their end, and behind them.

    `place` takes the anchor of a heading and its content, and returns the three.
    """

    def framed(heading: re.Match[str]) -> str:
        level, attributes, content = heading.groups()
        before, inside, after = place(anchor_of(attributes), content)
        rest = heading[0][heading.end(3) - heading.start() :]
        return f"{before}<h{level}{attributes}>{content}{inside}{rest}{after}"

    return _FRAMED.sub(framed, text)
