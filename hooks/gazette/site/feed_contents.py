"""What updates changed, as the entries of feeds show it, and the feeds of single sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gazette.fingerprint import fingerprint
from gazette.forms import feed_html
from gazette.model import Policy, Version, VersionId
from gazette.site import addresses
from gazette.site.feeds import (
    NEWEST_OF_SECTION,
    ROOM_OF_SECTION,
    Contents,
    Entry,
    Feed,
    LoadContent,
    identity,
)
from gazette.site.fragments import Fragments
from gazette.site.outputs import File
from gazette.site.page_context import PageContext
from gazette.site.periods import start_of
from gazette.text.lives import Pair, SectionLife, SectionStep

Sections = Sequence[tuple[Pair, str]]


class UpdateContents:
    """What each update of a policy changed; redlines are loaded when they are asked for."""

    def __init__(self, fragments: Fragments, policy: Policy) -> None:
        self._fragments, self._policy = fragments, policy
        self._sections: dict[tuple[VersionId, VersionId], Sections] = {}

    def content(self, version: Version) -> tuple[str, LoadContent]:
        """Return the key and the content of the update that brought a version."""
        old = self._policy.predecessor(version)
        return self.key(old, version), lambda: [html for _, html in self.sections(old, version)]

    def key(self, old: Version | None, new: Version) -> str:
        """Return the key of what changed from a version to another; of the first, its text's."""
        return self._fragments.redline_key(old, new) if old else new.sha256

    def sections(self, old: Version | None, new: Version) -> Sections:
        """Return the sections that changed from a version to another, with their HTML."""
        if old is None:
            return ()
        if (old.id, new.id) not in self._sections:
            self._sections[old.id, new.id] = self._changed(old, new)
        return self._sections[old.id, new.id]

    def _changed(self, old: Version, new: Version) -> Sections:
        redline = self._fragments.redline(old, new, with_json=True)
        if redline.fault:
            return ()
        texts = (self._fragments.text(version) for version in (old, new))
        before, after = (feed_html.Text(text.sections, text.blocks()) for text in texts)
        return [*feed_html.sections(redline.json(), before, after, self._fragments.phrases)]


def contents_of(fragments_of: Callable[[Policy], Fragments]) -> Contents:
    """Return what knows the contents of all updates, from the fragments of their policies."""
    return lambda policy: UpdateContents(fragments_of(policy), policy).content


class SectionFeeds:
    """The feeds of the lives of a policy's sections."""

    def __init__(self, context: PageContext, contents: UpdateContents) -> None:
        self._context, self._policy = context, context.policy
        self._phrases = context.fragments.phrases
        self._contents = contents
        settings = context.settings
        self._key = fingerprint(
            *(settings.site_url, settings.feed_authority, settings.feed_since),
            *(settings.company, settings.name, self._policy.title, context.language.key),
        )

    def file(self, life: SectionLife, name: str) -> File:
        """Return the feed of a section that is known by this name."""
        newest = life.steps[-NEWEST_OF_SECTION:]
        keys = [self._contents.key(*self._versions(step)) for step in newest]
        steps = [(step.version, step.events) for step in life.steps]
        address = addresses.section_feed(self._policy.slug, life.id)
        key = fingerprint("section feed", self._key, life.id, name, keys, steps)
        return File(address, key, lambda: self._feed(life, name).written())

    def _feed(self, life: SectionLife, name: str) -> Feed:
        policy, settings = self._policy, self._context.settings
        first = policy.original_slug(policy.versions[0])
        places = range(len(life.steps))[: -NEWEST_OF_SECTION - 1 : -1]
        return Feed(
            settings,
            f"policies/{first}/sections/{life.id}",
            self._context.language.gettext("%(title)s: %(section)s")
            % {"title": policy.title, "section": name},
            addresses.section_feed(policy.slug, life.id),
            addresses.section(policy.slug, life.id),
            self._context.language,
            [self._entry(life, place, name) for place in places],
            ROOM_OF_SECTION,
        )

    def _entry(self, life: SectionLife, place: int, name: str) -> Entry:
        step, language = life.steps[place], self._context.language
        version = self._policy.versions[step.version]
        events = (language.pgettext("section", event) for event in step.events)
        page = addresses.section(self._policy.slug, life.id)
        first = "first" if len(life.wordings) > 1 else ""
        anchor = version.id if place else first
        title = language.gettext("%(section)s, version %(version)s: %(events)s") % {
            "section": name,
            "version": language.isolated_text(version.id),
            "events": self._phrases.joined(events),
        }
        return Entry(
            version.metadata.updated,
            version.id,
            f"{identity(self._policy, version)}/sections/{life.id}",
            title,
            addresses.Address(f"{page}#{anchor}".rstrip("#")),
            "",
            version.metadata.change.value,
            language,
            start_of(version) if start_of(version) > version.id.day else None,
            content=lambda: self._content(life, place),
        )

    def _content(self, life: SectionLife, place: int) -> Sequence[str]:
        """Return what a step did to the section, as a list of one part or none."""
        step = life.steps[place]
        changed = self._contents.sections(*self._versions(step))
        parts = [pair for pair, _ in changed]
        part = self._context.lives.part_of(life.id, step, parts, step.version - 1)
        return [html for pair, html in changed if pair == part][:1]

    def _versions(self, step: SectionStep) -> tuple[Version | None, Version]:
        """Return the versions before and after a step: a life goes through withdrawn ones, too."""
        versions = self._policy.versions
        return versions[step.version - 1] if step.version else None, versions[step.version]
