"""Where everything is published: permanent addresses, relative to the root of the site."""

from __future__ import annotations

import re
from typing import NewType

from gazette.model import FOLDER_PATTERN, Slug, VersionId
from gazette.text.anchors import common_length
from gazette.text.slugs import is_language, language_of_slug, original_of, slug_at

Address = NewType("Address", str)
"""A path below the root of the site: a folder's ends in a slash, the root's own is empty."""

HOME = Address("")
POLICIES_RECORD = Address("policies.json")
DEVELOPERS = Address("developers/")
LEGAL_CONTEXT = Address(".well-known/legal-context.json")
SLOT = Slug("gazette-slot")
"""The name of the pages that those of the archive are filled into, while a site is built."""

RESERVED_NAMES = frozenset({"feed.xml", "policies.json", "versions.json", "current.json", SLOT})
"""At the top of the site and of `policies/`, only a build fills these."""
RESERVED_IN_POLICY = frozenset(
    {
        *("versions", "changes", "since", "draft", "sections", "on", "compare", "timemap.link"),
        *RESERVED_NAMES,
    }
)
"""Below the address of a policy, only a build fills these."""


def home(tag: str = "") -> Address:
    """Return the address of the home page, in another language than the center's that of `tag`."""
    return Address(f"{tag}/" if tag else "")


def home_language(path: str) -> str | None:
    """Return the language of the home page that a file below `docs/` is, None for another file.

    It is empty for the center's own.
    """
    folder, _, name = path.rpartition("/")
    return folder if name == "index.md" and (not folder or is_language(folder)) else None


def policy(slug: Slug) -> Address:
    """Return the address of the text in force; `index.md` is published at its folder's address."""
    return without_index(folder(slug))


def without_index(address: str) -> Address:
    """Return the address of a folder, also where its page `index.md` was meant."""
    return Address(re.sub(r"(^|/)index/$", r"\1", address))


def page_source(slug: str) -> str:
    """Return the path below `docs/` of the file whose page stands at a policy's address."""
    return f"policies/{slug}.md"


def folder(slug: Slug) -> Address:
    """Return the address below which everything of a policy is published.

    That of a translation begins with its language.
    """
    language = language_of_slug(slug)
    below = f"policies/{original_of(slug)}/"
    return Address(f"{language}/{below}" if language else below)


def translation_page(path: str) -> str:
    """Return the file of the site for the page of a translation, by its path below `docs/`.

    Empty for any other file: there the host's own rule is right.
    """
    slug = slug_at(path)
    is_translation = path == page_source(slug) and is_language(language_of_slug(slug))
    return f"{policy(slug)}index.html" if is_translation else ""


def slug_in(address: str) -> str:
    """Return the slug of the policy that an address is one of, empty where it is that of none."""
    match = re.match(rf"/?(?:({FOLDER_PATTERN})/)?policies/([^/]+)", address)
    return "/".join(filter(None, match.groups())) if match else ""


def archive(slug: Slug) -> Address:
    """Return the address of the list of all versions."""
    return Address(f"{folder(slug)}versions/")


def version(slug: Slug, version_id: VersionId | str) -> Address:
    """Return the address of the text of one version."""
    return Address(f"{archive(slug)}{version_id}/")


def source(slug: Slug, version_id: VersionId | str) -> Address:
    """Return the address of the Markdown of one version, the exact bytes."""
    return Address(f"{version(slug, version_id)}{version_id}.md")


def record(slug: Slug, version_id: VersionId | str) -> Address:
    """Return the address of the record of one version, for programs."""
    return Address(f"{version(slug, version_id)}{version_id}.json")


def changes(slug: Slug, version_id: VersionId | str) -> Address:
    """Return the address of the redline of the update that brought a version."""
    return Address(f"{folder(slug)}changes/{version_id}/")


def changes_record(slug: Slug, version_id: VersionId | str) -> Address:
    """Return the address of that redline as data."""
    return Address(f"{changes(slug, version_id)}{version_id}.json")


def since(slug: Slug, version_id: VersionId | str) -> Address:
    """Return the address of everything that changed since a version, up to the text in force."""
    return Address(f"{folder(slug)}since/{version_id}/")


def since_record(slug: Slug, version_id: VersionId | str) -> Address:
    """Return the address of everything that changed since a version as data."""
    return Address(f"{since(slug, version_id)}{version_id}.json")


def since_any(slug: Slug) -> Address:
    """Return the address that leads from any day to what changed since."""
    return Address(f"{folder(slug)}since/")


def on(slug: Slug) -> Address:
    """Return the address that answers what applied on any day."""
    return Address(f"{folder(slug)}on/")


def timemap(slug: Slug) -> Address:
    """Return the address of the list of all mementos, for programs (RFC 7089)."""
    return Address(f"{folder(slug)}timemap.link")


def sections(slug: Slug) -> Address:
    """Return the address below which the lives of sections are published."""
    return Address(f"{folder(slug)}sections/")


def section(slug: Slug, section_id: str) -> Address:
    """Return the address of the life of a section; an ID is the name of a folder."""
    return Address(f"{sections(slug)}{section_id}/")


def section_feed(slug: Slug, section_id: str) -> Address:
    """Return the address of the feed of what happens to a section."""
    return Address(f"{section(slug, section_id)}feed.xml")


def compare(slug: Slug) -> Address:
    """Return the address of the page that compares any two versions in the browser."""
    return Address(f"{folder(slug)}compare/")


def draft(slug: Slug) -> Address:
    """Return the address of the redline of a draft, which is in previews only."""
    return Address(f"{folder(slug)}draft/")


def versions_record(slug: Slug) -> Address:
    """Return the address of the list of all versions, for programs."""
    return Address(f"{folder(slug)}versions.json")


def current_record(slug: Slug) -> Address:
    """Return the address of what is in force and what is to come, for programs."""
    return Address(f"{folder(slug)}current.json")


def schema(name: str) -> Address:
    """Return the address of the JSON Schema of a shape of records, as in `gazette/current/0`."""
    return Address(f"schemas/{name.removeprefix('gazette/').replace('/', '-')}.json")


def feed(slug: Slug | None = None) -> Address:
    """Return the address of the feed of one policy's updates; without `slug`, of all updates."""
    return Address(f"{folder(slug)}feed.xml" if slug else "feed.xml")


def relative(start: Address, target: str) -> str:
    """Return the link from the page at the address `start` to the address `target`.

    >>> relative(Address("policies/terms/versions/"), "policies/terms/")
    '../'
    """
    start_folders, target_parts = start.split("/")[:-1], target.split("/")
    shared = common_length(start_folders, target_parts[:-1])
    return "../" * (len(start_folders) - shared) + "/".join(target_parts[shared:]) or "./"


def from_redline(version_id: VersionId | str) -> str:
    """Return the link from any page of changes of a policy to the text of one of its versions."""
    return relative(changes(Slug(""), version_id), version(Slug(""), version_id))
