"""The history of a repository of Markdown files as versions: one for each text a reader saw."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path

from gazette.errors import SourceError
from gazette.files import entries_below
from gazette.imports.batch import EVERYTHING, Batch, ImportedPolicy, ImportOptions, Progress
from gazette.imports.file_versions import FileVersions, TextSource, read_versions
from gazette.imports.foreign_front_matter import stated_addresses
from gazette.imports.foreign_repository import check_foreign
from gazette.imports.language_folders import DEFAULT_LANGUAGE, Edition, editions_of
from gazette.imports.markdown_file import opening_title
from gazette.imports.old_site import OldSite, old_site, stated_hosts
from gazette.imports.source_files import LINK, MARKDOWN, NOT_TAKEN, is_policy, slug_of
from gazette.imports.workers import PolicyJob, results
from gazette.model import Slug, decoded
from gazette.record.commits import commits, line_of
from gazette.record.file_history import FileStep, FileTrack
from gazette.record.git_texts import GitTexts, open_repository
from gazette.record.history import tracks_of
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.slugs import language_of_slug, original_of, slug_from, unique_slug

SITE_FILES = ("CNAME", "static/CNAME", "docs/CNAME", "_config.yml", "config.toml", "hugo.toml")
"""Where a repository says under which name its site is published."""
UNSEEN = "no text of it was shown to readers"
SUBMODULE = "a submodule, which has a history of its own: import its repository, too"
_PATH_OF_SUBMODULE = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(.+?)[ \t]*$", re.M)
_Source = Sequence[FileTrack]
"""The tracks that make one policy: a file, and what came to its place after it was removed."""


def read_repository(
    folder: Path,
    markdown: MarkdownSettings,
    progress: Progress,
    options: ImportOptions = EVERYTHING,
    zone: tzinfo = UTC,
    language: str = DEFAULT_LANGUAGE,
) -> Batch:
    """Return every policy of the repository around `folder` with every version it had.

    Days are those of a time `zone`; `language` is that of the help center. Raises SourceError when
    there is no repository or not all of it, HistoryError when git fails.
    """
    check_foreign(folder)
    repo = open_repository(folder)
    if repo is None:
        raise SourceError(f"{folder} is in a git repository that has no files checked out.")
    top = Path(str(repo.working_tree_dir)).resolve()
    prefix = "".join(f"{part}/" for part in folder.resolve().relative_to(top).parts)

    def is_wanted(path: str) -> bool:
        inside = path.removeprefix(prefix)
        return path.startswith(prefix) and is_policy(inside, options.only, options.also)

    texts = GitTexts(str(top))
    tracks = tracks_of(commits(line_of(repo), {}, zone), is_wanted, texts, opening_title)
    if any(track.cut for track in tracks):
        raise SourceError(
            f"{folder} is a shallow clone: git holds only its newest commits, and the days of the "
            "earlier ones are lost. Fetch them with: git fetch --unshallow"
        )
    sources = _sources(tracks, prefix)
    by_slug = _by_slug(sources, prefix, _editions(sources, texts, language))
    slugs = {step.path: slug for slug, source in by_slug for step in _steps(source)}
    site = _old_site(texts, by_slug, prefix, options.url)
    source = TextSource(
        *(top.name, prefix, markdown, texts, slugs, site, options.words_only),
        site_language=language,
    )
    policies = tuple(_policies(source, by_slug, progress))
    slugs_with_text = {policy.slug for policy in policies}
    unseen = ((steps[-1].path, UNSEEN) for slug, steps in by_slug if slug not in slugs_with_text)
    others = () if options.only else _skipped(top / prefix, options.also)
    others += tuple(_submodules(texts, prefix))
    return Batch(policies, (*unseen, *others))


def _skipped(folder: Path, also: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the Markdown files in a folder that are not taken for policies."""
    files = {
        Path(entry.path).relative_to(folder).as_posix(): entry.is_symlink()
        for entry in entries_below(folder)
        if entry.is_file() or entry.is_symlink()
    }
    pages = [
        path for path in sorted(files) if path.lower().endswith(MARKDOWN) and ".git/" not in path
    ]
    return tuple(
        (path, LINK if files[path] else NOT_TAKEN)
        for path in pages
        if files[path] or not is_policy(path, also=also)
    )


def _submodules(texts: GitTexts, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the folders below `prefix` in which files of another repository stand."""
    listed = decoded(texts.read_file("HEAD:.gitmodules") or b"")
    for path in _PATH_OF_SUBMODULE.findall(listed):
        if path.startswith(prefix):
            yield path.removeprefix(prefix), SUBMODULE


def _steps(source: _Source) -> list[FileStep]:
    """Return all steps of a policy, oldest first."""
    return [step for track in source for step in reversed(track.steps)]


def _sources(tracks: Sequence[FileTrack], prefix: str) -> list[_Source]:
    """Join a file that was removed with the one that came back at a place it had stood at."""
    waiting = [track for track in tracks if track.steps]
    waiting.sort(key=lambda track: track.steps[-1].day)
    sources: list[_Source] = []
    while waiting:
        chain = [waiting.pop(0)]
        while successor := _successor(chain, waiting, prefix):
            waiting.remove(successor)
            chain.append(successor)
        sources.append(chain)
    return sources


def _successor(
    chain: Sequence[FileTrack], waiting: Sequence[FileTrack], prefix: str
) -> FileTrack | None:
    removed = chain[-1].removed
    if removed is None:
        return None
    slugs = {slug_of(step.path, prefix) for track in chain for step in track.steps}
    for track in waiting:
        first = track.steps[-1]
        if first.day >= removed and slug_of(first.path, prefix) in slugs:
            return track
    return None


def _editions(sources: Sequence[_Source], texts: GitTexts, language: str) -> dict[str, Edition]:
    """Return which files are translations, by path; one that outlives its original is none."""
    tracks = {source[-1].path: source[-1] for source in sources}

    def text_of(path: str) -> str:
        return decoded(texts.read(tracks[path].steps[0].blob_id))

    editions = editions_of(tracks, text_of, language)
    return {
        path: edition
        for path, edition in editions.items()
        if not edition.language or tracks[path].removed or not tracks[edition.original].removed
    }


def _by_slug(
    sources: Sequence[_Source], prefix: str, editions: Mapping[str, Edition]
) -> list[tuple[Slug, _Source]]:
    """Give each policy a slug of its own, those that stand first, and sort them by it.

    Translations come behind the originals whose slugs theirs are made of.
    """
    slugs: dict[Slug, _Source] = {}
    by_path: dict[str, Slug] = {}

    def rank(source: _Source) -> tuple[bool, bool, str]:
        is_translation = source[-1].path in editions and editions[source[-1].path].language != ""
        return is_translation, source[-1].removed is not None, source[-1].path

    for source in sorted(sources, key=rank):
        path = source[-1].path
        candidates = [slug_of(path, prefix), slug_from(path[len(prefix) :].rpartition(".")[0])]
        if edition := editions.get(path):
            original = by_path.get(edition.original, "")
            name = (
                f"{edition.language}/{original}" if original else slug_of(edition.original, prefix)
            )
            candidates.insert(0, name)
        by_path[path] = unique_slug(candidates, slugs)
        slugs[by_path[path]] = source
    return sorted(slugs.items(), key=lambda item: (language_of_slug(item[0]), item[0]))


def _policies(
    source: TextSource, by_slug: Sequence[tuple[Slug, _Source]], progress: Progress
) -> Iterator[ImportedPolicy]:
    """Yield each policy; a file that never had a text is none."""
    steps = {slug: _steps(tracks) for slug, tracks in by_slug}
    histories: dict[Slug, FileVersions] = {}
    with progress("Reading the history", sum(map(len, steps.values()))) as advance:
        for are_translations in (False, True):
            group = [slug for slug in steps if bool(language_of_slug(slug)) is are_translations]
            jobs = [
                PolicyJob((_source_of(slug, source, histories), steps[slug]), len(steps[slug]))
                for slug in group
            ]
            histories |= zip(group, results(read_versions, jobs, advance), strict=True)
    for slug, tracks in by_slug:
        made = histories[slug]
        versions = tuple(made.versions(_source_of(slug, source, histories)))
        if versions:
            removed, newest = tracks[-1].removed, versions[-1].version
            yield ImportedPolicy(
                slug,
                tracks[-1].path.removeprefix(source.prefix),
                versions,
                made.folded,
                max(removed, newest.day) if removed else None,
                left_out=tuple(made.left_out),
                images=made.images,
                anchors=made.anchors,
            )


def _source_of(
    slug: Slug, source: TextSource, histories: Mapping[Slug, FileVersions]
) -> TextSource:
    """Return what reads the texts of a policy: for a translation, with its original's versions."""
    language = language_of_slug(slug)
    if not language:
        return source
    versions = tuple(text.posted.version for text in histories[original_of(slug)].texts)
    paths = [path for path, owner in source.slugs.items() if owner == original_of(slug)]
    folder = posixpath.dirname(paths[-1])
    return replace(source, language=language, original=versions, original_folder=folder)


def _old_site(
    texts: GitTexts, by_slug: Sequence[tuple[Slug, _Source]], prefix: str, url: str
) -> OldSite:
    """Return the site that a repository was published as, by what its files say."""
    stated: dict[str, tuple[str, ...]] = {}
    for slug, tracks in by_slug:
        text = decoded(texts.read_head(tracks[-1].steps[0].blob_id))
        stated[slug] = tuple(stated_addresses(text))
    slugs = {step.path: slug for slug, tracks in by_slug for step in _steps(tracks)}
    files = ((name, texts.read_file(f"HEAD:{name}")) for name in SITE_FILES)
    hosts = stated_hosts((name, decoded(data)) for name, data in files if data)
    return old_site(slugs, prefix, stated, hosts, url)
