"""The errors this project raises itself; anything else that escapes is a bug and shows a traceback.

GazetteError
├── PolicyError     the policies, their metadata or the settings hold mistakes: all of them
├── HistoryError    git cannot tell what was published
├── ArchiveError    `versions/` is damaged, or contradicts git
├── RedlineError    a redline did not prove exact
├── ReleaseError    a version cannot be released, or a policy not begun
├── MissingError    a version or section was named that the policy does not have
└── SourceError     what is to be brought in cannot be read, or something stands in its way
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.problems import Problem


class GazetteError(Exception):
    """What went wrong, in sentences for the person who reads them."""


class PolicyError(GazetteError):
    """Mistakes in the policies or settings; `problems` holds every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class HistoryError(GazetteError):
    """Git cannot tell what was published."""


class ArchiveError(GazetteError):
    """`versions/` is damaged, or contradicts git."""


class RedlineError(GazetteError):
    """A redline is not exact: without its insertions it is not the old text, or the new one."""


class ReleaseError(GazetteError):
    """A version cannot be released, or a policy not begun: why, and what to do."""


class MissingError(GazetteError):
    """A version or section was named that the policy does not have."""


class SourceError(GazetteError):
    """What is to be brought in cannot be read, or something stands in its way."""
