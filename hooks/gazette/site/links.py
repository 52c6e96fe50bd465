"""Published: what a link in a text can lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gazette import cache
from gazette.model import Policy
from gazette.site import addresses
from gazette.text import links


@dataclass(frozen=True)
class Published:
    """What a link in a text can lead to: the files in `docs/`, and every name a policy ever had."""

    files: frozenset[str]
    slugs: Mapping[str, str]

    @cached_property
    def key(self) -> str:
        """The key of all that links can lead to."""
        return cache.key(sorted(self.files), sorted(self.slugs.items()))

    def link(self, here: str, target: str) -> str | None:
        """Return how the page at `here` links to the path `target` below `docs/`, None: not."""
        folder, _, name = target.rpartition("/")
        if folder == links.FOLDER and name.removesuffix(".md") in self.slugs:
            return addresses.relative(here, addresses.policy(self.slugs[name.removesuffix(".md")]))
        if target not in self.files:
            return None
        address = f"{target.removesuffix('.md')}/" if target.endswith(".md") else target
        return addresses.relative(here, address.removesuffix("index/"))


def published(docs: Path, policies: Sequence[Policy]) -> Published:
    """Return what links can lead to in a help center with these `policies`."""
    files = (path for path in docs.rglob("*") if path.is_file())
    own = {one.slug: one.slug for one in policies}
    former = {name: one.slug for one in policies for name in one.former_slugs}
    return Published(frozenset(path.relative_to(docs).as_posix() for path in files), former | own)
