"""The texts that a file of a foreign repository had, as versions of a policy."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from gazette.errors import SourceError
from gazette.imports.batch import ImportedVersion, policy_file
from gazette.imports.dead_links import links_in, names_in
from gazette.imports.images import with_images
from gazette.imports.language_folders import DEFAULT_LANGUAGE, links_from
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
from gazette.imports.page_encoding import stored_text
from gazette.imports.source_files import title_of
from gazette.imports.summaries import Summaries
from gazette.imports.template_tags import with_plain_addresses
from gazette.imports.workers import note_text
from gazette.language import language_of
from gazette.model import Digest, VersionId, digest_of
from gazette.record.file_history import Commit, FileStep
from gazette.record.git_texts import GitTexts
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader

FRONT_PAGE = "../index.md"


class PostedText(NamedTuple):
    """A version: the step whose text it has, the one that posted it, how it begins, its summary."""

    step: FileStep
    posted: FileStep
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
    `original`, which lies in the `original_folder`; others are in the `site_language`.
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
    site_language: str = DEFAULT_LANGUAGE

    def text(self, step: FileStep) -> tuple[CleanedText, dict[str, bytes]]:
        """Return the text of a step, links and images leading to their new places; and the images.

        Raises SourceError when it is too large.
        """
        if self.texts.size(step.blob_id) > MAX_PAGE_BYTES:
            size = f"{MAX_PAGE_BYTES // 1_000_000} MB"
            raise SourceError(f"{step.path} in commit {step.commit.id} is larger than {size}.")
        source = with_plain_addresses(stored_text(self.texts.read(step.blob_id)))
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
        first, last = posted.posted, posted.step
        note = f"Reconstructed from {self.name}, {first.path}, commit {first.commit.id}"
        if last is not first:
            note += f"; as it stands in {last.path}, commit {last.commit.id}"
        title, summary = posted.opening.title, posted.summary
        translates = self._translated(posted.version)
        return policy_file(
            title, posted.version, body, summary=summary, note=note, translates=translates
        )

    def _translated(self, version: VersionId) -> VersionId | None:
        """Return the version of the original that was in force when a translation was posted."""
        then = (posted for posted in reversed(self.original) if posted.day <= version.day)
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


def read_versions(source: TextSource, steps: Iterable[FileStep]) -> FileVersions:
    """Return the texts that differ for a reader as versions, and count those that differ for none.

    Of several that look the same the last one is kept, under the day of the first. What it
    remembers to compare texts by is forgotten with the policy.
    """
    made = FileVersions()
    lacking: dict[tuple[str, str], list[str]] = {}
    reader = Reader(source.markdown)
    summaries = Summaries(language_of(source.language or source.site_language))
    last: PostedText | None = None
    last_digest, last_title, document = b"", "", reader.read("")
    for step in steps:
        note_text()
        text, images = source.text(step)
        if kept_back := text.front_matter.kept_back:
            reason = f"Its front matter says {kept_back}, so its site showed it to nobody."
            places = lacking.setdefault(("A text that was not published", reason), [])
            places.append(f"{step.path} of {step.day}")
            continue
        opening = opening_of(text, title_of(step.path, source.prefix), reader.read)
        body = below(text.body, opening)
        if not body.strip():
            continue
        before, document = document, reader.read(body)
        title = _seen_title(text, opening)
        digest = reader_digest(title, document, words_only=source.words_only)
        if last and digest == last_digest:
            made.folded += 1
            made.texts.pop()
            last = last._replace(step=step, opening=opening)
        else:
            path = step.path.removeprefix(source.prefix)
            titles = last_title or title, title or last_title
            summary = summaries.summary(before, document, titles) if last else ""
            summary = summary or summaries.first(path)
            version = _next_version(last.version if last else None, step.commit)
            last = PostedText(step, step, version, opening, summary)
        last_digest, last_title = digest, title
        made.anchors |= {section.anchor for section in document.sections}
        links = links_in(body, names_in(document.html))
        made.texts.append(MadeText(last, digest_of(source.made_file(last, body)), links))
        made.images |= images
        for omission in text.left_out:
            places = lacking.setdefault((omission.what, omission.reason), [])
            places.append(f"{omission.place} of {last.version}")
    made.left_out += gathered(lacking)
    return made


def _seen_title(text: CleanedText, opening: Opening) -> str:
    """Return the title that readers of a text saw, empty where that is made of its file's name."""
    return opening.title if opening.heading or text.front_matter.title.strip() else ""


def _next_version(before: VersionId | None, commit: Commit) -> VersionId:
    """Return the version of a text; days never run backwards, numbers count within one."""
    if before is None or commit.day > before.day:
        return VersionId(commit.day, 1)
    return VersionId(before.day, before.number + 1)
