"""A proposal: what a working tree changes for readers, against the base it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from gazette.model import Slug, decoded
from gazette.record.base_commit import BaseCommit
from gazette.record.policy_files import PolicyFile, read_policy_files
from gazette.review.policy_text import Edit, PolicyText
from gazette.settings import Settings
from gazette.text.document import shown_side
from gazette.text.frontmatter import stated_title
from gazette.text.redline import Redline


@dataclass(frozen=True)
class PolicyChange:
    """What a proposal does to one policy: `old` is None for a new one, `new` for a retired one."""

    old: PolicyText | None
    new: PolicyText | None

    @property
    def text(self) -> PolicyText:
        """The text to name the policy by: the new one where there is one."""
        return shown_side(self.new, self.old)

    @cached_property
    def redline(self) -> Redline:
        """What changes, proved: all of a new policy is added, of a retired one nothing is shown."""
        if self.new is None:
            return Redline(())
        nothing = PolicyText.of(self.new.path, b"", self.new.markdown)
        return Edit(self.old or nothing, self.new).redline


def policy_texts(settings: Settings, files: Iterable[PolicyFile]) -> dict[str, PolicyText]:
    """Return the texts of policies by their slugs."""
    return {file.slug: PolicyText(file, settings.markdown) for file in files}


def policy_changes(settings: Settings, base: BaseCommit) -> list[PolicyChange]:
    """Return what a proposal does to every policy whose file is not what it was, by slug."""
    markdown = settings.markdown
    files, _ = read_policy_files(settings)
    texts = policy_texts(settings, files.values())
    old_texts = {
        slug: PolicyText.of(path, base.read(path), markdown) for slug, path in base.policies.items()
    }
    old_slugs = slugs_at_base(base, texts)
    changes = [
        PolicyChange(old_texts[old_slugs[slug]] if slug in old_slugs else None, text)
        for slug, text in texts.items()
    ]
    retired = old_texts.keys() - old_slugs.values() - texts.keys()
    changes += [PolicyChange(old_texts[slug], None) for slug in retired]
    changed = [change for change in changes if not _is_same(change.old, change.new)]
    return sorted(changed, key=lambda change: change.text.slug)


def _is_same(old: PolicyText | None, new: PolicyText | None) -> bool:
    return bool(old and new and (old.slug, old.text) == (new.slug, new.text))


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
