"""Phase one of a build: the fragments that policies lack, rendered and proved by all cores."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gazette.build.pool import Job, WorkerState, run_jobs
from gazette.fingerprint import fingerprint
from gazette.model import Policy, Slug
from gazette.settings import Settings
from gazette.site.updates import Update
from gazette.store import Store

if TYPE_CHECKING:
    from gazette.site.fragments import Fragments

Counts = list[tuple[str, int]]
"""The sections of one update, counted by what became of them."""

VERSIONS_PER_JOB = 8
"""A job takes a second or two even where texts are long: so long an interruption waits. Shorter
ones gain nothing, as each begins by reading the text before its first one again."""


def render_missing(
    settings: Settings, store: Store, policies: Sequence[Policy]
) -> Mapping[Slug, list[Counts]]:
    """Return the counts of every policy's updates by slug, oldest first.

    All fragments of its pages are in the store then. Raises RedlineError when a redline is not
    exact.
    """
    stored = {policy.slug: store.get(_key(settings, policy)) for policy in policies}
    counts: dict[Slug, list[Counts]] = {
        slug: json.loads(data) for slug, data in stored.items() if data is not None
    }
    missing = [policy for policy in policies if policy.slug not in counts]
    # Long records first, so that no core is left alone with one at the end.
    jobs = [
        Job(policy.slug, part)
        for policy in sorted(missing, key=lambda policy: -len(policy.versions))
        for part in parts(len(policy.versions), VERSIONS_PER_JOB)
    ]
    rendered: dict[Slug, dict[int, list[Counts]]] = {policy.slug: {} for policy in missing}
    for job, part in run_jobs(_render, jobs, settings, store, policies, "versions rendered"):
        rendered[job.slug][job.versions.start] = part
    for policy in missing:
        by_start = sorted(rendered[policy.slug].items())
        counts[policy.slug] = [update for _, part in by_start for update in part]
        store[_key(settings, policy)] = json.dumps(counts[policy.slug]).encode()
    return counts


def parts(versions: int, size: int) -> list[range]:
    """Return so many versions in parts of `size`."""
    places = range(versions)
    return [places[start : start + size] for start in places[::size]]


def updates_of(policy: Policy, counts: Sequence[Counts]) -> tuple[Update, ...]:
    """Return the updates of `policy` with the counts of each, oldest first."""
    steps = zip(pairwise(policy.versions), counts, strict=True)
    return tuple(
        Update(old, new, tuple((name, number) for name, number in update))
        for (old, new), update in steps
    )


def _key(settings: Settings, policy: Policy) -> str:
    texts = [
        (version.sha256, version.files, version.id, version.status) for version in policy.versions
    ]
    in_force = policy.in_force.id if policy.in_force else None
    return fingerprint("updates", texts, in_force, settings.markdown, settings.full_redlines)


def _render(slug: Slug, part: range) -> list[Counts]:
    """Render the fragments of some versions, in a worker; return the counts of their updates."""
    from gazette.site.pages import render_fragments

    updates = render_fragments(
        WorkerState.settings, WorkerState.policies[slug], _fragments(slug), part
    )
    return [list(update.counts) for update in updates]


@lru_cache(maxsize=1)
def _fragments(slug: Slug) -> Fragments:
    """Return the fragments of the policy worked on: neighbouring jobs share most of their texts."""
    from gazette.site.fragments import Fragments

    return Fragments(WorkerState.store, WorkerState.settings.markdown, slug)
