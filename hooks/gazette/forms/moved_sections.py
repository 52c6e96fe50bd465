"""Sections that moved: what they stood behind, and a line where they stood, linked to each other.

What stands around a section is not known when its words are written: MOVED stands there until then.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from gazette.forms.phrases import Phrases, filled

MOVED = "\x02"
"""Stands for the words that say where a section stood; no HTML holds it."""


class Side(NamedTuple):
    """A section in one of both texts: its place there, and its name in the middle of a sentence."""

    at: int
    name: Markup


class RedlineSection(NamedTuple):
    """A section of a redline in both texts, and the id of its place there."""

    old: Side | None
    new: Side | None
    own_id: str
    is_moved: bool


class MovedSections:
    """The sections of a redline that moved, as the redline says it; `places` are in its order.

    Where none moved it needs no places.
    """

    def __init__(self, places: Sequence[RedlineSection], phrases: Phrases) -> None:
        self._places, self._phrases = places, phrases
        self._moved = [place for place in places if place.is_moved]

    def resolved(self, html: Markup, at: int) -> Markup:
        """Return the HTML of the section at this place, which says where it stood."""
        return html.replace(MOVED, self._origin(self._places[at])) if MOVED in html else html

    def lines_behind(self, at: int) -> Sequence[Markup]:
        """Return the lines for sections that stood behind that at a place; -1: before all."""
        return self._lines.get(at, ())

    def _origin(self, place: RedlineSection) -> Markup:
        assert place.old
        messages, name = self._phrases.messages, self._before(self._old_names, place.old.at)
        words = filled(messages["stood_after"], section=name) if name else messages["stood_first"]
        return Markup('<a href="#from-{}">{}</a>').format(place.own_id, words)

    @cached_property
    def _lines(self) -> Mapping[int, Sequence[Markup]]:
        staying = sorted(
            (place.old.at, at)
            for at, place in enumerate(self._places)
            if place.old and not place.is_moved
        )
        lines: dict[int, list[Markup]] = defaultdict(list)
        for place in sorted(self._moved):
            assert place.old
            before = bisect(staying, (place.old.at, -1))
            lines[staying[before - 1][1] if before else -1].append(self._line(place))
        return lines

    def _line(self, place: RedlineSection) -> Markup:
        assert place.old
        assert place.new
        messages, other = self._phrases.messages, self._before(self._new_names, place.new.at)
        message = messages["went_after" if other else "went_first"]
        words = filled(message, section=place.old.name, other=other)
        line = Markup('<p class="gz-quiet" id="from-{0}"><a href="#{0}">{1}</a></p>')
        return line.format(place.own_id, words)

    @cached_property
    def _old_names(self) -> Mapping[int, Markup]:
        return dict(sorted(place.old for place in self._places if place.old))

    @cached_property
    def _new_names(self) -> Mapping[int, Markup]:
        return dict(sorted(place.new for place in self._places if place.new))

    def _before(self, names: Mapping[int, Markup], index: int) -> Markup:
        """Return the name of the section before another one in its text, empty for the first."""
        earlier = [name for at, name in names.items() if at < index]
        return earlier[-1] if earlier else Markup("")
