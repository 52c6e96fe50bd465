"""Processes: a pool of them on all cores, which ends with the process that opened it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from threading import Thread

from gazette.errors import GazetteError

MAX_PROCESSES = 61
"""The most processes that a pool can have on Windows."""


def processors() -> int:
    """Return how many processes can work at once."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(allowed or 1, MAX_PROCESSES)


@contextmanager
def open_pool(
    processes: int,
    ended: str,
    prepare: Callable[..., None],
    arguments: tuple[object, ...],
) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of so many processes, in each of which `prepare` is called with the arguments.

    Raises GazetteError with the message `ended` when one of them is killed; work that waits is
    cancelled when the pool is closed.
    """
    others = multiprocessing.active_children()
    pool = ProcessPoolExecutor(processes, initializer=_start_worker, initargs=(prepare, arguments))
    try:
        yield pool
    except BrokenProcessPool:
        raise GazetteError(ended) from None
    finally:
        pool.shutdown(cancel_futures=True)
        for process in set(multiprocessing.active_children()).difference(others):
            process.terminate()  # interrupted while it was started: the pool does not know it
            process.join()


def _start_worker(prepare: Callable[..., None], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who opened the pool ends what is not needed
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    prepare(*arguments)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that opened the pool is killed: nobody else would."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
