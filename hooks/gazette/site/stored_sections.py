"""The sections of all versions of a policy with their blocks, each wording stored once.

Phase one of a build stores what each version brought, so that versions far apart are compared
without reading either of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from gazette.fingerprint import fingerprint
from gazette.model import Policy
from gazette.site.fragments import Fragments
from gazette.text import stored_wordings
from gazette.text.differences import Heading
from gazette.text.document import Block, Section
from gazette.text.lives import Lives
from gazette.text.stored_wordings import WordingReader

StoredBlocks = Mapping[str, list[str]]
"""Stored blocks by the digest of their section."""


def keep_sections(fragments: Fragments, policy: Policy, place: int) -> None:
    """Store the sections that the version at this place brought."""
    fragments.keep(_key(fragments, policy, place), lambda: _written(fragments, policy, place))


def _written(fragments: Fragments, policy: Policy, place: int) -> str:
    earlier = fragments.text(policy.versions[place - 1]).sections if place else ()
    known = {section.digest for section in earlier} | {""}
    new = {
        section.digest: section
        for section in fragments.document(policy.versions[place]).sections
        if section.digest not in known
    }
    return "\n\n".join(
        "\n".join([digest, *stored_wordings.written(section.blocks)])
        for digest, section in new.items()
    )


def _key(fragments: Fragments, policy: Policy, place: int) -> str:
    versions = policy.versions[max(0, place - 1) : place + 1]
    return fingerprint("sections", [fragments.text_key(version) for version in versions])


class StoredSections:
    """Sections with their blocks: what several share is the same objects."""

    def __init__(self, fragments: Fragments, policy: Policy, lives: Lives) -> None:
        self._fragments, self._policy, self._lives = fragments, policy, lives
        self._reader = WordingReader()
        self._stored: dict[int, StoredBlocks] = {}
        self._blocks: dict[str, tuple[Block, ...]] = {}
        self._sections: dict[Heading, Section] = {}

    @cached_property
    def _brought(self) -> Mapping[str, int]:
        return self._lives.brought()

    def section(self, place: int, heading: Heading) -> Section:
        """Return a section of the version at this place."""
        if heading not in self._sections:
            shown = (heading.index, heading.level, heading.number, heading.heading, heading.anchor)
            self._sections[heading] = Section(*shown, self._blocks_of(place, heading))
        return self._sections[heading]

    def _blocks_of(self, place: int, heading: Heading) -> tuple[Block, ...]:
        if heading.digest not in self._blocks:
            stored = self._wordings(self._brought.get(heading.digest, place)).get(heading.digest)
            if stored is None:  # lost, or the lives are recorded otherwise
                document = self._fragments.document(self._policy.versions[place])
                stored = stored_wordings.written(document.sections[heading.index].blocks)
            self._blocks[heading.digest] = self._reader.blocks(stored)
        return self._blocks[heading.digest]

    def _wordings(self, place: int) -> StoredBlocks:
        if place not in self._stored:
            key = _key(self._fragments, self._policy, place)
            text = self._fragments.loaded(key) or ""
            wordings = (wording.split("\n") for wording in text.split("\n\n"))
            self._stored[place] = {digest: blocks for digest, *blocks in wordings}
        return self._stored[place]
