"""The lives of a policy's sections, from its fragments: computed once, and stored by key."""

from __future__ import annotations

import json
from itertools import pairwise

from gazette.fingerprint import fingerprint
from gazette.model import Policy
from gazette.site.fragments import Fragments, redline_key, text_key
from gazette.text.differences import Heading
from gazette.text.lives import Life, Lives, Step, Use, trace
from gazette.text.markdown_settings import MarkdownSettings


def section_lives(policy: Policy, fragments: Fragments, markdown: MarkdownSettings) -> Lives:
    """Return the lives of all sections of a policy."""
    key = lives_key(policy, markdown)
    return _loaded(fragments.stored(key, lambda: _written(_traced(policy, fragments))))


def _traced(policy: Policy, fragments: Fragments) -> Lives:
    versions = [str(version.id) for version in policy.versions]
    texts = [fragments.text(version).sections for version in policy.versions]
    updates = [fragments.redline(old, new).links for old, new in pairwise(policy.versions)]
    return trace(versions, texts, updates)


def lives_key(policy: Policy, markdown: MarkdownSettings) -> str:
    """Return the key under which the lives of a policy are stored."""
    texts = [text_key(version, markdown) for version in policy.versions]
    redlines = [redline_key(policy, old, new, markdown) for old, new in pairwise(policy.versions)]
    return fingerprint("lives", texts, redlines)


def _written(lives: Lives) -> str:
    """Return lives as JSON in which headings and IDs stand once, and their places elsewhere."""
    headings: dict[Heading | None, int] = {None: 0}

    def place(heading: Heading | None) -> int:
        return headings.setdefault(heading, len(headings))

    own = [
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
    return json.dumps([records, own, rows, lives.anchors])


def _loaded(data: str) -> Lives:
    records, own, rows, anchors = json.loads(data)
    headings = [None, *(Heading(*record) for record in records)]
    lives = {
        name: Life(
            name,
            tuple(others),
            tuple(Step(at, headings[place], *map(tuple, rest)) for at, place, *rest in steps),
            tuple((at, headings[place]) for at, place in stood),
        )
        for name, others, steps, stood in own
    }
    names = (*lives, "")  # the last one is found at -1
    ids = tuple(tuple(names[place] for place in row) for row in rows)
    uses = {anchor: tuple(Use(*use) for use in used) for anchor, used in anchors.items()}
    return Lives(lives, ids, uses)
