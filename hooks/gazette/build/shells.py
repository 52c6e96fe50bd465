"""Shells: pages of the theme with slots, rendered for each depth and language, then filled.

A shell is a page as the site generator itself renders it, with navigation, header, search and
palette, whose title, text and table of contents are slots. Earlier versions and redlines are filled
in here, outside the generator, so a thousand of them cost a thousand replacements, not renderings.

A shell weighs the same however many policies there are: its navigation is home, the policy and its
archive; what only scripts use is in a file of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from gazette.build.lean_html import lean
from gazette.build.shell_script import Script, split_script
from gazette.errors import GazetteError
from gazette.fingerprint import fingerprint
from gazette.language import Language
from gazette.model import Slug
from gazette.site import addresses
from gazette.site.addresses import SLOT, Address
from gazette.site.outputs import BODY, TOP, Page
from gazette.site.relations import head_links

ADDRESSES = (
    Address(f"{SLOT}/"),
    addresses.policy(SLOT),
    addresses.archive(SLOT),
    addresses.version(SLOT, SLOT),
    Address(f"{addresses.version(SLOT, SLOT)}{SLOT}/"),
)
"""Where the shells stand in a freshly built site: one for each depth of address.

Translations stand one folder deeper than originals. Every language has its own, see `place`.
"""

SOURCE = f"""---
title: {SLOT}-title
description: {SLOT}-description
robots: {SLOT}-robots
lang: LANGUAGE
shell: true
search:
  exclude: true
---
# {SLOT}-title

## {SLOT}-heading {{: #{SLOT}-anchor }}

{SLOT}-end
"""
"""The Markdown of a shell in a language, for the site generator to render."""

RELATIONS = f'<meta name="{SLOT}-relations">'
"""The slot in the head for the links that relate a page to others."""
FOR_SEARCH = re.compile(r'<link rel="canonical"[^>]*>')
"""What only search engines read: other pages than theirs are without it."""

ENTRY = re.compile(
    r'(<div class="md-sidebar md-sidebar--secondary"[^>]*>(?:\s*<(?:div|nav)\b[^>]*>){3}\s*)?'
    r'(<details class="gz-toc"(?:(?!<details\b|<li\b).)*)?'
    rf'(<li class="md-nav__item">\s*<a href="#{SLOT}-anchor".*?</li>)'
    r"(\s*</ul>\s*</details>)?(\s*</nav>(?:\s*</div>){3})?",
    re.S,
)
"""The table of contents: its sidebar, the start of its list, its one entry, and their ends."""
NO_CONTENTS = '<div class="md-sidebar--secondary md-sidebar"></div>'
"""Keeps the room of a table of contents; scripts, which know it by its classes, pass it by."""
ARTICLE = re.compile(rf'<h1[^>]*id="{SLOT}-title".*?<p>{SLOT}-end</p>', re.S)
BLOCKS = "html|head|meta|link|title|script|body|div|header|nav|main|ul|li|aside|form|footer"
BLOCK = re.compile(rf"</?(?:{BLOCKS})\b")
"""A tag beside which browsers show no white space."""
SPACE = re.compile(r"(<(script|style|pre|textarea)\b.*?</\2>|<!--.*?-->|<[^>]*>)|\s+", re.S)
"""White space that no reader sees, or else what may hold some that counts."""
LEFT_OUT = re.compile(
    r'<meta name="generator"[^>]*>|<div data-md-component="announce">\s*</div>'
    r'|(?<=<svg) xmlns="http://www.w3.org/2000/svg"'
)
"""What pages of the archive do without: marks without a text."""
FRAMED_LINK = re.compile(
    r'(?<=class="md-nav__link">)\s*<span class="md-ellipsis">\s*([^<]*?)\s*</span>\s*(?=</a>)'
)
"""The text of a link of the navigation, in a frame that no style needs: there is one per policy."""
OWN_COLOURS = re.compile(r'(<body\b[^>]*?)(?: data-md-color-(?:primary|accent)="custom")+')
"""The choice of no colours of the theme's, which styles take a page without any to have made."""
ENTRY_CLASS = re.compile(r' class="md-nav__(?:item|link)"')
"""The classes in an entry of the table of contents, which the script of the shell puts there."""
LINE = re.compile(r"\s*\n\s*")
LINES_COUNT = re.compile(r"<(?:pre|textarea)\b|`")
"""What shows lines as they are, or a script that may hold texts of several lines."""

Cut = tuple[str, ...]
"""A part of a shell: what stands as it is and, at every second place, the name of a slot."""


@dataclass(frozen=True)
class Shell:
    """A rendered shell, cut at its slots: head, table of contents, middle, foot.

    `contents` are what stands before the entries of the table, an entry, and what stands after it;
    `empty` stands there instead where there is none.
    """

    head: Cut
    contents: tuple[str, str, str]
    empty: str
    middle: Cut
    foot: Cut


@dataclass(frozen=True)
class Shells:
    """All shells, by the depth of their addresses and their language, and the scripts they load.

    `languages` are the tags of those of the policies, by slug.
    """

    by_place: Mapping[tuple[int, str], Shell]
    languages: Mapping[Slug, str]
    scripts: tuple[Script, ...] = ()

    @cached_property
    def key(self) -> str:
        """The key of all that they hold."""
        return fingerprint(sorted(self.by_place.items()))

    def shell(self, page: Page) -> Shell:
        """Return the shell of a page."""
        return self.by_place[page.address.count("/"), self.languages[page.policy.slug]]


def place(address: Address, tag: str) -> Address:
    """Return where the shell for pages as deep as `address` stands that has this language."""
    return Address(f"{address[:-1]}.{tag}/")


def sources(tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the shells of these languages as paths and texts of files below `docs/`.

    They exist only while the site is built.
    """
    for tag in tags:
        for address in ADDRESSES:
            yield f"{place(address, tag)}index.md", SOURCE.replace("LANGUAGE", tag)


def is_shell(path: str) -> bool:
    """Tell whether the file at a path below `docs/` is that of a shell."""
    return SLOT in path


def navigation(language: Language) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the names and links, both slots, below home in the navigation of a shell."""
    archive = language.gettext("All versions")
    return (f"{SLOT}-policy", f"#{SLOT}-policy"), (archive, f"#{SLOT}-archive")


def read_shells(
    rendered: Mapping[str, str],
    languages: Mapping[Slug, str],
    bound: Callable[[str], str] = lambda page: page,
) -> Shells:
    """Cut all shells, as they were `rendered` by address; raises GazetteError as `read_shell`.

    `languages` are those of the policies; `bound` returns a page with what its head is to say of
    its scripts.
    """
    by_place: dict[tuple[int, str], Shell] = {}
    scripts = []
    for tag in sorted(set(languages.values())):
        for address in (place(address, tag) for address in ADDRESSES):
            slim, script = split_script(address, rendered[address])
            by_place[address.count("/"), tag] = read_shell(address, bound(slim))
            scripts += [script] if script else []
    return Shells(by_place, languages, tuple(scripts))


def read_shell(address: str, rendered: str) -> Shell:
    """Cut a shell that was `rendered` at `address`, its white space folded.

    Raises GazetteError when the theme left out a slot.
    """
    rendered = OWN_COLOURS.sub(r"\1", LEFT_OUT.sub("", rendered), count=1)
    rendered = SPACE.sub(_folded, FRAMED_LINK.sub(r"\1", rendered))
    entry, article = ENTRY.search(rendered), ARTICLE.search(rendered)
    if not entry or not article or entry.end() > article.start():
        raise GazetteError(
            f"The theme's page {address} has no table of contents above its text. "
            "Pages of the archive are filled into it: use Material for MkDocs 9, with `toc` among "
            "the Markdown extensions and without `toc.integrate` among the theme's features."
        )
    is_whole = bool(entry[2] and entry[4])
    is_framed = is_whole and bool(entry[1] and entry[5])
    if is_framed:
        start, end = entry.span()
    elif is_whole:
        start, end = entry.start(2), entry.end(4)
    else:  # the frame of a table of another kind stays where it is
        start, end = entry.span(3)
    return Shell(
        head=_cut(rendered[:start], address),
        contents=(
            rendered[start : entry.start(3)],
            ENTRY_CLASS.sub("", entry[3]) if is_whole else entry[3],
            rendered[entry.end(3) : end],
        ),
        empty=NO_CONTENTS if is_framed else "",
        middle=_cut(rendered[end : article.start()], address),
        foot=_cut(rendered[article.end() :], address),
    )


def folded_frame(page: str) -> str:
    """Return a page of the theme with lines that begin where their text does, but for its article.

    The links of its navigation have no frames around their texts.
    A page that shows anything whose lines may count in its frame is as it was.
    """
    before, start, rest = page.partition("<article")
    text, end, after = rest.rpartition("</article>")
    if not end or LINES_COUNT.search(before) or LINES_COUNT.search(after):
        return page
    before = FRAMED_LINK.sub(r"\1", before)
    return f"{LINE.sub(chr(10), before)}{start}{text}{end}{LINE.sub(chr(10), after)}"


def _folded(match: re.Match[str]) -> str:
    """Return what SPACE matched: of white space one character, or none where a block begins."""
    if match[1]:
        return match[1]
    text, start, end = match.string, *match.span()
    is_behind = text[start - 1 : start] == ">" and BLOCK.match(text, text.rfind("<", 0, start))
    return "" if is_behind or BLOCK.match(text, end) else match[0][0]


def _cut(text: str, address: str) -> Cut:
    slots = (
        RELATIONS,
        f"#{SLOT}-title",
        *(f'#{SLOT}-{name}"' for name in ("policy", "archive")),
        *(f"{SLOT}-{name}" for name in ("title", "description", "robots", "policy")),
        address,
    )
    return tuple(re.split(f"({'|'.join(map(re.escape, slots))})", text))


def fill(shell: Shell, page: Page) -> str:
    """Return `page` as a whole HTML page in `shell`."""
    slots = {
        RELATIONS: head_links(page.address, page.head_relations),
        f"#{SLOT}-title": f"#{TOP}",
        f"{SLOT}-title": html.escape(page.title),
        f"{SLOT}-description": html.escape(page.description),
        f"{SLOT}-robots": "index" if page.indexed else "noindex",
        f"{SLOT}-policy": html.escape(page.policy.title),
        f'#{SLOT}-policy"': _link(page, addresses.policy(page.policy.slug), "true"),
        f'#{SLOT}-archive"': _link(page, addresses.archive(page.policy.slug)),
    }
    article = str(page.article.replace(BODY, page.body.html()) if page.body else page.article)
    head = "".join(_filled(shell.head, slots, page))
    above = head if page.indexed else FOR_SEARCH.sub("", head), *_contents(shell, page)
    below = article, *_filled(shell.foot, slots, page)
    return lean("".join((*above, *_filled(shell.middle, slots, page), *below)))


def _contents(shell: Shell, page: Page) -> Iterator[str]:
    """Yield the table of contents in parts, or what stands in its place."""
    start, entry, end = shell.contents
    if not page.contents:
        yield shell.empty
        return
    yield start
    for anchor, text in page.contents:
        linked = entry.replace(f"{SLOT}-anchor", html.escape(anchor))
        yield linked.replace(f"{SLOT}-heading", html.escape(text))
    yield end


def _link(page: Page, target: Address, current: str = "") -> str:
    """Return the end of a link's tag, marked where it is the page or what it belongs to."""
    current = "page" if page.address == target else current
    mark = f' aria-current="{current}"' if current else ""
    return f'{addresses.relative(page.address, target)}"{mark}'


def _filled(cut: Cut, slots: Mapping[str, str], page: Page) -> Iterator[str]:
    """Yield the part with its slots filled; what is no fact of the page is its address."""
    for place, part in enumerate(cut):
        yield slots.get(part, quote(page.canonical)) if place % 2 else part
