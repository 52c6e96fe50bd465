"""Phase one of a build: the fragments that policies lack, rendered and proved by all cores."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from gazette.build.cache import project_cache
from gazette.build.pool import Job, WorkerState, run_jobs
from gazette.fingerprint import fingerprint
from gazette.model import Digest, Policy, Reading, Slug, Version, VersionId
from gazette.settings import Settings
from gazette.site.updates import Update
from gazette.store import Store

if TYPE_CHECKING:
    from gazette.site.fragments import Fragments

Counts = Sequence[tuple[str, int]]
"""The sections of one update, counted by what became of them."""


class RenderedVersions(NamedTuple):
    """What is known of versions whose fragments are in the store.

    `counts` are those of the updates to them, `seen` the digests of what readers get of each;
    `faults` says why a redline could not be proved, by "OLD NEW", or a text not be rendered.
    `readings` are not recorded yet.
    """

    counts: list[Counts]
    seen: list[Digest]
    faults: dict[str, str]
    readings: dict[VersionId, Reading]


VERSIONS_PER_JOB = 8
"""A job takes a second or two even where texts are long: so long an interruption waits. Shorter
ones gain nothing, as each begins by reading the text before its first one again."""


def render_missing(
    settings: Settings, store: Store, policies: Sequence[Policy], today: date | None
) -> Mapping[Slug, RenderedVersions]:
    """Return what is known of every policy's versions by slug, oldest first.

    All fragments of its pages, and the lives of its sections, are in the store then. How published
    versions are read without being recorded so is returned as of `today`; not looked at where that
    is None.
    """
    stored = {policy.slug: store.get(_key(settings, policy)) for policy in policies}
    known: dict[Slug, RenderedVersions] = {
        slug: _loaded(data) for slug, data in stored.items() if data is not None
    }
    missing = [
        policy
        for policy in policies
        if policy.slug not in known
        or (today and not _are_recorded(policy.versions, known[policy.slug].seen))
    ]
    # Long records first, so that no core is left alone with one at the end.
    missing.sort(key=lambda policy: -len(policy.versions))
    jobs = []
    rendered: dict[Slug, dict[int, RenderedVersions]] = {policy.slug: {} for policy in missing}
    for policy in missing:
        for part in parts(len(policy.versions), VERSIONS_PER_JOB):
            stored_part = _stored_part(settings, store, policy, part, today)
            if stored_part:
                rendered[policy.slug][part.start] = stored_part
            else:
                key = _part_key(settings, policy, part)
                jobs.append(Job(policy.slug, part, (today, key)))
    for job, made in run_jobs(_render, jobs, settings, store, policies, "versions rendered"):
        rendered[job.slug][job.versions.start] = made
    whole = {slug: _whole(part for _, part in sorted(rendered[slug].items())) for slug in rendered}
    _trace(settings, store, missing, whole, is_preview=today is None)
    return known | whole


def _whole(parts_in_order: Iterable[RenderedVersions]) -> RenderedVersions:
    whole = RenderedVersions([], [], {}, {})
    for part in parts_in_order:
        whole.counts.extend(part.counts)
        whole.seen.extend(part.seen)
        whole.faults.update(part.faults)
        whole.readings.update(part.readings)
    return whole


def _trace(
    settings: Settings,
    store: Store,
    policies: Sequence[Policy],
    rendered: Mapping[Slug, RenderedVersions],
    *,
    is_preview: bool,
) -> None:
    """Store the lives of the sections of each policy, and then what is known of its versions."""
    keys = {policy.slug: _key(settings, policy) for policy in policies}
    jobs = [Job(policy.slug, range(len(policy.versions)), (is_preview,)) for policy in policies]
    for job, _ in run_jobs(_store_lives, jobs, settings, store, policies, "versions traced"):
        store[keys[job.slug]] = json.dumps(rendered[job.slug][:-1]).encode()


def _loaded(data: bytes) -> RenderedVersions:
    counts, seen, faults = json.loads(data)
    return RenderedVersions(counts, seen, faults, {})


def seen_in_cache(settings: Settings, policy: Policy) -> Mapping[VersionId, Digest]:
    """Return the digests of what readers get of each version, as far as builds stored them."""
    data = project_cache(settings.project).get(_key(settings, policy))
    seen = _loaded(data).seen if data is not None else []
    return {version.id: digest for version, digest in zip(policy.versions, seen, strict=False)}


def _stored_part(
    settings: Settings, store: Store, policy: Policy, part: range, today: date | None
) -> RenderedVersions | None:
    """Return what is known of some versions of a policy that got others since."""
    data = store.get(_part_key(settings, policy, part))
    if data is None:
        return None
    known = _loaded(data)
    versions = policy.versions[part.start : part.stop]
    return known if today is None or _are_recorded(versions, known.seen) else None


def _are_recorded(versions: Sequence[Version], seen: Sequence[Digest]) -> bool:
    pairs = zip(versions, seen, strict=True)
    return all(version.is_recorded(digest) for version, digest in pairs)


def parts(versions: int, size: int) -> list[range]:
    """Return so many versions in parts of `size`."""
    places = range(versions)
    return [places[start : start + size] for start in places[::size]]


def updates_of(policy: Policy, counts: Sequence[Counts]) -> tuple[Update, ...]:
    """Return the updates of `policy` with the counts of each, oldest first."""
    steps = zip(policy.versions[1:], counts, strict=True)
    return tuple(
        Update(old, new, tuple((name, number) for name, number in update))
        for new, update in steps
        if (old := policy.predecessor(new))
    )


def _key(settings: Settings, policy: Policy) -> str:
    texts = [
        (*version.text_facts, str(version.id), version.status.name, before and str(before.id))
        for version in policy.versions
        for before in [policy.predecessor(version)]
    ]
    in_force = policy.in_force.id if policy.in_force else None
    language = settings.language_of(policy).key
    return fingerprint("updates", texts, in_force, settings.markdown, language)


def _part_key(settings: Settings, policy: Policy, part: range) -> str:
    """Return the key of what is known of some versions: of their texts and those before them."""
    versions = policy.versions[max(0, part.start - 1) : part.stop]
    updates = [(before, new) for new in versions if (before := policy.predecessor(new))]
    texts = [(*version.text_facts, version.id) for version in (*versions, *chain(*updates))]
    stated = [policy.continues(old, new) for old, new in (*pairwise(versions), *updates)]
    language = settings.language_of(policy).key
    return fingerprint("updates of a part", part.start, texts, stated, settings.markdown, language)


def _render(slug: Slug, part: range, today: date | None, key: str) -> RenderedVersions:
    """Render the fragments of some versions, in a worker; return what is known of them."""
    from gazette.site.pages import render_fragments

    policy, fragments = WorkerState.policies[slug], _fragments(slug)
    counts = render_fragments(policy, fragments, part)
    versions = policy.versions[part.start : part.stop]
    seen = [fragments.text(version).seen for version in versions]
    readings = {
        version.id: reading
        for version, digest in zip(versions, seen, strict=True)
        if today and (reading := fragments.new_reading(version, digest, today))
    }
    faults = {f"{old} {new}": reason for (old, new), reason in fragments.faults.items()}
    rendered = RenderedVersions(counts, seen, faults, readings)
    WorkerState.store[key] = json.dumps(rendered[:-1]).encode()
    return rendered


def _store_lives(slug: Slug, _: range, is_preview: bool) -> None:
    """Trace the sections of a policy through its versions, in a worker, and what its page shows.

    That is of the policy as it is once its sections are recorded, which a preview does not do.
    """
    from gazette.site.present_text import present_lines
    from gazette.site.section_lives import StoredLives

    policy, settings, fragments = WorkerState.policies[slug], WorkerState.settings, _fragments(slug)
    stored = StoredLives(policy, fragments, settings.markdown)
    stored.store()
    if not is_preview and stored.unrecorded:
        policy = stored.with_recorded(stored.unrecorded)
    present_lines(settings, policy, fragments)


@lru_cache(maxsize=1)
def _fragments(slug: Slug) -> Fragments:
    """Return the fragments of the policy worked on: neighbouring jobs share most of their texts."""
    from gazette.site.fragments import policy_fragments

    return policy_fragments(WorkerState.settings, WorkerState.store, WorkerState.policies[slug])
