"""A proposal: what a working tree changes for readers, against the base it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class ProposalText:
    """One text of a policy in a proposal, and of its metadata what can be read."""

    slug: str
    title: str
    version: VersionId | None
    metadata: Metadata | None
    text: str


@dataclass(frozen=True)
class PolicyChange:
    """What a proposal does to one policy.

    `old` is None for a new policy, `new` for one that is retired, whose redline is empty.
    """

    old: ProposalText | None
    new: ProposalText | None
    redline: Redline

    @property
    def text(self) -> ProposalText:
        """The text to name the policy by: the new one where there is one."""
        text = self.new or self.old
        assert text is not None
        return text


def policy_changes(settings: Settings, base: BaseCommit) -> tuple[PolicyChange, ...]:
    """Return what a proposal does to every policy whose file is not what it was, by slug."""
    old_texts = {
        slug: _proposal_text(slug, base.read(path)) for slug, path in base.policies.items()
    }
    files, _ = read_policy_files(settings)
    old_slugs = dict(_old_slugs(old_texts, files))
    changes = []
    for slug, file in files.items():
        old, new = old_texts.get(old_slugs.get(slug, "")), _proposal_text(slug, file.data)
        if old is None or (old.slug, old.text) != (new.slug, new.text):
            changes.append(PolicyChange(old, new, _compared(old, new, settings.markdown)))
    retired = old_texts.keys() - old_slugs.values() - files.keys()
    changes += [PolicyChange(old_texts[slug], None, Redline(())) for slug in retired]
    return tuple(sorted(changes, key=lambda change: change.text.slug))


def _old_slugs(
    old: Mapping[str, ProposalText], files: Mapping[str, PolicyFile]
) -> Iterator[tuple[str, str]]:
    """Yield the slug of each policy with the one it had at the base.

    That is its own; else one that it names in `formerly`; else that of a policy that is gone and
    had the same title.
    """
    gone = {slug: text for slug, text in sorted(old.items()) if slug not in files}
    for slug, file in files.items():
        title = stated_title(decoded(file.data))
        same_title = [other for other, text in gone.items() if stated_title(text.text) == title]
        former = [*file.formerly, *(same_title if len(same_title) == 1 else ())]
        if slug in old:
            yield slug, slug
        elif old_slug := next((other for other in former if other in gone), None):
            yield slug, old_slug


def _proposal_text(slug: str, data: bytes) -> ProposalText:
    """Read a text as far as it can be read: a proposal may hold mistakes."""
    text = decoded(data)
    version = stated_version(text)
    metadata, _ = read_metadata(slug, text)
    if metadata is None and version:
        metadata = read_archived_metadata(text, version, slug)
    title = metadata.title if metadata else stated_title(text) or slug
    return ProposalText(slug, title, version, metadata, text)


def _compared(old: ProposalText | None, new: ProposalText, markdown: MarkdownSettings) -> Redline:
    """Return the redline of a policy, proved; all of a new policy is added."""
    old_document = read_document(body_of(old.text) if old else "", markdown)
    new_document = read_document(body_of(new.text), markdown)
    change = redline(old_document, new_document)
    prove(change, old_document, new_document)
    return change
