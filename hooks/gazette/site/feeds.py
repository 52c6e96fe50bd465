"""Feeds: the updates of one policy, or of all, as Atom (RFC 4287)."""

from __future__ import annotations

import xml.etree.ElementTree as Tree
from collections.abc import Sequence
from urllib.parse import urljoin

from gazette.model import Policy, Version
from gazette.site import addresses

NAMESPACE = "http://www.w3.org/2005/Atom"
NEWEST = 50
"""So many of the newest versions stand in a feed."""


def feed(
    site_url: str, name: str, address: str, entries: Sequence[tuple[Policy, Version]]
) -> bytes:
    """Return a feed that is published at `address` below `site_url`, newest entry first.

    Its dates are the days the versions were posted, so that the same versions give the same bytes.
    """
    newest = sorted(entries, key=lambda one: (one[1].id, one[0].slug), reverse=True)[:NEWEST]
    root = Tree.Element("feed", {"xmlns": NAMESPACE})
    _text(root, "title", name)
    _text(root, "id", urljoin(site_url, address))
    Tree.SubElement(root, "link", {"rel": "self", "href": urljoin(site_url, address)})
    Tree.SubElement(root, "link", {"href": urljoin(site_url, addresses.HOME)})
    _text(root, "updated", _moment(newest[0][1]) if newest else "1970-01-01T00:00:00Z")
    _text(Tree.SubElement(root, "author"), "name", name)
    for owner, shown in newest:
        _entry(root, site_url, owner, shown)
    Tree.indent(root)
    text: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(root: Tree.Element, site_url: str, owner: Policy, shown: Version) -> None:
    first = owner.predecessor(shown) is None
    place = addresses.version if first else addresses.changes
    entry = Tree.SubElement(root, "entry")
    _text(entry, "title", f"{shown.metadata.title}, version {shown.id}")
    _text(entry, "id", urljoin(site_url, addresses.version(owner.slug, shown.id)))
    Tree.SubElement(entry, "link", {"href": urljoin(site_url, place(owner.slug, shown.id))})
    _text(entry, "updated", _moment(shown))
    _text(entry, "summary", shown.metadata.summary or ("First version." if first else "Updated."))


def _moment(shown: Version) -> str:
    return f"{shown.metadata.updated.isoformat()}T00:00:00Z"


def _text(parent: Tree.Element, tag: str, text: str) -> None:
    Tree.SubElement(parent, tag).text = text
