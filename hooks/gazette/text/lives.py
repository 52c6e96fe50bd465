"""The lives of sections: what became of each through all versions, under one permanent ID.

They are computed from headings and the links of updates alone; no text is read. An ID is given
where a section first appears and depends on nothing that comes later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gazette.text.differences import Heading
from gazette.text.document import title_key
from gazette.text.section_links import AMENDED, RENAMED, STATED, SectionLink
from gazette.text.sketches import Sketch, likeness

OPENING = "opening"
"""The ID of the text before the first heading."""

_SAME_TEXT = 0.6
_SAME_HEADING_AND_TEXT = 0.3


class Step(NamedTuple):
    """What one version did to a section.

    `version` is its place among the versions. `section` is the section as it stands there, None
    where it was removed; `others` are the IDs of the other lives in a split or merger.
    """

    version: int
    section: Heading | None
    events: tuple[str, ...]
    others: tuple[str, ...] = ()


class Life(NamedTuple):
    """All that happened to one section, oldest first, by the versions that did something to it.

    `other_ids` are recorded for what was joined to it later: their addresses lead here.
    """

    id: str
    other_ids: tuple[str, ...]
    steps: tuple[Step, ...]

    def until(self, version: int) -> tuple[Step, ...]:
        """Return the steps up to the version at this place."""
        return tuple(step for step in self.steps if step.version <= version)

    def at(self, version: int) -> Heading | None:
        """Return the section as the version at this place has it, but for its place in the text."""
        steps = self.until(version)
        return steps[-1].section if steps else None

    @property
    def wordings(self) -> tuple[Step, ...]:
        """The steps that brought another wording."""
        brought: list[Step] = []
        for step in self.steps:
            if step.section and not (brought and _digest(brought[-1]) == step.section.digest):
                brought.append(step)
        return tuple(brought)

    def last_change(self, version: int) -> Step | None:
        """Return the last step that brought another wording, as of the version at this place."""
        steps = [step for step in self.wordings if step.version <= version]
        return steps[-1] if steps else None


class Use(NamedTuple):
    """That a life had an anchor: the place of the version where it was last seen, and where."""

    version: int
    section: int
    id: str


class Lives(NamedTuple):
    """The lives of all sections of a policy.

    `lives` are by ID in the order of first appearance; `ids` are the ID of each section, by the
    place of the version and the index, empty where there is nothing to follow. `anchors` are all
    that were ever published, each with one use for every life that had it, the oldest life first.
    """

    lives: Mapping[str, Life]
    ids: tuple[tuple[str, ...], ...]
    anchors: Mapping[str, tuple[Use, ...]]


Headings = Sequence[Heading]
Links = Sequence[SectionLink]


def trace(versions: Sequence[str], texts: Sequence[Headings], updates: Sequence[Links]) -> Lives:
    """Return the lives of all sections of some texts; `updates` lead from each to the next.

    A section keeps its ID through renaming, renumbering and moving; of a split it stays with the
    part that has the heading, of a merger with the section whose heading stays; a section that was
    dropped and comes back gets its old one again.
    """
    rows = _rows(versions, texts, updates)
    steps = _steps(rows, texts, updates)
    lives = {name: Life(name, (), tuple(own)) for name, own in steps.items()}
    return Lives(lives, tuple(rows), _anchors(rows, texts, lives))


# ---- identity ----


@dataclass
class _Register:
    """Gives out IDs, and remembers the last text of every section that was dropped."""

    given: set[str] = field(default_factory=lambda: {OPENING})
    dropped: dict[str, tuple[Heading, Sketch]] = field(default_factory=dict)
    had_opening: bool = False

    def new(self, section: Heading, version: str) -> str:
        if section.index == 0 and not self.had_opening:
            self.had_opening = True
            return OPENING
        wanted = section.anchor or OPENING
        name = wanted if wanted not in self.given else f"{wanted}-{version}"
        number = 2
        while name in self.given:
            name, number = f"{wanted}-{version}-{number}", number + 1
        self.given.add(name)
        return name


def _rows(
    versions: Sequence[str], texts: Sequence[Headings], updates: Sequence[Links]
) -> list[tuple[str, ...]]:
    """Return, for every version, the ID of each of its sections by index."""
    register = _Register()
    rows: list[tuple[str, ...]] = []
    for at, (version, text) in enumerate(zip(versions, texts, strict=True)):
        known = _continued(texts[at - 1], text, updates[at - 1], rows[-1], register) if at else {}
        rows.append(
            tuple(
                known.get(section.index) or (register.new(section, version) if _is(section) else "")
                for section in text
            )
        )
    return rows


def _is(section: Heading) -> bool:
    return section.index > 0 or bool(section.digest)


def _continued(
    old: Headings, new: Headings, links: Links, row: Sequence[str], register: _Register
) -> dict[int, str]:
    """Return the IDs of the sections that continue others, by index."""
    heirs = _heirs(links)
    gone = {link.old: link.gone for link in links if link.old is not None}
    continued = set(heirs.values())
    for section in old:
        if section.index not in continued and row[section.index]:
            register.dropped[row[section.index]] = section, gone.get(section.index, ())
    come = {link.new: link.come for link in links if link.new is not None}
    unknown = [
        (section, come.get(section.index, ()))
        for section in new
        if section.index not in heirs and _is(section)
    ]
    ids = {index: row[before] for index, before in heirs.items()}
    return ids | _restored(unknown, register)


def _heirs(links: Links) -> dict[int, int]:
    """Return the one old section that each new one continues.

    What an editor stated comes first, then the same heading.
    """
    heirs: dict[int, int] = {}
    continued: set[int] = set()
    for link in sorted(links, key=_precedence):
        if link.old is None or link.new is None:
            continue
        if link.new not in heirs and link.old not in continued:
            heirs[link.new] = link.old
            continued.add(link.old)
    return heirs


def _precedence(link: SectionLink) -> tuple[bool, bool, int]:
    return STATED not in link.flags, RENAMED in link.flags, link.new or 0


def _restored(sections: Sequence[tuple[Heading, Sketch]], register: _Register) -> dict[int, str]:
    """Return which sections without a predecessor are dropped ones come back, by index."""
    order = {name: at for at, name in enumerate(register.dropped)}
    scored = sorted(
        (-alike, order[name], section.index, name)
        for section, come in sections
        for name, (gone, sketch) in register.dropped.items()
        if (alike := _alike(gone, sketch, section, come)) > 0
    )
    back: dict[int, str] = {}
    for *_, index, name in scored:
        if index not in back and name in register.dropped:
            back[index] = name
            del register.dropped[name]
    return back


def _alike(gone: Heading, before: Sketch, section: Heading, after: Sketch) -> float:
    """Return how alike two sections are, 0 when not alike enough to be the same one."""
    same_heading = _is_same_title(gone, section)
    if not before and not after:
        return 1.0 if same_heading else 0.0
    shared = likeness(before, after)
    return shared if shared >= (_SAME_HEADING_AND_TEXT if same_heading else _SAME_TEXT) else 0.0


# ---- what happened ----


def _steps(
    rows: Sequence[Sequence[str]], texts: Sequence[Headings], updates: Sequence[Links]
) -> dict[str, list[Step]]:
    """Return the steps of each life by ID, in the order of first appearance."""
    steps: dict[str, list[Step]] = defaultdict(list)
    last: dict[str, Heading] = {}
    for at, (row, text) in enumerate(zip(rows, texts, strict=True)):
        parts = _Parts(updates[at - 1], rows[at - 1], row) if at else _Parts((), (), row)
        before = rows[at - 1] if at else ()
        stood = {name: index for index, name in enumerate(before) if name}
        for section in text:
            name = row[section.index]
            if not name:
                continue
            old = last.get(name)
            happened = parts.of(stood.get(name), section.index)
            if name not in stood:
                happened = ("restored" if old else "added", *happened)
            if old:
                happened = (*happened, *_plain_events(old, section, happened))
            if happened := tuple(event for event in EVENTS if event in happened):
                steps[name].append(Step(at, section, happened, parts.others(name)))
            last[name] = section
        for name in stood.keys() - set(row):
            merged = ("merged",) if parts.others(name) else ()
            steps[name].append(Step(at, None, ("removed", *merged), parts.others(name)))
    return steps


EVENTS = (
    *("added", "restored", AMENDED, "renamed", "renumbered", "moved", "split", "merged"),
    "removed",
)
"""What can happen to a section, in the order in which it is told."""


def _plain_events(old: Heading, new: Heading, happened: Iterable[str]) -> Iterator[str]:
    """Yield what two headings show of themselves, where no link tells it."""
    if old.number != new.number:
        yield "renumbered"
    if not _is_same_title(old, new):
        yield "renamed"
    if old.digest != new.digest and "renumbered" not in happened:
        yield AMENDED


def _is_same_title(old: Heading, new: Heading) -> bool:
    return old.heading == new.heading or title_key(old.heading) == title_key(new.heading)


class _Parts:
    """What the links of one update tell of each section, and of its splits and mergers."""

    def __init__(self, links: Links, before: Sequence[str], after: Sequence[str]) -> None:
        self._flags: dict[tuple[int | None, int], Sequence[str]] = {}
        self._others: dict[str, dict[str, None]] = defaultdict(dict)
        self._split: set[int] = set()
        self._merged: set[int] = set()
        pairs = [(link.old, link.new, link) for link in links]
        by_old = Counter(a for a, b, _ in pairs if b is not None)
        by_new = Counter(b for a, b, _ in pairs if a is not None)
        for a, b, link in pairs:
            if a is None or b is None:
                continue
            self._flags[a, b] = link.flags
            if by_old[a] > 1:
                self._split.add(b)
            if by_new[b] > 1:
                self._merged.add(b)
            if before[a] != after[b]:
                self._others[before[a]][after[b]] = None
                self._others[after[b]][before[a]] = None

    def of(self, old: int | None, new: int) -> tuple[str, ...]:
        """Return what happened to a section that now has this index, from where it stood."""
        flags = self._flags.get((old, new), ())
        split = ("split",) if new in self._split else ()
        merged = ("merged",) if new in self._merged else ()
        return (*flags, *split, *merged)

    def others(self, name: str) -> tuple[str, ...]:
        """Return the other lives in a split or merger of this one."""
        return tuple(other for other in self._others.get(name, ()) if other)


def _anchors(
    rows: Sequence[Sequence[str]], texts: Sequence[Headings], lives: Mapping[str, Life]
) -> dict[str, tuple[Use, ...]]:
    uses: dict[str, dict[str, Use]] = defaultdict(dict)
    for at, (row, text) in enumerate(zip(rows, texts, strict=True)):
        for section in text:
            if section.anchor and (name := row[section.index]):
                uses[section.anchor][name] = Use(at, section.index, name)
    order = {name: at for at, name in enumerate(lives)}
    return {
        anchor: tuple(sorted(own.values(), key=lambda use: order[use.id]))
        for anchor, own in uses.items()
    }


def _digest(step: Step) -> str:
    return step.section.digest if step.section else ""
