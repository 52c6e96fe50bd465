"""What the history of `versions/` itself says: what was archived first, and what became of it.

It is the witness for versions that never stood in `docs/`, such as those that were imported, and
it is never contradicted by a later commit: what a commit archived stays as that commit holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gazette.model import BlobId
from gazette.record.file_history import Commit


class ArchivedFile(NamedTuple):
    """A file of the archive as the first commit that held it has it.

    `intact` names the last revision at which it was still so, `last` the one at which it stood last
    at all, `born` the commit that brought it.
    """

    blob_id: BlobId
    intact: str
    last: str
    born: str


@dataclass
class ArchiveWatch:
    """Gathers the files of the archive, in the folder `start`, while commits are read.

    `line` are the ids of these commits, newest first.
    """

    start: str
    line: list[str] = field(default_factory=list)
    files: dict[str, ArchivedFile] = field(default_factory=dict)
    _before_changes: dict[str, str] = field(default_factory=dict)
    _last: dict[str, str] = field(default_factory=dict)

    def watched(self, commits: Iterable[Commit]) -> Iterator[Commit]:
        """Yield the commits, newest first, as they come."""
        for commit in commits:
            self.line.append(commit.id)
            for file in commit.files:
                if file.old and file.old != file.new and file.old.startswith(self.start):
                    self._see(commit, file.old, None)
                if file.new and file.new.startswith(self.start):
                    self._see(commit, file.new, file.new_blob)
            yield commit

    def _see(self, commit: Commit, path: str, blob_id: BlobId | None) -> None:
        """Note that a commit made this of a file; older commits follow."""
        name = path[len(self.start) :]
        last = self._last.setdefault(name, "HEAD" if blob_id else commit.before)
        if blob_id:
            intact = self._before_changes.get(name, "HEAD")
            self.files[name] = ArchivedFile(blob_id, intact, last, commit.id)
        self._before_changes[name] = commit.before
