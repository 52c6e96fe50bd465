"""Work on many policies, on all cores: one policy at a time in each, and its memory with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from typing import NamedTuple, TypeVar

from gazette.processes import open_pool, processors

Result = TypeVar("Result")

MIN_TEXTS = 200
"""Fewer texts are read before other processes have started."""
ENDED = (
    "A process that reads texts was ended from outside, most often because memory ran out. Bring "
    "in fewer policies at once, with --only."
)


class PolicyJob(NamedTuple):
    """The arguments of one call, and how many texts it is about."""

    arguments: tuple[object, ...]
    texts: int


def results(
    function: Callable[..., Result], jobs: Sequence[PolicyJob], advance: Callable[[int], None]
) -> list[Result]:
    """Return what a function makes of each job, in their order; the largest are begun first.

    `advance` is told how many more texts are done. Raises what the function raises, and
    GazetteError where a process is ended from outside.
    """
    made: dict[int, Result] = {}
    for place, result in _done(function, jobs):
        made[place] = result
        advance(jobs[place].texts)
    return [made[place] for place in range(len(jobs))]


def _done(
    function: Callable[..., Result], jobs: Sequence[PolicyJob]
) -> Iterator[tuple[int, Result]]:
    processes = min(processors(), len(jobs))
    if processes < 2 or sum(job.texts for job in jobs) < MIN_TEXTS:
        yield from ((place, function(*job.arguments)) for place, job in enumerate(jobs))
        return
    order = sorted(range(len(jobs)), key=lambda place: -jobs[place].texts)
    with open_pool(processes, ENDED) as pool:
        places = {pool.submit(function, *jobs[place].arguments): place for place in order}
        for future in as_completed(places):
            yield places.pop(future), future.result()
