"""Phase two of a build: the pages of all policies, filled into shells by all cores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.build.fragment_jobs import Counts, parts, updates_of
from gazette.build.manifest import Batch, FileEntry, FileState, stage
from gazette.build.pool import Job, WorkerState, run_jobs
from gazette.build.shells import Shells
from gazette.build.state import BuildState
from gazette.fingerprint import fingerprint
from gazette.model import Policy, Slug
from gazette.site import articles
from gazette.site.links import LinkTargets

if TYPE_CHECKING:
    from gazette.site.editions import Editions
    from gazette.text.lives import Lives

VERSIONS_PER_JOB = 50
"""Some 300 pages and files, filled in less than a second."""


def fill_pages(
    build: BuildState,
    shells: Shells,
    targets: LinkTargets,
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
        key = fingerprint(_key(build, policy), targets.key, shells.key)
        for part in parts(len(policy.versions), VERSIONS_PER_JOB):
            name = _name(policy.slug, part)
            batch = manifest.get(name, Batch("", {}, ()))
            unchanged = batch.unchanged(present)
            if batch.key == key and len(unchanged) == len(batch.files):
                batches[name] = batch
            else:
                arguments = (counts, shells, targets, key, unchanged, build.new)
                jobs.append(Job(policy.slug, part, arguments))
    if jobs:
        articles.load_templates({build.settings.language_of(policy) for policy in build.policies})
    filled = run_jobs(
        _fill, jobs, build.settings, build.cache, build.policies, "versions filled in"
    )
    for job, batch in filled:
        batches[_name(job.slug, job.versions)] = batch
    return batches


def _name(slug: Slug, part: range) -> str:
    return f"{slug} {part.start}"


def _key(build: BuildState, policy: Policy) -> str:
    """Return the key of what the pages of a policy are made from beside targets and shells."""
    texts = [
        (version.sha256, version.id, version.path, version.status, version.attachments)
        for version in policy.versions
    ]
    names = (policy.slug, policy.former_slugs, sorted(policy.original_slugs.items()))
    record = (policy.retired, policy.absences, policy.complete_until)
    editions = build.editions.get(policy.slug)
    facts = (names, record, texts, editions.key if editions else "")
    return fingerprint("policy", facts, build.settings, build.templates)


def _fill(
    slug: Slug,
    part: range,
    counts: Sequence[Counts],
    shells: Shells,
    targets: LinkTargets,
    key: str,
    unchanged: Mapping[str, FileEntry],
    staging: Path,
) -> Batch:
    """Fill the pages of some versions, in a worker."""
    from gazette.site.fragments import policy_fragments
    from gazette.site.page_context import PageContext
    from gazette.site.pages import policy_pages
    from gazette.site.section_lives import lives_key

    policy, settings = WorkerState.policies[slug], WorkerState.settings
    fragments = policy_fragments(settings, WorkerState.store, policy)
    fragments.used.add(lives_key(policy, settings.markdown))
    context = PageContext(settings, policy, targets, fragments, _lives(slug), _editions().get(slug))
    pages = policy_pages(context, updates_of(policy, counts), part)
    return stage(staging, shells, key, pages, unchanged, fragments.used)


@lru_cache(maxsize=1)
def _editions() -> Mapping[Slug, Editions]:
    """Return the editions of policies that have more than one: all jobs share them."""
    from gazette.site.editions import editions_of

    return editions_of(WorkerState.settings, WorkerState.policies.values())


@lru_cache(maxsize=1)
def _lives(slug: Slug) -> Lives:
    """Return the lives of the policy worked on: neighbouring jobs share them."""
    from gazette.site.fragments import policy_fragments
    from gazette.site.section_lives import section_lives

    policy, settings = WorkerState.policies[slug], WorkerState.settings
    fragments = policy_fragments(settings, WorkerState.store, policy)
    return section_lives(policy, fragments, settings.markdown)
