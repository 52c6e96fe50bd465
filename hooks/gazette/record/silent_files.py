"""Silent edits of files: an image or form became another one, its text and version stayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from gazette.model import Metadata, decoded
from gazette.problems import Code, Problem
from gazette.record.policy_files import PolicyFile

HINT = (
    "Give the new file another name, and the text a new version that shows it; "
    "or bring the file back as it was."
)


def silent_file_edits(
    file: PolicyFile, metadata: Metadata, published: Mapping[str, str], present: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the files that a text shows or links whose bytes changed under its version.

    Both map paths below `docs/` to digests. A file that was missing when the text was published is
    a broken link repaired.
    """
    for path in sorted(published.keys() & present.keys()):
        if published[path] != present[path]:
            message = (
                f"docs/{path}, which this text shows or links, changed, but the version is still "
                f"{metadata.version}."
            )
            line = _line_naming(path, decoded(file.data))
            yield Problem(file.path, line, Code.SILENT_EDIT, message, HINT)


def _line_naming(path: str, text: str) -> int:
    """Return the first line that names the file, or that of the version."""
    before, name, _ = text.partition(PurePosixPath(path).name)
    if not name:
        before, _, _ = text.partition("\nversion:")
        return before.count("\n") + 2
    return before.count("\n") + 1
