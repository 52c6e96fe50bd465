"""Everything that changed since a version as one redline, put together from stored portions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from markupsafe import Markup

from gazette.forms.highlights_html import Item, listed
from gazette.forms.moved_sections import MOVED, MovedSections, RedlineSection, Side
from gazette.forms.phrases import Phrases, filled
from gazette.forms.portions import NEW_ID, NEW_PAGE, OLD_ID, OLD_PAGE, Matter, Portion
from gazette.forms.redline_html import ShownSection, head, in_their_places, place
from gazette.forms.redline_links import SectionPlaces, first_places
from gazette.forms.since_rows import Row
from gazette.text.differences import Heading
from gazette.text.highlights import MOST, ranked, recognised, sentence
from gazette.text.vocabulary import Topic

SHOWN = 6
"""So many entries of what matters first stand above all that changed since a version."""
_END = re.compile(r'id="((?:from|to)-\d+-[^"]*)"')
_TO_END = re.compile(r'href="#((?:from|to)-\d+-[^"]*)"')
"""Both places of a block that moved, and the links between them."""


class Names:
    """The names of the sections of a policy's texts, written once for all its redlines."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._linked: dict[Heading, ShownSection] = {}
        self._places: dict[Row, RedlineSection] = {}
        self._sides: dict[Heading | None, Side | None] = {None: None}

    def shown(self, section: Heading) -> ShownSection:
        """Return a section of the final text that reads the same, by its linked name."""
        if section not in self._linked:
            phrases = self._phrases
            name = phrases.words(phrases.heading_text(section.heading, section.index))
            self._linked[section] = ShownSection(
                place(name, section.anchor, NEW_PAGE), is_changed=False
            )
        return self._linked[section]

    def place(self, row: Row) -> RedlineSection:
        """Return where a section stands in both texts, and in the redline."""
        if row not in self._places:
            entry = row.entry
            is_moved = entry is not None and MOVED in entry.brief
            own_id = entry.own_id if entry else ""
            self._places[row] = RedlineSection(
                self._side(row.old), self._side(row.new), own_id, is_moved
            )
        return self._places[row]

    def _side(self, section: Heading | None) -> Side | None:
        if section and section not in self._sides:
            name = self._phrases.heading_in_sentence(section.heading, section.index)
            self._sides[section] = Side(section.index, name)
        return self._sides[section]


def render(
    rows: Sequence[Row],
    portions: Sequence[Portion],
    old: str,
    new: str,
    names: Names,
    phrases: Phrases,
) -> Markup:
    """Return the whole redline from the version `old` to `new`."""
    items = [row.item for row in rows if row.is_changed]
    matters = _matters(portions, phrases) if items else Markup("")
    counts = Counter(row.counted_as for row in rows)
    above = [str(part) for part in head(counts, items, matters, phrases)]
    brief = _brief(phrases) if any(row.is_brief for row in rows) else ""
    is_any_moved = any(row.entry and MOVED in row.entry.brief for row in rows)
    moved = MovedSections([names.place(row) for row in rows if is_any_moved], phrases)
    sections = (part for part, _ in in_their_places(_shown(rows, names), moved, phrases))
    resolved = _places(rows).resolved
    html = "\n".join(resolved(part) for part in [*above, brief, *sections, "</div>\n"] if part)
    if brief:
        html = _without_dead_ends(html)
    return Markup(html.replace(OLD_ID, old).replace(NEW_ID, new))


def _without_dead_ends(html: str) -> str:
    """Return HTML whose links to blocks that it has no room for lead to all changes."""
    ends = set(_END.findall(html))
    return _TO_END.sub(lambda link: link[0] if link[1] in ends else 'href="#redline"', html)


def _places(rows: Sequence[Row]) -> SectionPlaces:
    """Return where links within both texts lead."""
    shown = [(row, row.entry.own_id) for row in rows if row.entry and row.is_changed]
    old = first_places((row.old.anchor, own_id) for row, own_id in shown if row.old)
    new = first_places((row.new.anchor, own_id) for row, own_id in shown if row.new)
    return SectionPlaces(old, new, OLD_PAGE, NEW_PAGE)


def _brief(phrases: Phrases) -> str:
    message = phrases.language.gettext(
        "This page has no room for the words of sections with many changes: they lead to both "
        "texts. <a %(compare)s>Compare all of it word by word</a>."
    )
    link = Markup(f'class="gz-page" href="../../compare/?from={OLD_ID}&amp;to={NEW_ID}"')
    return Markup('<p class="gz-quiet">{}</p>').format(filled(message, compare=link))


def _shown(rows: Sequence[Row], names: Names) -> Iterator[ShownSection]:
    """Yield the sections as they are shown, none where none changed."""
    for row in rows if any(row.is_changed for row in rows) else ():
        if row.is_changed:
            yield row.shown
        elif row.new:
            yield names.shown(row.new)


def _matters(portions: Sequence[Portion], phrases: Phrases) -> Markup:
    """Return what matters first of all portions; the same words stand once."""
    merged = _merged([matter for portion in portions for matter in portion.matters])
    weighed = [(matter.weight, matter) for matter in merged]
    order = ranked(weighed, _topic_of)
    entries = [
        Item(Markup(matter.html), Markup(matter.link), matter.times)
        for matter in islice(order, SHOWN)
    ]
    is_calm = not entries and all(portion.is_calm for portion in portions)
    trust = phrases.language.gettext(sentence(is_calm=is_calm, is_empty=not entries))
    return listed(entries, trust if len(merged) <= SHOWN else _first(phrases), phrases)


def _topic_of(matter: Matter) -> Topic:
    return Topic(matter.topic)


def _first(phrases: Phrases) -> str:
    message = phrases.language.ngettext(
        "This is the first of the changes that our rules recognise; read the redline for all of "
        "them.",
        "These are the first %(num)s of the changes that our rules recognise; read the redline "
        "for all of them.",
        SHOWN,
    )
    return message % {"num": SHOWN}


def _merged(matters: Sequence[Matter]) -> list[Matter]:
    """Return the weightiest, the same words once."""
    weightiest = sorted(recognised(matters, _topic_of), key=itemgetter(0), reverse=True)
    firsts: dict[object, Matter] = {}
    times: Counter[object] = Counter()
    for number, matter in enumerate(weightiest):
        same = (matter.topic, matter.words) if matter.words else number
        if same in firsts:
            times[same] += matter.times
        elif len(firsts) < MOST:
            firsts[same] = matter
    return [matter._replace(times=matter.times + times[same]) for same, matter in firsts.items()]
