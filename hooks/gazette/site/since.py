"""Everything that changed since any version: one redline, composed in bounded time.

Sections that read the same are found by digest. The others are compared in clusters: their redlines
are kept from build to build, and serve every version that has the same sections.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from gazette.fingerprint import fingerprint
from gazette.forms import portions, redline_json, since_html, since_json, since_rows, unproved_html
from gazette.forms.phrases import Phrases
from gazette.forms.portions import Entry, Portion
from gazette.forms.redline_blocks import Written
from gazette.forms.since_json import BlockSource
from gazette.forms.since_rows import Row
from gazette.model import Policy, Version
from gazette.settings import Settings
from gazette.site import records
from gazette.site.fragments import Fragments, TextFragment, body_of
from gazette.site.stored_sections import StoredSections
from gazette.site.updates import is_earlier
from gazette.text.comparison import Comparer
from gazette.text.composition import compose
from gazette.text.differences import (
    MOST_TOGETHER,
    Cluster,
    Heading,
    Text,
    Tie,
    differences,
    joined_groups,
    together,
)
from gazette.text.judgement import Judge
from gazette.text.lives import Lives
from gazette.text.vocabularies import vocabulary_of

REFERRING = 50
"""The records of so many versions refer to each other, as many as one job fills."""


class Since(NamedTuple):
    """Everything that changed since a version.

    `key` identifies it; `fault` says why both texts are shown as their sources. `homes` are those
    of the blocks of sections, as the record lists these; None where it has them itself.
    """

    key: str
    fault: str
    has_local_links: bool
    rows: Sequence[Row]
    portions: Sequence[Portion]
    homes: Sequence[BlockSource | None]
    old: Version
    new: Version
    names: since_html.Names
    phrases: Phrases

    def html(self) -> Markup:
        """Return the redline."""
        if self.fault:
            old, new = ((str(version.id), body_of(version)) for version in (self.old, self.new))
            title, language = self.new.metadata.title, self.phrases.language
            return unproved_html.render(title, old, new, self.fault, language)
        versions = str(self.old.id), str(self.new.id)
        return since_html.render(self.rows, self.portions, *versions, self.names, self.phrases)

    def record_key(self, policy: Policy) -> str:
        """Return what identifies the record."""
        return fingerprint("since record", self.facts(policy), self.key, self.homes)

    def facts(self, policy: Policy) -> dict[str, Any]:
        """Return what the record says beside the sections."""
        return records.redline_facts(policy, self.old, self.new, self.fault)

    def record(self, policy: Policy) -> bytes:
        """Return the redline as a record."""
        return since_json.render(self.facts(policy), self._sections()).encode()

    def _sections(self) -> Iterator[str]:
        for run, home in zip(redline_json.in_runs(self.rows, _run_of), self.homes, strict=True):
            if run[0].is_changed:
                yield since_json.section_text(run[0], home)
            else:
                yield redline_json.unchanged_text(*_indexes(run[0]), len(run))


def _run_of(row: Row) -> tuple[int, int] | None:
    """Return where a section stands that reads the same: a record lists such neighbours as one."""
    return None if row.is_changed else _indexes(row)


def _indexes(row: Row) -> tuple[int, int]:
    return row.old.index if row.old else 0, row.new.index if row.new else 0


class SinceVersions:
    """What changed since the versions of one part of a policy's history, up to the one shown."""

    def __init__(
        self,
        fragments: Fragments,
        policy: Policy,
        lives: Lives,
        part: range,
        settings: Settings,
    ) -> None:
        self._recent = settings.full_redlines
        self._phrases = fragments.phrases
        self._fragments, self._policy, self._lives = fragments, policy, lives
        self._sections = StoredSections(fragments, policy, lives)
        self._key = fingerprint(
            *("portions", policy.slug, part.start),
            *(settings.markdown.key, fragments.language.key),
        )
        self._used: dict[str, Portion] = {}
        self._comparer = Comparer()
        self._judge = Judge(vocabulary_of(fragments.language.text))
        self._written: Written = {}
        self._names = since_html.Names(fragments.phrases)
        self._rows: dict[tuple[int, int, int], Row] = {}
        self._homes: dict[int, BlockSource] = {}
        self._next = 0
        self._headings: dict[Heading, Heading] = {}
        self._alone: dict[tuple[int, int, bool], tuple[str, Portion]] = {}

    @cached_property
    def _kept(self) -> dict[str, Portion]:
        """The portions that the last build kept."""
        return {key: portions.read(json.loads(portion)) for key, portion in self._lines.items()}

    @cached_property
    def _lines(self) -> dict[str, str]:
        """The portions that the last build kept, as they are stored."""
        text = self._fragments.loaded(self._key)
        pairs = (line.rpartition("\t") for line in text.split("\n")) if text else ()
        return {key: portion for key, _, portion in pairs}

    @cached_property
    def _last(self) -> int:
        return self._policy.place(self._policy.shown)

    @cached_property
    def _final(self) -> tuple[TextFragment, Text]:
        return self._text(self._last)

    def _text(self, place: int) -> tuple[TextFragment, Text]:
        text = self._fragments.text(self._policy.versions[place])
        sections = [self._headings.setdefault(heading, heading) for heading in text.sections]
        return text, Text(sections, self._lives.ids[place])

    def keep(self) -> None:
        """Keep the portions that were asked for, and no others."""
        if self._used and self._used.keys() != self._kept.keys():
            lines = (f"{key}\t{self._line(key)}" for key in sorted(self._used))
            self._fragments.put(self._key, "\n".join(lines))

    def _line(self, key: str) -> str:
        record = self._lines.get(key)
        return record or json.dumps(self._used[key].record(), ensure_ascii=False)

    def since(self, place: int) -> Since:
        """Return everything that changed since the version at this place, up to the one shown.

        Nothing did since an upcoming one.
        """
        self._refer_to_earlier(place)
        old = self._policy.versions[place]
        is_compared = is_earlier(self._policy, old)
        new = self._policy.shown if is_compared else old
        before, old_text = self._text(place)
        after, new_text = self._final if is_compared else (before, old_text)
        around = old, new, self._names, self._phrases
        has_local_links = before.has_local_links or after.has_local_links
        if fault := (before.fault or after.fault) if old is not new else "":
            texts = str(old.id), old.sha256, str(new.id), new.sha256
            key = fingerprint("since", *texts, fault, self._fragments.language.key)
            return Since(key, fault, has_local_links, (), (), (), *around)
        rows, by_key = self._compared(old_text, new_text, place)
        key = fingerprint(
            *("since", str(old.id), str(new.id), sorted(by_key), self._fragments.language.key),
            "\n".join([row.places for row in rows]),
        )
        shown, homes = [*by_key.values()], self._homes_of(rows, place)
        return Since(key, "", has_local_links, rows, shown, homes, *around)

    def _homes_of(self, rows: Sequence[Row], place: int) -> list[BlockSource | None]:
        """Return where the blocks of each listed section stand, if an earlier record has them."""
        since = str(self._policy.versions[place].id)
        homes: list[BlockSource | None] = []
        for at, run in enumerate(redline_json.in_runs(rows, _run_of)):
            row, here = run[0], BlockSource(since, at)
            is_shown = row.is_changed and not row.is_brief
            home = self._homes.setdefault(id(row.entry), here) if is_shown else here
            homes.append(home if home != here else None)
        return homes

    def _refer_to_earlier(self, place: int) -> None:
        """Know what the records before this place have, whichever part they are in."""
        first = place - place % REFERRING
        if self._next <= first:
            self._homes.clear()
        for earlier in range(max(first, self._next), place):
            self._next = earlier + 1
            self.since(earlier)
        self._next = place + 1

    def _compared(
        self, old: Text, new: Text, place: int
    ) -> tuple[Sequence[Row], Mapping[str, Portion]]:
        """Return the sections of both texts in order, and the portions that they are of, by key."""
        kin = self._lives.kin(*sorted((place, self._last)))
        kept, clusters = differences(old, new, kin)
        anchors = _anchors([*kept, *(tie[:2] for cluster in clusters for tie in cluster)])
        by_cluster = {cluster: self._portion(cluster, place, anchors) for cluster in clusters}
        if abs(self._last - place) <= self._recent:
            by_cluster = self._with_moves(by_cluster, place, anchors)
        rows = [self._row(*pair) for pair in kept]
        for cluster, (_, portion) in by_cluster.items():
            rows += [self._row(*sides) for sides in _rows(cluster, portion)]
        ordered = since_rows.within_bounds(since_rows.in_order(rows))
        return ordered, dict(by_cluster.values())

    def _row(self, old: Heading | None, new: Heading | None, entry: Entry | None = None) -> Row:
        """Return the row of these sections: the same one for all versions that have it."""
        sides = id(old), id(new), id(entry)
        if sides not in self._rows:
            self._rows[sides] = Row(old, new, entry)
        return self._rows[sides]

    def _portion(
        self, cluster: Cluster, place: int, anchors: Mapping[str, str]
    ) -> tuple[str, Portion]:
        """Return the redline of a cluster, and the key under which it is kept."""
        first = cluster[0]
        known = id(first.old), id(first.new), first.is_moved
        if len(cluster) == 1 and known in self._alone:
            return self._alone[known]
        key = _cluster_key(cluster)
        portion = self._made(key, cluster, place, {})
        is_alone = len(cluster) == 1
        if is_alone and not portion.links and not portion.has_moves:
            self._alone[known] = key, portion
        led = {old: new for old, new in portion.links if anchors.get(old) == new}
        shown = _indexes_of(first) if is_alone and portion.has_moves else []
        if led or shown:
            key = f"{key} {json.dumps([sorted(led.items()), shown])}"
            portion = self._made(key, cluster, place, led)
        return key, portion

    def _made(self, key: str, cluster: Cluster, place: int, led: Mapping[str, str]) -> Portion:
        portion = self._used.get(key) or self._kept.get(key)
        if portion is None:
            change, fault = compose(
                cluster,
                lambda heading: self._sections.section(place, heading),
                lambda heading: self._sections.section(self._last, heading),
                self._comparer,
                frozenset(led.items()),
            )
            portion = portions.portion(change, fault, self._judge, self._written, self._phrases)
        self._used[key] = portion
        return portion

    def _with_moves(
        self,
        by_cluster: dict[Cluster, tuple[str, Portion]],
        place: int,
        anchors: Mapping[str, str],
    ) -> dict[Cluster, tuple[str, Portion]]:
        """Return the portions with those together between which blocks went."""
        joined = dict(by_cluster)
        for group in _with_shared_blocks([*by_cluster.items()]):
            for cluster in group:
                del joined[cluster]
            ties = [tie for cluster in group for tie in cluster]
            whole = together(
                (tie for tie in ties if not tie.is_part), (tie for tie in ties if tie.is_part)
            )
            joined[whole] = self._portion(whole, place, anchors)
        return joined


def _rows(
    cluster: Cluster, portion: Portion
) -> Iterator[tuple[Heading | None, Heading | None, Entry]]:
    """Yield the old and the new section of each entry of a portion, and the entry."""
    if len(cluster) == 1 and len(portion.entries) == 1:
        yield cluster[0].old, cluster[0].new, portion.entries[0]
        return
    old = _sorted(tie.old for tie in cluster)
    new = _sorted(tie.new for tie in cluster)
    for entry in portion.entries:
        yield (
            old[entry.old] if entry.old is not None else None,
            new[entry.new] if entry.new is not None else None,
            entry,
        )


def _sorted(sections: Iterator[Heading | None]) -> list[Heading]:
    by_index = {section.index: section for section in sections if section}
    return [by_index[index] for index in sorted(by_index)]


def _anchors(pairs: Sequence[Sequence[Heading | None]]) -> dict[str, str]:
    """Return the links to sections that have another anchor now, before and after."""
    return {
        f"#{old.anchor}": f"#{new.anchor}"
        for old, new in pairs
        if old and new and old.anchor != new.anchor
    }


def _cluster_key(cluster: Cluster) -> str:
    """Return what tells the portion of a cluster from others, indexes only where they are shown."""
    is_alone = len(cluster) == 1
    return "|".join(_tie_key(tie, is_alone=is_alone) for tie in cluster)


def _tie_key(tie: Tie, *, is_alone: bool) -> str:
    sides = (_side_key(section, is_alone=is_alone) for section in tie[:2])
    return f"{' > '.join(sides)}{' moved' if tie.is_moved else ''}{' part' if tie.is_part else ''}"


def _indexes_of(tie: Tie) -> list[int]:
    return [section.index if section else -1 for section in tie[:2]]


def _side_key(section: Heading | None, *, is_alone: bool) -> str:
    if section is None:
        return ""
    place = min(section.index, 1) if is_alone else section.index
    return f"{place} {section.digest} {section.anchor}"


def _with_shared_blocks(
    entries: Sequence[tuple[Cluster, tuple[str, Portion]]],
) -> Iterator[list[Cluster]]:
    """Yield the clusters together between which blocks went, as far as they are not too many."""
    starts = _holders(portion.removed for _, (_, portion) in entries)
    ends = _holders(portion.added for _, (_, portion) in entries)
    bonds = [(starts[block], ends[block]) for block in sorted(starts.keys() & ends.keys())]

    def may_join(members: Sequence[int]) -> bool:
        return sum(len(entries[at][0]) for at in members) <= MOST_TOGETHER

    groups = joined_groups(len(entries), bonds, may_join)
    whole = {id(group): group for group in groups.values() if len(group) > 1}
    return ([entries[at][0] for at in sorted(group)] for group in whole.values())


def _holders(blocks: Iterator[Set[str]]) -> dict[str, int]:
    """Return where each block stands that stands in one place only."""
    holders: dict[str, int] = {}
    repeated: set[str] = set()
    for at, group in enumerate(blocks):
        for block in group:
            if block in holders:
                repeated.add(block)
            holders[block] = at
    return {block: at for block, at in holders.items() if block not in repeated}
