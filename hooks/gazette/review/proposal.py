"""A proposal: what a working tree changes for readers, against the base it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gazette.model import Slug, decoded
from gazette.record.base_commit import BaseCommit
from gazette.record.policy_files import PolicyFile
from gazette.review.policy_text import Edit, PolicyText
from gazette.review.review import Review
from gazette.text.document import shown_side
from gazette.text.frontmatter import stated_title
from gazette.text.reader import Reader
from gazette.text.redline import Redline


@dataclass(frozen=True)
class PolicyChange:
    """What a proposal does to one policy: `old` is None for a new one, `new` for a retired one.

    All of a new policy is added by its `redline`, of a retired one nothing is shown.
    """

    old: PolicyText | None
    new: PolicyText | None
    redline: Redline

    @property
    def text(self) -> PolicyText:
        """The text to name the policy by: the new one where there is one."""
        return shown_side(self.new, self.old)


def policy_texts(files: Iterable[PolicyFile], reader: Reader) -> dict[str, PolicyText]:
    """Return the texts of policies by their slugs."""
    return {file.slug: PolicyText(file, reader) for file in files}


def policy_changes(review: Review, base: BaseCommit) -> list[PolicyChange]:
    """Return what a proposal does to every policy whose file is not what it was, by slug."""
    edits, reader = review.edits, Reader(review.settings.markdown)
    changes = [PolicyChange(edit.old, edit.new, edit.redline) for edit in edits.values()]
    for new in (review.texts[slug] for slug in review.checked if slug not in edits):
        nothing = PolicyText.of(new.path, b"", reader)
        changes.append(PolicyChange(None, new, Edit(nothing, new).redline))
    for slug in review.removed - {edit.old.slug for edit in edits.values()}:
        path = base.policies[slug]
        old = PolicyText.of(path, base.read(path), reader)
        changes.append(PolicyChange(old, None, Redline(())))
    return sorted(changes, key=lambda change: change.text.slug)


def slugs_at_base(base: BaseCommit, texts: Mapping[str, PolicyText]) -> dict[str, Slug]:
    """Return the slug that each policy had at the base, by its present one; new ones have none.

    That is its own; else one that it names in `formerly`; else that of a policy that is gone and
    had the same title.
    """
    gone = sorted(slug for slug in base.policies if slug not in texts)
    titles = {slug: stated_title(decoded(base.read(base.policies[slug]))) for slug in gone}
    slugs: dict[str, Slug] = {}
    for slug, text in texts.items():
        title = stated_title(text.text) if gone else ""
        same_title = [other for other in gone if titles[other] == title]
        former = [*text.file.formerly, *(same_title if len(same_title) == 1 else ())]
        standing = (
            [text.slug] if slug in base.policies else [name for name in former if name in gone]
        )
        if standing:
            slugs[slug] = standing[0]
    return slugs
