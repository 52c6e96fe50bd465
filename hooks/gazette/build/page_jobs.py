"""Phase two of a build: the pages of all policies, filled into shells by all cores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.build.fragment_jobs import Counts, parts, updates_of
from gazette.build.manifest import NO_BATCH, Batch, FileState, stage
from gazette.build.pool import Job, WorkerState, run_jobs
from gazette.build.shells import Shells
from gazette.build.state import BuildState
from gazette.fingerprint import fingerprint
from gazette.model import Policy, Slug
from gazette.site import templates
from gazette.site.links import LinkTargets
from gazette.site.version_facts import version_facts

if TYPE_CHECKING:
    from gazette.site.editions import Editions
    from gazette.text.lives import Lives

VERSIONS_PER_JOB = 50
"""Some 300 pages and files, filled in less than a second."""


def fill_pages(
    build: BuildState,
    shells: Shells,
    manifest: Mapping[str, Batch],
    present: Mapping[str, FileState],
) -> dict[str, Batch]:
    """Return the pages and files of all policies in batches by name; stage those that changed.

    What is `present` in the site as the `manifest` has it is not staged. Raises RedlineError and
    ArchiveError as the fragments do.
    """
    batches: dict[str, Batch] = {}
    jobs = []
    for policy in build.policies:
        counts = build.counts[policy.slug]
        facts = fingerprint(_facts(build, policy), build.targets.key, shells.key)
        key = fingerprint(facts, _record(policy))
        for part in parts(len(policy.versions), VERSIONS_PER_JOB):
            names = _names(policy.slug, part)
            before = [manifest.get(name, NO_BATCH).unchanged(present) for name in names]
            if before[0].key == key and before[1].key:
                batches |= zip(names, before, strict=True)
            else:
                arguments = (counts, shells, build.targets, (key, facts), before, build.new)
                jobs.append(Job(policy.slug, part, arguments))
    if jobs:
        templates.load_templates({build.settings.language_of(policy) for policy in build.policies})
    filled = run_jobs(
        _fill, jobs, build.settings, build.cache, build.policies, "versions filled in"
    )
    for job, made in filled:
        batches |= zip(_names(job.slug, job.versions), made, strict=True)
    return batches


def _names(slug: Slug, part: range) -> tuple[str, str]:
    """Return the names of the batches of what tells of later versions, and of what does not."""
    return f"{slug} {part.start}", f"{slug} {part.start} versions"


def _facts(build: BuildState, policy: Policy) -> str:
    """Return the key of what all pages of a policy are made from beside targets and shells."""
    names = (policy.slug, policy.former_slugs, sorted(policy.original_slugs.items()))
    editions = build.editions.get(policy.slug)
    facts = (names, policy.retired, editions.key if editions else "")
    return fingerprint("policy", facts, build.settings, build.templates)


def _record(policy: Policy) -> str:
    """Return the key of all versions of a policy, and of what is known of them together."""
    texts = [version_facts(version) for version in policy.versions]
    return fingerprint("record", texts, policy.absences, policy.returns, policy.complete_until)


def _fill(
    slug: Slug,
    part: range,
    counts: Sequence[Counts],
    shells: Shells,
    targets: LinkTargets,
    keys: tuple[str, str],
    before: Sequence[Batch],
    staging: Path,
) -> tuple[Batch, Batch]:
    """Fill the pages of some versions, in a worker: what tells of later ones, and what does not.

    `keys` are those of all that the former is made from, and of what both have in common.
    """
    from gazette.site.fragments import policy_fragments
    from gazette.site.page_context import PageContext
    from gazette.site.pages import policy_pages, version_pages
    from gazette.site.version_facts import versions_key

    policy, settings = WorkerState.policies[slug], WorkerState.settings
    fragments = policy_fragments(settings, WorkerState.store, policy)
    lives_key, lives = _lives(slug)
    context = PageContext(settings, policy, targets, fragments, lives, _editions().get(slug))
    updates = updates_of(policy, counts)
    versions, key = before[1], fingerprint(keys[1], versions_key(context, part))
    if versions.key != key:
        pages = version_pages(context, updates, part)
        versions = stage(staging, shells, key, pages, versions.files, fragments.used)
    fragments.used.add(lives_key)
    pages = policy_pages(context, updates, part)
    return stage(staging, shells, keys[0], pages, before[0].files, fragments.used), versions


@lru_cache(maxsize=1)
def _editions() -> Mapping[Slug, Editions]:
    """Return the editions of policies that have more than one: all jobs share them."""
    from gazette.site.editions import editions_of

    return editions_of(WorkerState.settings, WorkerState.policies.values())


@lru_cache(maxsize=1)
def _lives(slug: Slug) -> tuple[str, Lives]:
    """Return the lives of the policy worked on behind their key: neighbouring jobs share them."""
    from gazette.site.fragments import policy_fragments
    from gazette.site.section_lives import lives_key, section_lives

    policy, settings = WorkerState.policies[slug], WorkerState.settings
    fragments = policy_fragments(settings, WorkerState.store, policy)
    key = lives_key(policy, settings.markdown)
    return key, section_lives(policy, fragments, settings.markdown)
