"""Outputs: the pages and files that are published, as records with their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

TOP = "gz-title"
"""The anchor of the heading of every page that is filled in."""

BODY = "<!--gazette-slot-body-->"
"""What stands in an article for its costly part until the page is written."""


@dataclass(frozen=True)
class Body:
    """The costly part of an article: its `key` tells what it is made from, `html` makes it."""

    key: str
    html: Callable[[], str] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Page:
    """A page to be filled into a shell.

    `article` is its HTML from the heading down, `body` what stands in the place of BODY in it;
    `contents` is its table of contents as (anchor, text), `canonical` the address that search
    engines should know it by, `indexed` whether they may.
    """

    address: str
    title: str
    description: str
    article: str
    contents: tuple[tuple[str, str], ...]
    canonical: str
    indexed: bool = False
    body: Body | None = None


@dataclass(frozen=True)
class File:
    """A file that is published as it is; `key` tells what it is made from, `content` makes it."""

    address: str
    key: str
    content: Callable[[], bytes] = field(compare=False, repr=False)


def file(address: str, content: bytes) -> File:
    """Return a file whose content is at hand."""
    return File(address, sha256(content).hexdigest(), lambda: content)
