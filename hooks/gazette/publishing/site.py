"""The site: every page as an address and its bytes, planned whole before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gazette import addresses, cache
from gazette.cache import Cache
from gazette.model import Policy
from gazette.publishing import articles, draft_pages, feeds, records, shells
from gazette.publishing.fragments import Fragments, body_of
from gazette.publishing.making import updates_by_policy
from gazette.publishing.pages import Desk, File, Published, file, pages_of
from gazette.publishing.placing import Place, place
from gazette.publishing.shells import Shell
from gazette.publishing.updates import Update
from gazette.record import policies
from gazette.record.unreleased import Unreleased
from gazette.settings import Settings
from gazette.text import links


@dataclass(frozen=True)
class Site:
    """What is published, with all redlines made and proved; `updates` are by policy.

    `drafts` are what only a preview shows, by policy.
    """

    center: Settings
    store: Cache
    policies: tuple[Policy, ...]
    updates: Mapping[str, tuple[Update, ...]]
    drafts: Mapping[str, Unreleased]

    def policy_at(self, path: str) -> Policy | None:
        """Return the policy whose file below `docs/` is `path`, None where there is none."""
        named = (one for one in self.policies if path == f"{links.FOLDER}/{one.slug}.md")
        return next(named, None)


def plan(center: Settings, policies: Sequence[Policy], drafts: Sequence[Unreleased] = ()) -> Site:
    """Plan the site: every text rendered, every redline made and proved; none of it is written yet.

    Raises RedlineError when a redline is not exact.
    """
    store = cache.of_project(center.project)
    updates = updates_by_policy(center, store, policies)
    by_policy = {one.policy.slug: one for one in drafts}
    return Site(center, store, tuple(policies), updates, by_policy)


def source(site: Site, path: str) -> str | None:
    """Return the Markdown that the site generator renders for the file at `path` below `docs/`.

    For a policy it is the text in force, whatever newer text waits in that file; its metadata is
    written as JSON, which every YAML reader takes as it is meant. None for any other file.
    """
    owner = site.policy_at(path)
    if owner is None:
        return None
    shown = owner.in_force or owner.newest
    facts = shown.metadata
    meta = {
        "title": facts.title,
        "description": facts.description or f"{facts.title}, version {shown.id}",
        "updated": facts.updated.isoformat(),
    }
    return f"---\n{json.dumps(meta)}\n---\n{body_of(shown)}"


def surrounded(site: Site, path: str, text: str) -> str:
    """Return the rendered `text` of the file at `path` with all that its page shows around it."""
    owner = site.policy_at(path)
    if owner:
        draft = site.drafts.get(owner.slug)
        banner = draft_pages.banner(draft) if draft else None
        return articles.policy(site.center, owner, text, banner)
    if path == "index.md":
        updates = [update for one in site.policies for update in site.updates[one.slug]]
        return articles.home(site.center, text, site.policies, updates)
    return text


def write(site: Site, folder: Path) -> None:
    """Fill the shells that were rendered into `folder` and put every page and file there.

    Raises GazetteError when a shell lacks a slot.
    """
    where = Place(folder, dict(_taken_shells(folder)), site.store)
    used = set(_placed(site, where))
    site.store.prune(used | policies.entries(site.center))


def _placed(site: Site, where: Place) -> Iterator[str]:
    """Yield every entry of the cache that the site is put together from."""
    center = site.center
    published = _published(center.docs, site.policies)
    for owner in site.policies:
        fragments = Fragments(site.store, center.markdown, owner.slug)
        desk = Desk(center, owner, published, fragments)
        key = cache.key(
            "policy", owner, published.key, replace(center, project=Path(), docs=Path())
        )
        yield from place(where, owner.slug, key, partial(pages_of, desk, site.updates[owner.slug]))
    yield from place(where, "", cache.key(site.policies), lambda: _lists(site))
    drafts = [page for one in site.drafts.values() for page in draft_pages.page(one, published)]
    if drafts:
        key = cache.key([(one, one.body and one.body.key) for one in drafts], published.key)
        yield from place(where, "drafts", key, lambda: drafts)


def _lists(site: Site) -> Iterator[File]:
    facts = records.to_bytes({"policies": [records.policy(one) for one in site.policies]})
    yield file(addresses.POLICIES_RECORD, facts)
    entries = [(owner, one) for owner in site.policies for one in owner.versions]
    center, here = site.center, addresses.feed()
    yield file(here, feeds.feed(center.site_url, center.name, here, entries))


def _published(docs: Path, policies: Sequence[Policy]) -> Published:
    files = (path for path in docs.rglob("*") if path.is_file())
    own = {one.slug: one.slug for one in policies}
    former = {name: one.slug for one in policies for name in one.former_slugs}
    return Published(frozenset(path.relative_to(docs).as_posix() for path in files), former | own)


def _taken_shells(folder: Path) -> Iterator[tuple[int, Shell]]:
    """Yield each shell by the depth of its address, and take it out of the site."""
    for address in reversed(shells.ADDRESSES):
        page = folder / address / "index.html"
        yield address.count("/"), shells.read_shell(address, page.read_text("utf-8"))
        page.unlink()
        page.parent.rmdir()
