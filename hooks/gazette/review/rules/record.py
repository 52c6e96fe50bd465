"""What was published stays: the archive, and the addresses of policies."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gazette.problems import Code, Problem

ARCHIVED = ("versions/", ".md"), ("versions/", ".retired")
UNDO = "Archived texts never change: bring the file back as it was."


def archive_changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Problem]:
    """Find archived files that were altered or removed; both map paths to digests."""
    for path, digest in sorted(before.items()):
        if not any(path.startswith(start) and path.endswith(end) for start, end in ARCHIVED):
            continue
        if path.count("/") > 1 and now.get(path) != digest:
            what = "was altered" if path in now else "was removed"
            yield Problem(path, 0, Code.ARCHIVE, f"This archived file {what}.", UNDO)


def lost_addresses(
    before: Collection[str], now: Collection[str], formerly: Collection[str]
) -> Iterator[Problem]:
    """Find policies that are gone, by slug, and that no other one says it was."""
    for slug in sorted(set(before) - set(now) - set(formerly)):
        said = f"The policy {slug} is gone: readers will be told that it was retired."
        hint = (
            f"If it has a new file name, write formerly: [{slug}] there, so that links lead to it."
        )
        yield Problem(f"docs/policies/{slug}.md", 0, Code.LOST_ADDRESS, said, hint)
