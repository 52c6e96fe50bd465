"""What matters first, as HTML: entries with links to their sections, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from gazette.forms.phrases import Phrases, filled
from gazette.forms.redline_inline import SEAM, changed_words
from gazette.text.document import Section
from gazette.text.highlights import Highlight, Highlights
from gazette.text.redline import Redline
from gazette.text.wording import Op, Run

IN_SIGHT = 160
"""Entries of so many characters stand above the redline, so that it begins on the first screen."""


def highlights_html(
    matters: Highlights, change: Redline, ids: Sequence[str], phrases: Phrases
) -> Markup:
    """Return the list with its heading; `ids` are those of the sections of the redline."""
    if not change.changed:
        return Markup("")
    items = [
        item(
            beginning_of(entry, ids[entry.place], change.sections[entry.place].section, phrases),
            entry.times,
            phrases,
        )
        for entry in matters.entries
    ]
    return listed(items, phrases.language.gettext(matters.sentence), phrases)


def beginning_of(entry: Highlight, own_id: str, section: Section, phrases: Phrases) -> Markup:
    """Return the topic and the words of an entry, and the link to its section with this id."""
    gettext = phrases.language.gettext
    topic = filled(gettext("%(topic)s:"), topic=gettext(entry.topic.sentence))
    return Markup('<b>{}</b> {} <a href="#{}">{}</a>').format(
        topic,
        highlight_words(entry.runs, phrases),
        own_id,
        phrases.name_in_sentence(section),
    )


def item(beginning: Markup, times: int, phrases: Phrases) -> Markup:
    """Return an entry whose words stand in so many places."""
    if times < 2:
        return Markup("<li>{}</li>").format(beginning)
    message = phrases.language.ngettext("and one more place", "and %(num)s more places", times - 1)
    return Markup("<li>{} {}</li>").format(beginning, filled(message, num=times - 1))


def listed(items: Sequence[Markup], trust: str, phrases: Phrases) -> Markup:
    """Return the list with its heading, and the sentence on how far it can be trusted."""
    language = phrases.language
    note = Markup('<p class="gz-quiet">{}</p>').format(trust)
    if not items:
        return note
    title = language.gettext("What matters first")
    heading = Markup('<h2 id="what-matters-first">{}</h2>').format(title)
    first = _in_sight(items)
    parts = [heading, _list(items[:first])]
    if rest := items[first:]:
        message = language.ngettext("%(num)s more", "%(num)s more", len(rest))
        parts.append(
            Markup('<details class="gz-quiet"><summary>{}</summary>\n{}</details>').format(
                filled(message, num=len(rest)), _list(rest)
            )
        )
    return Markup("\n").join([*parts, note])


def _in_sight(items: Sequence[Markup]) -> int:
    """Return how many entries need not be folded: the first, and others while there is room."""
    room = IN_SIGHT - len(items[0].striptags())
    for at, entry in enumerate(items[1:], start=1):
        room -= len(entry.striptags())
        if room < 0:
            return at
    return len(items)


def _list(items: Iterable[Markup]) -> Markup:
    return Markup('<ul class="gz-highlights">\n{}\n</ul>').format(Markup("\n").join(items))


def highlight_words(runs: Sequence[Run], phrases: Phrases) -> Markup:
    """Return the words of an entry, a deletion and the insertion in its place set apart."""
    parts: list[Markup] = []
    for at, run in enumerate(runs):
        if run.op is Op.INSERTED and at and runs[at - 1].op is Op.DELETED:
            parts.append(SEAM)
        is_kept = run.op is Op.KEPT
        parts.append(
            Markup.escape(run.text) if is_kept else changed_words(run.text, run.op, phrases)
        )
    words = Markup("").join(parts)
    return Markup("<span{}>{}</span>").format(phrases.of_text, words) if phrases.of_text else words
