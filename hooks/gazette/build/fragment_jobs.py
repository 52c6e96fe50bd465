"""Making: the fragments that policies lack, in other processes while the host renders its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, as_completed
from itertools import pairwise

from gazette import cache, progress
from gazette.build.manifest import parts
from gazette.build.pool import Here, Workers, result
from gazette.cache import Cache
from gazette.model import Policy, Slug
from gazette.settings import Settings
from gazette.site.updates import Update

Counts = list[list[tuple[str, int]]]
"""For each update of a policy, oldest first, its sections counted by word."""


class Making:
    """The updates of all policies: known already, or on their way."""

    def __init__(
        self, center: Settings, store: Cache, policies: Sequence[Policy], workers: Workers
    ) -> None:
        self._policies = {owner.slug: owner for owner in policies}
        self._counts = {owner.slug: _stored(center, store, owner) for owner in policies}
        lacking = [owner for owner in policies if self._counts[owner.slug] is None]
        # Their pages are for all cores, though there be a single one.
        workers.prepare(sum(len(parts(len(one.versions))) for one in lacking))
        # The largest are begun first, so that none is left alone at the end.
        self._running: dict[Slug, Future[Counts]] = {
            owner.slug: workers.submit(_make, owner.slug)
            for owner in sorted(lacking, key=lambda one: -len(one.versions))
        }

    def updates(self, slug: Slug) -> tuple[Update, ...]:
        """Return the updates of a policy, once all its fragments are made and proved.

        Raises RedlineError when a redline is not exact.
        """
        return updates_from(self._policies[slug], self.counts(slug))

    def counts(self, slug: Slug) -> Counts:
        """Return the counts of these updates, likewise."""
        if slug in self._running:
            self._counts[slug] = result(self._running.pop(slug))
        return self._counts[slug] or []

    def knows(self, slug: Slug) -> bool:
        """Tell whether all fragments of a policy are made and proved."""
        running = self._running.get(slug)
        return running is None or (running.done() and not running.exception())

    def completed(self) -> Iterator[Slug]:
        """Yield each policy that was on its way as it is done, showing how far they are.

        Raises RedlineError when a redline is not exact.
        """
        slugs = {future: slug for slug, future in self._running.items()}
        sizes = {future: len(self._policies[slug].versions) for future, slug in slugs.items()}
        done = ((one, sizes[one]) for one in as_completed(sizes))
        for future in progress.shown(done, sum(sizes.values()), "versions made"):
            result(future)
            yield slugs[future]


def updates_from(owner: Policy, counts: Counts) -> tuple[Update, ...]:
    """Return the updates of a policy with the counts of each."""
    steps = zip(pairwise(owner.versions), counts, strict=True)
    return tuple(
        Update(*pair, tuple((word, number) for word, number in found)) for pair, found in steps
    )


def _key(center: Settings, owner: Policy) -> str:
    texts = [(one.sha256, str(one.id), one.status.name) for one in owner.versions]
    in_force = owner.in_force.id if owner.in_force else None
    return cache.key("updates", texts, str(in_force), center.markdown, center.full_redlines)


def _stored(center: Settings, store: Cache, owner: Policy) -> Counts | None:
    stored = store.read(_key(center, owner))
    return json.loads(stored) if stored else None


def _make(slug: Slug) -> Counts:
    """Make the fragments of a policy; what it takes is imported in the worker only."""
    from gazette.site.fragments import Fragments
    from gazette.site.pages import render_fragments

    owner = Here.policies[slug]
    fragments = Fragments(Here.store, Here.center.markdown, slug)
    counts: Counts = [[*one.counts] for one in render_fragments(Here.center, owner, fragments)]
    Here.store.write(_key(Here.center, owner), json.dumps(counts).encode())
    return counts
