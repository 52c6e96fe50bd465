"""What every page of one policy is made with, and where the links in its texts lead from there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from gazette.language import Language
from gazette.model import Policy, Version
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.addresses import Address
from gazette.site.editions import Editions
from gazette.site.fragments import Fragments
from gazette.site.links import LinkTargets
from gazette.site.periods import Timeline, timeline
from gazette.text import links
from gazette.text.lives import Lives
from gazette.text.own_addresses import with_own_files


@dataclass(frozen=True)
class PageContext:
    """What every page of one policy is made with."""

    settings: Settings
    policy: Policy
    targets: LinkTargets
    fragments: Fragments
    lives: Lives
    editions: Editions | None = None

    @property
    def language(self) -> Language:
        """The language of all pages of the policy."""
        return self.fragments.language

    def names(self, old: Version, new: Version) -> dict[str, str]:
        """Return the title and the versions that sentences without HTML name."""
        isolated = self.language.isolated_text
        title = isolated(self.policy.title)
        return {"title": title, "old": isolated(old.id), "new": isolated(new.id)}

    @cached_property
    def timeline(self) -> Timeline:
        """When each version is in force."""
        return timeline(self.policy)

    def relocated(
        self, address: Address, html: str, new: Version, old: Version | None = None
    ) -> str:
        """Return the HTML of a text or a redline with its links leading on from `address`.

        They lead to what was archived with the `new` text, to what is published now, and from a
        redline to what was archived with the `old` text. Full addresses of the site's own files
        lead to what was archived, or stay as they are.
        """

        def attached(version: Version | None, target: str) -> str | None:
            return self._attached(address, version, target) if version else None

        def archived(target: str) -> str | None:
            return attached(new, target) or attached(old, target)

        def link(target: str) -> str | None:
            return (
                attached(new, target) or self.targets.link(address, target) or attached(old, target)
            )

        led = links.relocated(html, link, links.folder_of(new.path), self.language)
        return with_own_files(led, self.targets.site, archived) if self.targets.site else led

    def _attached(self, address: Address, version: Version, target: str) -> str | None:
        """Return the link from the page at `address` to a file archived with a version."""
        if all(attachment.path != target for attachment in version.attachments):
            return None
        page = addresses.version(self.policy.slug, version.id)
        return addresses.relative(address, f"{page}{quote(target)}")
