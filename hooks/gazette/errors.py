"""The errors this project raises itself; anything else that escapes is a bug and shows a traceback.

GazetteError
├── ProblemsError     files hold mistakes: all of them, as records
│   ├── PolicyError       the policies, their metadata or the settings
│   └── ArchiveError      `versions/` is damaged, or contradicts git
├── HistoryError      git cannot tell what was published
├── RedlineError      a redline did not prove exact
├── ReleaseError      a version cannot be released, or a policy not begun
├── MissingError      a version or section was named that the policy does not have
├── SetupError        a project cannot be begun with these answers, or in this folder
├── SourceError       what is to be brought in cannot be read, or something stands in its way
└── MachineError      the machine refuses: no right to a file, no space left, no host
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


class ProblemsError(GazetteError):
    """Mistakes in files; `problems` holds every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class PolicyError(ProblemsError):
    """The policies or the settings hold mistakes."""


class ArchiveError(ProblemsError):
    """`versions/` is damaged, or contradicts git."""


class HistoryError(GazetteError):
    """Git cannot tell what was published."""


class RedlineError(GazetteError):
    """A redline is not exact: without its insertions it is not the old text, or the new one."""


class ReleaseError(GazetteError):
    """A version cannot be released, or a policy not begun: why, and what to do."""


class MissingError(GazetteError):
    """A version or section was named that the policy does not have."""


class SetupError(GazetteError):
    """A project cannot be begun with these answers, or in this folder: why, and what to do."""


class SourceError(GazetteError):
    """What is to be brought in cannot be read, or something stands in its way."""


class MachineError(GazetteError):
    """The machine refuses: no right to a file, no space left, a file for a folder, no host."""


NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
NO_PERMISSION = (errno.EACCES, errno.EPERM, errno.EROFS)
WRONG_KIND = (errno.EEXIST, errno.EISDIR, errno.ENOTDIR)
"""A file stands where a folder is expected, or the other way round."""
_HINTS = {
    **dict.fromkeys(NO_SPACE, "Free some space"),
    **dict.fromkeys(NO_PERMISSION, "Allow it"),
    **dict.fromkeys(
        WRONG_KIND,
        "A file stands there in place of a folder, or a folder in place of a file: move it away",
    ),
}


@contextmanager
def noted_errors(doing: str) -> Iterator[None]:
    """Add to every error that passes what was being done: for bugs, which show a traceback."""
    try:
        yield
    except GazetteError:
        raise
    except BaseException as error:
        error.add_note(f"While {doing}.")
        raise


@contextmanager
def machine_errors() -> Iterator[None]:
    """Raise MachineError for what the machine refuses; other errors of the system are bugs."""
    try:
        yield
    except OSError as error:
        if error.errno not in _HINTS:
            raise
        name = error.filename2 or error.filename or "A file"  # where it was to be moved to
        message = f"{name} cannot be read or written: {error.strerror}."
        raise MachineError(f"{message} {_HINTS[error.errno]}, then do this again.") from None
