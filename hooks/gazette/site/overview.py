"""What is published of all policies together: the latest updates, their record and their feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest

from gazette.model import Policy, Slug
from gazette.settings import Settings
from gazette.site import addresses, feeds, records
from gazette.site.compare_messages import messages_files
from gazette.site.feed_contents import contents_of
from gazette.site.fragments import Fragments
from gazette.site.legal_context import legal_context
from gazette.site.outputs import File, file
from gazette.site.updates import Update

LATEST = 5
"""This many of the latest updates are listed on the home page."""


def site_files(
    settings: Settings, policies: Sequence[Policy], fragments_of: Callable[[Policy], Fragments]
) -> Iterator[File]:
    """Yield what pages of several policies share, schemas of records, the record and feed of all.

    `fragments_of` returns the fragments of a policy, from which the feed shows what changed.
    """
    yield from records.schema_files()
    yield from messages_files(settings, policies)
    yield from legal_context(settings, policies)
    yield file(addresses.POLICIES_RECORD, records.to_bytes(records.policies_record(policies)))
    yield feeds.site_feed(settings, policies, contents_of(fragments_of))


def latest_updates(
    policies: Sequence[Policy], updates_of: Callable[[Slug], Sequence[Update]]
) -> list[tuple[Policy, Update]]:
    """Return the latest updates of all policies, newest first.

    `updates_of` returns the updates of a policy by its slug: it is asked only where an update has
    no summary, and its counts are shown instead.
    """
    steps = (
        (policy, old, new)
        for policy in policies
        for new in policy.versions
        if (old := policy.predecessor(new))
    )
    latest = nlargest(LATEST, steps, key=lambda step: (step[2].id, step[0].slug))
    return [
        (policy, Update(old, new, ()))
        if new.metadata.summary
        else (policy, next(update for update in updates_of(policy.slug) if update.new is new))
        for policy, old, new in latest
    ]
