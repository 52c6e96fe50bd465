"""Phrases: what redlines say, in the language of their readers, around the words of the texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from gazette.language import Language, language_attributes
from gazette.text.document import Kind, Section
from gazette.text.lineage import Flag
from gazette.text.redline import SectionStatus
from gazette.text.wording import Op

Counts = Mapping[SectionStatus | None, int]
"""Numbers of sections by what became of their words; None: they are listed for something else."""
WORDS_CHANGED = (SectionStatus.AMENDED, SectionStatus.ADDED, SectionStatus.REMOVED)
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
    def of_text(self) -> Markup:
        """The attributes of words of the texts, where the page speaks another language."""
        return self._attributes(self.language.text)

    @cached_property
    def of_page(self) -> Markup:
        """The attributes of what the page says among words of the texts, in the same case."""
        return self._attributes(self.language.tag)

    def _attributes(self, tag: str) -> Markup:
        is_other = self.language.text != self.language.tag
        return language_attributes(tag) if is_other else Markup("")

    @cached_property
    def messages(self) -> Mapping[str, str]:
        """What redlines and comparisons in the browser say alike, by name."""
        gettext, pgettext = self.language.gettext, self.language.pgettext
        return {
            "inserted": gettext("inserted: %(words)s end of insertion"),
            "deleted": gettext("deleted: %(words)s end of deletion"),
            "counts": gettext("Sections: %(counts)s."),
            "comma": pgettext("between parts of a line", ", "),
            "no_words": gettext("The words of no section changed."),
            "no_section": gettext("No section changed."),
            "changed_sections": gettext("Changed sections"),
            "changes": gettext("The changes"),
            "the_opening": pgettext("section", "the opening"),
            "part": gettext("%(old)s → %(new)s"),
            "unchanged": gettext("Unchanged: %(section)s"),
            "in_full": gettext("In the full text"),
            "source": gettext("text from %(section)s"),
            "stood_after": gettext("stood after %(section)s"),
            "stood_first": gettext("stood at the beginning"),
            "went_after": gettext("%(section)s stood here. Now it stands after %(other)s."),
            "went_first": gettext("%(section)s stood here. Now it stands at the beginning."),
            "gone": gettext("A %(kind)s that stood here is now in %(section)s: %(words)s"),
            "gone_here": gettext(
                "A %(kind)s that stood here is now elsewhere in this section: %(words)s"
            ),
            "come": gettext("This %(kind)s stood in %(section)s"),
            "come_here": gettext("This %(kind)s stood elsewhere in this section"),
            "code_block": pgettext("kind of text", "code block"),
            "renumbered": gettext("number %(old)s became %(new)s"),
            "numbered": gettext("number none became %(new)s"),
            "unnumbered": gettext("number %(old)s became none"),
            "empty_added": gettext("An empty %(kind)s was added"),
            "empty_removed": gettext("An empty %(kind)s was removed"),
            "opening": pgettext("section", "Opening"),
            "nameless": gettext("Section without a heading"),
            "quotation": pgettext("quotation", "“%(words)s”"),
        }

    @cached_property
    def spoken(self) -> Mapping[Op, tuple[str, str, str]]:
        """The element of a change, and what screen readers say before and after its words."""
        inserted = self.messages["inserted"].partition(WORDS)
        deleted = self.messages["deleted"].partition(WORDS)
        return {
            Op.INSERTED: ("ins", inserted[0], inserted[2]),
            Op.DELETED: ("del", deleted[0], deleted[2]),
        }

    def spoken_together(self, op: Op, num: int) -> str:
        """Return what screen readers say before so many blocks that came or went whole."""
        gettext = self.language.gettext
        if op is Op.INSERTED:
            message = gettext("inserted passages (%(num)s): %(words)s")
        else:
            message = gettext("deleted passages (%(num)s): %(words)s")
        return filled(message.partition(WORDS)[0], num=num)

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
        return filled(self.messages["quotation"], words=self.words(words))

    def name(self, section: Section) -> Markup:
        """Return what a reader calls a section, as HTML."""
        return self.words(self.name_text(section))

    def name_text(self, section: Section) -> str:
        """Return what a reader calls a section: without a heading its first words."""
        if section.index and not section.heading and section.first_words:
            return self.messages["quotation"] % {"words": f"{section.first_words} …"}
        return self.heading_text(section.heading, section.index)

    def heading_text(self, heading: str, index: int) -> str:
        """Return what a reader calls the section at this index by its heading alone."""
        return heading or self.messages["nameless" if index else "opening"]

    def name_in_sentence(self, section: Section) -> Markup:
        """Return what a reader calls a section in the middle of a sentence."""
        return self.name(section) if section.index else Markup.escape(self.messages["the_opening"])

    def heading_in_sentence(self, heading: str, index: int) -> Markup:
        """Return the same by the heading of the section at this index alone."""
        if index:
            return self.words(self.heading_text(heading, index))
        return Markup.escape(self.messages["the_opening"])

    def joined(self, parts: Iterable[str]) -> Markup:
        """Return the parts of a line, one behind the other."""
        return Markup(self.messages["comma"]).join(parts)

    def moved_kind(self, kind: Kind) -> str:
        """Return what a block that moved is called."""
        if kind is Kind.CODE:
            return self.messages["code_block"]
        return self.kinds[kind if kind in (Kind.HEADING, Kind.ROW, Kind.ITEM) else Kind.PARAGRAPH]

    def renumbered(self, old: str, new: str) -> Markup:
        """Say that a section has another number; one of both may be empty."""
        name = "renumbered" if old and new else "unnumbered" if old else "numbered"
        return filled(self.messages[name], old=self.words(old), new=self.words(new))

    def counts(self, counts: Counts) -> Markup:
        """Say how many sections became what, so that the numbers are those of the list below."""
        named = [status for status in (*WORDS_CHANGED, None) if counts.get(status)]
        if not named:
            return Markup.escape(self.messages["no_section"])
        numbers = [(status, counts.get(status, 0)) for status in (*named, SectionStatus.UNCHANGED)]
        parts = [filled(self.count(status, num), num=num) for status, num in numbers]
        sentence = filled(self.messages["counts"], counts=self.joined(parts))
        if named == [None]:
            return Markup("{} {}").format(self.messages["no_words"], sentence)
        return sentence

    def count(self, status: SectionStatus | None, num: int) -> str:
        """Return the message that so many sections became this, see `Counts`."""
        ngettext = self.language.ngettext
        if status is None:
            return ngettext("%(num)s changed in other ways", "%(num)s changed in other ways", num)
        if status is SectionStatus.AMENDED:
            return ngettext("%(num)s amended", "%(num)s amended", num)
        if status is SectionStatus.ADDED:
            return ngettext("%(num)s added", "%(num)s added", num)
        if status is SectionStatus.REMOVED:
            return ngettext("%(num)s removed", "%(num)s removed", num)
        return ngettext("%(num)s unchanged", "%(num)s unchanged", num)

    def more_changed(self, num: int) -> str:
        """Return the message that a list goes on with so many changed sections."""
        ngettext = self.language.ngettext
        return ngettext("%(num)s more changed section", "%(num)s more changed sections", num)

    def sections_unchanged(self, num: int) -> str:
        """Return the message that so many neighbours are as they were."""
        return self.language.ngettext(
            "%(num)s section unchanged", "%(num)s sections unchanged", num
        )
