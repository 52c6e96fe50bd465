"""Which files of a folder or repository are taken for policies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import PurePosixPath

from gazette.text.slugs import slug_from

MARKDOWN = (".md", ".markdown", ".mdx")
NO_POLICIES = (
    *("readme*", "license*", "licence*", "copying*", "notice", "contributing*", "contributors*"),
    *("changelog*", "changes", "authors*", "maintainers*", "codeowners*", "code_of_conduct"),
    *("code-of-conduct", "pull_request_template*", "issue_template*", "support", "governance"),
)
LINK = "a link or a device: nothing is read through it"
NOT_TAKEN = "speaks of the repository; name it with --also to take it"
LONGEST_ABBREVIATION = 4
"""So many letters have EULA, DMCA and GDPR; NOTICE or TERMS have more."""


def is_policy(path: str, only: str | None = None, also: Sequence[str] = ()) -> bool:
    """Tell whether a Markdown file looks like a policy: no README, nothing hidden, no front page.

    `only` is a pattern of paths; what fits it counts, whatever it looks like. What fits `also`
    counts besides the others.
    """
    file = PurePosixPath(path)
    if file.suffix.lower() not in MARKDOWN:
        return False
    if only is not None:
        return fnmatch(path, only)
    if is_asked_for(path, also):
        return True
    hidden = any(part.startswith((".", "_")) or part == "node_modules" for part in file.parts)
    return not hidden and path.lower() != "index.md" and not is_about_project(file.stem)


def slug_of(path: str, prefix: str) -> str:
    """Return the slug of the policy at `path`: its folders and file, `index` left out."""
    return slug_from(" ".join(_names(path, prefix))) or "policy"


def title_of(path: str, prefix: str) -> str:
    """Return the title of a text at `path` that has none of its own: its names, as written there.

    Hyphens and underscores stand for the spaces of a name without any; names in small letters only,
    or in capitals only, become a title that begins with a capital; an abbreviation stays one.
    """
    names = (
        name if " " in name else re.sub(r"[-_]+", " ", name).strip()
        for name in _names(path, prefix)
    )
    title = " ".join(" ".join(names).split())
    is_shouted = title.isascii() and title.isupper() and len(title) > LONGEST_ABBREVIATION
    return (title.capitalize() if title.islower() or is_shouted else title) or "Policy"


def _names(path: str, prefix: str) -> tuple[str, ...]:
    """Return the folders and the file of a policy by their names, `index` left out."""
    parts = PurePosixPath(path.removeprefix(prefix)).with_suffix("").parts
    has_folder = len(parts) > 1 and parts[-1].lower() in ("index", "readme")
    return parts[:-1] if has_folder else parts


def is_asked_for(path: str, also: Sequence[str]) -> bool:
    """Tell whether a file is named: its path, or its own name with or without ending."""
    file = PurePosixPath(path)
    names = (path.lower(), file.name.lower(), file.stem.lower())
    return any(fnmatch(name, pattern.lower()) for pattern in also for name in names)


def is_about_project(name: str) -> bool:
    """Tell whether a file of this name speaks of the project, as READMEs do."""
    return any(fnmatch(name.lower(), pattern) for pattern in NO_POLICIES)
