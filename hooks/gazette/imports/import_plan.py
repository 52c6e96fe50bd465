"""Bringing an existing help center in: gather what it holds, plan every file, then write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from gazette.errors import SourceError
from gazette.files import write_whole
from gazette.imports.batch import (
    Batch,
    ImportedPolicy,
    ImportedVersion,
    ImportOptions,
    Progress,
    without_progress,
)
from gazette.imports.dead_links import allow_dead_links
from gazette.imports.git_history import read_repository
from gazette.imports.images import ASSETS
from gazette.imports.page_bounds import read_bounded, within_bounds
from gazette.imports.page_import import STANDARD_INPUT, read_folder, read_page
from gazette.imports.source_files import NOT_TAKEN
from gazette.imports.workers import PolicyJob, note_text, results
from gazette.model import Reading, Slug, VersionId, decoded, digest_of
from gazette.record.archive import (
    Addition,
    Archive,
    Retirement,
    Unarchived,
    attachment_path,
    read_archive,
    text_path,
    with_additions,
    write_files,
)
from gazette.record.archive_lists import Key, changed_lists
from gazette.record.matched_versions import MatchedVersion, matched_versions
from gazette.record.new_records import new_sections, versions_of
from gazette.record.placing import placed_together
from gazette.record.plain_files import check_plain_files
from gazette.record.readings import lists_of
from gazette.record.section_record import lists_of_sections
from gazette.settings import Settings
from gazette.text.canonical import FormDigests
from gazette.text.frontmatter import stated_version
from gazette.text.readings import reading_of
from gazette.text.slugs import archived_parts


@dataclass(frozen=True)
class Request(ImportOptions):
    """What is to be brought in, and how: a file or folder, or the bytes of standard input."""

    source: Path | bytes
    slug: str = ""
    with_history: bool = False


@dataclass(frozen=True)
class Plan:
    """Every file an import writes: those in `docs/`, and those the archive takes in.

    `replaced` is what stood in the place of each policy when this was planned.
    """

    files: Mapping[Path, bytes]
    unarchived: Unarchived
    replaced: Mapping[Path, bytes | None]


def gather(settings: Settings, request: Request, today: date, progress: Progress) -> Batch:
    """Read the source; write nothing. Raises SourceError with everything that cannot be read."""
    source, markdown = request.source, settings.markdown
    if isinstance(source, bytes):
        data = within_bounds(source)
        page = read_page(STANDARD_INPUT, data, today, markdown, request.slug, request.changes)
        batch = Batch((page,))
    elif request.with_history:
        zone, language = settings.zone, settings.language
        batch = read_repository(source, markdown, progress, request, zone, language)
    elif source.is_dir():
        batch = read_folder(source, today, markdown, progress, request, settings.language)
    else:
        try:
            data = read_bounded(source)
        except OSError as error:
            raise SourceError(f"{source} cannot be read: {error.strerror}.") from error
        changes, folder = request.changes, source.parent
        page = read_page(source.name, data, today, markdown, request.slug, changes, folder)
        batch = Batch((page,))
    if not batch.policies:
        name = STANDARD_INPUT if isinstance(source, bytes) else source
        raise SourceError(f"{name} holds nothing that looks like a policy.{_left_out(batch)}")
    return allow_dead_links(batch, settings.docs, markdown, progress)


def _left_out(batch: Batch) -> str:
    """Return which of the files that are no policies by their names can be taken when named."""
    paths = [f"{path} ({reason})" for path, reason in batch.skipped if reason == NOT_TAKEN]
    return f" Left out: {', '.join(paths)}." if paths else ""


def plan(settings: Settings, batch: Batch, *, force: bool) -> Plan:
    """Plan every file; raises SourceError with everything that stands in the way.

    Raises PolicyError where `docs/` or `versions/` hold what is no plain file.

    With `force` a policy in `docs/` is replaced. What is archived never is.
    """
    check_plain_files(settings)
    archive = read_archive(settings.versions)
    obstacles: list[str] = []
    files: dict[Path, bytes] = {}
    replaced: dict[Path, bytes | None] = {}
    additions: list[Addition] = []
    for policy in batch.policies:
        file, data = settings.policies / f"{policy.slug}.md", policy.newest.read()
        present = replaced[file] = _bytes_of(file)
        if present is not None and (policy.retired or (present != data and not force)):
            obstacles.append(_file_in_the_way(policy, settings.relative(file)))
        if policy.retired is None and present != data:
            files[file] = data
        files |= _images(settings, policy)
        obstacles += _contradictions(archive, policy)
        additions += _additions(policy)
    if obstacles:
        raise SourceError("\n".join(obstacles))
    newest = {policy.slug: policy.newest.version for policy in batch.policies}
    return Plan(files, Unarchived(tuple(additions), {**archive.complete, **newest}), replaced)


def _bytes_of(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def write(
    settings: Settings, planned: Plan, today: date, progress: Progress = without_progress
) -> list[str]:
    """Write what was planned, all of it or nothing, whatever happens; return the paths.

    Raises SourceError where another import wrote one of its policies meanwhile.

    How the archived texts are read is recorded as of `today`, and which sections they have.
    """
    folder, files = settings.versions, planned.unarchived.files
    with placed_together(settings.project) as waiting:
        for file, present in planned.replaced.items():
            if _bytes_of(file) not in (present, planned.files.get(file)):
                path = settings.relative(file)
                raise SourceError(f"{path} was changed while this import was read. Do it again.")
        sums, lacking = with_additions(folder, files)
        records = _records(settings, waiting, files, lacking, today, progress)
        lists = changed_lists(folder, sums, planned.unarchived.complete, records)
        for file, data in {**lists, **planned.files}.items():
            write_whole(waiting / settings.relative(file), data)
    archived = (f"versions/{file.path}" for file in lacking)
    return [*map(settings.relative, planned.files), *archived]


def _records(
    settings: Settings,
    waiting: Path,
    files: Iterable[Addition],
    lacking: Iterable[Addition],
    today: date,
    progress: Progress,
) -> Mapping[Path, bytes]:
    """Write the files that the archive is `lacking` where they wait; return lists of all `files`.

    These are whole lists, by file in the archive.
    """
    by_slug, new = _by_slug(files), _by_slug(lacking)
    archive = read_archive(settings.versions)
    jobs = [
        PolicyJob((settings, waiting, archive, slug, files, new.get(slug, ()), today), len(files))
        for slug, files in sorted(by_slug.items())
    ]
    lines: dict[Slug, Mapping[VersionId, list[str]]] = {}
    readings: dict[Key, Reading] = {}
    count = sum(job.texts for job in jobs)
    with (progress if jobs else without_progress)("Recording the texts", count) as advance:
        for slug, sections, read in results(_recorded, jobs, advance):
            lines[slug] = sections
            readings |= read
    return lists_of(settings.versions, readings) | lists_of_sections(settings.versions, lines)


def _by_slug(files: Iterable[Addition]) -> dict[Slug, list[Addition]]:
    by_slug: dict[Slug, list[Addition]] = {}
    for file in files:
        by_slug.setdefault(Slug(archived_parts(file.path)[0]), []).append(file)
    return by_slug


def _recorded(
    settings: Settings,
    waiting: Path,
    archive: Archive,
    slug: Slug,
    files: Sequence[Addition],
    lacking: Sequence[Addition],
    today: date,
) -> tuple[Slug, Mapping[VersionId, list[str]], dict[Key, Reading]]:
    """Write the files of a policy that the archive is `lacking`; return what is to be recorded.

    They go where files are `waiting` for their places in the project. Recorded are the lines of
    sections, and the readings of its new texts, which are among `files`.
    """
    folder = waiting / settings.relative(settings.versions)
    write_files(folder, lacking)
    places = dict.fromkeys((file.path for file in lacking), folder)
    files = [
        replace(file, read=(places.get(file.path, settings.versions) / file.path).read_bytes)
        for file in files
    ]
    versions = versions_of(archive, [*_standing(settings, archive, slug), *files], slug)
    new = {file.path for file in files}
    unread = {
        version.id
        for version in versions
        if text_path(slug, version.id) in new and (slug, version.id) not in archive.readings
    }
    digests = FormDigests()
    readings: dict[Key, Reading] = {}

    def read() -> Iterator[MatchedVersion]:
        matched = matched_versions(versions, settings.markdown)
        for version, version_read in zip(versions, matched, strict=True):
            if text_path(slug, version.id) in new:
                note_text()
            if version.id in unread:
                reading = reading_of(
                    version.metadata, version_read.document, today, digests=digests
                )
                readings[slug, version.id] = reading
            yield version_read

    texts = read()
    lines = new_sections(versions, texts)
    for _ in texts if unread else ():  # the sections may be recorded while the reading is not
        pass
    return slug, lines, readings


def _standing(settings: Settings, archive: Archive, slug: Slug) -> Iterator[Addition]:
    """Yield the text of a policy in `docs/` if its sections are recorded: older ones get their IDs.

    The record of a text that is no version yet, or archived too, needs it not.
    """
    file = settings.policies / f"{slug}.md"
    data = _bytes_of(file) or b""
    version = stated_version(decoded(data))
    if version and (slug, version) in archive.sections.keys() - archive.texts.keys():
        yield Addition(text_path(slug, version), digest_of(data), partial(bytes, data))


def _additions(policy: ImportedPolicy) -> Iterator[Addition]:
    """Yield what the archive takes in: every text that does not stand in `docs/` afterwards.

    The images that it shows come with it.
    """
    for version in policy.versions if policy.retired else policy.versions[:-1]:
        path = text_path(policy.slug, version.version)
        yield Addition(path, version.sha256, version.read)
        for image, data in _shown(policy, version).items():
            yield Addition(attachment_path(path, image), digest_of(data), partial(bytes, data))
    if policy.retired:
        record = Retirement(policy.slug, policy.retired, policy.newest.version)
        yield Addition(record.path, digest_of(record.data), partial(bytes, record.data))


def _images(settings: Settings, policy: ImportedPolicy) -> dict[Path, bytes]:
    """Return the images that a policy shows now, by where they go."""
    shown = {} if policy.retired else _shown(policy, policy.newest)
    return {settings.docs / path: data for path, data in shown.items()}


def _shown(policy: ImportedPolicy, version: ImportedVersion) -> dict[str, bytes]:
    """Return the images in the text of a version by their paths below `docs/`.

    Their names are made of what they show, so no other words are like them.
    """
    text = version.read() if policy.images else b""
    names = (name for name in policy.images if f"{ASSETS}/{name}".encode() in text)
    return {f"{ASSETS}/{name}": policy.images[name] for name in names}


def _file_in_the_way(policy: ImportedPolicy, path: str) -> str:
    if policy.retired:
        return (
            f"{policy.source} was removed on {policy.retired}, but {path} stands here. "
            "Rename that file, or leave the source's out with --only."
        )
    return (
        f"{path} stands there already. "
        "Give the policy another name with --slug, or replace the file with --force."
    )


def _contradictions(archive: Archive, policy: ImportedPolicy) -> Iterator[str]:
    """Yield what the archive holds of this slug that the versions brought in contradict."""
    digests = {version.version: version.sha256 for version in policy.versions}
    archived = {
        version: path for (slug, version), path in archive.texts.items() if slug == policy.slug
    }
    for version, path in sorted(archived.items()):
        if version in digests and archive.sums[path] != digests[version]:
            yield (
                f"versions/{path} is archived with other words. An archived version never changes: "
                "give the policy another name with --slug, or the text another version."
            )
    newest = max((version for version in archived if version not in digests), default=None)
    if newest and newest > policy.newest.version:
        yield (
            f"versions/{policy.slug}/ holds {newest}, which is newer than {policy.newest.version}. "
            "Versions never run backwards: name the day it is posted in the text."
        )
