"""Where everything is published: permanent addresses, relative to the root of the site."""

from __future__ import annotations

from gazette.model import VersionId

HOME = ""


def policy(slug: str) -> str:
    """Return the address of the text in force; `index.md` stands at its folder's own address."""
    return "policies/" if slug == "index" else f"policies/{slug}/"


def archive(slug: str) -> str:
    """Return the address of the list of all versions."""
    return f"policies/{slug}/versions/"


def version(slug: str, version_id: VersionId | str) -> str:
    """Return the address of the text of one version."""
    return f"policies/{slug}/versions/{version_id}/"


def source(slug: str, version_id: VersionId | str) -> str:
    """Return the address of the Markdown of one version, the exact bytes."""
    return f"{version(slug, version_id)}{version_id}.md"


def record(slug: str, version_id: VersionId | str) -> str:
    """Return the address of the facts about one version, for programs."""
    return f"{version(slug, version_id)}{version_id}.json"


def changes(slug: str, version_id: VersionId | str) -> str:
    """Return the address of the redline of the update that brought a version."""
    return f"policies/{slug}/changes/{version_id}/"


def changes_record(slug: str, version_id: VersionId | str) -> str:
    """Return the address of that redline as data."""
    return f"{changes(slug, version_id)}{version_id}.json"


def since(slug: str, version_id: VersionId | str) -> str:
    """Return the address of all that changed since a version, to the text in force."""
    return f"policies/{slug}/since/{version_id}/"


def draft(slug: str) -> str:
    """Return the address of the redline of a draft, which stands in previews only."""
    return f"policies/{slug}/draft/"


def versions_record(slug: str) -> str:
    """Return the address of the list of all versions, for programs."""
    return f"policies/{slug}/versions.json"


def feed(slug: str | None = None) -> str:
    """Return the address of the feed of one policy's updates, of all without `slug`."""
    return f"policies/{slug}/feed.xml" if slug else "feed.xml"


POLICIES_RECORD = "policies.json"


def relative(start: str, target: str) -> str:
    """Return how a page at the address `start` links to the address `target`.

    >>> relative("policies/terms/versions/", "policies/terms/")
    '../'
    """
    here, there = start.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


def from_redline(version_id: VersionId | str) -> str:
    """Return how any page of changes of a policy links to the text of one of its versions."""
    return relative(changes("", version_id), version("", version_id))
