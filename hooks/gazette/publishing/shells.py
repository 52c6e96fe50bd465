"""Shells: pages of the theme with slots, rendered once for each depth of address, then filled.

A shell is a page as the site generator itself renders it, with navigation, header, search and
palette, whose title, text and table of contents are slots. Earlier versions and redlines are filled
in here, outside the generator, so a thousand of them cost a thousand replacements, not renderings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gazette import addresses
from gazette.errors import GazetteError

SLOT = "gazette-slot"
ADDRESSES = (
    f"{SLOT}/",
    addresses.policy(SLOT),
    addresses.archive(SLOT),
    addresses.version(SLOT, SLOT),
)
"""Where the shells stand in a freshly built site: one for each depth of address."""

PATHS = tuple(f"{address}index.md" for address in ADDRESSES)
"""The same as Markdown files below `docs/`, which exist only while the site is built."""

SOURCE = f"""---
title: {SLOT}-title
description: {SLOT}-description
robots: {SLOT}-robots
shell: true
search:
  exclude: true
---
# {SLOT}-title

## {SLOT}-heading {{: #{SLOT}-anchor }}

{SLOT}-end
"""
"""The Markdown of a shell, for the site generator to render."""

TOP = "gz-title"
"""The anchor of the heading of every page that is filled in."""

ENTRY = re.compile(rf'<li class="md-nav__item">\s*<a href="#{SLOT}-anchor".*?</li>', re.S)
ARTICLE = re.compile(rf'<h1[^>]*id="{SLOT}-title".*?<p>{SLOT}-end</p>', re.S)


BODY = f"<!--{SLOT}-body-->"
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
class Shell:
    """A rendered shell, cut at its slots: head, entry of the table of contents, middle, foot."""

    address: str
    head: str
    entry: str
    middle: str
    foot: str


def read_shell(address: str, rendered: str) -> Shell:
    """Cut a shell that was `rendered` at `address`.

    Raises GazetteError when the theme left out a slot.
    """
    entry, article = ENTRY.search(rendered), ARTICLE.search(rendered)
    if not entry or not article or entry.end() > article.start():
        raise GazetteError(
            f"The theme's page {address} has no table of contents above its text. "
            "Pages of the archive are filled into it: use Material for MkDocs 9, with `toc` among "
            "the Markdown extensions and without `toc.integrate` among the theme's features."
        )
    return Shell(
        address,
        head=rendered[: entry.start()],
        entry=entry[0],
        middle=rendered[entry.end() : article.start()],
        foot=rendered[article.end() :],
    )


def fill(shell: Shell, page: Page) -> str:
    """Return `page` as a whole HTML page in `shell`."""
    entries = "".join(
        shell.entry.replace(f"{SLOT}-anchor", html.escape(anchor)).replace(
            f"{SLOT}-heading", html.escape(text)
        )
        for anchor, text in page.contents
    )
    slots = _slots(shell, page)
    article = page.article.replace(BODY, page.body.html()) if page.body else page.article
    parts = (_filled(shell.head, slots), entries, _filled(shell.middle, slots), article)
    return "".join((*parts, _filled(shell.foot, slots)))


def _slots(shell: Shell, page: Page) -> Mapping[str, str]:
    return {
        f"#{SLOT}-title": f"#{TOP}",
        f"{SLOT}-title": html.escape(page.title),
        f"{SLOT}-description": html.escape(page.description),
        f"{SLOT}-robots": "index, follow" if page.indexed else "noindex, follow",
        shell.address: page.canonical,
    }


def _filled(text: str, slots: Mapping[str, str]) -> str:
    for slot, value in slots.items():
        text = text.replace(slot, value)
    return text
