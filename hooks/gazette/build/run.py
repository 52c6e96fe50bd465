"""The site: every page, made apart from the old site and put in its place at last."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from gazette import cache
from gazette.build import manifest as groups
from gazette.build import output_folders as folders
from gazette.build import shells
from gazette.build.fragment_jobs import Making
from gazette.build.manifest import Place
from gazette.build.page_jobs import Placing
from gazette.build.pool import Workers, result
from gazette.build.staging import folder_apart
from gazette.cache import Cache
from gazette.errors import GazetteError
from gazette.model import Policy, decoded
from gazette.record import archive, policies
from gazette.record.archive import Unarchived
from gazette.settings import Settings
from gazette.site import articles, overview
from gazette.site.outputs import Page
from gazette.text import frontmatter, links

if TYPE_CHECKING:
    from gazette.record.unreleased import Unreleased

log = logging.getLogger("gazette")

TOLD = 20
"""So many archived files are named in the log."""


@dataclass(frozen=True)
class Site:
    """What is published, with all redlines on their way.

    `where` is where it is to stand, `rendered` where the host puts its own pages first; `freezing`
    is what is being archived, None in a preview; `drafts` are what only a preview shows, by policy;
    `undone` is what must be cleared away.
    """

    center: Settings
    store: Cache
    where: Place
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

    What is `unarchived` is frozen meanwhile; a preview has none. Raises GazetteError when something
    else stands where the folder is to be.
    """
    if not folder.is_dir() and (folder.exists() or folder.is_symlink()):
        raise GazetteError(
            f"{folder}, where the help center is to stand, is no folder. Move it away, then build "
            "again."
        )
    store = cache.of_project(center.project)
    # A preview is a folder of its own, and leaves what is known of the site alone.
    listings = Cache(folder / ".gazette") if unarchived is None else store
    templates = articles.reload_templates()
    with ExitStack() as undone:
        apart = undone.enter_context(folder_apart(listings.folder))
        where = Place(folder, apart, listings)
        workers = Workers(center, store, policies)
        undone.callback(workers.close)
        freezing = None if unarchived is None else _freezing(center, workers, unarchived)
        if freezing:
            undone.callback(wait, [freezing])  # so that it is done, or not begun
        making = Making(center, store, policies, workers)
        return Site(
            center=center,
            store=store,
            where=where,
            rendered=apart / "rendered",
            policies=tuple(policies),
            making=making,
            placing=Placing(center, policies, making, workers, where, templates),
            freezing=freezing,
            drafts={one.policy.slug: one for one in drafts},
            undone=undone.pop_all(),
        )


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
    shown = owner.shown
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
        return articles.policy_page(site.center, owner, Markup(text), _banner(site, owner))
    if path == "index.md":
        latest = overview.latest_updates(site.policies, site.making.updates)
        return articles.home_page(site.center, Markup(text), site.policies, latest)
    return text


def _banner(site: Site, owner: Policy) -> articles.Banner | None:
    if owner.slug not in site.drafts:
        return None
    from gazette.site import drafts as draft_pages  # what it takes only a preview loads

    return draft_pages.banner(site.drafts[owner.slug])


# ---- all others ----


def take(site: Site, path: str, page: str) -> None:
    """Take a `page` that the host rendered for the file at `path` below `docs/`.

    With the last shell others can be filled. Raises GazetteError when a shell lacks a slot.
    """
    if path in shells.PATHS:
        site.placing.take(path.removesuffix("index.md"), page)
    site.placing.begin()


def write(site: Site) -> None:
    """Have all pages made, and put everything where the site is to stand.

    Raises RedlineError when a redline is not exact, ArchiveError when other bytes stand in the way
    of the archive or a text changes meanwhile, and GazetteError when there is no shell to fill
    pages into: the old site is then as it was.
    """
    _tell_archived(result(site.freezing) if site.freezing else [])
    placing, where = site.placing, site.where
    placing.finish(dict(_taken_shells(site.rendered)))
    more = [
        groups.make(
            where, placing.shells, "site", "", overview.site_files(site.center, site.policies)
        )
    ]
    if site.drafts:
        more.append(groups.make(where, placing.shells, "drafts", "", _drafts(site)))
    own = set(folders.contents(site.rendered, hidden=True))
    kept = own.union(placing.paths(), *(one.paths for one in more))
    folders.sweep(where.folder, placing.found.keys() - kept)
    listed = [*placing.put(), *(groups.put(where, one) for one in more)]
    folders.move(site.rendered, where.folder, own)
    site.store.prune(
        {*map(cache.entry_of, policies.store_keys(site.center))}.union(
            *(one.used for one in listed)
        )
    )
    if not site.preview:
        log.info("The help center stands in %s", where.folder)


def _taken_shells(rendered: Path) -> Iterator[tuple[str, str]]:
    """Yield each shell by its address, and take it out of the rendered pages."""
    for address in reversed(shells.ADDRESSES):
        page = rendered / address / "index.html"
        try:
            yield address, page.read_bytes().decode()
        except FileNotFoundError:
            raise GazetteError(
                f"The page {address}, into which pages of the archive are to be filled, was not "
                "rendered: a plugin or a hook leaves it out. Have it left alone."
            ) from None
        shutil.rmtree(page.parent)  # with what plugins put beside it


def _tell_archived(paths: list[str]) -> None:
    for path in paths[:TOLD]:
        log.info("Archived versions/%s", path)
    if paths[TOLD:]:
        log.info("Archived %d more files in versions/", len(paths) - TOLD)


def _drafts(site: Site) -> Iterator[Page]:
    from gazette.site import drafts as draft_pages

    for one in site.drafts.values():
        yield from draft_pages.draft_pages(one, site.placing.targets)
