"""Links and images in the text of a version: they lead somewhere from where it is published.

The text was written beside the other policies in `docs/policies/`, a translation beside those of
its language, but is published at another address, and what it points to may have been renamed or
withdrawn since.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from gazette.language import ENGLISH, Language
from gazette.text.slugs import archived_parts, language_of_slug, slug_at

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


def folder_of(path: str) -> str:
    """Return the folder below `docs/` from which links lead, in the text that is kept at `path`.

    That is a path in `docs/` or `versions/`, relative to the project.
    """
    top, _, archived = path.partition("/")
    slug = archived_parts(archived)[0] if top == "versions" else slug_at(path)
    return folder_of_slug(slug)


def folder_of_slug(slug: str) -> str:
    """Return the folder below `docs/` in which the file of a policy stands."""
    return posixpath.join(FOLDER, language_of_slug(slug)).rstrip("/")


def target_of(url: str, folder: str = FOLDER) -> str | None:
    """Return the path below `docs/` that a link names in a text in its `folder`, None for others.

    Others are links to elsewhere, and to places of the text itself.
    """
    path = _path_of(url)
    return None if path is None else below_docs(folder, path)


def below_docs(folder: str, path: str) -> str:
    """Return the path below `docs/` of what a relative `path` names in a `folder` there."""
    return posixpath.normpath(posixpath.join(folder, path))


def _path_of(url: str) -> str | None:
    """Return the relative path that a link names, None for one to elsewhere or to an anchor."""
    parts = urlsplit(url)
    return unquote(parts.path) if is_relative(parts) else None


def is_relative(address: SplitResult) -> bool:
    """Tell whether an address names a file from the page it stands on: no site, no anchor alone."""
    return bool(address.path) and not (
        address.scheme or address.netloc or address.path.startswith("/")
    )


def paths(text: str) -> Iterator[str]:
    """Yield the path, from its own folder, of everything that the HTML `text` links or shows."""
    for tag in TAG.finditer(text):
        attribute = ATTRIBUTE.search(tag[0])
        path = _path_of(html.unescape(attribute[2][1:-1])) if attribute else None
        if path is not None:
            yield posixpath.normpath(path)


def targets(text: str, folder: str = FOLDER) -> Iterator[str]:
    """Yield the path below `docs/` of everything that the HTML of a text in `folder` links."""
    return (below_docs(folder, path) for path in paths(text))


def relocated(
    text: str, resolve: Resolve, folder: str = FOLDER, language: Language = ENGLISH
) -> str:
    """Return the HTML `text` with every relative link and image replaced by what `resolve` says.

    The text was written in `folder`. A link to what is no longer published becomes its words, an
    image its description, both marked as such in the `language` of the page.
    """
    return TAG.sub(lambda tag: _tag(tag[0], resolve, folder, language), text)


def _tag(tag: str, resolve: Resolve, folder: str, language: Language) -> str:
    attribute = ATTRIBUTE.search(tag)
    url = html.unescape(attribute[2][1:-1]) if attribute else ""
    target = target_of(url, folder)
    if attribute is None or target is None:
        return tag
    address = resolve(target)
    if address is None:
        return _missing(tag, attribute, language)
    fragment = urlsplit(url).fragment
    link = html.escape(address + (f"#{fragment}" if fragment else ""))
    return f'{tag[: attribute.start()]} {attribute[1]}="{link}"{tag[attribute.end() :]}'


def _missing(tag: str, attribute: re.Match[str], language: Language) -> str:
    if attribute[1].lower() == "href":
        kept = tag[: attribute.start()] + tag[attribute.end() :]
        title = html.escape(language.gettext("No longer published"))
        return f'{kept[:2]} class="gz-missing" title="{title}"{kept[2:]}'
    alt = IMAGE_TEXT.search(tag)
    message = language.gettext("[Image no longer published: %(words)s]")
    words = html.escape(message, quote=False) % {"words": alt[1][1:-1] if alt else ""}
    return f'<span class="gz-missing">{words}</span>'
