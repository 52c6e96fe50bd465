"""A policy's text as rules read it: letters with their places, what of them is prose, and edits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gazette.model import Metadata, decoded
from gazette.problems import Code, Fix, Problem
from gazette.record.policy_files import PolicyFile
from gazette.text.document import Document, Section, read_document
from gazette.text.frontmatter import body_of, normalized
from gazette.text.lineage import Link, match_sections
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.numbers import Number, Place, places_of
from gazette.text.redline import Redline, redline
from gazette.text.tokens import words_of

COMMENT = r"<!--.*?-->"
FENCED = r"^[ >]*(?P<fence>```+|~~~+).*?(?:^[ >]*(?P=fence)|\Z)"
CODE_SPAN = r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
DESTINATION = r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)"
DEFINED = r"^ {0,3}\[[^\]\n]+\]:[ \t]+\S+.*?$"
ATTRIBUTES = r"\{:?[^{}\n]*\}"
TAG = r"</?[a-zA-Z][^<>]*>|<(?:https?|mailto):[^<>\s]*>"
ADDRESS = r"(?:https?://|www\.)[^\s<>()\[\]]+"
NOT_PROSE = re.compile(
    "|".join((COMMENT, FENCED, CODE_SPAN, DESTINATION, DEFINED, TAG, ADDRESS)), re.S | re.M
)
HEADING_LINE = re.compile(
    r"^(?: {0,3}#{1,6}[ \t]*(?P<atx>.*?)[ \t]*#*[ \t]*$"
    r"|(?P<setext>[^\n]+)\n {0,3}(?:=+|-+)[ \t]*$"
    r"|[^\n]*?<h[1-6][^>]*>(?P<html>.*?)</h[1-6]>)",
    re.M | re.I,
)


@dataclass(frozen=True)
class Manuscript:
    """One policy as it stands, or stood, in `docs/`."""

    file: PolicyFile
    markdown: MarkdownSettings

    @property
    def path(self) -> str:
        """Where it stands, relative to the project."""
        return self.file.path

    @property
    def slug(self) -> str:
        """The name of its file."""
        return self.file.slug

    @property
    def metadata(self) -> Metadata | None:
        """What its front matter says, None where that is wrong."""
        return self.file.metadata

    @cached_property
    def text(self) -> str:
        """All of it, every line ended by a line feed alone."""
        return normalized(decoded(self.file.data))

    @cached_property
    def start(self) -> int:
        """Where the body starts."""
        return len(self.text) - len(body_of(self.text))

    @property
    def body(self) -> str:
        """What stands below the front matter."""
        return self.text[self.start :]

    @cached_property
    def prose(self) -> str:
        """The whole text with blanks instead of front matter, code, comments, tags and addresses.

        Every letter keeps its place.
        """
        return blanked(self.text[: self.start]) + NOT_PROSE.sub(lambda m: blanked(m[0]), self.body)

    @cached_property
    def document(self) -> Document:
        """What readers see."""
        return read_document(self.body, self.markdown)

    @cached_property
    def places(self) -> Mapping[Number, Place]:
        """What stands under each number that is there once."""
        return places_of(self.document)

    @cached_property
    def heading_starts(self) -> tuple[int, ...]:
        """Where the heading of each section starts, by index; that of section 0 is the body's."""
        lines = list(self._heading_lines())
        starts, at = [self.start], 0
        for section in self.document.sections[1:]:
            wanted = "".join(words_of(section.heading))
            found = next((n for n in range(at, len(lines)) if lines[n][1] == wanted), None)
            starts.append(starts[-1] if found is None else lines[found][0])
            at = at if found is None else found + 1
        return tuple(starts)

    def _heading_lines(self) -> Iterator[tuple[int, str]]:
        shown = NOT_PROSE.sub(lambda m: blanked(m[0]) if m[0][:1] in "(`" else m[0], self.body)
        for line in HEADING_LINE.finditer(shown):
            heading = line["atx"] or line["setext"] or line["html"] or ""
            bare = re.sub(f"{TAG}|{ATTRIBUTES}", "", heading)
            yield self.start + line.start(), "".join(words_of(re.sub(r"[\\*_`]", "", bare)))

    @cached_property
    def plain_values(self) -> dict[str, str]:
        """The single-line values of the front matter, as they are written."""
        lines = re.findall(
            r"^(\w+):[ \t]*[\"']?([^\n#\"']*?)[\"']?[ \t]*(?:#.*)?$", self.text[: self.start], re.M
        )
        return dict(lines)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The names in the text that a link can lead to."""
        named = re.findall(r"\s(?:id|name)=[\"']([^\"']+)[\"']", self.document.html)
        return frozenset(named) | {one.anchor for one in self.document.sections if one.anchor}

    def place_of(self, index: int, words: str) -> int:
        """Return where the words stand in a section, its start where they cannot be found."""
        starts = self.heading_starts
        start, end = starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.text)
        looked_for = re.findall(r"\w+", words)[:8]
        found = re.search(r"\W+".join(map(re.escape, looked_for)), self.text[start:end])
        return start + found.start() if found and looked_for else start

    def position(self, place: int) -> tuple[int, int]:
        """Return the line and column of the letter at `place`."""
        line_start = self.text.rfind("\n", 0, place) + 1
        return self.text.count("\n", 0, place) + 1, place - line_start + 1

    def problem(
        self, place: int, code: Code, said: str, hint: str = "", fix: Fix | None = None
    ) -> Problem:
        """Return the finding about the letter at `place`."""
        line, column = self.position(place)
        return Problem(self.path, line, code, said, hint, column, fix)

    def key_problem(
        self, key: str, code: Code, said: str, hint: str = "", fix: Fix | None = None
    ) -> Problem:
        """Return the finding about a line of the front matter."""
        found = re.search(rf"^{key}:[ \t]*", self.text[: self.start], re.M)
        if not found:
            return Problem(self.path, 1, code, said, hint)
        return self.problem(found.end() if fix else found.start(), code, said, hint, fix)


def blanked(text: str) -> str:
    """Return blanks of the same length; line ends stay."""
    return re.sub(r"[^\n]", " ", text)


@dataclass(frozen=True)
class Edit:
    """The step from one text of a policy to the next, proposed or made."""

    old: Manuscript
    new: Manuscript

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Which section became which."""
        return match_sections(self.old.document, self.new.document)

    @cached_property
    def redline(self) -> Redline:
        """What it changes."""
        return redline(self.old.document, self.new.document, self.links)

    @cached_property
    def changes_source(self) -> bool:
        """Whether more than white space differs in the source."""
        return self.old.body.split() != self.new.body.split()

    def successors(self, section: Section) -> list[Section]:
        """Return the new sections that the text of an old one stands in, its own heading first."""
        found = [one.new for one in self.links if one.old == section.index and one.new is not None]
        sections = [self.new.document.sections[index] for index in found]
        return sorted(sections, key=lambda one: one.title != section.title)
