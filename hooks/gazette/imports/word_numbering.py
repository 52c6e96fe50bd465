"""How Word numbers paragraphs: what stands before each is counted, it is not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from gazette.imports.block_markdown import MAX_START, SHOWN_AT_DEPTH
from gazette.imports.html_tree import Element, number_in
from gazette.text.numbers import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_MARKER_LETTERS = 40
"""How long the text of a marker may be, as in `Section %1.%2`; what is longer is cut off."""
_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of one of Word's own names, None where there is none."""
    return element.find(f"{W}{name}") if element is not None else None


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute of Word's own, an empty text where there is none."""
    return str(element.get(f"{W}{name}", "")) if element is not None else ""


def number_of(properties: Element | None) -> tuple[str, int] | None:
    """Return the numbering a paragraph or style is in, and its level there."""
    numbering = child(properties, "numPr")
    number = attribute(child(numbering, "numId"), "val")
    return (number, number_in(attribute(child(numbering, "ilvl"), "val"), 0, 8)) if number else None


@dataclass(frozen=True)
class _Level:
    """How one level of a numbering counts: from where, in which letters, in which text."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(frozen=True)
class Marker:
    """What stands before a paragraph.

    `kind` is `ul` or `ol` when a list in Markdown shows the same, else empty: the marker is text.
    """

    kind: str
    text: str
    value: int
    depth: int


@dataclass
class Numbering:
    """The numberings of one file, and how far each has counted.

    `levels` are those of each numbering; numberings that count together have the same counter in
    `counters`.
    """

    levels: Mapping[str, Mapping[int, _Level]]
    counters: Mapping[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, depth: int) -> Marker | None:
        """Count the next paragraph of a numbering at a level and return its marker."""
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return None
        counts = self.counts[self.counters.get(number, number)]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none") and not re.search(r"%\d", level.text):
            return Marker("ul" if level.form == "bullet" else "", "", 0, depth)
        shown = SHOWN_AT_DEPTH[min(depth, len(SHOWN_AT_DEPTH) - 1)]
        is_alone = level.text in (f"%{depth + 1}.", f"%{depth + 1})")
        is_list = is_alone and _STYLES.get(level.form, "1") == shown
        text = _filled(level.text, self.levels[number], counts)
        return Marker("ol" if is_list else "", text, counts[depth], depth)


def _filled(text: str, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> str:
    """Return a marker with the counts of the levels in it: `%1.%2` as `3.1`."""

    def count(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        level = levels.get(depth, _Level())
        return written(counts.get(depth, level.start), _STYLES.get(level.form, "1"))

    return re.sub(r"%(\d)", count, text).strip()


def read_numbering(root: Element) -> Numbering:
    """Read `word/numbering.xml`: numberings by id, those of one kind count together."""
    kinds = {
        attribute(kind, "abstractNumId"): {
            _depth(element): _level(element) for element in kind.iter(f"{W}lvl")
        }
        for kind in root.iter(f"{W}abstractNum")
    }
    levels: dict[str, dict[int, _Level]] = {}
    counters: dict[str, str] = {}
    for numbering in root.iter(f"{W}num"):
        number = attribute(numbering, "numId")
        kind = attribute(child(numbering, "abstractNumId"), "val")
        levels[number] = dict(kinds.get(kind, {}))
        overrides = list(numbering.iter(f"{W}lvlOverride"))
        for override in overrides:
            depth = _depth(override)
            levels[number][depth] = _overridden(override, levels[number].get(depth, _Level()))
        counters[number] = number if overrides else f"kind {kind}"
    return Numbering(levels, counters)


def _overridden(override: Element, level: _Level) -> _Level:
    own = child(override, "lvl")
    if own is not None:
        level = _level(own)
    start = attribute(child(override, "startOverride"), "val")
    return _Level(number_in(start, level.start, MAX_START), level.form, level.text)


def _depth(element: Element) -> int:
    return number_in(attribute(element, "ilvl"), 0, 8)


def _level(element: Element) -> _Level:
    form = attribute(child(element, "numFmt"), "val") or "decimal"
    start = number_in(attribute(child(element, "start"), "val"), 1, MAX_START)
    text = attribute(child(element, "lvlText"), "val")
    return _Level(start, form, text[:MAX_MARKER_LETTERS])
