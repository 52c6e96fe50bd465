"""Shells: pages of the theme with slots, rendered once for each depth of address, then filled.

A shell is a page as the site generator itself renders it, with navigation, header, search and
palette, whose title, text and table of contents are slots. Earlier versions and redlines are filled
in here, outside the generator, so a thousand of them cost a thousand replacements, not renderings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gazette.errors import GazetteError
from gazette.fingerprint import fingerprint
from gazette.site import addresses
from gazette.site.addresses import SLOT
from gazette.site.outputs import BODY, TOP, Page

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

ENTRY = re.compile(rf'<li class="md-nav__item">\s*<a href="#{SLOT}-anchor".*?</li>', re.S)
ARTICLE = re.compile(rf'<h1[^>]*id="{SLOT}-title".*?<p>{SLOT}-end</p>', re.S)


Cut = tuple[str, ...]
"""A part of a shell: what stands as it is and, at every second place, the name of a slot."""


@dataclass(frozen=True)
class Shell:
    """A rendered shell, cut at its slots: head, entry of the table of contents, middle, foot."""

    head: Cut
    entry: str
    middle: Cut
    foot: Cut


@dataclass(frozen=True)
class Shells:
    """All shells, by the depth of their addresses."""

    by_depth: Mapping[int, Shell]

    @cached_property
    def key(self) -> str:
        """The key of all that they hold."""
        return fingerprint(sorted(self.by_depth.items()))


def read_shells(rendered: Mapping[str, str]) -> Shells:
    """Cut all shells, as they were `rendered` by address; raises GazetteError as `read_shell`."""
    return Shells(
        {location.count("/"): read_shell(location, page) for location, page in rendered.items()}
    )


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
        head=_cut(rendered[: entry.start()], address),
        entry=entry[0],
        middle=_cut(rendered[entry.end() : article.start()], address),
        foot=_cut(rendered[article.end() :], address),
    )


def _cut(text: str, address: str) -> Cut:
    slots = (
        f"#{SLOT}-title",
        *(f"{SLOT}-{name}" for name in ("title", "description", "robots")),
        address,
    )
    return tuple(re.split(f"({'|'.join(map(re.escape, slots))})", text))


def fill(shell: Shell, page: Page) -> str:
    """Return `page` as a whole HTML page in `shell`."""
    slots = {
        f"#{SLOT}-title": f"#{TOP}",
        f"{SLOT}-title": html.escape(page.title),
        f"{SLOT}-description": html.escape(page.description),
        f"{SLOT}-robots": "index, follow" if page.indexed else "noindex, follow",
    }
    entries = (
        shell.entry.replace(f"{SLOT}-anchor", html.escape(anchor)).replace(
            f"{SLOT}-heading", html.escape(text)
        )
        for anchor, text in page.contents
    )
    article = page.article.replace(BODY, page.body.html()) if page.body else page.article
    parts = (*_filled(shell.head, slots, page), *entries, *_filled(shell.middle, slots, page))
    return "".join((*parts, article, *_filled(shell.foot, slots, page)))


def _filled(cut: Cut, slots: Mapping[str, str], page: Page) -> Iterator[str]:
    """Yield the part with its slots filled; what is no fact of the page is its address."""
    for place, part in enumerate(cut):
        yield slots.get(part, page.canonical) if place % 2 else part
