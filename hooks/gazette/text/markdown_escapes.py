"""Letters as Markdown that renders as exactly these letters."""

from __future__ import annotations

import re

BREAK = "\x00"
"""Stands for a line break until its paragraph is written."""

_ALWAYS = re.compile(r"[*`~]|\\(?=[!-/:-@\[-`{-~]|\s*$)|(?<![^\W_])_|_(?![^\W_])|\{|!(?=\[|$)")
_BRACKET = re.compile(r"\[(?![^\[\]]*\][^(\[:])|\](?=[(\[:]|$)")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_TAG = re.compile(r"<(?=\S)")
_LINE_START = re.compile(
    r"""(?P<number>\d+)[.)](?=\s|$)
    | (?P<mark>[-+>#](?=\s|$)|[>#]|[-=|](?=[-=|:\s]*$)|!(?=!!))
    | (?P<other>[:=])(?=\s|\s*$)
    | (?P<blanks>(?P<rule>[_*-])(?:\ ?(?P=rule)){2,}\s*$)""",
    re.VERBOSE,
)


def escaped(text: str) -> str:
    """Return text as it stands inside a paragraph, its white space folded to single blanks."""
    folded = re.sub(r"[^\S\xa0]+", " ", _visible(text))
    marked = _BRACKET.sub(r"\\\g<0>", _ALWAYS.sub(r"\\\g<0>", folded))
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", marked))


def line_start(line: str) -> str:
    """Return a line of inline Markdown so that it begins no list, heading, quote or rule."""
    mark = _LINE_START.match(line)
    if not mark:
        return line
    if mark["number"]:
        return f"{mark['number']}\\{line[len(mark['number']) :]}"
    if mark["other"] or line[0] in "=":
        return f"&#{ord(line[0])};{line[1:]}"
    return "\\" + line


def heading(level: int, text: str) -> str:
    """Return a heading of this level."""
    words = re.sub(r"#(?=#*$)", r"\\#", escaped(text).strip())
    return f"{'#' * level} {words}"


def code(text: str) -> str:
    """Return inline code that shows `text`."""
    folded = " ".join(_visible(text).split())
    runs = [len(run) for run in re.findall(r"`+", folded)]
    fence = "`" * (max(runs, default=0) + 1)
    edge = " " if folded.startswith("`") or folded.endswith("`") else ""
    return f"{fence}{edge}{folded}{edge}{fence}" if folded else ""


def _visible(text: str) -> str:
    """Return the text without what no reader sees: control characters, marks of byte order."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\xad]", "", text)
