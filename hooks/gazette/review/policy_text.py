"""A policy's text as rules read it: its letters with their places, and the edits made to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from gazette.model import Metadata, Slug, decoded
from gazette.problems import Code, Fix, Problem
from gazette.record.policy_files import PolicyFile
from gazette.text import markdown_source
from gazette.text.bounds import excesses
from gazette.text.comparison import Comparer
from gazette.text.document import Document, Section
from gazette.text.file_faults import file_fault, letters_of
from gazette.text.frontmatter import (
    body_of,
    normalized,
    read_archived_metadata,
    read_metadata,
    stated_version,
)
from gazette.text.lineage import Link, match_sections
from gazette.text.markdown_source import MarkdownLink, blanked
from gazette.text.numbers import Number, heading_noun
from gazette.text.places import NumberedPlace, places_of
from gazette.text.reader import Reader
from gazette.text.redline import Redline
from gazette.text.slugs import slug_at
from gazette.text.tokens import words_of

HEADING_LINE = re.compile(
    r"^(?: {0,3}#{1,6}[ \t]*(?P<atx>.*?)[ \t]*#*[ \t]*$"
    r"|(?P<setext>[^\n]+)\n {0,3}(?:=+|-+)[ \t]*$"
    r"|[^\n]*?<h[1-6][^>]*>(?P<html>.*?)</h[1-6]>)",
    re.M | re.I,
)
HEADING_MARKUP = re.compile(rf"{markdown_source.TAG}|\{{:?[^{{}}\n]*\}}|[\\*_`]")
WORDS_TO_LOCATE = 8
"""So many words are enough to find the place of a passage in its section."""


@dataclass(frozen=True)
class Finding:
    """What a rule finds in a text: where, what is wrong, what to write, as in `Problem`."""

    line: int
    message: str
    hint: str = ""
    column: int = 0
    fix: Fix | None = None

    @classmethod
    def of(cls, problem: Problem) -> Finding:
        """Return what a problem says, without its file and code."""
        return cls(problem.line, problem.message, problem.hint, problem.column, problem.fix)

    def problem(self, path: str, code: Code) -> Problem:
        """Return the problem of the file `path` that breaks the rule `code`."""
        return Problem(path, self.line, code, self.message, self.hint, self.column, self.fix)


@dataclass(frozen=True)
class PolicyText:
    """One policy as it stands, or stood, in `docs/`; places count its letters from 0.

    The `reader` reads all texts of a review: what these share is rendered once.
    """

    file: PolicyFile
    reader: Reader

    @classmethod
    def of(cls, path: str, data: bytes, reader: Reader) -> PolicyText:
        """Return the text of a policy that stood at `path` with these bytes."""
        metadata, _ = read_metadata(path, decoded(data))
        file = Path(path)
        return cls(PolicyFile(slug_at(path), path, file, data, metadata), reader)

    @property
    def path(self) -> str:
        """The path of its file, relative to the project."""
        return self.file.path

    @property
    def slug(self) -> Slug:
        """The name of its file."""
        return self.file.slug

    @property
    def metadata(self) -> Metadata | None:
        """Its front matter, None where that is wrong."""
        return self.file.metadata

    @cached_property
    def legible_metadata(self) -> Metadata | None:
        """Its front matter as far as it can be read, None where it states no version."""
        version = stated_version(self.text)
        if self.metadata or version is None:
            return self.metadata
        return read_archived_metadata(self.text, version, self.slug)

    @cached_property
    def text(self) -> str:
        """The whole text, every line ended by a line feed alone."""
        return normalized(letters_of(self.file.data).text)

    @cached_property
    def is_unreadable(self) -> bool:
        """Whether the file as a whole is at fault, so that no line of it can be looked at."""
        return self.is_beyond_bounds or file_fault(self.path, self.file.data) is not None

    @cached_property
    def is_beyond_bounds(self) -> bool:
        """Whether the text is too long or too intricate to be looked through."""
        return bool(excesses(self.text))

    @cached_property
    def start(self) -> int:
        """The place where the body starts."""
        return len(self.text) - len(body_of(self.text))

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.text[self.start :]

    @cached_property
    def body_in_place(self) -> str:
        """The whole text with blanks instead of the front matter: every letter keeps its place.

        All blanks where the text is beyond the bounds: rules would look through it for ever.
        """
        if self.is_beyond_bounds:
            return blanked(self.text)
        return blanked(self.text[: self.start]) + self.body

    @cached_property
    def prose(self) -> str:
        """The same with blanks instead of code, comments, tags and addresses, too."""
        return markdown_source.prose_of(self.body_in_place)

    @cached_property
    def links(self) -> list[MarkdownLink]:
        """The links and images in their order."""
        return markdown_source.links_of(self.body_in_place)

    @cached_property
    def document(self) -> Document:
        """The text as readers see it."""
        return self.reader.read(self.body)

    def places(self, noun: str) -> Mapping[Number, NumberedPlace]:
        """Return what a reference by this noun means, by each number that occurs once."""
        if noun not in self._places:
            self._places[noun] = places_of(self.document, noun)
        return self._places[noun]

    @cached_property
    def _places(self) -> dict[str, Mapping[Number, NumberedPlace]]:
        return {}

    @cached_property
    def heading_nouns(self) -> frozenset[str]:
        """The nouns before the numbers of headings, as in “Article 2”."""
        return frozenset(heading_noun(section.heading) for section in self.document.sections)

    def is_in_heading(self, place: int) -> bool:
        """Return whether the letter at `place` stands on the line of a heading."""
        return self.text.rfind("\n", 0, place) + 1 in self.heading_starts[1:]

    @cached_property
    def heading_starts(self) -> tuple[int, ...]:
        """The place of each section's heading, by index; that of section 0 is the body's start."""
        lines = list(self._heading_lines())
        starts, next_line = [self.start], 0
        for section in self.document.sections[1:]:
            heading = "".join(words_of(section.heading))
            matches = (n for n in range(next_line, len(lines)) if lines[n][1] == heading)
            line = next(matches, None)
            starts.append(starts[-1] if line is None else lines[line][0])
            next_line = next_line if line is None else line + 1
        return tuple(starts)

    def _heading_lines(self) -> Iterator[tuple[int, str]]:
        """Yield the place and the letters of each line that may be a heading."""
        source = markdown_source.substituted(
            markdown_source.NOT_PROSE,
            lambda match: blanked(match[0]) if match[0][:1] in "(`" else match[0],
            self.body_in_place,
        )
        for line in HEADING_LINE.finditer(source):
            heading = line["atx"] or line["setext"] or line["html"] or ""
            yield line.start(), "".join(words_of(HEADING_MARKUP.sub("", heading)))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The names in the text that a link can lead to, those of earlier engines included."""
        names = re.findall(r"\s(?:id|name)=[\"']([^\"']+)[\"']", self.document.html)
        anchors = {section.anchor for section in self.document.sections if section.anchor}
        return frozenset(names) | anchors | {*self.document.former_anchors.values()}

    def place_of(self, index: int, words: str) -> int:
        """Return the place of the words in a section, or its start where they are not found."""
        start, *following = self.heading_starts[index : index + 2]
        section = self.text[start : following[0] if following else len(self.text)]
        wanted = re.findall(r"\w+", words)[:WORDS_TO_LOCATE]
        match = re.search(r"\W+".join(map(re.escape, wanted)), section)
        return start + match.start() if match and wanted else start

    def line_of(self, place: int) -> int:
        """Return the line of the letter at `place`, counted from 1."""
        return self.text.count("\n", 0, place) + 1

    def finding(self, place: int, message: str, hint: str = "", fix: Fix | None = None) -> Finding:
        """Return a finding about the letter at `place`."""
        line, column = self.line_of(place), self._column_of(place)
        end = place + fix.length if fix else place
        if fix and self.line_of(end) > line:
            fix = replace(fix, end=(self.line_of(end), self._column_of(end)))
        return Finding(line, message, hint, column, fix)

    def _column_of(self, place: int) -> int:
        return place - self.text.rfind("\n", 0, place)

    def key_finding(
        self, key: str, message: str, hint: str = "", fix: Fix | None = None
    ) -> Finding:
        """Return a finding about a line of the front matter; a `fix` replaces its value."""
        line = re.search(rf"^{key}:[ \t]*", self.text[: self.start], re.M)
        if line is None:
            return Finding(1, message, hint)
        return self.finding(line.end() if fix else line.start(), message, hint, fix)


@dataclass(frozen=True)
class Edit:
    """The step from one text of a policy to the next, proposed or published."""

    old: PolicyText
    new: PolicyText

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Which section became which."""
        continues = self.new.metadata.continues if self.new.metadata else ()
        return match_sections(self.old.document, self.new.document, continues)

    @property
    def redline(self) -> Redline:
        """What it changes, proved; the whole text is replaced where that fails."""
        return self._comparison[0]

    @property
    def fault(self) -> str:
        """Why what it changes could not be proved, empty where it is."""
        return self._comparison[1]

    @cached_property
    def _comparison(self) -> tuple[Redline, str]:
        return Comparer().compare_or_replace(self.old.document, self.new.document, self.links)

    @cached_property
    def changes_source(self) -> bool:
        """Whether the sources differ."""
        return self.old.body != self.new.body

    def successors(self, section: Section) -> list[Section]:
        """Return the new sections that hold text of an old one, the one of its title first."""
        indexes = [link.new for link in self.links if link.old == section.index]
        sections = [self.new.document.sections[index] for index in indexes if index is not None]
        return sorted(sections, key=lambda successor: successor.title != section.title)
