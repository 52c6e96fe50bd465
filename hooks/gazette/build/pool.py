"""The pool: processes that do the costly work, on all cores, opened only when there is any."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from gazette.build.progress import with_progress
from gazette.errors import ArchiveError
from gazette.model import Digest, Policy, Slug, Version, digest_of
from gazette.problems import Code, Problem
from gazette.processes import open_pool, processors
from gazette.settings import Settings
from gazette.store import Store

Result = TypeVar("Result")

GARBAGE_THRESHOLD = 100_000
"""Objects between two searches for cycles: texts and their parts hardly form any, and the default
of 700 costs a tenth of a cold build, and half of what lives are traced in."""
ENDED = (
    "A process that renders versions was ended from outside, most often because memory ran out. "
    "Give the build more memory, or fewer processors."
)


class Job(NamedTuple):
    """Work on some versions of a policy, with what else it takes."""

    slug: Slug
    versions: range
    arguments: tuple[object, ...] = ()


class WorkerState:
    """Per-worker state, set once by the pool initializer."""

    settings: Settings
    store: Store
    policies: Mapping[Slug, Policy]


def run_jobs(
    function: Callable[..., Result],
    jobs: Sequence[Job],
    settings: Settings,
    store: Store,
    policies: Sequence[Policy],
    label: str,
) -> Iterator[tuple[Job, Result]]:
    """Yield what `function` returns for each of `jobs`, in the order they are done.

    It is called in a worker with the job's slug, versions and arguments. Progress is shown by
    versions under `label`. Raises what the function raises, and GazetteError when a worker is
    killed; jobs that wait are cancelled then.
    """
    if not jobs:
        return
    with _open_pool(settings, store, policies) as pool:
        done = ((ended, len(ended[0].versions)) for ended in _done(pool, function, jobs))
        total = sum(len(job.versions) for job in jobs)
        for job, future in with_progress(done, total, label):
            yield job, future.result()


def _done(
    pool: ProcessPoolExecutor, function: Callable[..., Result], jobs: Sequence[Job]
) -> Iterator[tuple[Job, Future[Result]]]:
    """Yield the jobs as they are done.

    There are never more in the pool than processes: the one that is free then goes on with the
    policy it knows, as long as there is anything left to do for it.
    """
    waiting: dict[Slug, list[Job]] = {}
    for job in jobs:
        waiting.setdefault(job.slug, []).append(job)
    running: dict[Future[Result], Job] = {}

    def start(before: Slug | None = None) -> None:
        if waiting:
            slug = _next(waiting, before, {job.slug for job in running.values()})
            job = waiting[slug].pop(0)
            if not waiting[slug]:
                del waiting[slug]
            running[pool.submit(function, job.slug, job.versions, *job.arguments)] = job

    for _ in range(processors()):
        start()
    while running:
        ended = []
        for future in wait(running, None, FIRST_COMPLETED)[0]:
            ended.append((running.pop(future), future))
            start(ended[-1][0].slug)
        yield from ended


def _next(
    waiting: Mapping[Slug, Sequence[Job]], before: Slug | None, busy: Collection[Slug]
) -> Slug:
    """Return the policy to work on: the same as before, a new one, or that with most to do."""
    if before is not None and before in waiting:
        return before
    free = next((slug for slug in waiting if slug not in busy), None)
    return free or max(waiting, key=lambda slug: len(waiting[slug]))


def _open_pool(
    settings: Settings, store: Store, policies: Sequence[Policy]
) -> AbstractContextManager[ProcessPoolExecutor]:
    portable = {policy.slug: _portable(settings.project, policy) for policy in policies}
    return open_pool(processors(), ENDED, _prepare, (settings, store, portable))


def _prepare(settings: Settings, store: Store, policies: Mapping[Slug, Policy]) -> None:
    WorkerState.settings, WorkerState.store, WorkerState.policies = settings, store, policies
    gc.freeze()
    collect_seldom()


def collect_seldom() -> None:
    """Search this process seldom for garbage that only cycles hold."""
    gc.set_threshold(GARBAGE_THRESHOLD)


@dataclass(frozen=True)
class TextReader:
    """Reads a version in another process: where it is kept, or is to be kept once archived.

    If others write there meanwhile, it returns the bytes that the digest was taken of, or none.
    """

    file: Path
    sha256: Digest
    read: Callable[[], bytes]

    def __call__(self) -> bytes:
        """Return the exact bytes; raises ArchiveError when they are kept nowhere any more."""
        with suppress(FileNotFoundError):
            data = self.file.read_bytes()
            if digest_of(data) == self.sha256:
                return data
        data = self.read()
        if digest_of(data) != self.sha256:
            message = "The file was changed while it was published."
            raise ArchiveError([Problem(str(self.file), 0, Code.ARCHIVE, message, "Build again.")])
        return data


def _portable(project: Path, policy: Policy) -> Policy:
    """Return `policy` with texts that are read from files rather than from git where possible."""

    def with_reader(version: Version) -> Version:
        reader = TextReader(project / version.path, version.sha256, version.read)
        return replace(version, read=reader)

    return policy.with_each(with_reader)
