"""Fragments: what is costly about a page, made once from the texts alone and kept in the cache.

A fragment knows nothing of the page it will stand on: links in it are as the editor wrote them, and
a redline's own links to its two texts bear a scheme of their own until the page is known. Each is
kept in parts, so that whoever wants to know what changed need not load the redline.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from gazette import cache
from gazette.cache import Cache
from gazette.errors import RedlineError
from gazette.forms import redline_html, redline_json
from gazette.model import Version, VersionId, decoded
from gazette.text import frontmatter
from gazette.text.document import Document, MarkdownSettings, Section, read_document
from gazette.text.redline import Redline, SectionStatus, prove, redline

OLD, NEW = "gazette-old:", "gazette-new:"
"""What stands in a redline's own links for the addresses of its two texts."""
COUNTED = ("amended", "added", "removed", "moved", "renamed", "renumbered", "split", "merged")

Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section by its heading, with the digest of all that a reader sees of it."""

    index: int
    level: int
    number: str
    heading: str
    anchor: str
    digest: str


class Text(NamedTuple):
    """What is known of the text of a version: does it bring its title, and its sections."""

    titled: bool
    sections: list[Heading]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The entries of its table of contents: anchor and heading."""
        wanted = (one for one in self.sections if one.heading and one.level <= 3)
        return [(one.anchor, one.heading) for one in wanted]


class Change(NamedTuple):
    """What is known of a redline.

    The entries of its contents, its sections counted by word, and which section became which, by
    index.
    """

    contents: list[tuple[str, str]]
    counts: list[tuple[str, int]]
    links: list[tuple[int, int]]


class Fragments:
    """The fragments of one policy: from the cache, or made, proved and put there."""

    def __init__(self, store: Cache, markdown: MarkdownSettings, slug: str) -> None:
        self._store = store
        self._markdown = markdown
        self._slug = slug
        self._documents: dict[VersionId, Document] = {}

    def text(self, version: Version) -> Text:
        """Return what is known of the text of a version."""
        facts = json.loads(self._text(version, "facts"))
        return Text(facts["titled"], [Heading(*one) for one in facts["sections"]])

    def text_html(self, version: Version) -> str:
        """Return the text of a version as HTML."""
        return self._text(version, "html")

    def change(self, old: Version, new: Version, *, recorded: bool = False) -> Change:
        """Return what is known of the redline from `old` to `new`.

        When it has to be made, its JSON is made along if it is to be `recorded`.

        Raises RedlineError naming the policy and both versions when it is not exact.
        """
        facts = json.loads(self._change(old, new, "facts", recorded=recorded))
        return Change(*(list(map(tuple, facts[name])) for name in Change._fields))

    def change_html(self, old: Version, new: Version) -> str:
        """Return the redline from `old` to `new` as HTML."""
        return self._change(old, new, "html")

    def change_record(self, old: Version, new: Version) -> str:
        """Return the redline from `old` to `new` as JSON."""
        return self._change(old, new, "json", recorded=True)

    def _text(self, version: Version, part: str) -> str:
        key = text_key(version, self._markdown)
        return self._part(key, part, lambda: _text_parts(self._document(version)))

    def _change(self, old: Version, new: Version, part: str, *, recorded: bool = False) -> str:
        key = change_key(old, new, self._markdown)
        return self._part(key, part, lambda: self._proved(old, new, recorded))

    def _part(self, key: str, part: str, make: Callable[[], Parts]) -> str:
        stored = self._store.read(f"{key}.{part}")
        if stored is not None:
            return stored.decode()
        parts = make()
        for name, text in parts.items():
            self._store.write(f"{key}.{name}", text.encode())
        return parts[part]

    def _proved(self, old: Version, new: Version, recorded: bool) -> Parts:
        documents = self._document(old), self._document(new)
        change = redline(*documents)
        try:
            prove(change, *documents)
        except RedlineError as error:
            raise RedlineError(f"{self._slug}, {old.id} to {new.id}: {error}") from None
        record = {"json": redline_json.render(change)} if recorded else {}
        return {**_change_parts(change), **record}

    def _document(self, version: Version) -> Document:
        if version.id not in self._documents:
            self._documents[version.id] = read_document(body_of(version), self._markdown)
        return self._documents[version.id]


def text_key(version: Version, markdown: MarkdownSettings) -> str:
    """Return the key of the text of `version`."""
    return cache.key("text", version.sha256, _settings_key(markdown))


def change_key(old: Version, new: Version, markdown: MarkdownSettings) -> str:
    """Return the key of the redline from `old` to `new`."""
    return cache.key("change", old.sha256, new.sha256, _settings_key(markdown))


@lru_cache(maxsize=8)
def _settings_key(markdown: MarkdownSettings) -> str:
    return cache.key(markdown)


def body_of(version: Version) -> str:
    """Return the Markdown of `version` below its front matter."""
    return frontmatter.body_of(decoded(version.read()))


def _text_parts(document: Document) -> Parts:
    sections = [astuple(_heading(one)) for one in document.sections]
    facts = {"titled": document.html.startswith("<h1"), "sections": sections}
    return {"html": document.html, "facts": json.dumps(facts)}


def _change_parts(change: Redline) -> Parts:
    links = [(one.old.index, one.new.index) for one in change.sections if one.old and one.new]
    facts = {"contents": [*_contents(change)], "counts": [*_counts(change)], "links": links}
    return {
        "html": redline_html.render(change, old_page=OLD, new_page=NEW),
        "facts": json.dumps(facts),
    }


def _heading(section: Section) -> Heading:
    seen = [
        (block.kind.value, [one.tag for one in block.path], [cell.html for cell in block.cells])
        for block in section.blocks
    ]
    digest = sha256(repr(seen).encode()).hexdigest()
    known = (section.index, section.level, section.number, section.heading, section.anchor)
    return Heading(*known, digest)


def _contents(change: Redline) -> Iterator[tuple[str, str]]:
    """Yield the sections that changed."""
    anchors = redline_html.section_ids(change)
    for anchor, one in zip(anchors, change.sections, strict=True):
        if one.flags or one.status is not SectionStatus.UNCHANGED:
            yield anchor, one.section.name


def _counts(change: Redline) -> Iterator[tuple[str, int]]:
    words: Counter[str] = Counter()
    for section in change.sections:
        words[section.status.value] += 1
        words.update(flag.value for flag in section.flags)
    yield from ((word, words[word]) for word in COUNTED if words[word])
