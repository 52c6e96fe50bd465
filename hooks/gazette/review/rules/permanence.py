"""What was published stays: the archive, and the addresses of policies."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gazette.problems import Code, Problem

ARCHIVED = (".md", ".retired")


def archive_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Problem]:
    """Find archived files that were altered or removed; both map paths to digests."""
    for path, digest in sorted(old.items()):
        is_archived = path.startswith("versions/") and path.endswith(ARCHIVED)
        if is_archived and path.count("/") > 1 and new.get(path) != digest:
            event = "was altered" if path in new else "was removed"
            hint = "Archived texts never change: bring the file back as it was."
            yield Problem(path, 0, Code.ARCHIVE, f"This archived file {event}.", hint)


def lost_addresses(
    old: Collection[str], new: Collection[str], formerly: Collection[str]
) -> Iterator[Problem]:
    """Find the slugs of policies that are gone and that no other policy names in `formerly`."""
    for slug in sorted(set(old) - set(new) - set(formerly)):
        message = f"The policy {slug} is gone: readers will be told that it was retired."
        hint = (
            f"If it has a new file name, write formerly: [{slug}] there, so that links lead to it."
        )
        yield Problem(f"docs/policies/{slug}.md", 0, Code.LOST_ADDRESS, message, hint)
