"""Which sections of a translation lag behind its original, through the versions of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from gazette.model import Policy, Status, Version
from gazette.text.document import Document
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.slugs import language_of_slug, original_of
from gazette.text.translated_sections import (
    Lag,
    TextStep,
    passed_over,
    stale_sections,
    still_lagging,
)


@dataclass(frozen=True)
class Translation:
    """A translation and its original, each with its versions; `source` is the one it is of."""

    policy: Policy
    original: Policy
    source: Version
    markdown: MarkdownSettings

    @cached_property
    def stale(self) -> list[Lag]:
        """The sections that lag behind what the original says in its newest version."""
        newest = self.original.newest
        if self.source.id >= newest.id:
            return []
        step = self._step(self.original, self.source, newest)
        text = self._read(self.policy.newest)
        return stale_sections(step, text)

    @cached_property
    def passed_over(self) -> list[Lag]:
        """The sections that an update of the translation left as they were, and that still are.

        The versions before and after name versions of the original between which these changed.
        """
        return [*self._passed_over()]

    def _passed_over(self) -> Iterator[Lag]:
        versions = [
            version
            for version in self.policy.versions
            if version.status is not Status.WITHDRAWN and version.id <= self.policy.newest.id
        ]
        for old, new in pairwise(versions):
            before, after = (
                self.original.version(version.metadata.translates) for version in (old, new)
            )
            if before is None or after is None or before.id >= after.id:
                continue
            original = self._step(self.original, before, after)
            translated = self._step(self.policy, old, new)
            over = passed_over(original, translated)
            if new is versions[-1]:
                yield from over.lags
            elif over.lags:
                later = self._step(self.policy, new, versions[-1])
                yield from still_lagging(over, original.new, later)

    def _step(self, policy: Policy, old: Version, new: Version) -> TextStep:
        return TextStep(self._read(old), self._read(new), policy.continues(old, new))

    @cached_property
    def _read(self) -> Callable[[Version], Document]:
        """What returns the text of a version, which is read once."""
        return cache(Reader(self.markdown).read_version)


def translation_of(
    policies: Mapping[str, Policy], slug: str, markdown: MarkdownSettings
) -> Translation | None:
    """Return the translation of this slug; None for an original, and where its own is unknown."""
    policy, original = policies.get(slug), policies.get(original_of(slug))
    if not language_of_slug(slug) or policy is None or original is None or policy.retired:
        return None
    source = original.version(policy.newest.metadata.translates)
    return Translation(policy, original, source, markdown) if source else None
