"""Feeds held against RFC 4287, and against what this project promises of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as parser

ATOM, TERMS = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/terms/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
TAG_URI = re.compile(r"tag:[\w.@-]+,\d{4}(-\d\d){0,2}:\S+")
ONCE = {"id", "title", "updated"}
"""What a feed and an entry have exactly once (4.1.1 and 4.1.2)."""
IN_FEED = ONCE | {"author", "link", "entry"}
IN_ENTRY = ONCE | {"link", "category", "summary", "content"}
"""All that these feeds use of what the RFC allows."""
ATTRIBUTES = {
    "feed": {LANG},
    "entry": {LANG},
    "link": {"rel", "type", "href"},
    "category": {"term"},
    "content": {"type"},
}
IN_CONTENT = {"div", "h3", "p", "ins", "del", "br", "a"}


def faults(feed: bytes, address: str) -> Iterator[str]:
    """Yield what is wrong with a feed that is published at an absolute address."""
    try:
        root = etree.fromstring(feed)
    except etree.XMLSyntaxError as error:
        yield f"It is no XML: {error}"
        return
    if root.tag != f"{ATOM}feed":
        yield "It is no feed."
    yield from _members(root, IN_FEED)
    yield from _attributes(root)
    yield from _links(root, address)
    if not root.findall(f"{ATOM}author/{ATOM}name"):
        yield "Neither it nor its entries have an author (4.1.1)."
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        name = entry.findtext(f"{ATOM}id")
        yield from (f"{name}: {fault}" for fault in _entry(entry))
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in [root, *entries])
    yield from (f"{name} is the id of several." for name, count in ids.items() if count > 1)
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    if moments != sorted(moments, reverse=True):
        yield "Its entries are not in order, the newest first."
    if moments and root.findtext(f"{ATOM}updated") != moments[0]:
        yield "It was not updated with its newest entry."


def feeds(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all feeds of a built site by their addresses, relative to its root."""
    for path in sorted(site.rglob("feed.xml")):
        yield path.relative_to(site).as_posix(), path.read_bytes()


def _members(element: etree._Element, allowed: set[str]) -> Iterator[str]:
    counts = Counter(str(child.tag) for child in element)
    for name in sorted(ONCE):
        if counts[f"{ATOM}{name}"] != 1:
            yield f"It has {counts[f'{ATOM}{name}']} times {name}, not once."
        elif not (element.findtext(f"{ATOM}{name}") or "").strip():
            yield f"Its {name} is empty."
    known = {f"{ATOM}{name}" for name in allowed} | {f"{TERMS}valid"}
    yield from (f"It has {tag}, which nobody knows." for tag in counts if tag not in known)
    if not TAG_URI.fullmatch(element.findtext(f"{ATOM}id") or ""):
        yield "Its id is no tag URI (RFC 4151)."
    if not MOMENT.fullmatch(element.findtext(f"{ATOM}updated") or ""):
        yield "It was updated at no moment of RFC 3339."


def _attributes(root: etree._Element) -> Iterator[str]:
    for element in root.iter(f"{ATOM}*"):
        name = str(element.tag).removeprefix(ATOM)
        strange = {str(key) for key in element.attrib} - ATTRIBUTES.get(name, set())
        yield from (f"{name} has the attribute {key}." for key in sorted(strange))
        if not LANGUAGE.fullmatch(element.get(LANG, "en")):
            yield f"{element.get(LANG)} is no language."
    if not root.get(LANG):
        yield "It does not say its language."


def _links(root: etree._Element, address: str) -> Iterator[str]:
    links = [
        (link.get("rel", "alternate"), link.get("href")) for link in root.findall(f"{ATOM}link")
    ]
    if [href for rel, href in links if rel == "self"] != [address]:
        yield "It does not say where it is published (4.1.1)."
    for element in [root, *root.findall(f"{ATOM}entry")]:
        counts = Counter(
            (link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        )
        if not counts or max(counts.values()) > 1:
            yield "Not one page is the alternate of it or of an entry (4.1.1, 4.1.2)."
    for link in root.iter(f"{ATOM}link"):
        if not urlsplit(link.get("href", "")).scheme:
            yield f"The link to {link.get('href')} is not absolute."


def _entry(entry: etree._Element) -> Iterator[str]:
    yield from _members(entry, IN_ENTRY)
    for name in ("summary", "content"):
        if len(entry.findall(f"{ATOM}{name}")) > 1:
            yield f"It has more than one {name}."
    classes = [category.get("term") for category in entry.findall(f"{ATOM}category")]
    if len([*filter(None, classes)]) != 1:
        yield "It says no class."
    for day in entry.findall(f"{TERMS}valid"):
        if not DAY.fullmatch(day.text or ""):
            yield f"{day.text} is no day."
    for content in entry.findall(f"{ATOM}content"):
        if content.get("type") != "html" or len(content):
            yield "Its content is no HTML (4.1.3)."
        for element in parser.fragment_fromstring(content.text or "", "div").iter():
            if element.tag not in IN_CONTENT or set(element.attrib) - {"href"}:
                yield f"Its content has {element.tag} with {dict(element.attrib)}."
            if element.get("href") and not urlsplit(element.get("href") or "").scheme:
                yield f"Its content links {element.get('href')}."


def of_site(site: Path, site_url: str) -> Iterator[str]:
    """Yield what is wrong with any feed of a built site."""
    for address, feed in feeds(site):
        for fault in faults(feed, urljoin(site_url, address)):
            yield f"{address}: {fault}"
