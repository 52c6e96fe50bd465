"""Work on many policies, on all cores: one policy at a time in each, and its memory with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from multiprocessing import Value
from multiprocessing.sharedctypes import Synchronized
from typing import Any, NamedTuple, TypeVar

from gazette.processes import open_pool, processors

Result = TypeVar("Result")

MIN_TEXTS = 200
"""Fewer texts are read before other processes have started."""
SECONDS_BETWEEN_LOOKS = 2.0
ENDED = (
    "A process that reads texts was ended from outside, most often because memory ran out. Bring "
    "in fewer policies at once, with --only."
)


class PolicyJob(NamedTuple):
    """The arguments of one call, and how many texts it is about."""

    arguments: tuple[object, ...]
    texts: int


class WorkerState:
    """Per-worker state, set once by the pool initializer.

    `function` is what is made of the `jobs`, `texts` how many texts all workers have done.
    """

    function: Callable[..., object]
    jobs: Sequence[PolicyJob] = ()
    texts: Synchronized[int] | None = None


def _prepare(
    function: Callable[..., object], jobs: Sequence[PolicyJob], texts: Synchronized[int]
) -> None:
    WorkerState.function, WorkerState.jobs, WorkerState.texts = function, jobs, texts


def _result(place: int) -> Any:
    """Return what the function makes of the job at a place: workers have all jobs from the start.

    A job that is sent to a worker and cannot be would have the pool wait for ever.
    """
    return WorkerState.function(*WorkerState.jobs[place].arguments)


def note_text() -> None:
    """Note that one more text is done, in a worker: one policy may have thousands."""
    if WorkerState.texts:
        with WorkerState.texts.get_lock():
            WorkerState.texts.value += 1


def results(
    function: Callable[..., Result], jobs: Sequence[PolicyJob], advance: Callable[[int], None]
) -> list[Result]:
    """Return what a function makes of each job, in their order; the largest are begun first.

    `advance` is called with how many more texts are done: those that the function notes, and the
    rest of a job at its end. Raises what the function raises, and GazetteError where a process is
    ended from outside.
    """
    processes = min(processors(), len(jobs))
    if processes > 1 and sum(job.texts for job in jobs) >= MIN_TEXTS:
        made = dict(_done(function, jobs, processes, advance))
        return [made[place] for place in range(len(jobs))]
    in_order = []
    for job in jobs:
        in_order.append(function(*job.arguments))
        advance(job.texts)
    return in_order


def _done(
    function: Callable[..., Result],
    jobs: Sequence[PolicyJob],
    processes: int,
    advance: Callable[[int], None],
) -> Iterator[tuple[int, Result]]:
    """Yield the places of jobs with what the function made of them, as they are done."""
    order = sorted(range(len(jobs)), key=lambda place: -jobs[place].texts)
    noted = Value("L", 0)
    ended = advanced = 0
    with open_pool(processes, ENDED, _prepare, (function, jobs, noted)) as pool:
        places = {pool.submit(_result, place): place for place in order}
        while places:
            for future in wait(places, SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED).done:
                place = places.pop(future)
                ended += jobs[place].texts
                yield place, future.result()
            if more := max(noted.value, ended) - advanced:
                advance(more)
                advanced += more
