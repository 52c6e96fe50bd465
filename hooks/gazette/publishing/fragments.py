"""Fragments: what is costly about a page, made once from the texts alone and kept in the cache.

A fragment knows nothing of the page it will stand on but that a redline's own links lead to the
texts of its two versions, which stand at the same distance from every redline of the policy. Links
in the texts are as the editor wrote them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from gazette import addresses, cache
from gazette.cache import Cache
from gazette.errors import RedlineError
from gazette.forms import redline_html, redline_json
from gazette.model import Version, VersionId, decoded
from gazette.text import frontmatter, links
from gazette.text.document import Block, Document, Section, read_document
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.memory import remembered
from gazette.text.proof import prove
from gazette.text.redline import Redline, SectionStatus, redline

COUNTED = ("amended", "added", "removed", "moved", "renamed", "renumbered", "split", "merged")
_AT_HAND = 4
"""So many documents are kept: two that are compared, the one in force, and the next one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section by its heading, with the digest of all that a reader sees of it."""

    index: int
    level: int
    number: str
    heading: str
    anchor: str
    digest: str

    def facts(self) -> dict[str, int | str]:
        """Return what is known of the section by name."""
        return {name: getattr(self, name) for name in self.__slots__}


class Text(NamedTuple):
    """The text of a version as HTML, and what is known of it.

    Does it bring its title, does it lead to what stands in `docs/`, and its sections.
    """

    titled: bool
    local: bool
    sections: Sequence[Heading]
    html: str

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The entries of its table of contents: anchor and heading."""
        wanted = (one for one in self.sections if one.heading and one.level <= 3)
        return [(one.anchor, one.heading) for one in wanted]


class Change(NamedTuple):
    """A redline as HTML and, where it is recorded, as JSON, and what is known of it.

    Does it lead to what stands in `docs/`, the entries of its contents, its sections counted by
    word, and which section became which, by index.
    """

    local: bool
    contents: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, int]]
    links: Sequence[tuple[int, int]]
    html: str
    record: str


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
        stored = self._store.read(key)
        if stored is None:
            text = _text(self._document(version))
            sections = [[*one.facts().values()] for one in text.sections]
            self._store.write(key, _packed([*text[:2], sections], text.html))
            return text
        (titled, local, sections), html = _unpacked(stored)
        return Text(titled, local, [Heading(*one) for one in sections], html)

    def change(self, old: Version, new: Version, *, recorded: bool = False) -> Change:
        """Return the redline from `old` to `new`.

        When it has to be made, its JSON is made along if it is to be `recorded`.

        Raises RedlineError naming the policy and both versions when it is not exact.
        """
        key = change_key(old, new, self._markdown)
        self.used.add(key)
        stored = self._store.read(key)
        if stored is not None:
            (local, contents, counts, pairs, size), rest = _unpacked(stored)
            change = Change(local, contents, counts, pairs, rest[:size], rest[size:])
            if change.record or not recorded:
                return change
        change = self._proved(old, new, recorded)
        facts = [*change[:4], len(change.html)]
        self._store.write(key, _packed(facts, change.html + change.record))
        return change

    def make_text(self, version: Version) -> None:
        """Have the text of a version made for others to ask for."""
        if not self._store.holds(text_key(version, self._markdown)):
            self.text(version)

    def make_change(self, old: Version, new: Version) -> None:
        """Have the redline from `old` to `new` made for others to ask for; raises RedlineError."""
        if not self._store.holds(change_key(old, new, self._markdown)):
            self.change(old, new)

    def _proved(self, old: Version, new: Version, recorded: bool) -> Change:
        documents = self._document(old), self._document(new)
        change = redline(*documents)
        try:
            prove(change, *documents)
        except RedlineError as error:
            raise RedlineError(f"{self._slug}, {old.id} to {new.id}: {error}") from None
        pages = (addresses.from_redline(one.id) for one in (old, new))
        return Change(
            local=any(_is_local(one.html) for one in documents),
            contents=list(_contents(change)),
            counts=list(_counts(change)),
            links=list(_links(change)),
            html=redline_html.render(change, *pages),
            record=redline_json.render(change) if recorded else "",
        )

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


@lru_cache(maxsize=8)
def _settings_key(markdown: MarkdownSettings) -> str:
    return cache.key(markdown)


def body_of(version: Version) -> str:
    """Return the Markdown of `version` below its front matter."""
    return frontmatter.body_of(decoded(version.read()))


def _packed(facts: list[object], text: str) -> bytes:
    return f"{json.dumps(facts)}\n{text}".encode()


def _unpacked(stored: bytes) -> tuple[list[Any], str]:
    facts, _, text = stored.decode().partition("\n")
    return json.loads(facts), text


def _text(document: Document) -> Text:
    titled = document.html.startswith("<h1")
    sections = [_heading(one) for one in document.sections]
    return Text(titled, _is_local(document.html), sections, document.html)


@remembered(_AT_HAND)
def _is_local(html: str) -> bool:
    return next(links.targets(html), None) is not None


def _heading(section: Section) -> Heading:
    known = (section.index, section.level, section.number, section.heading, section.anchor)
    return Heading(*known, _digest(section.blocks))


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
