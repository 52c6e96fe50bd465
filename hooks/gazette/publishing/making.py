"""Making: the fragments of all policies that lack some, on all cores."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from gazette import cache, progress
from gazette.cache import Cache
from gazette.model import Policy, Version
from gazette.publishing.fragments import Fragments
from gazette.publishing.pages import updates_of
from gazette.publishing.updates import Update
from gazette.settings import Settings

Counts = list[list[tuple[str, int]]]
"""For each update of a policy, oldest first, its sections counted by word."""
FEW = 30
"""So many versions are done before further processes would have started."""


def updates_by_policy(
    center: Settings, store: Cache, policies: Sequence[Policy]
) -> dict[str, tuple[Update, ...]]:
    """Return the updates of every policy, all their fragments made and proved.

    Raises RedlineError when a redline is not exact.
    """
    counts = {owner.slug: _stored(center, store, owner) for owner in policies}
    lacking = [owner for owner in policies if counts[owner.slug] is None]
    total = sum(len(owner.versions) for owner in lacking)
    made = _made(center, store, lacking) if total > FEW else _one_by_one(center, store, lacking)
    for owner, found in progress.shown(made, total, "versions"):
        counts[owner.slug] = found
    return {owner.slug: _updates(owner, counts[owner.slug] or []) for owner in policies}


def _updates(owner: Policy, counts: Counts) -> tuple[Update, ...]:
    steps = zip(pairwise(owner.versions), counts, strict=True)
    return tuple(
        Update(owner.slug, *pair, tuple((word, number) for word, number in found))
        for pair, found in steps
    )


def _key(center: Settings, owner: Policy) -> str:
    return cache.key("updates", owner, center.markdown, center.full_redlines)


def _stored(center: Settings, store: Cache, owner: Policy) -> Counts | None:
    stored = store.read(_key(center, owner))
    return json.loads(stored) if stored else None


def _make(center: Settings, store: Cache, owner: Policy) -> Counts:
    fragments = Fragments(store, center.markdown, owner.slug)
    counts: Counts = [[*one.counts] for one in updates_of(center, owner, fragments)]
    store.write(_key(center, owner), json.dumps(counts).encode())
    return counts


Made = Iterator[tuple[tuple[Policy, Counts], int]]


def _one_by_one(center: Settings, store: Cache, lacking: Sequence[Policy]) -> Made:
    for owner in lacking:
        yield (owner, _make(center, store, owner)), len(owner.versions)


def _made(center: Settings, store: Cache, lacking: Sequence[Policy]) -> Made:
    """Yield policies as they are done; the largest are begun first, few wait at a time."""
    workers = os.cpu_count() or 1
    waiting = sorted(lacking, key=lambda one: len(one.versions))
    running: dict[Future[Counts], Policy] = {}
    with ProcessPoolExecutor(workers) as pool:
        while waiting or running:
            while waiting and len(running) <= workers:
                owner = waiting.pop()
                portable = _portable(center.project, owner)
                running[pool.submit(_make, center, store, portable)] = owner
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                owner = running.pop(done)
                yield (owner, done.result()), len(owner.versions)


def _portable(project: Path, owner: Policy) -> Policy:
    """Return the policy with texts that another process can read: files, or else their bytes."""

    def carried(version: Version) -> Version:
        file = project / version.path
        read = file.read_bytes if file.is_file() else partial(bytes, version.read())
        attachments = tuple(replace(one, read=bytes) for one in version.attachments)
        return replace(version, read=read, attachments=attachments)

    versions = tuple(map(carried, owner.versions))
    by_id = {one.id: one for one in versions}
    return replace(
        owner,
        versions=versions,
        in_force=by_id[owner.in_force.id] if owner.in_force else None,
    )
