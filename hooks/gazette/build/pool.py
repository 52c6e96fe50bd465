"""Workers: the processes that make fragments and place pages beside this one, on all cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import TypeVar

from gazette.cache import Cache
from gazette.errors import ArchiveError, GazetteError
from gazette.model import Policy, Slug, Version
from gazette.problems import Code, Problem
from gazette.settings import Settings

Result = TypeVar("Result")

YIELDING = 5
"""So much nicer workers are than the host, which all wait for and which has but one process."""


class Here:
    """What a worker knows from its beginning on: told once, not with each piece of work.

    Of texts it is told those in `docs/` only.
    """

    center: Settings
    store: Cache
    policies: Mapping[Slug, Policy]


class Workers:
    """As many processes as there are cores, begun when there is work for them."""

    def __init__(self, center: Settings, store: Cache, policies: Sequence[Policy]) -> None:
        self._told = center, store, policies

    def submit(self, work: Callable[..., Result], *told: object) -> Future[Result]:
        """Have `work` done with what it is told, which must be portable."""
        with _uninterrupted(), _broken_told():
            return self._pool.submit(work, *told)

    def prepare(self, number: int) -> None:
        """Have so many processes begun, as far as there are cores, for work that is to come."""
        for _ in range(min(number, _processors())):
            self.submit(_ready)

    def close(self) -> None:
        """End all processes at once; what is not done is left undone."""
        pool = vars(self).pop("_pool", None)
        if pool is not None:
            # Nobody waits for work that nobody wants; nor for ever, were they just being begun.
            for one in [*(getattr(pool, "_processes", None) or {}).values()]:
                one.terminate()
            with suppress(AttributeError):  # half an answer is not waited for
                pool._result_queue._writer.close()
            pool.shutdown(wait=True, cancel_futures=True)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        center, store, policies = self._told
        known = {one.slug: _portable(center.project, one) for one in policies}
        told = center, store, known
        return ProcessPoolExecutor(_processors(), initializer=_begin, initargs=told)


def _processors() -> int:
    """Return how many processors this process may use; pools on Windows can use 61."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(allowed or 1, 61)


def result(future: Future[Result]) -> Result:
    """Return what came of a piece of work, and raise what it raised."""
    with _broken_told():
        return future.result()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put an interruption off: it could begin a process that nobody knows, and so nobody ends."""
    if current_thread() is not main_thread():
        yield
        return
    late: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: late.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
        if late:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _broken_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise GazetteError(
            "A process that renders versions was ended from outside, most often because memory ran "
            "out. Give the build more memory, or fewer processors."
        ) from None


def _portable(project: Path, owner: Policy) -> Policy:
    """Return the policy with texts that another process can read: files rather than git."""

    def carried(version: Version) -> Version:
        read = Reader(project / version.path, version.sha256, version.read)
        return replace(version, read=read)

    versions = tuple(map(carried, owner.versions))
    in_force = owner.versions.index(owner.in_force) if owner.in_force else None
    return replace(
        owner, versions=versions, in_force=None if in_force is None else versions[in_force]
    )


@dataclass(frozen=True)
class Reader:
    """Reads a version where it is kept, or is to be kept as soon as it is archived.

    Where others write meanwhile, the bytes are those that the digest was taken of, or none.
    """

    file: Path
    sha256: str
    read: Callable[[], bytes]

    def __call__(self) -> bytes:
        """Return the exact bytes; raises ArchiveError when they are kept nowhere any more."""
        with suppress(FileNotFoundError):
            data = self.file.read_bytes()
            if sha256(data).hexdigest() == self.sha256:
                return data
        data = self.read()
        if sha256(data).hexdigest() != self.sha256:
            message = "The file was changed while it was published."
            raise ArchiveError([Problem(str(self.file), 0, Code.ARCHIVE, message, "Build again.")])
        return data


def _begin(center: Settings, store: Cache, policies: Mapping[Slug, Policy]) -> None:
    Here.center, Here.store, Here.policies = center, store, policies
    if hasattr(os, "nice"):
        os.nice(YIELDING)
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)  # texts and what is known of them hardly make any cycles
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends without a word
    Thread(target=_end_with_parent, daemon=True).start()


def _ready() -> None:
    """Load what it takes to make fragments and pages, before there is work."""
    from gazette.site import articles, pages  # noqa: F401

    articles.load_templates()


def _end_with_parent() -> None:
    """End when the process that began this one was killed: nobody else would."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
