"""Kinship: which sections shared text when they were split or merged."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from operator import itemgetter

from gazette.text.differences import Kin
from gazette.text.lives import Lives


class Kinship:
    """The splits and mergers of a policy's sections."""

    def __init__(self, lives: Lives) -> None:
        self._steps = sorted(
            (step.version, life.id, other)
            for life in lives.lives.values()
            for step in life.steps
            for other in step.others
        )

    def between(self, first: int, last: int) -> Kin:
        """Return who shared text after the version at the first place, up to the last one."""
        kin: dict[str, set[str]] = defaultdict(set)
        start, end = (bisect_right(self._steps, at, key=itemgetter(0)) for at in (first, last))
        for _, section, other in self._steps[start:end]:
            kin[section].add(other)
            kin[other].add(section)
        return kin
