"""Fragments: what is costly about a page, made once from the texts alone and kept in the cache.

A fragment knows nothing of the page it will stand on but that the own links of a redline, and of a
list of what differs, lead to the texts of two versions, which stand at the same distance from every
such page of the policy. Links in the texts are as the editor wrote them.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from gazette import cache
from gazette.cache import Cache
from gazette.errors import RedlineError
from gazette.forms import redline_html, redline_json
from gazette.model import Version, VersionId, decoded
from gazette.site import addresses
from gazette.text import frontmatter, links
from gazette.text.differences import Heading, differences, render
from gazette.text.document import Block, Document, Section, read_document
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.memory import remembered
from gazette.text.proof import prove
from gazette.text.redline import Redline, SectionStatus, redline

COUNTED = ("amended", "added", "removed", "moved", "renamed", "renumbered", "split", "merged")
_AT_HAND = 4
"""So many documents are kept: two that are compared, the one in force, and the next one."""


Kept = Callable[[], str]
"""Returns a text, from where it is kept."""


class Text(NamedTuple):
    """What is known of the text of a version, and its HTML.

    Does it bring its title, does it lead to what stands in `docs/`, and its sections.
    """

    titled: bool
    local: bool
    sections: Sequence[Heading]
    html: Kept

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The entries of its table of contents: anchor and heading."""
        wanted = (one for one in self.sections if one.heading and one.level <= 3)
        return [(one.anchor, one.heading) for one in wanted]


class Change(NamedTuple):
    """What is known of a redline, its HTML and, where it is recorded, its JSON.

    Does it lead to what stands in `docs/`, the entries of its contents, its sections counted by
    word, and which section became which, by index.
    """

    local: bool
    contents: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, int]]
    links: Sequence[tuple[int, int]]
    html: Kept
    record: Kept


class Fragments:
    """The fragments of one policy: from the cache, or made, proved and put there.

    `used` are the keys of all that was asked for.
    """

    def __init__(self, store: Cache, markdown: MarkdownSettings, slug: str) -> None:
        self.used: set[str] = set()
        self._store = store
        self._markdown = markdown
        self._slug = slug
        self._documents: dict[VersionId, Document] = {}

    def text(self, version: Version) -> Text:
        """Return the text of a version."""
        key = text_key(version, self._markdown)
        self.used.add(key)
        facts = self._store.read_line(key)
        if facts is None:
            return self._made_text(version)
        titled, local, sections = json.loads(facts)
        html = self._kept(key, lambda: self._made_text(version).html())
        return Text(titled, local, [Heading(*one) for one in sections], html)

    def change(self, old: Version, new: Version, *, recorded: bool = False) -> Change:
        """Return the redline from `old` to `new`.

        When it has to be made, its JSON is made along if it is to be `recorded`.

        Raises RedlineError naming the policy and both versions when it is not exact.
        """
        key = change_key(old, new, self._markdown)
        self.used.update([key, _record_key(key)] if recorded else [key])
        facts = self._store.read_line(key)
        if facts is None:
            return self._made_change(old, new, recorded)
        html = self._kept(key, lambda: self._made_change(old, new, recorded).html())
        record = self._kept(_record_key(key), lambda: self._made_change(old, new, True).record())
        local, contents, counts, became = json.loads(facts)
        return Change(local, [*map(tuple, contents)], counts, became, html, record)

    def differences(self, line: Sequence[Version], part: range) -> list[tuple[str, Kept]]:
        """Return what differs from the last version of `line`, for those in this `part` of it.

        Each as its key and its HTML.
        """
        keys = _differences_keys(line, part, self._markdown)
        self.used.update(keys.values())
        made = functools.cache(lambda: dict(self._made_differences(line, keys)))

        def kept(key: str) -> Kept:
            return self._kept(key, lambda: made()[key])

        return [(key, kept(key)) for key in keys.values()]

    def make_text(self, version: Version) -> None:
        """Have the text of a version made for others to ask for."""
        if not self._store.holds(text_key(version, self._markdown)):
            self._made_text(version)

    def make_change(self, old: Version, new: Version) -> None:
        """Have the redline from `old` to `new` made for others to ask for; raises RedlineError."""
        if not self._store.holds(change_key(old, new, self._markdown)):
            self._made_change(old, new, recorded=False)

    def make_differences(self, line: Sequence[Version], part: range) -> None:
        """Have these differences made for others to ask for; raises RedlineError."""
        keys = _differences_keys(line, part, self._markdown)
        if not all(map(self._store.holds, keys.values())):
            for key, _ in self._made_differences(line, keys):
                if not self._store.holds(key):
                    break  # nobody could read the others either

    def _kept(self, key: str, make: Kept) -> Kept:
        """Return what reads the text of a fragment, and makes it where it is kept no longer."""

        def read() -> str:
            stored = self._store.read(key)
            return make() if stored is None else stored.decode().partition("\n")[2]

        return read

    def _made_text(self, version: Version) -> Text:
        document = self._document(version)
        html = document.html
        titled, local = html.startswith("<h1"), _is_local(html)
        sections = [_heading(one) for one in document.sections]
        facts = [titled, local, [[*one.facts().values()] for one in sections]]
        self._store.write(text_key(version, self._markdown), _packed(facts, html))
        return Text(titled, local, sections, lambda: html)

    def _made_change(self, old: Version, new: Version, recorded: bool) -> Change:
        documents = self._document(old), self._document(new)
        change = redline(*documents)
        try:
            prove(change, *documents)
        except RedlineError as error:
            raise RedlineError(f"{self._slug}, {old.id} to {new.id}: {error}") from None
        key = change_key(old, new, self._markdown)
        record = redline_json.render(change) if recorded else ""
        if recorded:
            self._store.write(_record_key(key), _packed((), record))
        html = redline_html.render(change, *(addresses.from_redline(one.id) for one in (old, new)))
        local = any(_is_local(one.html) for one in documents)
        facts = local, [*_contents(change)], [*_counts(change)], [*_links(change)]
        self._store.write(key, _packed(facts, html))
        return Change(*facts, lambda: html, lambda: record)

    def _made_differences(
        self, line: Sequence[Version], keys: Mapping[int, str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the differences of the versions at these places by their key, the last one first.

        They are found step by step, and each is put into the cache.
        """
        first = min(keys)
        *earlier, final = line[first:]
        steps = (
            (self.text(old).sections, self.change(old, new).links)
            for new, old in pairwise([final, *reversed(earlier)])
        )
        now = addresses.from_redline(final.id)
        places = range(len(line) - 2, first - 1, -1)
        for place, found in zip(places, differences(self.text(final).sections, steps), strict=True):
            if place in keys:
                html = render(addresses.from_redline(line[place].id), now, found)
                self._store.write(keys[place], _packed((), html))
                yield keys[place], html

    def _document(self, version: Version) -> Document:
        document = self._documents.pop(version.id, None)
        document = document or read_document(body_of(version), self._markdown)
        self._documents[version.id] = document  # the last one asked for stands last
        if len(self._documents) > _AT_HAND:
            del self._documents[next(iter(self._documents))]
        return document


def text_key(version: Version, markdown: MarkdownSettings) -> str:
    """Return the key of the text of `version`."""
    return cache.key("text", version.sha256, _settings_key(markdown))


def change_key(old: Version, new: Version, markdown: MarkdownSettings) -> str:
    """Return the key of the redline from `old` to `new`."""
    texts = (old.sha256, new.sha256, str(old.id), str(new.id))
    return cache.key("change", *texts, _settings_key(markdown))


def _record_key(change: str) -> str:
    return cache.key("record", change)


def _differences_keys(
    line: Sequence[Version], part: range, markdown: MarkdownSettings
) -> dict[int, str]:
    """Return the keys of the differences between versions of `line` and the last one, by place.

    Each is made from all texts in between.
    """
    known = sha256()
    digests = []
    for one in reversed(line):
        known.update(f"{one.id} {one.sha256} ".encode())
        digests.append(known.hexdigest())
    settings = _settings_key(markdown)
    return {place: cache.key("differences", digests[-1 - place], settings) for place in part}


@lru_cache(maxsize=8)
def _settings_key(markdown: MarkdownSettings) -> str:
    return cache.key(markdown)


def body_of(version: Version) -> str:
    """Return the Markdown of `version` below its front matter."""
    return frontmatter.body_of(decoded(version.read()))


def _packed(facts: Sequence[object], text: str) -> bytes:
    return f"{json.dumps(facts)}\n{text}".encode()


@remembered(_AT_HAND)
def _is_local(html: str) -> bool:
    return next(links.targets(html), None) is not None


def _heading(section: Section) -> Heading:
    known = (section.index, section.level, section.number, section.heading, section.anchor)
    return Heading(*known, _digest(section.blocks) if section.blocks else "")


@remembered(20_000)
def _digest(blocks: Sequence[Block]) -> str:
    seen = [
        (block.kind.value, [one.tag for one in block.path], [cell.html for cell in block.cells])
        for block in blocks
    ]
    return sha256(repr(seen).encode()).hexdigest()


def _contents(change: Redline) -> Iterator[tuple[str, str]]:
    """Yield the sections that changed."""
    anchors = redline_html.section_ids(change)
    for anchor, one in zip(anchors, change.sections, strict=True):
        if one.flags or one.status is not SectionStatus.UNCHANGED:
            yield anchor, one.section.name


def _links(change: Redline) -> Iterator[tuple[int, int]]:
    for one in change.sections:
        if one.old and one.new:
            yield one.old.index, one.new.index


def _counts(change: Redline) -> Iterator[tuple[str, int]]:
    words: Counter[str] = Counter()
    for section in change.sections:
        words[section.status.value] += 1
        words.update(flag.value for flag in section.flags)
    yield from ((word, words[word]) for word in COUNTED if words[word])
