"""Link targets: what a link in a text can lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gazette.fingerprint import fingerprint
from gazette.model import Policy, Slug
from gazette.site import addresses
from gazette.site.addresses import Address
from gazette.text import links
from gazette.text.own_addresses import OwnSite


@dataclass(frozen=True)
class LinkTargets:
    """What a link in a text can lead to.

    `files` are paths below `docs/`, `slugs` maps every name a policy ever had to its present one.
    Full addresses of the `site` may lead to its own files.
    """

    files: frozenset[str]
    slugs: Mapping[Slug, Slug]
    site: OwnSite | None = None

    @cached_property
    def key(self) -> str:
        """The key of all targets."""
        return fingerprint(sorted(self.files), sorted(self.slugs.items()), self.site)

    def link(self, start: Address, target: str) -> str | None:
        """Return the link from `start` to the path `target` below `docs/`, None if not published.

        `start` is the address of a page.
        """
        folder, _, name = target.partition("/")
        slug = self.slugs.get(Slug(name.removesuffix(".md"))) if folder == links.FOLDER else None
        if slug is not None:
            return addresses.relative(start, addresses.policy(slug))
        if target not in self.files:
            return None
        address = f"{target.removesuffix('.md')}/" if target.endswith(".md") else target
        return addresses.relative(start, addresses.without_index(address))


def link_targets(
    files: Iterable[str], policies: Sequence[Policy], site: OwnSite | None = None
) -> LinkTargets:
    """Return what links can lead to: `files`, as paths below `docs/`, and `policies`."""
    former = {name: policy.slug for policy in policies for name in policy.former_slugs}
    current = {policy.slug: policy.slug for policy in policies}
    return LinkTargets(frozenset(files), former | current, site)
