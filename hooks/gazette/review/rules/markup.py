"""Raw HTML: what a policy may hold, and what it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.problems import Code, Problem
from gazette.review.manuscripts import CODE_SPAN, COMMENT, FENCED, Manuscript, blanked

ALLOWED = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
CODE = re.compile(f"{COMMENT}|{FENCED}|{CODE_SPAN}", re.S | re.M)
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\s[^<>]*)?)/?>")
HANDLER = re.compile(r"\s(on[a-z]+)\s*=", re.I)
SCHEME = re.compile(r"(?:href|src)\s*=\s*[\"']?\s*(javascript|data|vbscript):", re.I)
KNOWN = re.compile(
    r"script|style|iframe|object|embed|form|input|button|select|textarea|link|meta|base|svg|math|video|audio"
    r"|canvas|template|noscript|font|center|marquee|frame|frameset|html|head|body|title|label|option|main"
    r"|header|footer|nav|article|aside|address|source|applet|dialog|slot|o:p",
    re.I,
)


def raw_html(manuscript: Manuscript) -> Iterator[Problem]:
    """Find tags that do not belong into a policy, and attributes that run a program."""
    for tag in TAG.finditer(CODE.sub(lambda m: blanked(m[0]), manuscript.body)):
        said = None if tag["close"] else _wrong(tag["name"], tag["rest"])
        if said:
            hint = "Write it in Markdown, or take it out."
            yield manuscript.problem(manuscript.start + tag.start(), Code.RAW_HTML, said, hint)


def _wrong(name: str, rest: str) -> str | None:
    if name.lower() not in ALLOWED:
        known = KNOWN.fullmatch(name)
        return (
            f"<{name}> is HTML that a policy may not hold."
            if known
            else (f"<{name}> is no HTML: browsers show nothing in its place.")
        )
    if found := HANDLER.search(rest):
        return f"The attribute {found[1]} runs a program when readers touch the text."
    if found := SCHEME.search(rest):
        return f"A link to “{found[1].lower()}:” leads to no page."
    return None
