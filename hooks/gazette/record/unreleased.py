"""Unreleased edits: where a file in `docs/` says something else than what readers know."""

from __future__ import annotations

from dataclasses import dataclass

from gazette.model import Policy, Status, Version, digest_of
from gazette.record.policies import Register
from gazette.record.version_status import as_released
from gazette.text.comparison import compare, named_redline
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.redline import Redline


@dataclass(frozen=True)
class Unreleased:
    """The text in `docs/` as `new`, the released text it departs from as `old`.

    `old` is None for a policy that was never released. `stamped` says that the file already states
    a version that readers do not know: a new one, or one whose day has not come.
    """

    policy: Policy
    old: Version | None
    new: Version
    stamped: bool
    change: Redline

    @property
    def differs(self) -> bool:
        """Whether a reader sees anything else than before: words, links, title, day it applies."""
        if self.old is None or self.change.changed:
            return True
        old, new = self.old.metadata, self.new.metadata
        waits = not self.stamped or self.old.status is Status.UPCOMING
        return old.title != new.title or (waits and old.effective != new.effective)


def unreleased(register: Register, markdown: MarkdownSettings) -> tuple[Unreleased, ...]:
    """Return every policy whose text in `docs/` is not the one that readers know."""
    edited = (policy for policy in register.policies if not _is_as_released(register, policy))
    drafts = (draft_of(register, policy, markdown) for policy in edited)
    return tuple(draft for draft in drafts if draft and (draft.stamped or draft.differs))


def _is_as_released(register: Register, policy: Policy) -> bool:
    released = register.released.get(policy.slug)
    return released is not None and digest_of(released) == policy.newest.sha256


def draft_of(register: Register, policy: Policy, markdown: MarkdownSettings) -> Unreleased | None:
    """Return how the file of `policy` departs from what was released, whether it differs or not.

    None for a policy that left `docs/`, or when nothing tells what was released.
    """
    if policy.retired or policy.slug not in register.released:
        return None
    new, released = policy.newest, register.released[policy.slug]
    if new.status is Status.SCHEDULED:
        released = None
    old = policy.predecessor(new) if released is None else as_released(new, released)
    reader = Reader(markdown)
    before = reader.read_version(old) if old else reader.read("")
    after = reader.read_version(new)
    stated = policy.continues(old, new) if old else ()
    with named_redline(policy, old, new):
        change = compare(before, after, continues=stated)
    return Unreleased(policy, old, new, released is None, change)
