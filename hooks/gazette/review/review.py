"""What is reviewed: the texts as they are written, and what they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from gazette.errors import ArchiveError
from gazette.model import Policy, VersionId, decoded
from gazette.problems import Code, Problem
from gazette.record import policies
from gazette.record.archive import Archive, read_archive
from gazette.record.base_commit import BaseCommit, read_base_commit
from gazette.record.metadata_index import blob_id_of
from gazette.record.policy_files import PolicyFile, read_policy_files
from gazette.review.manuscripts import Edit, Manuscript
from gazette.review.rules import dates, record
from gazette.settings import Settings
from gazette.text.frontmatter import normalized, read_metadata


@dataclass(frozen=True)
class Review:
    """What is reviewed: the texts by slug, those that are `read`, and what these were made from.

    `versions` are those published before, `found` the findings that gathering all this brought,
    `released` the policies that readers know as they stand, `gone` those that left `docs/`.
    """

    settings: Settings
    today: date
    texts: Mapping[str, Manuscript]
    read: Sequence[str]
    edits: Mapping[str, Edit]
    versions: Mapping[str, Sequence[VersionId]]
    found: tuple[Problem, ...]
    released: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    against_base: bool = False

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The names of the policies by slug."""
        return {slug: one.metadata.title for slug, one in self.texts.items() if one.metadata}

    @cached_property
    def paths(self) -> Mapping[str, Manuscript]:
        """The texts by their path below `docs/`."""
        return {f"policies/{slug}.md": one for slug, one in self.texts.items()}

    def stands(self, path: str) -> bool:
        """Tell whether a path below `docs/` stands there, or an address may be published."""
        if path.startswith("/"):
            parts = path.strip("/").split("/")
            return (
                parts[:1] != ["policies"]
                or len(parts) < 2
                or parts[1] in self.texts
                or "." in parts[1]
            )
        return path in self.paths or (self.settings.docs / path).exists()


def as_published(settings: Settings, today: date) -> Review:
    """Compare each policy with what was published before.

    Raises HistoryError when git cannot tell.
    """
    current, problems = read_policy_files(settings)
    texts = _texts(settings, current.values())
    try:
        register = policies.gather(settings, today)
    except ArchiveError as error:
        found = (*problems, *_damages(error))
        return Review(settings, today, texts, list(texts), {}, {}, found)
    released = {slug for slug, one in texts.items() if register.released.get(slug) == one.file.data}
    edits = {}
    for policy in register.policies:
        new = texts.get(policy.slug)
        data = _data_before(policy, register.released.get(policy.slug), policy.slug in released)
        if new and data is not None:
            edits[policy.slug] = Edit(_earlier(new, policy.slug, data), new)
    found = register.problems
    return Review(settings, today, texts, list(texts), edits, {}, found, frozenset(released))


def _data_before(policy: Policy, released: bytes | None, same: bool) -> bytes | None:
    """Return the text that a policy departs from: the released one, or the one before."""
    if released is not None and not same:
        return released
    before = policy.predecessor(policy.newest)
    return before.read() if before else None


def against(settings: Settings, today: date, name: str) -> Review:
    """Compare the working tree with what stood where it parted from the branch or commit `name`.

    Raises HistoryError when git cannot tell.
    """
    base = read_base_commit(settings, name)
    current, problems = read_policy_files(settings)
    texts = _texts(settings, current.values())
    archive, damages = _archive(settings)
    edits, added = {}, []
    for slug, new in texts.items():
        old = _at_base(base, new)
        if old is None:
            added.append(slug)
        elif edit := _edit(base, old, new):
            edits[slug] = edit
    before = set(base.policies)
    renamed = {old for one in current.values() for old in one.formerly}
    found = [*_retold(problems, edits), *damages, *_archive_changes(settings, base)]
    found += record.lost_addresses(before, texts, renamed)
    return Review(
        settings=settings,
        today=today,
        texts=texts,
        read=[*edits, *added],
        edits=edits,
        versions=_versions(archive, edits),
        found=tuple(found),
        gone=frozenset(before - set(texts)),
        against_base=True,
    )


def _texts(settings: Settings, files: Iterable[PolicyFile]) -> dict[str, Manuscript]:
    return {one.slug: Manuscript(one, settings.markdown) for one in files}


def _at_base(base: BaseCommit, new: Manuscript) -> str | None:
    """Return the name that a policy had at the base."""
    names = (new.slug, *new.file.formerly)
    return next((slug for slug in names if slug in base.policies), None)


def _edit(base: BaseCommit, slug: str, new: Manuscript) -> Edit | None:
    """Return the step from the text at the base, None where nothing changed."""
    path = base.policies[slug]
    if slug == new.slug and base.ids[path] == blob_id_of(new.file.data):
        return None
    data = base.read(path)
    same = slug == new.slug and normalized(decoded(data)) == new.text
    return None if same else Edit(_earlier(new, slug, data), new)


def _earlier(new: Manuscript, slug: str, data: bytes) -> Manuscript:
    path = f"{new.path.rpartition('/')[0]}/{slug}.md"
    metadata, _ = read_metadata(path, decoded(data))
    return Manuscript(PolicyFile(slug, path, Path(path), data, metadata), new.markdown)


def _archive(settings: Settings) -> tuple[Archive | None, list[Problem]]:
    try:
        return read_archive(settings.versions), []
    except ArchiveError as error:
        return None, list(_damages(error))


def _damages(error: ArchiveError) -> Iterator[Problem]:
    for line in str(error).splitlines():
        path, _, said = line.partition(": ")
        path, _, number = path.partition(":")
        known = path.startswith("versions/")
        place = int(number) if number.isdigit() else 0
        yield Problem(path if known else "versions", place, Code.ARCHIVE, said if known else line)


def _archive_changes(settings: Settings, base: BaseCommit) -> Iterator[Problem]:
    now = {}
    for path in base.ids:
        file = settings.project / path
        if path.startswith("versions/") and file.is_file():
            now[path] = blob_id_of(file.read_bytes())
    return record.archive_changes(base.ids, now)


def _versions(archive: Archive | None, edits: Mapping[str, Edit]) -> dict[str, Sequence[VersionId]]:
    versions: dict[str, Sequence[VersionId]] = {}
    for slug, edit in edits.items():
        names = {slug, edit.old.slug, *edit.new.file.formerly}
        held = [one for name, one in archive.texts if name in names] if archive else []
        before = dates.released(edit.old)
        versions[slug] = [*held, before.version] if before else held
    return versions


def _retold(problems: Sequence[Problem], edits: Mapping[str, Edit]) -> Iterator[Problem]:
    by_path = {edit.new.path: edit for edit in edits.values()}
    for one in problems:
        edit = by_path.get(one.path)
        yield dates.with_the_day_that_moved(one, edit) if edit else one
