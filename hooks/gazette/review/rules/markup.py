"""Raw HTML: what a policy may hold, and what it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.review.policy_text import Finding
from gazette.review.review import PolicyReview
from gazette.text.markdown_source import without_code

ALLOWED = re.compile(
    r"a|abbr|b|bdi|bdo|blockquote|br|caption|cite|code|col|colgroup|dd|del|details|dfn|div"
    r"|dl|dt|em|figcaption|figure|h1|h2|h3|h4|h5|h6|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s"
    r"|samp|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr"
    r"|u|ul|var|wbr",
    re.I,
)
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\s[^<>]*)?)/?>")
HANDLER = re.compile(r"\s(on[a-z]+)\s*=", re.I)
SCHEME = re.compile(r"(?:href|src)\s*=\s*[\"']?\s*(javascript|data|vbscript):", re.I)
FORBIDDEN = re.compile(
    r"script|style|iframe|object|embed|form|input|button|select|textarea|link|meta|base|svg|math|video|audio"
    r"|canvas|template|noscript|font|center|marquee|frame|frameset|html|head|body|title|label|option|main"
    r"|header|footer|nav|article|aside|address|source|applet|dialog|slot|o:p",
    re.I,
)


def raw_html(policy: PolicyReview) -> Iterator[Finding]:
    """Find tags that do not belong into a policy, and attributes that run a program."""
    for tag in TAG.finditer(without_code(policy.text.body_in_place)):
        fault = None if tag["close"] else _fault(tag["name"], tag["attributes"])
        if fault:
            yield policy.text.finding(tag.start(), fault, "Write it in Markdown, or take it out.")


def _fault(name: str, attributes: str) -> str | None:
    """Return what is wrong with a tag, None where it may stand in a policy."""
    if FORBIDDEN.fullmatch(name):
        return f"<{name}> is HTML that a policy may not hold."
    if not ALLOWED.fullmatch(name):
        return f"<{name}> is no HTML: browsers show nothing in its place."
    if handler := HANDLER.search(attributes):
        return f"The attribute {handler[1]} runs a program when readers touch the text."
    if scheme := SCHEME.search(attributes):
        return f"A link to “{scheme[1].lower()}:” leads to no page."
    return None
