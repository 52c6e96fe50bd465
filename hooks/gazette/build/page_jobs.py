"""Placing: the pages of all policies, filled in by other processes, then put into the site.

Those of a policy are filled as soon as its fragments and the shells are there, while the host still
renders its own pages. Nothing is put into the site before everything is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed, wait
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from gazette import cache, progress
from gazette.build import manifest as groups
from gazette.build.fragment_jobs import Counts, Making, updates_from
from gazette.build.manifest import Listing, Made, Place
from gazette.build.output_folders import State, contents
from gazette.build.pool import Here, Workers, result
from gazette.build.shells import ADDRESSES, Shells, read_shells
from gazette.model import Policy, Slug
from gazette.settings import Settings
from gazette.site.links import LinkTargets, link_targets

if TYPE_CHECKING:
    from gazette.site.fragments import Fragments

Part = tuple[Slug, range]
"""A part of a policy: its slug, and the places of its versions."""


class Placing:
    """The pages of all policies: standing in the site as they are to be, or on their way.

    `templates` is the key of all templates; `shells` are what pages are filled into, as soon as the
    host has rendered them; `found` is what stood in the site before anything was put there.
    """

    def __init__(
        self,
        center: Settings,
        policies: Sequence[Policy],
        making: Making,
        workers: Workers,
        where: Place,
        templates: str,
    ) -> None:
        self.found: Mapping[str, State] = {}
        self._center = center
        self._policies = {owner.slug: owner for owner in policies}
        self._making = making
        self._workers = workers
        self._where = where
        self._templates = templates
        self._rendered: dict[str, str] = {}
        self._open(Shells({}))

    def _open(self, shells: Shells) -> None:
        self.shells = shells
        self._waiting = list(self._policies)
        self._standing: dict[Part, Listing] = {}
        self._running: dict[Future[Made], Part] = {}
        self._made: dict[Part, Made] = {}

    @cached_property
    def targets(self) -> LinkTargets:
        """What links can lead to."""
        docs = self._center.docs
        files = (path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
        return link_targets(files, [*self._policies.values()])

    def take(self, address: str, rendered: str) -> None:
        """Take a shell as it was `rendered` at `address`; raises GazetteError without a slot."""
        self._rendered[address] = rendered
        if len(self._rendered) == len(ADDRESSES):
            self._open(read_shells(self._rendered))

    def begin(self) -> None:
        """Begin every policy whose fragments are made, once all shells are taken."""
        if self.shells.by_depth:
            ready = [slug for slug in self._waiting if self._making.knows(slug)]
            for slug in ready:
                self._waiting.remove(slug)
                self._begin_policy(slug)

    def _begin_policy(self, slug: Slug) -> None:
        key = self._key(slug)
        for part in groups.parts(len(self._policies[slug].versions)):
            listing = self._where.listing(_group(slug, part))
            if listing and listing.key == key:
                self._standing[slug, part] = listing
            else:
                self._fill(slug, part, key, self._where)

    def _fill(self, slug: Slug, part: range, key: str, where: Place) -> None:
        told = key, self.targets, slug, self._making.counts(slug), part
        self._running[self._workers.submit(_fill, where, self.shells, *told)] = slug, part

    def finish(self, rendered: Mapping[str, str]) -> None:
        """Wait until all that does not stand in the site is made, showing how far it is.

        `rendered` are the shells by address as the host has left them: other ones than were taken
        are filled anew. Raises RedlineError when a redline is not exact, ArchiveError when a text
        changes meanwhile, and GazetteError when a shell lacks a slot.
        """
        if rendered != self._rendered:
            wait(self._running)  # they make the same files
            self._open(read_shells(rendered))
        for _ in self._making.completed():
            self.begin()
        self.begin()
        self._await()
        # Others may have had a hand in the site while the host was at work.
        self.found = contents(self._where.folder)
        stood = {part: (one.key, one.files) for part, one in self._standing.items()}
        stood |= {part: (one.key, one.standing) for part, one in self._made.items()}
        for part, (key, standing) in stood.items():
            if not groups.whole(standing, self.found):
                self._standing.pop(part, None)
                self._fill(*part, key, replace(self._where, listings=cache.NOTHING))  # all of it
        self._await()

    def _await(self) -> None:
        done = ((one, len(self._running[one][1])) for one in as_completed(self._running))
        total = sum(len(part) for _, part in self._running.values())
        for future in progress.shown(done, total, "versions filled in"):
            self._made[self._running[future]] = result(future)
        self._running.clear()

    def paths(self) -> set[str]:
        """Return the paths of all files in the site."""
        made = (one.paths for one in self._made.values())
        return set().union(*(one.files for one in self._standing.values()), *made)

    def put(self) -> list[Listing]:
        """Put what was made into the site, and return what all policies are made up of."""
        moving = [self._workers.submit(groups.put, self._where, one) for one in self._made.values()]
        return [*self._standing.values(), *map(result, moving)]

    @cached_property
    def _facts(self) -> tuple[object, ...]:
        center = self._center
        feeds = (center.feed_authority, center.feed_since.isoformat())
        facts = (center.site_url, center.support, center.name, center.full_redlines, feeds)
        return (*facts, center.markdown, self._templates)

    def _key(self, slug: Slug) -> str:
        """Return the key of all that the pages of a policy are made from."""
        owner = self._policies[slug]
        texts = [
            (one.sha256, str(one.id), one.path, one.status.name, one.attachments)
            for one in owner.versions
        ]
        names = (owner.slug, owner.former_slugs, sorted(owner.original_slugs.items()))
        about = (names, str(owner.retired), texts)
        return cache.key("policy", about, self._facts, self.targets.key, self.shells.key)


def _fill(
    where: Place,
    shells: Shells,
    key: str,
    targets: LinkTargets,
    slug: Slug,
    counts: Counts,
    part: range,
) -> Made:
    """Make the pages of a part of a policy; what it takes is imported in the worker only."""
    from gazette.site.fragments import Fragments
    from gazette.site.pages import PageContext, policy_pages

    owner = Here.policies[slug]
    fragments = Fragments(Here.store, Here.center.markdown, slug)
    context = PageContext(Here.center, owner, targets, fragments)
    pages = policy_pages(context, updates_from(owner, counts), part)
    return groups.make(where, shells, _group(slug, part), key, pages, _entries(fragments))


def _entries(fragments: Fragments) -> Iterator[str]:
    """Yield the entries of the cache that fragments need, known once all are asked for."""
    yield from map(cache.entry_of, fragments.used)


def _group(slug: Slug, part: range) -> str:
    return f"{slug} {part.start}"
