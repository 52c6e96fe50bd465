"""The site that texts come from: which of its addresses is which policy now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

_END = re.compile(r"(?:(?:^|/)(?:index|readme))?(?:\.(?:html?|md|markdown))?/?$", re.I)
_HOST = re.compile(r"^(?:url|baseURL)[ \t]*[:=][ \t]*[\"']?https?://([^/\"'\s]+)", re.M | re.I)
_ROOTS = frozenset(
    {"content", "docs", "doc", "source", "src", "pages", "_pages", "site", "website"}
)
"""Folders whose names are no part of the addresses of what stands in them."""


@dataclass(frozen=True)
class OldSite:
    """Addresses of an old site, without slashes at their ends, with the links that take them over.

    `hosts` are its names, `base` is the folder below which its texts stood.
    """

    links: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    base: str = ""

    def relative_link(self, path: str, pages: Iterable[str]) -> str | None:
        """Return the link that a relative address becomes on one of the pages it may stand on."""
        addresses = (address_of(urljoin(page, path)) for page in pages)
        return next((self.links[address] for address in addresses if address in self.links), None)

    def link(self, parts: SplitResult) -> str | None:
        """Return the link that an absolute address becomes, None where it leads elsewhere."""
        if parts.netloc and host_of(parts.netloc) not in self.hosts:
            return None
        address = address_of(parts.path)
        if self.base and (parts.netloc or address.startswith(f"{self.base}/")):
            if not address.startswith(f"{self.base}/"):
                return None
            address = address.removeprefix(f"{self.base}/")
        return self.links.get(address)


def pages_of(path: str, stated: Iterable[str]) -> Iterator[str]:
    """Yield the addresses at which a text may have stood: what it states, else by its `path`."""
    address = next(iter(stated), "") or f"/{address_of(_below_root(path))}"
    yield f"{address.rstrip('/')}/"
    yield address.rstrip("/")


def address_of(path: str) -> str:
    """Return the address of a page or file without its ending, in small letters."""
    return _END.sub("", unquote(path).strip("/").lower()).strip("/")


def _below_root(path: str) -> str:
    """Return the path of a file below the folder that a program makes the top of its site."""
    parts = path.split("/")
    while len(parts) > 1 and parts[0] in _ROOTS:
        del parts[0]
    return "/".join(parts)


def host_of(name: str) -> str:
    """Return the name of a host as it is compared."""
    return name.lower().partition(":")[0].removeprefix("www.")


def old_site(
    slugs: Mapping[str, str],
    prefix: str,
    stated: Mapping[str, Iterable[str]],
    hosts: Iterable[str],
    url: str,
) -> OldSite:
    """Return the site whose texts stood at the paths in `slugs`, below `prefix` or not.

    `stated` are addresses that texts give themselves, by slug; `url` is where the site was, as the
    editor says, or empty.
    """
    links: dict[str, str] = {}
    for cut in (str, lambda path: path.removeprefix(prefix), _below_root):
        for path, slug in slugs.items():
            if address := address_of(cut(path)):
                links.setdefault(address, f"{slug}.md")
    for slug, addresses in stated.items():
        links |= {address_of(address): f"{slug}.md" for address in addresses}
    parts = urlsplit(url)
    names = {host_of(name) for name in (*hosts, parts.netloc) if name}
    return OldSite(links, frozenset(names), address_of(parts.path))


def stated_hosts(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of hosts in files of a site: `CNAME`, or its configuration."""
    for name, text in files:
        if PurePosixPath(name).name == "CNAME":
            yield text.strip().partition("\n")[0]
        else:
            yield from _HOST.findall(text)
