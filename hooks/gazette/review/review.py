"""What rules know: the texts under review, and what these were made from."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gazette.errors import HistoryError
from gazette.model import Policy, Slug, VersionId
from gazette.problems import Problem
from gazette.review.citations import Citation, citations
from gazette.review.policy_text import Edit, PolicyText
from gazette.review.translations import Translation, translation_of
from gazette.settings import Settings
from gazette.site import addresses
from gazette.text.slugs import language_of_slug, original_of


@dataclass(frozen=True)
class Review:
    """The policies of a project by slug, and what is known of each.

    `checked` names the policies that every rule looks at: all, or those that a proposal changes.
    `edits` are the steps to their texts, `versions` those published before. `problems` came up
    while all this was read. `released` are the texts that readers know as the versions the files
    state, which the record was compared with; `removed` policies left `docs/`, and so did the
    `removed_files`, by their paths below it. `former_names` leads from each slug that a policy had
    before to its present one. `policies` are all of them with the texts of their versions, as far
    as the record tells; `is_verified` says that archive and git agree, so that a build reads them;
    `reread` are those of which published texts may be read otherwise now than it is recorded;
    `unknown` says why a shallow clone cannot tell which these are.
    """

    settings: Settings
    today: date
    texts: Mapping[str, PolicyText]
    checked: Collection[str]
    edits: Mapping[str, Edit]
    versions: Mapping[str, Sequence[VersionId]]
    problems: tuple[Problem, ...]
    released: Mapping[Slug, bytes | None] = field(default_factory=dict)
    removed: frozenset[Slug] = frozenset()
    removed_files: frozenset[str] = frozenset()
    against_base: bool = False
    former_names: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    is_verified: bool = False
    reread: Sequence[Policy] = ()
    unknown: HistoryError | None = None

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the policies by slug."""
        return {slug: text.metadata.title for slug, text in self.texts.items() if text.metadata}

    @cached_property
    def paths(self) -> Mapping[str, PolicyText]:
        """The texts by their path below `docs/`, also under names that they had before."""
        former = {
            addresses.page_source(old): self.texts[new]
            for old, new in self.former_names.items()
            if new in self.texts
        }
        return former | {addresses.page_source(slug): text for slug, text in self.texts.items()}

    def exists(self, path: str) -> bool:
        """Return whether a path is in `docs/`, or may be an address of the site."""
        if path.startswith("/"):
            slug = addresses.slug_in(path)
            is_policy = slug in self.texts or slug in self.former_names
            return not slug or is_policy or "." in slug
        return path in self.paths or os.path.exists(self.settings.docs / path)

    def mentions_a_change(self, text: PolicyText) -> bool:
        """Return whether a text links or names a policy or file that was changed or removed.

        A translation does, in a way, of its original.
        """
        if any(path.rpartition("/")[2] in text.text for path in self.removed_files):
            return True
        if language_of_slug(text.slug) and original_of(text.slug) in self.edits:
            return True
        return any(
            f"{original_of(slug)}.md" in text.text or self.titles.get(slug, "?") in text.text
            for slug in (*self.edits, *self.removed)
        )


@dataclass(frozen=True)
class PolicyReview:
    """One policy as its rules see it.

    Of a policy that the proposal leaves alone, only links and references to what it changes
    count: others were as they are before.
    """

    review: Review
    text: PolicyText

    @property
    def edit(self) -> Edit | None:
        """The step to this text, None for a new policy and for one left alone."""
        return self.review.edits.get(self.text.slug)

    @property
    def is_published(self) -> bool:
        """Whether readers know this very text, in a review of what is published."""
        review, text = self.review, self.text
        return not review.against_base and review.released.get(text.slug) == text.file.data

    @property
    def proposed_edit(self) -> Edit | None:
        """The same when a proposal is reviewed; None in a review of what is published."""
        return self.edit if self.review.against_base else None

    @property
    def is_checked(self) -> bool:
        """Whether every rule looks at this policy, not only those about links and references."""
        return self.text.slug in self.review.checked

    @property
    def earlier_text(self) -> PolicyText | None:
        """The text in which references led where they should, None for a new policy."""
        if not self.is_checked:
            return self.text
        return self.edit.old if self.edit else None

    @property
    def followed_edits(self) -> Mapping[str, Edit]:
        """The edits, by slug, that references are followed through.

        Two policies change together only in a proposal: otherwise the edit of another policy may
        be older than the reference to it.
        """
        if self.review.against_base:
            return self.review.edits
        return {self.text.slug: self.edit} if self.edit else {}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles by which its text may name policies: those of its language, or originals."""
        titles, language = self.review.titles, language_of_slug(self.text.slug)
        translated = {original_of(slug) for slug in titles if language == language_of_slug(slug)}
        return {
            slug: title
            for slug, title in titles.items()
            if language == language_of_slug(slug)
            or not (language_of_slug(slug) or original_of(slug) in translated)
        }

    @cached_property
    def citations(self) -> Sequence[Citation]:
        """The references of its text to numbers, see `citations.citations`."""
        return citations(self.text, self.titles)

    @cached_property
    def translation(self) -> Translation | None:
        """The policy beside its original, None where it is no translation."""
        review = self.review
        return translation_of(review.policies, self.text.slug, review.settings.markdown)

    def target(self, path: str) -> PolicyText | None:
        """Return the policy at a path below `docs/` whose sections a link may name."""
        text = self.review.paths.get(path)
        return text if text and (self.is_checked or text.slug in self.review.edits) else None

    def exists(self, path: str) -> bool:
        """Return whether a link may lead to a path below `docs/`, or an address of the site."""
        if self.is_checked:
            return self.review.exists(path)
        gone = map(addresses.page_source, self.review.removed - self.review.former_names.keys())
        return path not in gone and path not in self.review.removed_files
