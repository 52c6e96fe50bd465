"""What matters first, as HTML: entries with links to their sections, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from gazette.forms.redline_inline import SEAM, changed_words
from gazette.forms.sentences import further_places
from gazette.text.document import Section
from gazette.text.highlights import Highlight, Highlights
from gazette.text.redline import Redline
from gazette.text.wording import Op, Run


def highlights_html(matters: Highlights, change: Redline, ids: Sequence[str]) -> Markup:
    """Return the list with its heading; `ids` are those of the sections of the redline."""
    if not change.changed:
        return Markup("")
    note = Markup('<p class="gz-quiet">{}</p>').format(matters.sentence)
    if not matters.entries:
        return note
    parts = [Markup('<h2 id="what-matters-first">What matters first</h2>')]
    parts.append(_list(matters.first, change, ids))
    if matters.rest:
        parts.append(
            Markup('<details class="gz-quiet"><summary>{} more</summary>\n{}</details>').format(
                len(matters.rest), _list(matters.rest, change, ids)
            )
        )
    return Markup("\n").join([*parts, note])


def _list(entries: Iterable[Highlight], change: Redline, ids: Sequence[str]) -> Markup:
    items = Markup("\n").join(
        Markup('<li><span class="gz-topic">{}:</span> {} <a href="#{}">{}</a>{}</li>').format(
            entry.topic.sentence,
            _words(entry.runs),
            ids[entry.place],
            in_sentence(change.sections[entry.place].section),
            further_places(entry.times),
        )
        for entry in entries
    )
    return Markup('<ul class="gz-highlights">\n{}\n</ul>').format(items)


def _words(runs: Sequence[Run]) -> Markup:
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
