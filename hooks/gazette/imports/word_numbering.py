"""How Word numbers paragraphs: what stands before each is counted, it is not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from gazette.imports.block_markdown import SHOWN_AT_DEPTH, counted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


def attribute(element: etree._Element | None, name: str) -> str:
    """Return an attribute of Word's own, an empty text where there is none."""
    return str(element.get(f"{W}{name}", "")) if element is not None else ""


def number_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return the numbering a paragraph or style is in, and its level there."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    number = attribute(found.find(f"{W}numId"), "val") if found is not None else ""
    if found is None or not number:
        return None
    level = attribute(found.find(f"{W}ilvl"), "val")
    return number, int(level) if level.isdecimal() else 0


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str


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
    """The numberings of one file, and how far each has counted."""

    levels: Mapping[str, Mapping[int, _Level]]
    shared: Mapping[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, depth: int) -> Marker | None:
        """Count the next paragraph of a numbering at a level and return its marker."""
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return None
        counts = self.counts[self.shared.get(number, number)]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none") and not re.search(r"%\d", level.text):
            kind = "ul" if level.form == "bullet" else ""
            return Marker(kind, "", 0, depth)
        return Marker(self._kind(level, depth), self._text(number, level), counts[depth], depth)

    def _kind(self, level: _Level, depth: int) -> str:
        shown = SHOWN_AT_DEPTH[min(depth, len(SHOWN_AT_DEPTH) - 1)]
        alone = level.text in (f"%{depth + 1}.", f"%{depth + 1})")
        return "ol" if alone and _STYLES.get(level.form, "1") == shown else ""

    def _text(self, number: str, level: _Level) -> str:
        levels = self.levels[number]
        counts = self.counts[self.shared.get(number, number)]

        def count(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            one = levels.get(depth, _Level(1, "decimal", ""))
            return counted(counts.get(depth, one.start), _STYLES.get(one.form, "1"))

        return re.sub(r"%(\d)", count, level.text).strip()


def read_numbering(root: etree._Element) -> Numbering:
    """Read `word/numbering.xml`: numberings by id, those of one kind count together."""
    kinds = {
        attribute(one, "abstractNumId"): {
            _depth(each): _level(each) for each in one.iter(f"{W}lvl")
        }
        for one in root.iter(f"{W}abstractNum")
    }
    levels: dict[str, dict[int, _Level]] = {}
    shared: dict[str, str] = {}
    for one in root.iter(f"{W}num"):
        number = attribute(one, "numId")
        kind = attribute(one.find(f"{W}abstractNumId"), "val")
        levels[number] = dict(kinds.get(kind, {}))
        overrides = list(one.iter(f"{W}lvlOverride"))
        for each in overrides:
            levels[number][_depth(each)] = _overridden(each, levels[number].get(_depth(each)))
        shared[number] = number if overrides else f"kind {kind}"
    return Numbering(levels, shared)


def _overridden(override: etree._Element, level: _Level | None) -> _Level:
    own = override.find(f"{W}lvl")
    level = _level(own) if own is not None else level or _Level(1, "decimal", "")
    start = attribute(override.find(f"{W}startOverride"), "val")
    return _Level(int(start) if start.isdecimal() else level.start, level.form, level.text)


def _depth(element: etree._Element) -> int:
    stated = attribute(element, "ilvl")
    return int(stated) if stated.isdecimal() else 0


def _level(element: etree._Element) -> _Level:
    start = attribute(element.find(f"{W}start"), "val")
    form = attribute(element.find(f"{W}numFmt"), "val") or "decimal"
    text = attribute(element.find(f"{W}lvlText"), "val")
    return _Level(int(start) if start.isdecimal() else 1, form, text)
