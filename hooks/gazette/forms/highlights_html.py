"""What matters first, as HTML: entries with links to their sections, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from gazette.forms.phrases import Phrases, filled
from gazette.forms.redline_inline import SEAM, changed_words
from gazette.text.highlights import Highlight, Highlights
from gazette.text.redline import Redline
from gazette.text.wording import Op, Run

IN_SIGHT = 160
"""Entries of so many characters stand above the redline, so that it begins on the first screen."""


class Item(NamedTuple):
    """An entry: its topic and words, the link to their section, and in how many places they are.

    The words of an item begin with the `stem` that leads up to its list.
    """

    words: Markup
    link: Markup
    times: int
    stem: Markup = Markup("")

    def with_places(self, phrases: Phrases, *, link: str = "") -> Markup:
        """Return the words, their link if there is one, and that they stand elsewhere, too."""
        parts = [self.words, link]
        if self.times > 1:
            others = self.times - 1
            message = phrases.language.ngettext(
                "and one more place", "and %(num)s more places", others
            )
            parts.append(filled(message, num=others))
        return Markup("<li>{}</li>").format(Markup(" ").join(filter(None, parts)))


def highlights_html(
    matters: Highlights, change: Redline, ids: Sequence[str], phrases: Phrases
) -> Markup:
    """Return the list with its heading; `ids` are those of the sections of the redline."""
    if not change.changed:
        return Markup("")
    items = [item_of(entry, change, ids, phrases) for entry in matters.entries]
    return listed(items, phrases.language.gettext(matters.sentence), phrases)


def item_of(entry: Highlight, change: Redline, ids: Sequence[str], phrases: Phrases) -> Item:
    """Return an entry of a redline, whose sections have these `ids`."""
    gettext = phrases.language.gettext
    topic = filled(gettext("%(topic)s:"), topic=gettext(entry.topic.sentence))
    name = phrases.name_in_sentence(change.sections[entry.place].section)
    return Item(
        Markup("<b>{}</b> {}").format(topic, highlight_words(entry.runs, phrases)),
        Markup('<a href="#{}">{}</a>').format(ids[entry.place], name),
        entry.times,
        Markup.escape(f"{entry.stem} ") if entry.stem else Markup(""),
    )


def listed(items: Sequence[Item], trust: str, phrases: Phrases) -> Markup:
    """Return the list with its heading, and the sentence on how far it can be trusted.

    Entries that are folded stand together by their sections.
    """
    language = phrases.language
    note = Markup('<p class="gz-quiet">{}</p>').format(trust)
    if not items:
        return note
    title = language.gettext("What matters first")
    heading = Markup('<h2 id="what-matters-first">{}</h2>').format(title)
    shown = [entry.with_places(phrases, link=entry.link) for entry in items]
    first = _in_sight(shown)
    parts = [heading, _list(shown[:first])]
    if rest := items[first:]:
        message = language.ngettext("%(num)s more", "%(num)s more", len(rest))
        parts.append(
            Markup('<details class="gz-quiet"><summary>{}</summary>\n{}</details>').format(
                filled(message, num=len(rest)), _list(_by_section(rest, phrases))
            )
        )
    return Markup("\n").join([*parts, note])


def _in_sight(shown: Sequence[Markup]) -> int:
    """Return how many entries need not be folded: the first, and others while there is room."""
    room = IN_SIGHT - len(shown[0].striptags())
    for at, entry in enumerate(shown[1:], start=1):
        room -= len(entry.striptags())
        if room < 0:
            return at
    return len(shown)


def _by_section(items: Iterable[Item], phrases: Phrases) -> Iterator[Markup]:
    """Yield the sections of entries, each with its own, in the order of the first of them.

    Words that lead up to several of a section stand before the first.
    """
    entries: dict[Markup, list[Markup]] = {}
    stems: set[tuple[Markup, Markup]] = set()
    for entry in items:
        is_led = (entry.link, entry.stem) in stems
        words = entry.words.replace(entry.stem, "… ", 1) if is_led and entry.stem else entry.words
        stems.add((entry.link, entry.stem))
        shown = entry._replace(words=words).with_places(phrases)
        entries.setdefault(entry.link, []).append(shown)
    for link, listed in entries.items():
        yield Markup("<li>{}<ul>\n{}\n</ul></li>").format(link, Markup("\n").join(listed))


def _list(items: Iterable[Markup]) -> Markup:
    return Markup('<ul class="gz-highlights">\n{}\n</ul>').format(Markup("\n").join(items))


def highlight_words(runs: Sequence[Run], phrases: Phrases) -> Markup:
    """Return the words of an entry, a deletion and the insertion in its place set apart.

    Changes between which no words stay are spoken as one.
    """
    parts: list[Markup] = []
    before = Op.KEPT
    for at, run in enumerate(runs):
        if run.op is Op.KEPT:
            parts.append(Markup.escape(run.text))
            before = before if run.text.isspace() else Op.KEPT
            continue
        if run.op is Op.INSERTED and at and runs[at - 1].op is Op.DELETED:
            parts.append(SEAM)
        parts.append(changed_words(run.text, run.op, phrases, is_heard=run.op is not before))
        before = run.op
    words = Markup("").join(parts)
    return Markup("<span{}>{}</span>").format(phrases.of_text, words) if phrases.of_text else words
