"""Which files of a folder or repository are taken for policies."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import PurePosixPath

MARKDOWN = (".md", ".markdown")
NO_POLICIES = (
    *("readme*", "license*", "licence*", "copying*", "notice", "contributing*", "contributors*"),
    *("changelog*", "changes", "authors*", "maintainers*", "codeowners*", "code_of_conduct"),
    *("code-of-conduct", "pull_request_template*", "issue_template*", "support", "governance"),
)
NOT_TAKEN = "speaks of the repository; name it with --only to take it"


def is_policy(path: str, only: str | None = None) -> bool:
    """Tell whether a Markdown file looks like a policy: no README, nothing hidden, no front page.

    `only` is a pattern of paths; what fits it counts, whatever it looks like.
    """
    file = PurePosixPath(path)
    if file.suffix.lower() not in MARKDOWN:
        return False
    if only is not None:
        return fnmatch(path, only)
    hidden = any(part.startswith((".", "_")) or part == "node_modules" for part in file.parts)
    return not hidden and path.lower() != "index.md" and not is_about_project(file.stem)


def is_about_project(name: str) -> bool:
    """Tell whether a file of this name speaks of the project, as READMEs do."""
    return any(fnmatch(name.lower(), pattern) for pattern in NO_POLICIES)
