"""How Word numbers paragraphs: what stands before each is counted, it is not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gazette.errors import SourceError
from gazette.imports.html_tree import Element, number_in
from gazette.imports.list_numbers import MAX_START
from gazette.imports.word.names import W, attribute, child, switch, value
from gazette.imports.word.number_forms import LIST_STYLES, in_form
from gazette.imports.word.styles import Styles, font_of
from gazette.imports.word.symbols import is_symbolic, symbol

MAX_MARKER_LETTERS = 40
"""How long the text of a marker may be, as in `Section %1.%2`; what is longer is cut off."""
DEEPEST = 8
"""The deepest level of a numbering; Word counts them from 0."""
BULLET = "•"
"""The style of a marker that counts nothing."""
ANSWERS = frozenset("✓✔✗✘☐☑☒")
"""Signs that say something of an item, other than bullets."""
_COUNT = re.compile(r"%(\d)")
_WITH_ZEROS = re.compile(r"(0+)1, 0*2,")
"""How Word describes a form of numbers of one length: `001, 002, 003, ...`."""


@dataclass(frozen=True)
class Level:
    """How one level of a numbering counts: from where, in which form, in which text.

    `restarts_after` is the highest level whose next paragraph has it begin anew, counted from 1; 0
    for none. `style_id` names the style whose paragraphs are on this level.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restarts_after: int | None = None
    style_id: str = ""
    gap: str = " "


@dataclass(frozen=True)
class Marker:
    """What stands before a paragraph.

    `text` is all of it, with the blank behind it where there is one. `style` is how a list in HTML
    calls its form where the marker is a number, letter or bullet alone, else empty; `list_id` is
    the same for paragraphs that count together.
    """

    text: str
    style: str
    value: int
    depth: int
    list_id: str


@dataclass
class Numbering:
    """The numberings of one file, and how far each has counted.

    `levels` are those of each numbering; numberings that count together have the same counter in
    `counters`. `starts` are the numbers at which a numbering begins anew when it is first used.
    """

    levels: Mapping[str, Mapping[int, Level]]
    counters: Mapping[str, str]
    starts: dict[tuple[str, int], int]
    language: str = ""
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, depth: int) -> Marker | None:
        """Count the next paragraph of a numbering at a level and return its marker.

        Raises SourceError where its number is written in a form that is not known.
        """
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return None
        list_id = self.counters.get(number, number)
        counts = self.counts[list_id]
        start = self.starts.pop((number, depth), None)
        counts[depth] = counts.get(depth, level.start - 1) + 1 if start is None else start
        for deeper in [other for other in counts if other > depth]:
            after = self.levels[number].get(deeper, Level()).restarts_after
            if after is None or depth < after:
                del counts[deeper]
        if level.form == "bullet":
            return _bullet(level, depth, list_id)
        text = self._filled(level, number, counts)
        is_alone = level.text in (f"%{depth + 1}.", f"%{depth + 1})")
        style = LIST_STYLES.get(level.form, "") if is_alone else ""
        return Marker(text + level.gap if text else "", style, counts[depth], depth, list_id)

    def level_of_style(self, number: str, style_ids: list[str]) -> int | None:
        """Return the level of a numbering that a style is tied to, None where there is none."""
        levels = self.levels.get(number, {}).items()
        tied = {level.style_id: depth for depth, level in levels if level.style_id}
        return next((tied[style_id] for style_id in style_ids if style_id in tied), None)

    def _filled(self, level: Level, number: str, counts: Mapping[int, int]) -> str:
        """Return a marker with the counts of the levels in it: `%1.%2` as `3.1`."""

        def count(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            counting = self.levels[number].get(depth, Level())
            if counting.form in ("bullet", "none"):
                return ""
            is_arabic = counting.form.startswith("decimal")
            form = "decimal" if level.is_legal and not is_arabic else counting.form
            shown = in_form(counts.get(depth, counting.start), form, self.language)
            if shown is None:
                raise SourceError(
                    f"A numbering counts in a form that is not known here ({form}). Choose "
                    "another form of numbers for it in Word, or write its numbers as text."
                )
            return shown

        return _COUNT.sub(count, level.text).strip()


def _bullet(level: Level, depth: int, list_id: str) -> Marker:
    """Return a bullet, which may be words or say yes or no: then that is the marker."""
    words = level.text.strip()
    if sum(letter.isalnum() for letter in words) > 1 or words in ANSWERS:
        return Marker(words + level.gap, "", 0, depth, list_id)
    return Marker(f"{BULLET} ", BULLET, 0, depth, list_id)


def read_numbering(root: Element, styles: Styles) -> Numbering:
    """Read `word/numbering.xml`: numberings by id, those of one kind count together."""
    elements = {
        attribute(element, "abstractNumId"): element for element in root.iter(f"{W}abstractNum")
    }
    kind_of_number = {
        attribute(element, "numId"): value(element, "abstractNumId")
        for element in root.iter(f"{W}num")
    }
    levels: dict[str, dict[int, Level]] = {}
    counters: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    for numbering in root.iter(f"{W}num"):
        number = attribute(numbering, "numId")
        kind = _linked_kind(kind_of_number[number], elements, kind_of_number, styles)
        levels[number] = _levels(elements.get(kind))
        counters[number] = kind
        for override in numbering.iter(f"{W}lvlOverride"):
            depth = _depth(override)
            definition = child(override, "lvl")
            if definition is not None:
                levels[number][depth] = _level(definition)
            start = number_in(value(override, "startOverride"), -1, MAX_START)
            if start >= 0:
                starts[number, depth] = start
                level = levels[number].get(depth, Level())
                levels[number][depth] = replace(level, start=start)
    return Numbering(levels, counters, starts, styles.language())


def _linked_kind(
    kind: str, elements: Mapping[str, Element], kinds: Mapping[str, str], styles: Styles
) -> str:
    """Return the kind that holds the levels: another one where this only names a style of lists."""
    style_id = value(elements.get(kind), "numStyleLink")
    if not style_id:
        return kind
    number, _ = styles.style(style_id).numbering()
    by_style = kinds.get(number, "")
    if by_style in elements and by_style != kind:
        return by_style
    owners = (
        other for other, element in elements.items() if value(element, "styleLink") == style_id
    )
    return next(owners, kind)


def _levels(kind: Element | None) -> dict[int, Level]:
    levels = kind.iterchildren(f"{W}lvl") if kind is not None else ()
    return {_depth(element): _level(element) for element in levels}


def _depth(element: Element) -> int:
    return number_in(attribute(element, "ilvl"), 0, DEEPEST)


def _form(element: Element | None) -> str:
    """Return the form in which a level counts; one of its own may write zeros before the number."""
    form = attribute(element, "val") or "decimal"
    zeros = _WITH_ZEROS.match(attribute(element, "format")) if form == "custom" else None
    return f"decimalZero{len(zeros[1]) + 1}" if zeros else form


def _level(element: Element) -> Level:
    form = _form(child(element, "numFmt"))
    text = value(element, "lvlText")[:MAX_MARKER_LETTERS]
    font = font_of(child(element, "rPr"))
    if form == "bullet" and is_symbolic(text, font):
        text = "".join(symbol(ord(letter), font) or letter for letter in text)
    if switch(child(element, "rPr"), "vanish"):
        form, text = "none", ""
    restart = value(element, "lvlRestart")
    return Level(
        start=number_in(value(element, "start"), 1, MAX_START),
        form=form,
        text=text,
        is_legal=bool(switch(element, "isLgl")),
        restarts_after=number_in(restart, DEEPEST + 1, DEEPEST) if restart else None,
        style_id=value(element, "pStyle"),
        gap="" if value(element, "suff") == "nothing" else " ",
    )
