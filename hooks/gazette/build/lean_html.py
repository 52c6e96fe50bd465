"""HTML without what browsers supply: end tags and quotes that its standard lets pages leave out.

Pages of the archive are many: of a list, a table or a dozen paragraphs, each end tag is repeated in
every version and redline that shows them.
"""

from __future__ import annotations

import re

from gazette.site.addresses import SLOT

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
)
"""End tags that may be left out before what follows; the parser of libxml2 supplies them, too."""
BARE = re.compile(
    rf"""<[a-z][\w-]*(?:\ [a-z-]+="(?![^"]*{SLOT})[\w./:\#-]*[\w.\#-]")+(?=[\ >])""", re.VERBOSE
)
"""A start tag and its first attributes, up to one whose value has a space or ends in a slash."""


def without_ends(page: str) -> str:
    """Return HTML without the end tags that it may leave out."""
    return ENDS.sub("", page)


def without_quotes(page: str) -> str:
    """Return HTML without quotes around values that need none, but for those of slots."""
    return BARE.sub(lambda tag: tag[0].replace('"', ""), page)
