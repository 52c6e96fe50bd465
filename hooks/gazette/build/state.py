"""What a build knows between the events of its host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.build.cache import Cache
from gazette.build.fragment_jobs import Counts
from gazette.build.swap import NEW, RENDERED
from gazette.model import Policy, Slug
from gazette.problems import Problem
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.editions import Editions, editions_of
from gazette.site.links import LinkTargets, link_targets
from gazette.site.periods import Timeline, timeline

if TYPE_CHECKING:
    from gazette.record.unreleased import Unreleased


@dataclass(frozen=True)
class BuildState:
    """What is known of a build while the host renders its own pages.

    `site` is the folder where the help center is published, `staging` where it is made first;
    `scheduled` are the files below `docs/` of policies of which nothing is posted yet;
    `cache` keeps fragments, `manifests` what stands in the site. `counts` are those of the updates
    of each policy by slug, `drafts` what only a preview shows; `templates` is the key of all HTML
    templates. `problems` are what is found wrong with the pages that the host renders; where
    `is_strict`, a build stops at these.
    """

    settings: Settings
    policies: tuple[Policy, ...]
    scheduled: frozenset[str]
    counts: Mapping[Slug, Sequence[Counts]]
    drafts: Mapping[Slug, Unreleased]
    cache: Cache
    manifests: Cache
    site: Path
    staging: Path
    templates: str
    is_preview: bool
    is_strict: bool
    problems: list[Problem] = field(default_factory=list)

    @property
    def rendered(self) -> Path:
        """The folder that the host renders into."""
        return self.staging / RENDERED

    @property
    def new(self) -> Path:
        """The folder where pages and files wait to be put into the site."""
        return self.staging / NEW

    @cached_property
    def editions(self) -> Mapping[Slug, Editions]:
        """The editions of policies that have more than one, by the slug of each."""
        return editions_of(self.settings, self.policies)

    @cached_property
    def timelines(self) -> Mapping[Slug, Timeline]:
        """When each version is in force, by the slug of each policy."""
        return {policy.slug: timeline(policy) for policy in self.policies}

    @cached_property
    def targets(self) -> LinkTargets:
        """What links in texts can lead to: the files in `docs/`, and all policies."""
        docs = self.settings.docs
        files = (path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
        return link_targets(files, self.policies, self.settings.own_site)

    def language_tag(self, policy: Policy) -> str:
        """Return the tag by which the language of a policy's pages is asked for."""
        return self.settings.language_of(policy).text

    @property
    def languages(self) -> list[str]:
        """The tags of the languages of all policies."""
        return sorted({self.language_tag(policy) for policy in self.policies})

    def policy_at(self, path: str) -> Policy | None:
        """Return the policy whose file below `docs/` is `path`, None where there is none."""
        return self._policies_by_path.get(path)

    @cached_property
    def _policies_by_path(self) -> Mapping[str, Policy]:
        return {addresses.page_source(policy.slug): policy for policy in self.policies}
