"""Which two texts of a policy a reader wants to compare."""

from __future__ import annotations

from gazette.errors import MissingError
from gazette.model import Policy, Version
from gazette.record.policies import Register
from gazette.record.unreleased import draft_of
from gazette.text.markdown_settings import MarkdownSettings


def versions_to_compare(
    register: Register, policy: Policy, names: tuple[str, ...], markdown: MarkdownSettings
) -> tuple[Version, Version]:
    """Return the old and the new version that `names` (none, FROM, or FROM and TO) mean.

    TO is the unreleased text in `docs/` where there is one, else the text in force; FROM is what
    was released before it. Raises MissingError when there is no such version.
    """
    draft = draft_of(register, policy, markdown)
    if draft and not (draft.old and (draft.stamped or draft.differs)):
        draft = None
    if len(names) == 2:
        new = version_named(policy, names[1])
    else:
        new = draft.new if draft else policy.in_force or policy.newest
    if names:
        old: Version | None = version_named(policy, names[0])
        if draft and old and draft.new.id == old.id:
            old = draft.old
    else:
        old = draft.old if draft else policy.predecessor(new)
    if old is None:
        raise MissingError(
            f"{new.id} is the first version of {policy.title}: nothing is before it."
        )
    return old, new


def version_named(policy: Policy, name: str) -> Version:
    """Return the version of this name; a day alone means its last version.

    Raises MissingError, which lists the versions there are.
    """
    for version in reversed(policy.versions):
        if name in (str(version.id), str(version.id.day)):
            return version
    listed = ", ".join(str(version.id) for version in policy.versions)
    raise MissingError(f"{policy.title} has no version {name}. There are: {listed}.")
