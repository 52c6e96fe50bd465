"""Progress of long work: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

log = logging.getLogger("gazette")

SECONDS_BETWEEN_LINES = 10.0

Item = TypeVar("Item")


def with_progress(done: Iterable[tuple[Item, int]], total: int, label: str) -> Iterator[Item]:
    """Pass on the items of `done`, and show how many of `total` steps are done.

    Every item comes with the number of its steps; `label` names a step, in the plural.
    """
    if not (total and log.isEnabledFor(logging.INFO)):
        yield from (item for item, _ in done)
    elif sys.stderr.isatty():
        with click.progressbar(length=total, label=label.capitalize(), file=sys.stderr) as bar:
            for item, steps in done:
                bar.update(steps)
                yield item
    else:
        yield from _with_lines(done, total, label)


def _with_lines(done: Iterable[tuple[Item, int]], total: int, label: str) -> Iterator[Item]:
    start = last_line = time.monotonic()
    finished = 0
    for item, steps in done:
        finished += steps
        now = time.monotonic()
        if now - last_line > SECONDS_BETWEEN_LINES and finished < total:
            left = (now - start) / finished * (total - finished)
            log.info("%s of %s %s, about %.0f s left", finished, total, label, left)
            last_line = now
        yield item
