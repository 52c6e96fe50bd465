"""Links within a text that lead on from a redline: to a section that it shows, else to the text.

The words of a redline are written before it is known which sections it shows: until then the links
in them only say of which text they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

OF_OLD, OF_NEW = "\x01-", "\x01+"
"""Stand for the hash of a link within the old or the new text; no HTML holds them."""
_WITHIN = re.compile(r"(<a\s[^>]*?\bhref=\")#")
_CLASS = re.compile(r"\s?class=\"[^\"]*\"")
_UNRESOLVED = re.compile(r"<a((?:\s[^>]*?)?)\shref=\"\x01([-+])([^\"]*)\"")


def unresolved(tags: str, *, is_gone: bool) -> str:
    """Return HTML whose links within its text say that they are of the old one, or of the new."""
    return (
        _WITHIN.sub(rf"\g<1>{OF_OLD if is_gone else OF_NEW}", tags) if 'href="#' in tags else tags
    )


@dataclass(frozen=True)
class SectionPlaces:
    """The ids of the sections that a redline shows, by their anchors in both texts.

    Other links lead to the pages of the texts where there are any.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]
    old_page: str
    new_page: str

    def resolved(self, text: str) -> str:
        """Return HTML with its unresolved links leading to sections of the redline, or to texts."""
        return _UNRESOLVED.sub(self._link, text) if "\x01" in text else text

    def _link(self, link: re.Match[str]) -> str:
        attributes, side, anchor = link.groups()
        ids, page = (self.old, self.old_page) if side == "-" else (self.new, self.new_page)
        own_id = ids.get(unquote(html.unescape(anchor)))
        if own_id or not page:
            return f'<a{attributes} href="#{html.escape(own_id) if own_id else anchor}"'
        return f'<a class="gz-page"{_CLASS.sub("", attributes)} href="{page}#{anchor}"'


def first_places(sections: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first id of each of these (anchor, id); what has no anchor is left out."""
    places: dict[str, str] = {}
    for anchor, own_id in sections:
        if anchor:
            places.setdefault(anchor, own_id)
    return places
