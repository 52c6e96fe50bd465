"""Feeds: the updates of one policy, or of all, as Atom (RFC 4287).

The ids of feeds and entries are `tag:` URIs (RFC 4151). They are made from the names under which
versions were first published, so neither a renamed policy nor a new domain changes them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Tree
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from gazette.model import Policy, Version
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.addresses import Address

NAMESPACE = "http://www.w3.org/2005/Atom"
NEWEST = 50
"""This many of the newest versions are in a feed."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


def policy_feed(settings: Settings, policy: Policy) -> bytes:
    """Return the feed of the updates of one policy."""
    first = policy.original_slug(policy.versions[0])
    entries = [(policy, version) for version in policy.versions]
    address = addresses.feed(policy.slug)
    return _feed(settings, policy.title, address, f"policies/{first}", entries)


def site_feed(settings: Settings, policies: Sequence[Policy]) -> bytes:
    """Return the feed of the updates of all policies."""
    entries = [(policy, version) for policy in policies for version in policy.versions]
    return _feed(settings, settings.name, addresses.feed(), "policies", entries)


def _feed(
    settings: Settings,
    title: str,
    address: Address,
    identity: str,
    entries: Sequence[tuple[Policy, Version]],
) -> bytes:
    """Return a feed published at `address`, newest entry first.

    Its dates are the days the versions were posted: the same versions give the same bytes.
    """
    by_date = sorted(entries, key=lambda entry: (entry[1].id, entry[0].slug), reverse=True)
    newest = by_date[:NEWEST]
    root = Tree.Element("feed", {"xmlns": NAMESPACE})
    _text(root, "title", title)
    _text(root, "id", _tag(settings, identity))
    _link(root, settings, address, rel="self")
    _link(root, settings, addresses.HOME)
    _text(root, "updated", _moment(newest[0][1]) if newest else "1970-01-01T00:00:00Z")
    _text(Tree.SubElement(root, "author"), "name", title)
    for policy, version in newest:
        _entry(root, settings, policy, version)
    Tree.indent(root)
    xml: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _entry(root: Tree.Element, settings: Settings, policy: Policy, version: Version) -> None:
    is_first = policy.predecessor(version) is None
    address_of = addresses.version if is_first else addresses.changes
    summary = version.metadata.summary or ("First version." if is_first else "Updated.")
    entry = Tree.SubElement(root, "entry")
    _text(entry, "title", f"{version.metadata.title}, version {version.id}")
    _text(entry, "id", _tag(settings, f"policies/{policy.original_slug(version)}/{version.id}"))
    _link(entry, settings, address_of(policy.slug, version.id))
    _text(entry, "updated", _moment(version))
    _text(entry, "summary", summary)


def _tag(settings: Settings, identity: str) -> str:
    host = urlsplit(settings.site_url).hostname or "localhost"
    authority = settings.feed_authority or host.encode("idna").decode()
    return f"tag:{authority},{settings.feed_since.isoformat()}:{identity}"


def _moment(version: Version) -> str:
    return f"{version.metadata.updated.isoformat()}T00:00:00Z"


def _text(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(parent, name).text = NOT_IN_XML.sub("", text)


def _link(parent: Tree.Element, settings: Settings, address: Address, **attributes: str) -> None:
    href = urljoin(settings.site_url, address)
    Tree.SubElement(parent, "link", {**attributes, "href": href})
