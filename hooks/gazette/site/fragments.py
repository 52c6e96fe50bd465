"""Fragments: the costly parts of pages, rendered once from the texts alone and stored by key.

A fragment knows nothing of the page it appears on, except that the links of a redline or of a list
of differences lead to the texts of two versions, which are equally far from all such pages of the
policy. Links in the texts are as the editor wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from gazette.errors import noted_errors
from gazette.fingerprint import fingerprint
from gazette.forms import (
    blocks_json,
    redline_blocks,
    redline_html,
    redline_json,
    unproved_html,
)
from gazette.forms.phrases import Phrases
from gazette.forms.sentences import changed_counts
from gazette.language import ENGLISH, Language
from gazette.model import Digest, Policy, Reading, Version, VersionId, decoded
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.left_out import left_out
from gazette.site.outputs import LoadHtml, LoadText
from gazette.store import Store
from gazette.text import frontmatter
from gazette.text.canonical import FormDigests
from gazette.text.comparison import Comparer
from gazette.text.differences import Heading, headings_of
from gazette.text.document import Document
from gazette.text.highlights import highlights
from gazette.text.judgement import Judge
from gazette.text.links import folder_of_slug
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.markdown_source import with_renamed_files
from gazette.text.reader import Reader
from gazette.text.readings import reading_of, seen_digest
from gazette.text.redline import Redline
from gazette.text.section_html import sections_of
from gazette.text.section_links import SectionLink, section_links
from gazette.text.stated_lineage import stated_links
from gazette.text.suppressions import without_allowed_links
from gazette.text.vocabularies import vocabulary_of

KEPT_DOCUMENTS = 12
"""All that a job reads: its versions, the one before them, and the one in force."""


class TextFragment(NamedTuple):
    """The text of a version: its HTML, and what is known without loading it.

    `fault` says why it is shown as its source, `has_title` whether it begins with its own title,
    `has_local_links` whether it links or shows anything in `docs/`; `seen` is the digest of what
    readers get of the version. `former_anchors` are others that earlier engines gave to
    sections, `inner_ids` those of places inside them, both by index. `blocks` are its words as
    JSON, a line for each section.
    """

    fault: str
    has_title: bool
    has_local_links: bool
    seen: Digest
    sections: Sequence[Heading]
    former_anchors: Mapping[int, str]
    inner_ids: Mapping[int, Sequence[str]]
    html: LoadHtml
    blocks: LoadText

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The table of contents as (anchor, heading)."""
        return [
            (section.anchor, section.heading)
            for section in self.sections
            if section.heading and section.level <= 3
        ]

    def parts(self) -> list[str]:
        """Return the HTML of each section, by its index."""
        return sections_of(self.html(), [section.anchor for section in self.sections])


class RedlineFragment(NamedTuple):
    """A redline: its HTML, its JSON, and what is known without loading them.

    `fault` says why both texts are shown instead; `contents` are the changed sections as (anchor,
    name), `counts` the sections by status or flag, `links` which section became which, `pieces`
    where each changed section stands in the HTML, in the order of `contents`.
    """

    fault: str
    has_local_links: bool
    contents: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, int]]
    links: Sequence[SectionLink]
    pieces: Sequence[redline_html.SectionSpan]
    html: LoadHtml
    json: LoadText

    def sections(self) -> list[tuple[int | None, int | None, Markup]]:
        """Return the HTML of each changed section, behind its indexes in the old and new text.

        Its links lead on from any page that is as far from the versions as a page of changes;
        those that begin with a hash lead to other places of that page.
        """
        html = self.html() if self.pieces else Markup("")
        return [(piece.old, piece.new, html[piece.start : piece.end]) for piece in self.pieces]


class Fragments:
    """The fragments of one policy: from the store, or rendered, proved and put there.

    `used` are the keys of all that was asked for, `faults` says of pairs of versions why their
    redline could not be proved, of a version and itself why it is shown as its source. `language`
    is that of the sentences around the words of the texts.
    """

    def __init__(
        self,
        store: Store,
        markdown: MarkdownSettings,
        policy: Policy,
        language: Language = ENGLISH,
    ) -> None:
        self.language, self.phrases = language, Phrases(language)
        self.used: set[str] = set()
        self.faults: dict[tuple[VersionId, VersionId], str] = {}
        self._store = store
        self._markdown = markdown
        self._policy = policy
        self._reader = Reader(markdown)
        self._comparer = Comparer()
        self._judge = Judge(vocabulary_of(language.text))
        self._written_html: redline_blocks.Written = {}
        self._written_json: redline_json.Written = {}
        self._digests = FormDigests()
        self._documents: dict[VersionId, Document] = {}
        self._keys: dict[tuple[object, ...], str] = {}
        self._texts: dict[str, TextFragment] = {}

    def text(self, version: Version) -> TextFragment:
        """Return the text of a version."""
        text = self._stored_text(version)
        if text.fault:
            self.faults[version.id, version.id] = text.fault
        return text

    def _stored_text(self, version: Version) -> TextFragment:
        key = self.text_key(version)
        if key in self._texts:
            return self._texts[key]
        facts = self._get(key)
        if facts is None:
            return self._render_text(version)
        fault, has_title, has_local_links, digest, sections, former, inner = json.loads(facts)
        seen = seen_digest(version.metadata, digest)
        headings = [Heading(*section) for section in sections]
        html = self._html(f"{key}.html", lambda: self._render_text(version).html())
        blocks = self._text(f"{key}.blocks", lambda: self._render_text(version).blocks())
        known = fault, has_title, has_local_links, seen, headings
        self._texts[key] = TextFragment(*known, dict(former), dict(inner), html, blocks)
        return self._texts[key]

    def new_reading(self, version: Version, seen: Digest, today: date) -> Reading | None:
        """Return how a version is read of which readers get `seen`; None where that is recorded."""
        if version.is_recorded(seen):
            return None
        document = self.document(version)
        return reading_of(version.metadata, document, today, digests=self._digests)

    def redline(self, old: Version, new: Version, *, with_json: bool = False) -> RedlineFragment:
        """Return the redline from `old` to `new`, its JSON stored as well if asked for."""
        with noted_errors(f"comparing {self._policy.slug}, {old.id} to {new.id}"):
            redline = self._stored_redline(old, new, with_json)
        if redline.fault:
            self.faults[old.id, new.id] = redline.fault
        return redline

    def _stored_redline(self, old: Version, new: Version, with_json: bool) -> RedlineFragment:
        key = self.redline_key(old, new)
        facts = self._get(key)
        if facts is None:
            return self._render_redline(old, new, with_json)
        fault, has_local_links, contents, counts, became, spans = json.loads(facts)
        html = self._html(f"{key}.html", lambda: self._render_redline(old, new, False).html())
        text = self._text(f"{key}.json", lambda: self._render_redline(old, new, True).json())
        links = [SectionLink(*link) for link in became]
        known = fault, has_local_links, [*map(tuple, contents)], counts, links
        pieces = [redline_html.SectionSpan(*span) for span in spans]
        return RedlineFragment(*known, pieces, html, text)

    def stored(self, key: str, make: Callable[[], str]) -> str:
        """Return what is stored under a key; `make` it where it is not."""
        text = self.loaded(key)
        if text is None:
            text = make()
            self.put(key, text)
        return text

    def keep(self, key: str, make: Callable[[], str]) -> None:
        """Store what is to be found under a key later; `make` it unless it is there."""
        self.used.add(key)
        if key not in self._store:
            self.put(key, make())

    def loaded(self, key: str) -> str | None:
        """Return what is stored under a key."""
        data = self._get(key)
        return None if data is None else data.decode()

    def _get(self, key: str) -> bytes | None:
        self.used.add(key)
        return self._store.get(key)

    def _text(self, key: str, render: LoadText) -> LoadText:
        """Return what loads a stored text, and renders it again where it was lost."""
        self.used.add(key)

        def load() -> str:
            stored = self._store.get(key)
            return render() if stored is None else stored.decode()

        return load

    def _html(self, key: str, render: LoadHtml) -> LoadHtml:
        load = self._text(key, render)
        return lambda: Markup(load())

    def put(self, key: str, text: str) -> None:
        """Store a text under a key."""
        self.used.add(key)
        self._store[key] = text.encode()

    def _render_text(self, version: Version) -> TextFragment:
        document = self.document(version)
        html = Markup(document.html) + left_out(self.language, document.removals)
        has_title, has_local_links = html.startswith("<h1"), document.has_local_links
        sections = headings_of(document)
        digest = document.html_digest
        records = [[*heading.record().values()] for heading in sections]
        ids = document.former_anchors, document.inner_ids
        stored_ids = ([*named.items()] for named in ids)
        facts = [document.fault, has_title, has_local_links, digest, records, *stored_ids]
        key = self.text_key(version)
        blocks = blocks_json.render(document)
        self.put(f"{key}.html", html)
        self.put(f"{key}.blocks", blocks)
        self.put(key, json.dumps(facts))
        seen = seen_digest(version.metadata, digest)
        shown = document.fault, has_title, has_local_links, seen, sections, *ids
        return TextFragment(*shown, lambda: html, lambda: blocks)

    def _render_redline(self, old: Version, new: Version, with_json: bool) -> RedlineFragment:
        documents = self.document(old), self.document(new)
        stated = self._policy.continues(old, new)
        change, fault = self._comparer.compare_or_replace(*documents, continues=stated)
        fault = next((document.fault for document in documents if document.fault), fault)
        key = self.redline_key(old, new)
        matters = highlights(change, self._judge)
        text = redline_json.published(change, self._written_json, matters) if with_json else ""
        if with_json:
            self.put(f"{key}.json", text)
        pages = addresses.from_redline(old.id), addresses.from_redline(new.id)
        pieces: list[redline_html.SectionSpan] = []
        if fault:
            before, after = ((str(version.id), body_of(version)) for version in (old, new))
            html = unproved_html.render(new.metadata.title, before, after, fault, self.language)
        else:
            html, pieces = redline_html.render_in_pieces(
                change, self.phrases, *pages, self._written_html, matters
            )
        has_local_links = any(document.has_local_links for document in documents)
        contents = [] if fault else [*_contents(change, self.phrases)]
        known = fault, has_local_links, contents, changed_counts(change)
        facts = *known, section_links(change, stated_links(*documents, stated).pairs), pieces
        self.put(f"{key}.html", html)
        self.put(key, json.dumps(facts))
        return RedlineFragment(*facts, lambda: html, lambda: text)

    def text_key(self, version: Version) -> str:
        """Return the key of the text of `version`."""
        digest, files, accepted = facts = version.text_facts
        text = digest, *files.items(), *accepted
        if text not in self._keys:
            self._keys[text] = fingerprint("text", *facts, self._markdown.key, self.language.key)
        return self._keys[text]

    def redline_key(self, old: Version, new: Version) -> str:
        """Return the key of the redline from `old` to `new`."""
        pair = self.text_key(old), self.text_key(new)
        if pair not in self._keys:
            texts = (*pair, str(old.id), str(new.id))
            self._keys[pair] = fingerprint("redline", *texts, self._policy.continues(old, new))
        return self._keys[pair]

    def document(self, version: Version) -> Document:
        """Read a version, unless it was read a moment ago."""
        document = self._documents.pop(version.id, None)
        with noted_errors(f"reading {self._policy.slug}, {version.id}"):
            document = document or self._reader.read_version(version)
        self._documents[version.id] = document  # the one used last stands last
        if len(self._documents) > KEPT_DOCUMENTS:
            del self._documents[next(iter(self._documents))]
        return document


def policy_fragments(settings: Settings, store: Store, policy: Policy) -> Fragments:
    """Return the fragments of a policy, in the language of its pages."""
    return Fragments(store, settings.markdown, policy, settings.language_of(policy))


def page_body(policy: Policy, policies: Iterable[Policy], fault: str) -> str:
    """Return the Markdown of a policy's page: its text in force, or the newest where none is.

    Links to names that any of the `policies` had before lead to their present ones; those that an
    import let pass although they lead nowhere are words. A text with a
    `fault`, which the host could not render, becomes code: it is shown as its source.
    """
    names = {
        addresses.page_source(former): addresses.page_source(other.slug)
        for other in policies
        for former in other.former_slugs
    }
    body = without_allowed_links(decoded(policy.shown.read()), body_of(policy.shown))
    body = with_renamed_files(body, names, folder_of_slug(policy.slug))
    return "    " + body.replace("\n", "\n    ") if fault else body


def body_of(version: Version) -> str:
    """Return the Markdown of `version` below its front matter."""
    return frontmatter.body_of(decoded(version.read()))


def _contents(change: Redline, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the name of each section that changed."""
    for anchor, section in zip(redline_html.section_ids(change), change.sections, strict=True):
        if not section.is_unchanged:
            yield anchor, phrases.name_text(section.section)
