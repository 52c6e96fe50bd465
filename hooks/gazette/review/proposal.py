"""A proposal: what a working tree changes for readers, against the base it was made from."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gazette.model import Metadata, VersionId, decoded
from gazette.record.base_commit import BaseCommit
from gazette.record.policy_files import PolicyFile, read_policy_files
from gazette.settings import Settings
from gazette.text.document import read_document
from gazette.text.frontmatter import (
    body_of,
    read_archived_metadata,
    read_metadata,
    stated_title,
    stated_version,
)
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.proof import prove
from gazette.text.redline import Redline, redline


class Fate(enum.Enum):
    """What a proposal does to a policy."""

    NEW = "new"
    CHANGED = "changed"
    RENAMED = "renamed"
    RETIRED = "retired"


@dataclass(frozen=True)
class Side:
    """One text of a policy, and of its metadata what can be read."""

    slug: str
    title: str
    version: VersionId | None
    metadata: Metadata | None
    text: str


@dataclass(frozen=True)
class PolicyChange:
    """What a proposal does to one policy; `change` is empty for one that is retired."""

    fate: Fate
    old: Side | None
    new: Side | None
    change: Redline

    @property
    def side(self) -> Side:
        """The text to name it by: the new one where there is one."""
        side = self.new or self.old
        assert side is not None
        return side


def proposed(settings: Settings, base: BaseCommit) -> tuple[PolicyChange, ...]:
    """Return every policy whose file is not what it was, by its name."""
    folder = f"{settings.relative(settings.policies)}/"
    before = {Path(path).stem: path for path in base.ids if _is_policy(path, folder)}
    current, _ = read_policy_files(settings)
    pairs = dict(_pairs(base, before, current))
    gone = before.keys() - pairs.values() - current.keys()
    found = [*_changes(settings.markdown, base, before, current, pairs)]
    found += [_retired(slug, base.read(before[slug])) for slug in gone]
    return tuple(sorted(found, key=lambda one: one.side.slug))


def _is_policy(path: str, folder: str) -> bool:
    name = path.removeprefix(folder)
    return path.startswith(folder) and "/" not in name and name.endswith(".md")


def _pairs(
    base: BaseCommit, before: Mapping[str, str], current: Mapping[str, PolicyFile]
) -> Iterator[tuple[str, str]]:
    """Yield each policy with the name it had at the base.

    That is its own; else one that it names in `formerly`; else that of a policy that is gone and
    had the same title.
    """
    gone = {slug: path for slug, path in before.items() if slug not in current}
    titles: dict[str, list[str]] = {}
    for slug, path in sorted(gone.items()):
        titles.setdefault(stated_title(decoded(base.read(path))), []).append(slug)
    for slug, file in current.items():
        same = titles.get(stated_title(decoded(file.data)), [])
        names = [slug, *file.formerly, *(same if len(same) == 1 else ())]
        old = next((name for name in names if name == slug or name in gone), slug)
        if old not in before:
            old = next((name for name in names if name in gone), "")
        if old:
            yield slug, old


def _changes(
    markdown: MarkdownSettings,
    base: BaseCommit,
    before: Mapping[str, str],
    current: Mapping[str, PolicyFile],
    pairs: Mapping[str, str],
) -> Iterator[PolicyChange]:
    for slug, file in current.items():
        new = _side(slug, file.data)
        if slug not in pairs:
            nothing = Side(slug, "", None, None, "")
            yield PolicyChange(Fate.NEW, None, new, _compared(nothing, new, markdown))
            continue
        old = _side(pairs[slug], base.read(before[pairs[slug]]))
        if old.text != new.text or old.slug != new.slug:
            fate = Fate.CHANGED if old.slug == new.slug else Fate.RENAMED
            yield PolicyChange(fate, old, new, _compared(old, new, markdown))


def _retired(slug: str, data: bytes) -> PolicyChange:
    return PolicyChange(Fate.RETIRED, _side(slug, data), None, Redline(()))


def _side(slug: str, data: bytes) -> Side:
    """Read a text as far as it can be read: a proposal may hold mistakes."""
    text = decoded(data)
    version = stated_version(text)
    metadata, _ = read_metadata(slug, text)
    if metadata is None and version:
        metadata = read_archived_metadata(text, version, slug)
    title = metadata.title if metadata else stated_title(text) or slug
    return Side(slug, title, version, metadata, text)


def _compared(old: Side, new: Side, markdown: MarkdownSettings) -> Redline:
    documents = [read_document(body_of(one.text), markdown) for one in (old, new)]
    change = redline(documents[0], documents[1])
    prove(change, documents[0], documents[1])
    return change
