"""The texts that a file of a foreign repository had, as versions of a policy."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from gazette.errors import SourceError
from gazette.forms.section_news import news
from gazette.imports.address_tags import with_plain_addresses
from gazette.imports.batch import ImportedVersion, policy_file
from gazette.imports.brought_images import with_images
from gazette.imports.dead_links import links_in, names_in
from gazette.imports.language_folders import links_from
from gazette.imports.markdown_file import (
    CleanedText,
    Opening,
    below,
    cleaned_text,
    opening_of,
    reader_digest,
    relinked,
)
from gazette.imports.old_site import OldSite
from gazette.imports.omissions import Omission, gathered
from gazette.imports.page_bounds import MAX_PAGE_BYTES
from gazette.imports.page_encoding import legible
from gazette.imports.source_files import title_of
from gazette.imports.workers import note_text
from gazette.model import Digest, VersionId, decoded, digest_of
from gazette.record.file_history import Commit, Step
from gazette.record.git_texts import GitTexts
from gazette.text.document import Document
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.redline import Redline, SectionComparer, redline

FRONT_PAGE = "../index.md"
MAX_SUMMARY_LETTERS = 300
"""A longer summary ends with how many sections changed besides: nobody reads all in a list."""
FIRST = "The first text in the history of {}."
FORM_ONLY = "The words are the same: links, numbers or formatting changed."


class PostedText(NamedTuple):
    """A version: the step whose text it has, the one that posted it, how it begins, its summary."""

    step: Step
    posted: Step
    version: VersionId
    opening: Opening
    summary: str


class MadeText(NamedTuple):
    """A version with the digest of its file, and its links that may lead nowhere."""

    posted: PostedText
    sha256: Digest
    links: frozenset[str]


@dataclass
class FileVersions:
    """The versions of one policy, oldest first, and what they lack or show.

    `anchors` are those that sections of any of them have.
    """

    texts: list[MadeText] = field(default_factory=list)
    folded: int = 0
    anchors: frozenset[str] = frozenset()
    left_out: list[Omission] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)

    def versions(self, source: TextSource) -> Iterator[ImportedVersion]:
        """Yield the versions, read from their `source` when they are asked for."""
        for posted, sha256, links in self.texts:
            yield ImportedVersion(posted.version, sha256, partial(source.file, posted), links)


@dataclass(frozen=True)
class TextSource:
    """Reads the texts of one repository; `name` is what the repository is called.

    `slugs` are the policies made of its files, by path below `prefix`. With `words_only` a text of
    the same words is no version of its own. Texts in a `language` translate versions of their
    `original`, which lies in the `original_folder`.
    """

    name: str
    prefix: str
    markdown: MarkdownSettings
    texts: GitTexts
    slugs: Mapping[str, str]
    site: OldSite
    words_only: bool = False
    language: str = ""
    original: tuple[VersionId, ...] = ()
    original_folder: str = ""

    def text(self, step: Step) -> tuple[CleanedText, dict[str, bytes]]:
        """Return the text of a step, links and images leading to their new places; and the images.

        Raises SourceError when it is too large.
        """
        if self.texts.size(step.blob_id) > MAX_PAGE_BYTES:
            size = f"{MAX_PAGE_BYTES // 1_000_000} MB"
            raise SourceError(f"{step.path} in commit {step.commit.id} is larger than {size}.")
        source = with_plain_addresses(legible(decoded(self.texts.read(step.blob_id))))
        source, images = with_images(source, step.path, partial(self._read, step.commit))
        link = partial(self._link_from, posixpath.dirname(step.path))
        source = relinked(source, step.path, link, self.site)
        if self.language:
            source = links_from(source, self.language, self._is_new_link)
        return cleaned_text(source), images

    def file(self, posted: PostedText) -> bytes:
        """Return the file of a version."""
        return self.made_file(posted, below(self.text(posted.step)[0].body, posted.opening))

    def made_file(self, posted: PostedText, body: str) -> bytes:
        """Return the file of a version with this body."""
        commit = posted.posted.commit.id
        note = f"Reconstructed from {self.name}, {posted.posted.path}, commit {commit}"
        title, summary = posted.opening.title, posted.summary
        translates = self._translated(posted.version)
        return policy_file(
            title, posted.version, body, summary=summary, note=note, translates=translates
        )

    def _translated(self, version: VersionId) -> VersionId | None:
        """Return the version of the original that was in force when a translation was posted."""
        then = (it for it in reversed(self.original) if it.day <= version.day)
        return next(then, self.original[0]) if self.original else None

    def _read(self, commit: Commit, path: str) -> bytes | None:
        return self.texts.read_file(f"{commit.id}:{path}")

    def _new_link(self, target: str) -> str | None:
        """Return where a file is now; the front page of the source is that of the help center."""
        candidates = (target, f"{target}.md", posixpath.join(target, "index.md"))
        for path in candidates:
            if path in self.slugs:
                return f"{self.slugs[path]}.md"
        return FRONT_PAGE if f"{self.prefix}index.md" in candidates else None

    def _link_from(self, folder: str, target: str) -> str | None:
        """Return where a file is now that a text in a folder links.

        One that is not translated is that beside the original, as sites with translations have it.
        """
        link = self._new_link(target)
        if link is None and self.language:
            path = posixpath.relpath(target, folder or ".")
            link = self._new_link(posixpath.normpath(posixpath.join(self.original_folder, path)))
        return link

    def _is_new_link(self, link: str) -> bool:
        return link == FRONT_PAGE or link.removesuffix(".md") in self.slugs.values()


def read_versions(source: TextSource, steps: Iterable[Step]) -> FileVersions:
    """Return the texts that differ for a reader as versions, and count those that differ for none.

    Of several that look the same the last one is kept, under the day of the first. What it
    remembers to compare texts by is forgotten with the policy.
    """
    made = FileVersions()
    lacking: dict[tuple[str, str], list[str]] = {}
    reader, summaries = Reader(source.markdown), Summaries()
    last: PostedText | None = None
    last_digest, document = b"", reader.read("")
    for step in steps:
        note_text()
        text, images = source.text(step)
        opening = opening_of(text, title_of(step.path, source.prefix), reader.read)
        body = below(text.body, opening)
        if not body.strip():
            continue
        before, document = document, reader.read(body)
        digest = reader_digest(opening.title, document, words_only=source.words_only)
        if last and digest == last_digest:
            made.folded += 1
            made.texts.pop()
            last = last._replace(step=step, opening=opening)
        else:
            first = FIRST.format(_path(step, source))
            summary = summaries.summary(before, document) if last else first
            version = _next_version(last.version if last else None, step.commit)
            last = PostedText(step, step, version, opening, summary)
        last_digest = digest
        made.anchors |= {section.anchor for section in document.sections}
        links = links_in(body, names_in(document.html))
        made.texts.append(MadeText(last, digest_of(source.made_file(last, body)), links))
        made.images |= images
        for omission in text.left_out:
            places = lacking.setdefault((omission.what, omission.reason), [])
            places.append(f"{omission.place} of {last.version}")
    made.left_out += gathered(lacking)
    return made


class Summaries:
    """What changed from one text to the next, in a line; many go back and forth between two."""

    def __init__(self) -> None:
        self._comparer = SectionComparer()
        self._known: dict[tuple[str, str], str] = {}

    def summary(self, before: Document, document: Document) -> str:
        """Return what changed between two texts that differ for a reader."""
        key = before.html_digest, document.html_digest
        if key not in self._known:
            self._known[key] = _summary(redline(before, document, comparer=self._comparer))
        return self._known[key]


def _path(step: Step, source: TextSource) -> str:
    return step.path.removeprefix(source.prefix)


def _summary(change: Redline) -> str:
    """Return what changed between two texts, section by section, in a line."""
    lines = [f"{what}: {how}" for what, how in news(change)]
    summary = ""
    for number, line in enumerate(lines):
        if summary and len(summary) + len(line) > MAX_SUMMARY_LETTERS:
            rest = len(lines) - number
            return f"{summary} {rest} more {'section' if rest == 1 else 'sections'} changed."
        summary = f"{summary} {_shortened(line)}.".strip()
    return summary or FORM_ONLY


def _shortened(line: str) -> str:
    cut = f"{line[: MAX_SUMMARY_LETTERS - 1].rstrip()}…"
    return line.rstrip(".") if len(line) <= MAX_SUMMARY_LETTERS else cut


def _next_version(before: VersionId | None, commit: Commit) -> VersionId:
    """Return the version of a text; days never run backwards, numbers count within one."""
    if before is None or commit.day > before.day:
        return VersionId(commit.day, 1)
    return VersionId(before.day, before.number + 1)
