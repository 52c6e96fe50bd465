"""Full addresses in texts that lead to files of the help center itself.

Whoever writes `https://help.example.com/files/form.pdf` means the same file as with
`../files/form.pdf`, so it is guarded and kept like that one.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from gazette.text.links import ATTRIBUTE

_FULL = re.compile(
    r"(?:https?:)?[/\\]{2,}(?:[^/\\?#]*@)?(?P<name>[^/\\?#:@]+)(?::(?P<port>\d*))?"
    r"(?P<path>(?:[/\\][^?#]*)?)(?:[?#].*)?",
    re.I | re.S,
)
"""An address with the name of a server, as browsers read it."""
_TAG = re.compile(r"<a(?! class=\"gz-)\s[^>]*>", re.I)
_USUAL_PORTS = frozenset({"80", "443"})
_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")


class OwnSite(NamedTuple):
    """Where a help center is published: the server by name and port, and the folder there."""

    name: str
    port: str
    folder: str

    def path_of(self, address: str) -> str | None:
        """Return the path below the site that a full address names, None for any other address.

        http or https is no matter, as one leads on to the other.
        """
        parts = _parts(address)
        if parts is None or parts[:2] != self[:2] or not parts.folder.startswith(self.folder):
            return None
        return parts.folder.removeprefix(self.folder)

    def is_named_in(self, source: str) -> bool:
        """Tell whether Markdown may hold an address of the site, in whatever way it is written."""
        letters = unquote(html.unescape(source.replace("\\", ""))).lower()
        return self.name in letters or _in_own_letters(self.name) in letters


def own_site(address: str) -> OwnSite | None:
    """Return the site at an address, None where that names none."""
    parts = _parts(address)
    return parts and parts._replace(folder=f"{parts.folder.rstrip('/')}/")


def own_files(text: str, site: OwnSite) -> Iterator[tuple[str, str]]:
    """Yield the full addresses in HTML that may lead to a file of the site, with its path there.

    A page has no ending in its name.
    """
    for tag in _TAG.finditer(text):
        attribute = ATTRIBUTE.search(tag[0])
        address = html.unescape(attribute[2][1:-1]) if attribute else ""
        path = site.path_of(address)
        if path and posixpath.splitext(path)[1]:
            yield address, path


def with_own_files(text: str, site: OwnSite, resolve: Callable[[str], str | None]) -> str:
    """Return HTML whose full addresses of files of the site lead to what `resolve` says.

    It takes their paths below `docs/`; where it returns None, they stay as they are.
    """

    def led(tag: re.Match[str]) -> str:
        attribute = ATTRIBUTE.search(tag[0])
        for address, path in own_files(tag[0], site):
            if attribute and (link := resolve(path)):
                fragment = urlsplit(address).fragment
                link = html.escape(link + (f"#{fragment}" if fragment else ""))
                start, end = attribute.span(2)
                return f'{tag[0][:start]}"{link}"{tag[0][end:]}'
        return tag[0]

    return _TAG.sub(led, text)


def _parts(address: str) -> OwnSite | None:
    """Return server and path of a full address; None for any other."""
    match = _FULL.fullmatch(_IGNORED_BY_BROWSERS.sub("", address).strip())
    if match is None:
        return None
    path = unquote(match["path"].replace("\\", "/"))
    end = "/" if path.endswith("/") else ""
    path = posixpath.normpath(f"/{path.lstrip('/')}")
    port = match["port"] or ""
    name = _in_ascii(unquote(match["name"]).lower().rstrip("."))
    return OwnSite(name, "" if port in _USUAL_PORTS else port, path if path == "/" else path + end)


def _in_ascii(name: str) -> str:
    """Return the name of a server as machines call it."""
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def _in_own_letters(name: str) -> str:
    try:
        return name.encode().decode("idna")
    except UnicodeError:
        return name
