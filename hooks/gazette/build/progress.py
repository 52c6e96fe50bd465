"""Progress of long work: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
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
        lines = ProgressLines(total, label, log.info)
        for item, steps in done:
            lines.advance(steps)
            yield item


class ProgressLines:
    """Says now and then how many of `total` steps are done, as a line that `write` takes."""

    def __init__(self, total: int, label: str, write: Callable[[str], None]) -> None:
        self._total, self._label, self._write = total, label, write
        self._start = self._last_line = time.monotonic()
        self._finished = 0

    def advance(self, steps: int) -> None:
        """Note that some more steps are done."""
        self._finished += steps
        now = time.monotonic()
        if now - self._last_line > SECONDS_BETWEEN_LINES and self._finished < self._total:
            left = (now - self._start) / self._finished * (self._total - self._finished)
            done = f"{self._finished} of {self._total} {self._label}"
            self._write(f"{done}, about {left:.0f} s left")
            self._last_line = now
