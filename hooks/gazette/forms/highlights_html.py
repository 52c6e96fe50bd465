"""What matters first, as HTML: entries with links to their sections, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from gazette.forms.redline_inline import SEAM, changed_words
from gazette.forms.sentences import further_places
from gazette.text.document import Section
from gazette.text.highlights import SHOWN, Highlight, Highlights
from gazette.text.redline import Redline
from gazette.text.wording import Op, Run


def highlights_html(matters: Highlights, change: Redline, ids: Sequence[str]) -> Markup:
    """Return the list with its heading; `ids` are those of the sections of the redline."""
    if not change.changed:
        return Markup("")
    items = [
        item(
            beginning_of(entry, ids[entry.place], change.sections[entry.place].section),
            entry.times,
        )
        for entry in matters.entries
    ]
    return listed(items, matters.sentence)


def beginning_of(entry: Highlight, own_id: str, section: Section) -> Markup:
    """Return the topic and the words of an entry, and the link to its section with this id."""
    return Markup('<span class="gz-topic">{}:</span> {} <a href="#{}">{}</a>').format(
        entry.topic.sentence, highlight_words(entry.runs), own_id, in_sentence(section)
    )


def item(beginning: Markup, times: int) -> Markup:
    """Return an entry whose words stand in so many places."""
    return Markup("<li>{}{}</li>").format(beginning, further_places(times))


def listed(items: Sequence[Markup], sentence: str) -> Markup:
    """Return the list with its heading, and the sentence on how far it can be trusted."""
    note = Markup('<p class="gz-quiet">{}</p>').format(sentence)
    if not items:
        return note
    parts = [Markup('<h2 id="what-matters-first">What matters first</h2>'), _list(items[:SHOWN])]
    if rest := items[SHOWN:]:
        parts.append(
            Markup('<details class="gz-quiet"><summary>{} more</summary>\n{}</details>').format(
                len(rest), _list(rest)
            )
        )
    return Markup("\n").join([*parts, note])


def _list(items: Iterable[Markup]) -> Markup:
    return Markup('<ul class="gz-highlights">\n{}\n</ul>').format(Markup("\n").join(items))


def highlight_words(runs: Sequence[Run]) -> Markup:
    """Return the words of an entry, a deletion and the insertion in its place set apart."""
    parts: list[Markup] = []
    for at, run in enumerate(runs):
        if run.op is Op.INSERTED and at and runs[at - 1].op is Op.DELETED:
            parts.append(SEAM)
        is_kept = run.op is Op.KEPT
        parts.append(Markup.escape(run.text) if is_kept else changed_words(run.text, run.op))
    return Markup("").join(parts)


def in_sentence(section: Section) -> str:
    """Return the name of a section within a sentence."""
    return section.name if section.index else "the opening"
