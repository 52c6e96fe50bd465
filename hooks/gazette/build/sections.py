"""The IDs of sections, recorded once the versions that have them are published."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from gazette.files import sole_writer, write_together
from gazette.model import Policy, Slug, Version, digest_of
from gazette.record.section_record import lists_of_sections
from gazette.settings import Settings
from gazette.site.fragments import policy_fragments
from gazette.site.section_lives import Lines, StoredLives
from gazette.store import Store

log = logging.getLogger("gazette")


def settle_sections(
    settings: Settings,
    store: Store,
    policies: Sequence[Policy],
    released: Mapping[Slug, bytes | None],
) -> tuple[Policy, ...]:
    """Record the sections of versions that have no record yet; return the policies with it.

    `released` are the texts that readers know of those in `docs/`: others are not published.
    """
    settled: list[Policy] = []
    new: dict[Slug, Lines] = {}
    for policy in policies:
        fragments = policy_fragments(settings, store, policy)
        stored = StoredLives(policy, fragments, settings.markdown)
        known = released.get(policy.slug)
        lines = {
            version.id: stored.unrecorded[version.id]
            for version in policy.versions
            if version.id in stored.unrecorded and _is_published(version, known)
        }
        settled.append(stored.with_recorded(lines) if lines else policy)
        new[policy.slug] = lines
    with sole_writer(settings.versions):
        lists = lists_of_sections(settings.versions, new)
        write_together(lists)
    for file in lists:
        count = len(new[Slug(file.parent.relative_to(settings.versions).as_posix())])
        versions = "1 version" if count == 1 else f"{count} versions"
        log.info("Recorded the sections of %s in %s", versions, settings.relative(file))
    return tuple(settled)


def _is_published(version: Version, released: bytes | None) -> bool:
    """Tell whether readers know a version: it is archived, or its file is as it was released."""
    return version.is_archived or (released is not None and digest_of(released) == version.sha256)
