"""Links and images in the text of a version: they lead somewhere from where it is published.

The text was written beside the other policies in `docs/policies/`, but is published at another
address, and what it points to may have been renamed or withdrawn since.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

TAG = re.compile(
    r"<(?:a(?! class=\"gz-)|img|source|video|audio)\s"
    r"(?=(?:[^>]*?\s)?(?:href|src)=[\"'](?![#/\"']|[a-z][a-z0-9+.-]*:))[^>]*>",
    re.I,
)
"""A tag that leads to a relative address; links with a class of the site's own are left alone."""
ATTRIBUTE = re.compile(r"\s(href|src)=(\"[^\"]*\"|'[^']*')", re.I)
IMAGE_TEXT = re.compile(r"\salt=(\"[^\"]*\"|'[^']*')", re.I)
FOLDER = "policies"

Resolve = Callable[[str], str | None]
"""Takes a path below `docs/`, returns the link to what is published of it, None for nothing."""


def target_of(url: str) -> str | None:
    """Return the path below `docs/` that a link in a policy names, None for any other link."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(FOLDER, unquote(parts.path)))


def targets(text: str) -> Iterator[str]:
    """Yield the path below `docs/` of everything that the HTML `text` links or shows of it."""
    for tag in TAG.finditer(text):
        attribute = ATTRIBUTE.search(tag[0])
        target = target_of(html.unescape(attribute[2][1:-1])) if attribute else None
        if target is not None:
            yield target


def relocated(text: str, resolve: Resolve) -> str:
    """Return the HTML `text` with every relative link and image replaced by what `resolve` says.

    A link to what is no longer published becomes its words, an image its description, both marked
    as such.
    """
    return TAG.sub(lambda tag: _tag(tag[0], resolve), text)


def _tag(tag: str, resolve: Resolve) -> str:
    attribute = ATTRIBUTE.search(tag)
    url = html.unescape(attribute[2][1:-1]) if attribute else ""
    target = target_of(url)
    if attribute is None or target is None:
        return tag
    address = resolve(target)
    if address is None:
        return _missing(tag, attribute)
    fragment = urlsplit(url).fragment
    link = html.escape(address + (f"#{fragment}" if fragment else ""))
    return f'{tag[: attribute.start()]} {attribute[1]}="{link}"{tag[attribute.end() :]}'


def _missing(tag: str, attribute: re.Match[str]) -> str:
    if attribute[1].lower() == "href":
        kept = tag[: attribute.start()] + tag[attribute.end() :]
        return f'{kept[:2]} class="gz-missing" title="No longer published"{kept[2:]}'
    alt = IMAGE_TEXT.search(tag)
    words = alt[1][1:-1] if alt else ""
    return f'<span class="gz-missing">[Image no longer published: {words}]</span>'
