"""Outputs: the pages and files that are published, as records with their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from markupsafe import Markup

from gazette.model import Policy
from gazette.site import addresses
from gazette.site.addresses import Address

TOP = "gz-title"
"""The anchor of the heading of every page that is filled into a shell."""

BODY = Markup("<!--gazette-slot-body-->")
"""Placeholder for the costly part of an article, until the page is written."""

FEED_TYPE = "application/atom+xml"

LoadHtml = Callable[[], Markup]
"""Returns HTML from where it is stored."""

LoadText = Callable[[], str]
"""Returns text from where it is stored."""

_OWN = Address("")
"""Stands for the address of a page itself."""


@dataclass(frozen=True)
class Body:
    """The costly part of an article: its `key` identifies what it is made from, `html` loads it."""

    key: str
    html: LoadHtml = field(compare=False, repr=False)


class Relation(NamedTuple):
    """A link in the head of a page: what the page at `address` is to it (RFC 5829, RFC 7089).

    The address of an `alternate` in another language is a whole one.
    """

    rel: str
    address: Address
    datetime: str = ""
    type: str = ""
    hreflang: str = ""


@dataclass(frozen=True)
class Page:
    """A page to be filled into a shell, one of those of a `policy`.

    `article` is its HTML from the heading down, `body` replaces BODY in it; `contents` is its table
    of contents as (anchor, text), `canonical` the address that search engines should know it by,
    its own where it is left out, `indexed` whether they may. `relations` are links in its head;
    another is to its `feed`, that of the policy where it is left out.
    """

    address: Address
    policy: Policy = field(compare=False, repr=False)
    title: str
    description: str
    article: Markup
    contents: tuple[tuple[str, str], ...] = ()
    canonical: Address = _OWN
    indexed: bool = False
    body: Body | None = None
    relations: tuple[Relation, ...] = ()
    feed: Address | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "canonical", self.canonical or self.address)

    @property
    def head_relations(self) -> tuple[Relation, ...]:
        """All links in its head that relate it to others."""
        feed = self.feed or addresses.feed(self.policy.slug)
        return (*self.relations, Relation("alternate", feed, type=FEED_TYPE))


@dataclass(frozen=True)
class File:
    """A file published as it is: `key` identifies what it is made from, `content` returns it."""

    address: Address
    key: str
    content: Callable[[], bytes] = field(compare=False, repr=False)


def file(address: Address, content: bytes) -> File:
    """Return a file whose content is at hand."""
    return File(address, sha256(content).hexdigest(), lambda: content)
