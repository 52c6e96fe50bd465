"""The site: every page, made apart from the old site and put in its place at last."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from gazette import addresses, cache
from gazette.cache import Cache
from gazette.model import Policy, decoded
from gazette.publishing import articles, feeds, folders, groups, records, shells
from gazette.publishing.files import File, file
from gazette.publishing.groups import Place
from gazette.publishing.making import Making
from gazette.publishing.placing import Placing
from gazette.publishing.shells import Page
from gazette.publishing.updates import Update
from gazette.publishing.workers import Workers, result
from gazette.record import archive, policies
from gazette.record.archive import Unarchived
from gazette.settings import Settings
from gazette.text import frontmatter, links

if TYPE_CHECKING:
    from gazette.record.unreleased import Unreleased

log = logging.getLogger("gazette")

_A_DAY = 24 * 60 * 60  # seconds

TOLD = 20
"""So many archived files are named in the log."""


@dataclass(frozen=True)
class Site:
    """What is published, with all redlines on their way.

    `folder` is where it is to stand, `rendered` where the host puts its own pages first; `freezing`
    is what is being archived, None in a preview; `drafts` are what only a preview shows, by policy;
    `undone` is what must be cleared away.
    """

    center: Settings
    store: Cache
    folder: Path
    rendered: Path
    policies: tuple[Policy, ...]
    making: Making
    placing: Placing
    freezing: Future[list[str]] | None
    drafts: Mapping[str, Unreleased]
    undone: ExitStack

    @property
    def preview(self) -> bool:
        """Whether it is a preview, which archives nothing."""
        return self.freezing is None

    def policy_at(self, path: str) -> Policy | None:
        """Return the policy whose file below `docs/` is `path`, None where there is none."""
        named = (one for one in self.policies if path == f"{links.FOLDER}/{one.slug}.md")
        return next(named, None)


def plan(
    center: Settings,
    policies: Sequence[Policy],
    folder: Path,
    *,
    unarchived: Unarchived | None = None,
    drafts: Sequence[Unreleased] = (),
) -> Site:
    """Plan the site that is to stand in `folder`, and have its redlines begun.

    What is `unarchived` is frozen meanwhile; a preview has none.
    """
    store = cache.of_project(center.project)
    with ExitStack() as undone:
        apart = _folder_apart(store.folder)
        undone.callback(shutil.rmtree, apart, ignore_errors=True)
        (apart / "filled").mkdir()
        workers = Workers(center, store, policies)
        undone.callback(workers.close)
        freezing = None if unarchived is None else _freezing(center, workers, unarchived)
        if freezing:
            undone.callback(wait, [freezing])  # so that it is done, or not begun
        making = Making(center, store, policies, workers)
        # A preview is a folder of its own, and leaves what is known of the site alone.
        listings = store if freezing else Cache(folder / ".gazette")
        where = Place(folder, apart / "filled", {}, listings)
        return Site(
            center=center,
            store=store,
            folder=folder,
            rendered=apart / "rendered",
            policies=tuple(policies),
            making=making,
            placing=Placing(center, policies, making, workers, where),
            freezing=freezing,
            drafts={one.policy.slug: one for one in drafts},
            undone=undone.pop_all(),
        )


def _folder_apart(store: Path) -> Path:
    """Return a new folder on the disk of the project; those of killed builds are cleared away."""
    for one in store.glob("rendered-*"):
        with suppress(OSError):
            if time.time() - one.stat().st_mtime > _A_DAY:
                shutil.rmtree(one, ignore_errors=True)
    try:
        store.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="rendered-", dir=store))
    except OSError:  # a project that may only be read
        return Path(tempfile.mkdtemp(prefix="gazette-"))


def _freezing(center: Settings, workers: Workers, unarchived: Unarchived) -> Future[list[str]]:
    if unarchived.files:
        return workers.submit(archive.freeze, center.versions, unarchived)
    done: Future[list[str]] = Future()
    done.set_result(archive.freeze(center.versions, unarchived))
    return done


def clear_away(site: Site) -> None:
    """End what still runs and remove what is in no place yet: after a build, or instead of it."""
    site.undone.close()


# ---- the pages that the host renders ----


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
    return f"---\n{json.dumps(meta)}\n---\n{frontmatter.body_of(decoded(shown.read()))}"


def surrounded(site: Site, path: str, text: str) -> str:
    """Return the rendered `text` of the file at `path` with all that its page shows around it.

    Raises RedlineError when a redline of which it tells is not exact.
    """
    owner = site.policy_at(path)
    if owner:
        return articles.policy(site.center, owner, text, _banner(site, owner))
    if path == "index.md":
        return articles.home(site.center, text, site.policies, _latest(site))
    return text


def _banner(site: Site, owner: Policy) -> articles.Banner | None:
    if owner.slug not in site.drafts:
        return None
    from gazette.publishing import draft_pages  # what it takes only a preview loads

    return draft_pages.banner(site.drafts[owner.slug])


def _latest(site: Site) -> list[tuple[Policy, Update]]:
    """Return the latest updates; only those without a summary are told by their counts."""
    steps = [(owner, *pair) for owner in site.policies for pair in pairwise(owner.versions)]
    steps.sort(key=lambda one: (one[2].id, one[0].slug), reverse=True)
    return [
        (owner, Update(owner.slug, old, new, ()))
        if new.metadata.summary
        else (owner, next(one for one in site.making.updates(owner.slug) if one.new is new))
        for owner, old, new in steps[: articles.LATEST]
    ]


# ---- all others ----


def take(site: Site, path: str, page: str) -> None:
    """Take a `page` that the host rendered for the file at `path` below `docs/`.

    With the last shell others can be filled. Raises GazetteError when a shell lacks a slot.
    """
    if path in shells.PATHS:
        site.placing.take(path.removesuffix("index.md"), page)
    site.placing.begin()


def write(site: Site) -> None:
    """Have all pages filled into the shells, and put everything where the site is to stand.

    Raises RedlineError when a redline is not exact, ArchiveError when other bytes stand in the way
    of the archive or a text changes meanwhile, and GazetteError when a shell is missing: the old
    site is then as it was.
    """
    _tell_archived(result(site.freezing) if site.freezing else [])
    placing = site.placing
    listed = placing.finish()
    listed.append(groups.make(placing.where, "", "", _lists(site)))
    if site.drafts:
        listed.append(groups.make(placing.where, "drafts", "", _drafts(site)))
    for address in shells.ADDRESSES:
        shutil.rmtree(site.rendered / address, ignore_errors=True)
    own = folders.contents(site.rendered)
    folders.spare(site.rendered, site.folder, own)
    for apart in (placing.where.apart, site.rendered):
        folders.move(apart, site.folder)
    kept = own.keys() | {path for one in listed for path in one.files}
    folders.sweep(site.folder, placing.found.keys() - kept)
    site.store.prune(policies.entries(site.center).union(*(one.used for one in listed)))
    if not site.preview:
        log.info("The help center stands in %s", site.folder)


def _tell_archived(paths: list[str]) -> None:
    for path in paths[:TOLD]:
        log.info("Archived versions/%s", path)
    if paths[TOLD:]:
        log.info("Archived %d more files in versions/", len(paths) - TOLD)


def _lists(site: Site) -> Iterator[File]:
    facts = records.to_bytes({"policies": [records.policy(one) for one in site.policies]})
    yield file(addresses.POLICIES_RECORD, facts)
    entries = [(owner, one) for owner in site.policies for one in owner.versions]
    center, here = site.center, addresses.feed()
    yield file(here, feeds.feed(center.site_url, center.name, here, entries))


def _drafts(site: Site) -> Iterator[Page]:
    from gazette.publishing import draft_pages

    for one in site.drafts.values():
        yield from draft_pages.page(one, site.placing.reached)
