"""Placing: the pages of all policies, made in other processes while the host still renders its own.

Those of a policy are begun as soon as its fragments and the shells that they fill are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, as_completed
from functools import cached_property

from gazette import cache, progress
from gazette.errors import GazetteError
from gazette.model import Policy
from gazette.publishing import articles, files, groups, shells
from gazette.publishing.files import Published
from gazette.publishing.folders import State, contents
from gazette.publishing.groups import Listing, Place
from gazette.publishing.making import Counts, Making, updates_from
from gazette.publishing.workers import Here, Workers, result
from gazette.settings import Settings


class Placing:
    """The pages of all policies: standing in the site as they are to be, or on their way."""

    def __init__(
        self,
        center: Settings,
        policies: Sequence[Policy],
        making: Making,
        workers: Workers,
        where: Place,
    ) -> None:
        self.where = where
        self._center = center
        self._policies = policies
        self._making = making
        self._workers = workers
        self._templates = articles.templates_key()
        self._waiting = list(policies)
        self._standing: list[Listing] = []
        self._running: dict[Future[Listing], int] = {}

    @cached_property
    def found(self) -> dict[str, State]:
        """What stands in the site as the last build left it."""
        return contents(self.where.folder)

    @cached_property
    def reached(self) -> Published:
        """What links can lead to."""
        return files.published(self._center.docs, self._policies)

    def take(self, address: str, rendered: str) -> None:
        """Take the shell that was `rendered` at `address`; raises GazetteError without a slot."""
        self.where.shells[address.count("/")] = shells.read_shell(address, rendered)

    def begin(self) -> None:
        """Begin every policy whose fragments are made, once all shells are taken."""
        if len(self.where.shells) < len(shells.ADDRESSES):
            return
        ready = [owner for owner in self._waiting if self._making.knows(owner.slug)]
        for owner in ready:
            self._waiting.remove(owner)
            self._begin(owner)

    def finish(self) -> list[Listing]:
        """Wait for all policies and return what they are made up of, showing how far they are.

        Raises RedlineError when a redline is not exact, ArchiveError when a text changes meanwhile,
        and GazetteError when there is a shell that the host did not render.
        """
        for address in shells.ADDRESSES:
            if address.count("/") not in self.where.shells:
                raise GazetteError(
                    f"The page {address}, into whose like the pages of the archive are filled, was "
                    "not rendered: a plugin or a hook leaves it out. Have it left alone."
                )
        for _ in self._making.completed():
            self.begin()
        self.begin()
        done = ((one, self._running[one]) for one in as_completed(self._running))
        placed = progress.shown(done, sum(self._running.values()), "versions placed")
        return [*self._standing, *map(result, placed)]

    def _begin(self, owner: Policy) -> None:
        key = _key(self._center, owner, self.reached, self._templates, self.where)
        for part in groups.parts(len(owner.versions)):
            listing = groups.standing(self.where, _group(owner.slug, part), key, self.found)
            if listing:
                self._standing.append(listing)
                continue
            told = owner.slug, self._making.counts(owner.slug), part
            future = self._workers.submit(_place, self.where, key, self.reached, *told)
            self._running[future] = len(part)


def _key(center: Settings, owner: Policy, reached: Published, templates: str, where: Place) -> str:
    """Return the key of all that the pages of a policy are made from."""
    facts = (center.site_url, center.support, center.name, center.full_redlines, templates)
    texts = [
        (one.sha256, str(one.id), one.path, one.status.name, one.attachments)
        for one in owner.versions
    ]
    about = (owner.slug, str(owner.retired), owner.former_slugs, texts)
    return cache.key("policy", about, reached.key, facts, center.markdown, where.shells_key)


def _place(
    where: Place, key: str, reached: Published, slug: str, counts: Counts, part: range
) -> Listing:
    """Make the pages of a part of a policy; what it takes is imported in the worker only."""
    from gazette.publishing.fragments import Fragments
    from gazette.publishing.pages import Desk, pages_of
    from gazette.text import memory

    owner = Here.policies[slug]
    fragments = Fragments(Here.store, Here.center.markdown, slug)
    desk = Desk(Here.center, owner, reached, fragments)
    pages = pages_of(desk, updates_from(owner, counts), part)
    listing = groups.make(where, _group(slug, part), key, pages, fragments.used)
    memory.forget()
    return listing


def _group(slug: str, part: range) -> str:
    return f"{slug} {part.start}"
