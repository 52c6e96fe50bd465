"""The errors this project raises itself; anything else that escapes is a bug and shows a traceback.

GazetteError
├── PolicyError     the policies, their metadata or the settings hold mistakes: all of them
├── HistoryError    git cannot tell what was published
├── ArchiveError    `versions/` is damaged, or contradicts git
├── RedlineError    a redline did not prove exact
├── ReleaseError    a version cannot be released, or a policy not begun
├── MissingError    a version or section was named that the policy does not have
├── SourceError     what is to be brought in cannot be read, or something stands in its way
└── MachineError    the machine refuses: no right to read or write, no space left
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


class MachineError(GazetteError):
    """The machine refuses: no right to read or write, no space left."""


FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def refusals() -> Iterator[None]:
    """Raise MachineError for what the machine refuses; other errors of the system are bugs."""
    try:
        yield
    except OSError as error:
        if error.errno not in (*FULL, *FORBIDDEN):
            raise
        hint = "Free some space" if error.errno in FULL else "Allow it"
        named = error.filename2 or error.filename or "A file"  # where it was to be moved to
        said = f"{named} cannot be read or written: {error.strerror}."
        raise MachineError(f"{said} {hint}, then do this again.") from None
