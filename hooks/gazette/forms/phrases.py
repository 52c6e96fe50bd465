"""Phrases: what redlines say, in the language of their readers, around the words of the texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from gazette.language import Language
from gazette.text.document import Kind, Section
from gazette.text.lineage import Flag
from gazette.text.redline import SectionStatus
from gazette.text.wording import Op

WORDS = "%(words)s"
"""Where the words of a text stand in a message."""


def filled(message: str, **values: object) -> Markup:
    """Return a message, which may hold HTML, with these values in it, escaped but for HTML."""
    return Markup(message) % values


@dataclass(frozen=True)
class Phrases:
    """What all redlines of one language say; what is asked for often is looked up once."""

    language: Language

    @cached_property
    def spoken(self) -> Mapping[Op, tuple[str, str, str]]:
        """The element of a change, and what screen readers say before and after its words."""
        gettext = self.language.gettext
        inserted = gettext("inserted: %(words)s end of insertion").partition(WORDS)
        deleted = gettext("deleted: %(words)s end of deletion").partition(WORDS)
        return {
            Op.INSERTED: ("ins", inserted[0], inserted[2]),
            Op.DELETED: ("del", deleted[0], deleted[2]),
        }

    @cached_property
    def badges(self) -> Mapping[SectionStatus | Flag, str]:
        """What became of a section, as a label."""
        pgettext = self.language.pgettext
        return {
            SectionStatus.UNCHANGED: pgettext("section", "unchanged"),
            SectionStatus.AMENDED: pgettext("section", "amended"),
            SectionStatus.ADDED: pgettext("section", "added"),
            SectionStatus.REMOVED: pgettext("section", "removed"),
            Flag.RENAMED: pgettext("section", "renamed"),
            Flag.RENUMBERED: pgettext("section", "renumbered"),
            Flag.MOVED: pgettext("section", "moved"),
            Flag.SPLIT: pgettext("section", "split"),
            Flag.MERGED: pgettext("section", "merged"),
        }

    @cached_property
    def kinds(self) -> Mapping[Kind, str]:
        """What a block is, without an article."""
        pgettext = self.language.pgettext
        return {
            Kind.HEADING: pgettext("kind of text", "heading"),
            Kind.PARAGRAPH: pgettext("kind of text", "paragraph"),
            Kind.ITEM: pgettext("kind of text", "list item"),
            Kind.ROW: pgettext("kind of text", "table row"),
            Kind.CODE: pgettext("kind of text", "code"),
            Kind.QUOTE: pgettext("kind of text", "quote"),
            Kind.TERM: pgettext("kind of text", "term"),
            Kind.DEFINITION: pgettext("kind of text", "definition"),
            Kind.NOTICE: pgettext("kind of text", "notice"),
            Kind.FOOTNOTE: pgettext("kind of text", "footnote"),
            Kind.LINE: pgettext("kind of text", "line"),
        }

    @cached_property
    def _values(self) -> Mapping[str, str]:
        """What notes name that is no word of a text."""
        pgettext = self.language.pgettext
        return {
            **{kind.sentence: name for kind, name in self.kinds.items()},
            "list": pgettext("kind of text", "list"),
            "section that folds": pgettext("kind of text", "section that folds"),
            "figure": pgettext("kind of text", "figure"),
            "table": pgettext("kind of text", "table"),
            "the text itself": pgettext("kind of text", "the text itself"),
            "cell": pgettext("kind of table cell", "cell"),
            "header": pgettext("kind of table cell", "header"),
            "bullets": pgettext("markers of a list", "bullets"),
            "numbers": pgettext("markers of a list", "numbers"),
            "small letters": pgettext("markers of a list", "small letters"),
            "capital letters": pgettext("markers of a list", "capital letters"),
            "small Roman numbers": pgettext("markers of a list", "small Roman numbers"),
            "capital Roman numbers": pgettext("markers of a list", "capital Roman numbers"),
            "default": pgettext("alignment of text", "default"),
            "shown": pgettext("how words are shown", "shown"),
            "hidden": pgettext("how words are shown", "hidden"),
            "hidden from screen readers": pgettext(
                "how words are shown", "hidden from screen readers"
            ),
            "folded": pgettext("how words are shown", "folded"),
            "open": pgettext("how words are shown", "open"),
            "plain": pgettext("how words are set", "plain"),
            "bold": pgettext("how words are set", "bold"),
            "italic": pgettext("how words are set", "italic"),
            "underlined": pgettext("how words are set", "underlined"),
            "struck": pgettext("how words are set", "struck"),
            "raised": pgettext("how words are set", "raised"),
            "lowered": pgettext("how words are set", "lowered"),
            "highlighted": pgettext("how words are set", "highlighted"),
            "small": pgettext("how words are set", "small"),
            "in other letters of a word": pgettext(
                "how words are set", "in other letters of a word"
            ),
        }

    @cached_property
    def _named_values(self) -> re.Pattern[str]:
        longest_first = sorted(self._values, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])")

    def value(self, value: str) -> str:
        """Return what a note names, `list item, quote`, each name of it in the language."""
        return self._named_values.sub(lambda name: self._values[name[0]], value)

    def words(self, words: str) -> Markup:
        """Return words of a text, for a sentence around them."""
        return self.language.isolated(words)

    def quoted(self, words: str) -> Markup:
        """Return words of a text in quotation marks."""
        return filled(self.language.pgettext("quotation", "“%(words)s”"), words=self.words(words))

    def name(self, section: Section) -> Markup:
        """Return what a reader calls a section, as HTML."""
        return self.words(self.name_text(section))

    def name_text(self, section: Section) -> str:
        """Return what a reader calls a section: without a heading its first words."""
        if section.index and not section.heading and section.first_words:
            quotation = self.language.pgettext("quotation", "“%(words)s”")
            return quotation % {"words": f"{section.first_words} …"}
        return self.heading_text(section.heading, section.index)

    def heading_text(self, heading: str, index: int) -> str:
        """Return what a reader calls the section at this index by its heading alone."""
        if heading:
            return heading
        if index:
            return self.language.gettext("Section without a heading")
        return self.language.pgettext("section", "Opening")

    def name_in_sentence(self, section: Section) -> Markup:
        """Return what a reader calls a section in the middle of a sentence."""
        if section.index:
            return self.name(section)
        return Markup.escape(self.language.pgettext("section", "the opening"))

    def joined(self, parts: Iterable[str]) -> Markup:
        """Return the parts of a line, one behind the other."""
        return Markup(self.language.pgettext("between parts of a line", ", ")).join(parts)

    def moved_kind(self, kind: Kind) -> str:
        """Return what a block that moved is called."""
        if kind is Kind.CODE:
            return self.language.pgettext("kind of text", "code block")
        return self.kinds[kind if kind in (Kind.HEADING, Kind.ROW, Kind.ITEM) else Kind.PARAGRAPH]

    def renumbered(self, old: str, new: str) -> Markup:
        """Say that a section has another number; one of both may be empty."""
        gettext = self.language.gettext
        numbers = {"old": self.words(old), "new": self.words(new)}
        if not old:
            return filled(gettext("number none became %(new)s"), **numbers)
        if not new:
            return filled(gettext("number %(old)s became none"), **numbers)
        return filled(gettext("number %(old)s became %(new)s"), **numbers)

    def counts(self, counts: Mapping[SectionStatus | Flag, int], *, is_changed: bool) -> Markup:
        """Say how many sections have each status; not every one that `is_changed` is counted."""
        gettext = self.language.gettext
        changed = [status for status in SectionStatus if status is not SectionStatus.UNCHANGED]
        parts = [self.counted(status, counts[status]) for status in changed if counts.get(status)]
        if parts:
            unchanged = counts.get(SectionStatus.UNCHANGED, 0)
            parts.append(self.counted(SectionStatus.UNCHANGED, unchanged))
            return filled(gettext("Sections: %(counts)s."), counts=self.joined(parts))
        if is_changed:
            return Markup.escape(gettext("The words of no section changed."))
        return Markup.escape(gettext("No section changed."))

    def counted(self, status: SectionStatus, number: int) -> str:
        """Say of how many sections this became."""
        ngettext = self.language.ngettext
        if status is SectionStatus.AMENDED:
            message = ngettext("%(num)s amended", "%(num)s amended", number)
        elif status is SectionStatus.ADDED:
            message = ngettext("%(num)s added", "%(num)s added", number)
        elif status is SectionStatus.REMOVED:
            message = ngettext("%(num)s removed", "%(num)s removed", number)
        else:
            message = ngettext("%(num)s unchanged", "%(num)s unchanged", number)
        return message % {"num": number}
