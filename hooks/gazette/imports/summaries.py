"""What changed from one imported text to the next, section by section, in a line.

Between the words of the texts it is in their language, as far as there are sentences in it; in
English it says most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from gazette.forms.phrases import Phrases
from gazette.forms.section_news import QUOTED, news, swaps_of
from gazette.forms.sentences import badges
from gazette.language import Language
from gazette.text.document import Document
from gazette.text.judgement import Judge
from gazette.text.redline import Redline, SectionChange, SectionComparer, redline
from gazette.text.vocabularies import vocabulary_of

MAX_LETTERS = 300
"""A longer summary ends with how many sections changed besides: nobody reads all in a list."""
MAX_SWAPS = 4
"""So many replacements of one section are quoted."""
_SAYS = re.compile(r"(?:is|was|had|has|now|stands?|holds?|takes?|becomes?) ")
"""How an English phrase begins of which the name of a section is the subject."""


class Summaries:
    """What changed from text to text of a policy; many go back and forth between two."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._comparer = SectionComparer()
        self._known: dict[tuple[str, ...], str] = {}

    def first(self, path: str) -> str:
        """Return the summary of the first text that stood at a path."""
        if _is_english(self._language):
            return f"The first text in the history of {path}."
        return self._language.gettext("First version.")

    def summary(self, old: Document, new: Document, titles: tuple[str, str] = ("", "")) -> str:
        """Return what changed between two texts that differ for a reader, and their `titles`."""
        key = old.html_digest, new.html_digest, *titles
        if key not in self._known:
            change = redline(old, new, comparer=self._comparer)
            self._known[key] = summary_of(change, self._language, titles)
        return self._known[key]


def summary_of(change: Redline, language: Language, titles: tuple[str, str] = ("", "")) -> str:
    """Return what changed between two texts with these `titles`."""
    old, new = titles
    title = language.gettext("The title was “%(old)s”, and is now “%(new)s”.")
    lines = [title % {"old": old, "new": new}] if old != new else []
    if _is_english(language):
        lines += [_line(what, how) for what, how in news(change)]
        same = "The words are the same: links, numbers or formatting changed."
    else:
        lines += _lines(change, Phrases(language))
        same = language.gettext("The words of no section changed.")
    summary, end = "", "。" if language.tag.startswith("ja") else "."
    for number, line in enumerate(lines):
        if summary and len(summary) + len(line) > MAX_LETTERS:
            return f"{summary} {_more(len(lines) - number, language)}{end}"
        summary = f"{summary} {_shortened(line)}{end}".strip()
    return summary or same


def _line(what: str, how: str) -> str:
    return f"{what} {how}" if _SAYS.match(how) else f"{what.rstrip('.')}: {how}"


def _is_english(language: Language) -> bool:
    return language.tag.partition("-")[0] == "en"


def _more(sections: int, language: Language) -> str:
    if _is_english(language):
        return f"{sections} more {'section' if sections == 1 else 'sections'} changed"
    return Phrases(language).more_changed(sections) % {"num": sections}


def _lines(change: Redline, phrases: Phrases) -> Iterator[str]:
    """Yield what became of each section: `Fees: amended, “three” → “four”`, in another language."""
    judge = Judge(vocabulary_of(phrases.language.text))
    for section in change.changed:
        parts = [phrases.badges[badge] for badge in badges(section)]
        parts += islice(_swaps(section, judge, phrases), MAX_SWAPS)
        if parts:
            names = {
                "title": phrases.name_text(section.section),
                "section": phrases.messages["comma"].join(parts),
            }
            yield phrases.language.gettext("%(title)s: %(section)s") % names


def _swaps(section: SectionChange, judge: Judge, phrases: Phrases) -> Iterator[str]:
    """Yield the words that others replaced, where both are few: those that matter, if any do."""
    short = [
        swap
        for swap in dict.fromkeys(swaps_of(section, judge))
        if all(0 < len(side.split()) <= QUOTED for side in swap)
    ]
    for swap in [swap for swap in short if not judge.is_same(*swap)] or short:
        old, new = (phrases.messages["quotation"] % {"words": side} for side in swap)
        yield phrases.messages["part"] % {"old": old, "new": new}


def _shortened(line: str) -> str:
    cut = f"{line[: MAX_LETTERS - 1].rstrip()}…"
    return line.rstrip(".。") if len(line) <= MAX_LETTERS else cut
