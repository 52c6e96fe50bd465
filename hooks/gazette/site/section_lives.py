"""The lives of a policy's sections, from its fragments: computed once, and stored by key."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from gazette.fingerprint import fingerprint
from gazette.model import Policy, Version, VersionId
from gazette.record.section_record import former_anchors, ids_of_versions, unrecorded_lines
from gazette.site.fragments import Fragments
from gazette.text.differences import Heading
from gazette.text.lives import Lives, SectionLife, SectionStep, Use, lives_of
from gazette.text.markdown_settings import MarkdownSettings

Lines = dict[VersionId, list[str]]
"""Lines of the record of sections by version."""


def section_lives(policy: Policy, fragments: Fragments, markdown: MarkdownSettings) -> Lives:
    """Return the lives of all sections of a policy."""
    return _loaded(StoredLives(policy, fragments, markdown).lives)


class StoredLives:
    """The lives of a policy's sections and the lines that its record of sections lacks."""

    def __init__(self, policy: Policy, fragments: Fragments, markdown: MarkdownSettings) -> None:
        self._policy, self._fragments, self._markdown = policy, fragments, markdown
        self._key = lives_key(policy, markdown)

    def store(self) -> None:
        """Have both in the store."""
        self._fragments.stored(self._key, lambda: self._traced[0])
        self._fragments.stored(f"{self._key}.lines", lambda: self._traced[1])

    @cached_property
    def lives(self) -> str:
        """The lives as they are stored."""
        return self._fragments.stored(self._key, lambda: self._traced[0])

    @cached_property
    def unrecorded(self) -> Lines:
        """The lines that the record lacks, of versions that are published or not."""
        stored = self._fragments.stored(f"{self._key}.lines", lambda: self._traced[1])
        return {VersionId.parse(version): lines for version, lines in json.loads(stored).items()}

    def with_recorded(self, lines: Lines) -> Policy:
        """Return the policy with `lines` that are recorded now; its lives stay what they are."""

        def recorded(version: Version) -> Version:
            return replace(version, sections=(*version.sections, *lines.get(version.id, ())))

        policy = self._policy.with_each(recorded)
        left = {str(id_): line for id_, line in self.unrecorded.items() if id_ not in lines}
        if left:
            StoredLives(policy, self._fragments, self._markdown).store()
        else:
            key = lives_key(policy, self._markdown)
            self._fragments.stored(key, lambda: self.lives)
            self._fragments.stored(f"{key}.lines", lambda: json.dumps(left))
        return policy

    @cached_property
    def _traced(self) -> tuple[str, str]:
        """The lives, and the lines that the record lacks, both as JSON."""
        versions, fragments = self._policy.versions, self._fragments
        rendered = [fragments.text(version) for version in versions]
        texts = [text.sections for text in rendered]
        updates = [fragments.redline(old, new).links for old, new in pairwise(versions)]
        ids = ids_of_versions(versions, texts, updates)
        former = former_anchors(versions, (text.former_anchors for text in rendered))
        lines = unrecorded_lines(versions, ids, texts, updates, former)
        by_version = {str(version): added for version, added in lines.items()}
        lives = lives_of(ids, texts, updates, former, [text.inner_ids for text in rendered])
        return _written(lives), json.dumps(by_version)


def lives_key(policy: Policy, markdown: MarkdownSettings) -> str:
    """Return the key of the lives: of all texts, what editors stated, and what is recorded.

    Lines of the record say of which version they are, and are long: they go in as one text.
    """
    facts = [
        (*version.text_facts, str(version.id), version.metadata.continues)
        for version in policy.versions
    ]
    recorded = "\n".join(line for version in policy.versions for line in version.sections)
    return fingerprint("lives", facts, recorded, markdown.key)


def _written(lives: Lives) -> str:
    """Return lives as JSON in which headings and IDs stand once, and their places elsewhere."""
    headings: dict[Heading | None, int] = {None: 0}

    def place(heading: Heading | None) -> int:
        return headings.setdefault(heading, len(headings))

    written = [
        (
            life.id,
            life.other_ids,
            [(step.version, place(step.section), *step[2:]) for step in life.steps],
            [(version, place(heading)) for version, heading in life.headings],
        )
        for life in lives.lives.values()
    ]
    records = [list(heading.record().values()) for heading in headings if heading]
    places = {"": -1} | {name: at for at, name in enumerate(lives.lives)}
    rows = [[places[name] for name in row] for row in lives.ids]
    others = [[*anchors.items()] for anchors in lives.other_anchors]
    return json.dumps([records, written, rows, lives.anchors, others])


def _loaded(data: str) -> Lives:
    records, written, rows, anchors, others = json.loads(data)
    headings = [None, *(Heading(*record) for record in records)]
    lives = {
        name: SectionLife(
            name,
            tuple(others),
            tuple(
                SectionStep(at, headings[place], *map(tuple, rest)) for at, place, *rest in steps
            ),
            tuple((at, headings[place]) for at, place in stood),
        )
        for name, others, steps, stood in written
    }
    names = (*lives, "")  # the last one is found at -1
    ids = tuple(tuple(names[place] for place in row) for row in rows)
    uses = {anchor: tuple(Use(*use) for use in used) for anchor, used in anchors.items()}
    earlier = tuple({index: tuple(names) for index, names in entries} for entries in others)
    return Lives(lives, ids, uses, earlier)
