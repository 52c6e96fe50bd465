"""Everything that changed since a version as one redline, put together from stored portions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from markupsafe import Markup

from gazette.forms.highlights_html import item, listed
from gazette.forms.moved_sections import MOVED, MovedSections, Place, Side
from gazette.forms.phrases import Counts, Phrases, filled
from gazette.forms.portions import NEW_ID, NEW_PAGE, OLD_ID, OLD_PAGE, Entry, Matter, Portion
from gazette.forms.redline_html import Shown, head, in_their_places, place
from gazette.forms.redline_links import SectionPlaces, first_places
from gazette.text.differences import Heading
from gazette.text.highlights import MOST, ranked, sentence
from gazette.text.redline import SectionStatus
from gazette.text.vocabulary import Topic

STATUSES = {status.value: status for status in SectionStatus}
TOPICS = {topic.value: topic for topic in Topic}


SHOWN = 6
"""So many entries of what matters first stand above all that changed since a version."""
MOST_CHARACTERS = 25_000
"""Of so many characters the HTML of sections stands on a page: nobody reads more at a time."""


_END = re.compile(r'id="((?:from|to)-\d+-[^"]*)"')
_TO_END = re.compile(r'href="#((?:from|to)-\d+-[^"]*)"')
"""Both places of a block that moved, and the links between them."""


class Row(NamedTuple):
    """A section of either text, or of both; without an `entry` it reads the same.

    Where it `is_brief` the page leads to its words instead of showing them.
    """

    old: Heading | None
    new: Heading | None
    entry: Entry | None = None
    is_brief: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether a reader should know of it."""
        return self.entry is not None and bool(self.entry.html)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return the rows in the order of the new text, removed sections behind those before them."""
    standing = sorted(
        (row for row in rows if row.new),
        key=lambda row: (row.new.index if row.new else 0, row.old.index if row.old else 0),
    )
    removed = {row.old.index: row for row in rows if row.old and not row.new}
    last = {row.old.index: at for at, row in enumerate(standing) if row.old}
    behind: dict[int, list[Row]] = defaultdict(list)
    holder = -1
    for index in sorted([*last, *removed]):
        holder = last.get(index, holder)
        if index in removed:
            behind[holder].append(removed[index])
    return [
        row
        for at, own in enumerate([None, *standing])
        for row in ([own] if own else []) + behind[at - 1]
    ]


def within_bounds(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the longest brief where all together would be too long to read."""
    sizes = sorted((len(row.entry.html), at) for at, row in enumerate(rows) if row.entry)
    left = MOST_CHARACTERS
    bounded = list(rows)
    for size, at in sizes:
        left -= size
        entry = rows[at].entry
        if left < 0 and entry and size > len(entry.brief):
            bounded[at] = rows[at]._replace(is_brief=True)
    return bounded


Names = dict[int, Markup]
"""The sections of the final text by their linked names, by index."""


def render(
    rows: Sequence[Row],
    portions: Sequence[Portion],
    old: str,
    new: str,
    names: Names,
    phrases: Phrases,
) -> Markup:
    """Return the whole redline from the version `old` to `new`.

    Names that `names` holds are not written again; others are added.
    """
    items = [Markup(row.entry.item) for row in rows if row.entry and row.entry.html]
    matters = _matters(portions, phrases) if items else Markup("")
    above = [str(part) for part in head(_counts(rows), items, matters, phrases)]
    brief = _brief(phrases) if any(row.is_brief for row in rows) else ""
    is_any_moved = any(row.entry and MOVED in row.entry.brief for row in rows)
    places = map(partial(_place, phrases), rows if is_any_moved else ())
    moved = MovedSections([*places], phrases)
    shown = (_shown(row, names, phrases) for row in rows)
    sections = (part for part, _ in in_their_places(shown, moved, phrases))
    html = "\n".join(part for part in [*above, brief, *sections, "</div>\n"] if part)
    html = _places(rows).resolved(html)
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
        "Sections with many changes, for which this page has no room, lead to their words in both "
        "texts. <a %(compare)s>Compare all of it word by word</a>."
    )
    link = Markup(f'href="../../compare/?from={OLD_ID}&amp;to={NEW_ID}"')
    return Markup('<p class="gz-quiet">{}</p>').format(filled(message, compare=link))


def _shown(row: Row, names: Names, phrases: Phrases) -> Shown:
    if row.entry and row.is_changed:
        html = row.entry.brief if row.is_brief else row.entry.html
        return Shown(Markup(html), is_changed=True)
    assert row.new
    return Shown(_linked(row.new, names, phrases), is_changed=False)


def _place(phrases: Phrases, row: Row) -> Place:
    """Return where a section stands in both texts, and in the redline."""
    entry = row.entry
    is_moved = entry is not None and MOVED in entry.brief
    own_id = entry.own_id if entry else ""
    return Place(_side(row.old, phrases), _side(row.new, phrases), own_id, is_moved)


def _side(section: Heading | None, phrases: Phrases) -> Side | None:
    if not section:
        return None
    return Side(section.index, phrases.heading_in_sentence(section.heading, section.index))


def _linked(section: Heading, names: Names, phrases: Phrases) -> Markup:
    if section.index not in names:
        name = phrases.words(phrases.heading_text(section.heading, section.index))
        names[section.index] = place(name, section.anchor, NEW_PAGE)
    return names[section.index]


def _counts(rows: Sequence[Row]) -> Counts:
    unchanged = SectionStatus.UNCHANGED
    counts: Counter[SectionStatus | None] = Counter()
    for row in rows:
        status = STATUSES[row.entry.status] if row.entry else unchanged
        counts[None if status is unchanged and row.is_changed else status] += 1
    return counts


def _matters(portions: Sequence[Portion], phrases: Phrases) -> Markup:
    """Return what matters first of all portions; the same words stand once."""
    merged = _merged([matter for portion in portions for matter in portion.matters])
    order = ranked([(matter.weight, matter) for matter in merged], _topic)
    entries = [item(Markup(matter.html), matter.times, phrases) for matter in islice(order, SHOWN)]
    is_calm = not entries and all(portion.is_calm for portion in portions)
    trust = phrases.language.gettext(sentence(is_calm=is_calm, is_empty=not entries))
    return listed(entries, trust if len(merged) <= SHOWN else _first(phrases), phrases)


def _first(phrases: Phrases) -> str:
    message = phrases.language.ngettext(
        "This is the first of the changes that our rules recognise; read the redline for all of "
        "them.",
        "These are the first %(num)s of the changes that our rules recognise; read the redline "
        "for all of them.",
        SHOWN,
    )
    return message % {"num": SHOWN}


def _topic(matter: Matter) -> Topic:
    return TOPICS[matter.topic]


def _merged(matters: Sequence[Matter]) -> list[Matter]:
    """Return the weightiest; what has no topic only where nothing but days has."""
    recognised = [matter for matter in matters if matter.topic != Topic.OTHER.value]
    if all(matter.topic == Topic.DATE.value for matter in recognised):
        recognised = [*matters]
    firsts: dict[object, Matter] = {}
    times: Counter[object] = Counter()
    for number, matter in enumerate(sorted(recognised, key=itemgetter(0), reverse=True)):
        same = (matter.topic, matter.words) if matter.words else number
        if same in firsts:
            times[same] += matter.times
        elif len(firsts) < MOST:
            firsts[same] = matter
    return [matter._replace(times=matter.times + times[same]) for same, matter in firsts.items()]
