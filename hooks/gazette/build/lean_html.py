"""HTML without what browsers supply: end tags, quotes and line breaks that pages may leave out.

Pages of the archive are many: of a list, a table or a dozen paragraphs, each end tag is repeated in
every version and redline that shows them.
"""

from __future__ import annotations

import re
from functools import lru_cache

FLOW = (
    "address|article|aside|blockquote|details|div|dl|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|main|nav|ol|p|pre|section|table|ul"
)
"""Elements whose start ends a paragraph."""
HOLDERS = "article|aside|blockquote|dd|details|div|figcaption|figure|form|li|nav|section|td|th"
"""Elements whose end ends a paragraph in them; those of running text are not among them."""
ENDS = re.compile(
    r"</li>(?=\s*(?:<li\b|</[uo]l>))"
    rf"|</p>(?=\s*(?:<(?:{FLOW})\b|</(?:{HOLDERS})>))"
    r"|</option>(?=\s*(?:<option\b|</select>))"
    r"|</t[dh]>(?=\s*(?:<t[dh]\b|</tr>))|</tr>(?=\s*(?:<tr\b|</(?:thead|tbody|table)>))"
    r"|</head>(?=<body\b)|</body>\s*</html>\s*$"
)
"""End tags that may be left out before what follows; the parser of libxml2 supplies them, too."""
BREAKS = re.compile(
    rf"\n\s+(?=<(?:{FLOW}|summary|/?(?:li|d[dt]|t[rdh])|/(?:article|details|div|nav|section|[duo]l))\b)"
)
"""White space for which a break stands: without any, words of two elements would run together."""
QUOTED = re.compile(r"""<[a-z][^<>"']*(?:"[^"]*"[^<>"']*)+(?<!/)>""")
"""A start tag with quotes, but not of what ends in it."""
VALUE = re.compile(r'="([^"\s=<>`\']+)"')
"""The value of an attribute that needs no quotes."""
PROGRAMS = re.compile(r"(<script\b[^>]*>(?!</script>).*?</script>|<style\b[^>]*>.*?</style>)", re.S)
"""What a policy of content allows by the digest of every letter in it."""
MARK = " class=gz-page"
"""Tells a link that the engine made from those of a text, until both lead where they should."""


def lean(page: str) -> str:
    """Return HTML that browsers read as the same page, without what it may leave out."""
    parts = PROGRAMS.split(page)
    parts[::2] = map(_lean, parts[::2])
    return "".join(parts)


def _lean(markup: str) -> str:
    return BREAKS.sub("\n", ENDS.sub("", QUOTED.sub(lambda tag: _bare(tag[0]), markup)))


@lru_cache(maxsize=10_000)
def _bare(tag: str) -> str:
    """Return a start tag without the quotes that it can do without; most stand on many pages."""
    return VALUE.sub(r"=\1", tag).replace(MARK, "")
