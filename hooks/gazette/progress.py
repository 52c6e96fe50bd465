"""Progress of long work: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

log = logging.getLogger("gazette")

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""

Item = TypeVar("Item")


def shown(done: Iterable[tuple[Item, int]], total: int, what: str) -> Iterator[Item]:
    """Pass on the items of `done`, each worth so many of the `total` steps, and show how far it is.

    `what` names a step, in the plural.
    """
    if not (total and log.isEnabledFor(logging.INFO)):
        yield from (item for item, _ in done)
    elif sys.stderr.isatty():
        with click.progressbar(length=total, label=what.capitalize(), file=sys.stderr) as bar:
            for item, steps in done:
                bar.update(steps)
                yield item
    else:
        yield from _in_lines(done, total, what)


def _in_lines(done: Iterable[tuple[Item, int]], total: int, what: str) -> Iterator[Item]:
    start = said = time.monotonic()
    finished = 0
    for item, steps in done:
        finished += steps
        now = time.monotonic()
        if now - said > EVERY and finished < total:
            left = (now - start) / finished * (total - finished)
            log.info("%s of %s %s, about %.0f s left", finished, total, what, left)
            said = now
        yield item
