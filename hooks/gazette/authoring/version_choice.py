"""Which two texts of a policy a reader wants to compare."""

from __future__ import annotations

from gazette.errors import MissingError
from gazette.model import Policy, Version
from gazette.record.policies import Register
from gazette.record.unreleased import draft_of
from gazette.text.markdown_settings import MarkdownSettings


def versions_to_compare(
    register: Register, policy: Policy, ends: tuple[str, ...], markdown: MarkdownSettings
) -> tuple[Version, Version]:
    """Return the two versions that `ends` (none, FROM, or FROM and TO) name.

    TO is the unreleased text in `docs/` where there is one, else the text in force; FROM is what
    was released before it. Raises MissingError when a version is not known.
    """
    start, end = (*ends, "", "")[:2]
    draft = draft_of(register, policy, markdown)
    edited = draft if draft and draft.old and (draft.stamped or draft.differs) else None
    if end:
        new = version_named(policy, end)
    else:
        new = edited.new if edited else policy.in_force or policy.newest
    if start:
        named = version_named(policy, start)
        old = edited.old if edited and edited.old and edited.new.id == named.id else named
        return old, new
    before = edited.old if edited and not end else policy.predecessor(new)
    if before is None:
        raise MissingError(
            f"{new.id} is the first version of {policy.title}: nothing is before it."
        )
    return before, new


def version_named(policy: Policy, name: str) -> Version:
    """Return the version of this name; a day alone means its last version."""
    for one in reversed(policy.versions):
        if name in (str(one.id), str(one.id.day)):
            return one
    known = ", ".join(str(one.id) for one in policy.versions)
    raise MissingError(f"{policy.title} has no version {name}. There are: {known}.")
