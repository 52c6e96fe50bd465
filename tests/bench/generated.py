"""Histories of policies that nobody wrote, of the shape that real ones have.

Lengths, numbers of versions and kinds of edits are spread as in two real repositories: a company's
45 policies, and the terms of large platforms. The same shape gives the same bytes everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, product
from random import Random

from bench.histories import Text

WORD = re.compile(r"(?<= )[a-z]+(?= )")
GAP = re.compile(r"(?<=\w) (?=\w)")
LINK = re.compile(r"\(https://example\.com/[a-z]+\)")
FIRST, DAYS = date(2013, 1, 1), 5000
SYLLABLES = tuple(map("".join, product("bdfglmnprstvz", "aeiou")))


@dataclass(frozen=True)
class Shape:
    """How many policies there are, and the deciles of their versions and of their bytes."""

    policies: int
    versions: Sequence[int]
    length: Sequence[int]
    newest: int | None = None


COMPANY_LENGTH = (521, 1304, 1599, 1850, 2628, 3000, 3373, 3843, 4878, 9674, 24028)
PLATFORM = Shape(
    127,
    (2, 3, 5, 8, 9, 14, 18, 24, 34, 89, 492),
    (870, 7287, 12228, 15283, 23030, 33587, 40385, 48528, 57637, 92051, 290172),
)
SHAPES = {
    "small": Shape(10, (10, 10, 10, 10, 11, 11, 12, 12, 13, 14, 16), COMPANY_LENGTH),
    "company": Shape(45, (2, 2, 2, 3, 3, 4, 6, 8, 11, 13, 44), COMPANY_LENGTH),
    "large": Shape(PLATFORM.policies, PLATFORM.versions, PLATFORM.length, newest=20),
    "huge": PLATFORM,
    "wide": Shape(900, (6, 6), COMPANY_LENGTH),
}


@dataclass
class Section:
    """A heading and the blocks below it."""

    heading: str
    blocks: list[str]

    def source(self) -> str:
        """Return the Markdown of the section."""
        return "\n\n".join((self.heading, *self.blocks))


class Author:
    """Writes policies and edits them, by chance but always the same."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)
        lengths = self.chance.choices((1, 2, 3, 4), (2, 5, 3, 1), k=3000)
        self.words = ["".join(self.chance.choices(SYLLABLES, k=length)) for length in lengths]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def phrase(self, least: int, most: int) -> str:
        """Return a few words."""
        count = self.chance.randint(least, most)
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=count))

    def link(self) -> str:
        """Return a link to somewhere else."""
        return f"[{self.phrase(1, 3)}](https://example.com/{self.chance.choice(self.words)})"

    def sentence(self) -> str:
        """Return a sentence, now and then with a link."""
        middle = f", {self.link()}, " if self.chance.random() < 0.2 else ", "
        return f"{self.phrase(4, 12).capitalize()}{middle}{self.phrase(3, 10)}."

    def paragraph(self) -> str:
        """Return a few sentences."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def items(self) -> str:
        """Return a list."""
        return "\n".join(f"- {self.sentence()}" for _ in range(self.chance.randint(2, 6)))

    def row(self) -> str:
        """Return a row of a table of two columns."""
        return f"| {self.phrase(1, 2)} | {self.phrase(3, 9)} |"

    def rows(self) -> str:
        """Return a table of two columns."""
        return "\n".join((self.row(), "| --- | --- |", *(self.row() for _ in range(5))))

    def section(self) -> Section:
        """Write a section of a few blocks."""
        kinds: list[Callable[[], str]] = [self.paragraph, self.items, self.rows]
        chosen = self.chance.choices(kinds, (75, 23, 2), k=self.chance.randint(1, 5))
        heading = f"{self.chance.choice(('##', '##', '###'))} {self.phrase(1, 5).capitalize()}"
        return Section(heading, [write() for write in chosen])

    def policy(self, length: int) -> list[Section]:
        """Write a policy of about so many bytes."""
        sections = [Section(f"# {self.phrase(1, 3).title()}", [self.paragraph()])]
        while sum(len(item.source()) for item in sections) < length:
            sections.append(self.section())
        return sections

    def edit(self, sections: list[Section]) -> None:
        """Change a policy in place as an update does: mostly little, in one place or a few."""
        edits = {
            self.replace_words: 50,
            self.add_sentence: 20,
            self.change_link: 28,
            self.move_block: 14,
            self.emphasize: 5,
            self.wrap: 7,
            self.add_section: 6,
            self.remove_section: 3,
            self.rename_section: 4,
        }
        times = min(1 + int(self.chance.expovariate(0.5)), 12)
        for change in self.chance.choices(list(edits), list(edits.values()), k=times):
            change(sections)

    def replace_words(self, sections: list[Section]) -> None:
        """Put other words for a few."""
        for _ in range(self.chance.randint(1, 4)):
            self._rewrite(sections, WORD, lambda _: self.phrase(1, 2))

    def add_sentence(self, sections: list[Section]) -> None:
        """Go on after the end of a block."""
        section, place = self._block(sections)
        block = section.blocks[place]
        added = f"\n{self.row()}" if block.startswith("|") else f" {self.sentence()}"
        section.blocks[place] = block + added

    def change_link(self, sections: list[Section]) -> None:
        """Let a link lead elsewhere."""
        self._rewrite(
            sections, LINK, lambda _: f"(https://example.com/{self.chance.choice(self.words)})"
        )

    def emphasize(self, sections: list[Section]) -> None:
        """Make a word bold."""
        self._rewrite(sections, WORD, lambda word: f"**{word[0]}**")

    def wrap(self, sections: list[Section]) -> None:
        """Break a line elsewhere, which no reader sees."""
        self._rewrite(sections, GAP, lambda _: "\n")

    def move_block(self, sections: list[Section]) -> None:
        """Move a block to the end of a section."""
        section, place = self._block(sections)
        block = section.blocks.pop(place)
        self.chance.choice(sections).blocks.append(block)

    def add_section(self, sections: list[Section]) -> None:
        """Put in a section."""
        sections.insert(self.chance.randint(1, len(sections)), self.section())

    def remove_section(self, sections: list[Section]) -> None:
        """Take out a section."""
        if len(sections) > 3:
            sections.pop(self.chance.randrange(1, len(sections)))

    def rename_section(self, sections: list[Section]) -> None:
        """Give a section another heading."""
        section = self.chance.choice(sections)
        section.heading = f"{section.heading.split(' ')[0]} {self.phrase(1, 5).capitalize()}"

    def _block(self, sections: list[Section]) -> tuple[Section, int]:
        section = self.chance.choice([item for item in sections if item.blocks])
        return section, self.chance.randrange(len(section.blocks))

    def _rewrite(
        self, sections: list[Section], what: re.Pattern[str], new: Callable[[re.Match[str]], str]
    ) -> None:
        """Replace one of the places in a block that fit, outside tables."""
        section, place = self._block(sections)
        block = section.blocks[place]
        matches = list(what.finditer(block))
        if matches and not block.startswith("|"):
            item = self.chance.choice(matches)
            section.blocks[place] = block[: item.start()] + new(item) + block[item.end() :]


def spread(deciles: Sequence[int], count: int) -> list[int]:
    """Return `count` values, small to large, that have these deciles."""
    values = []
    for number in range(count):
        below, part = divmod((number + 0.5) / count * (len(deciles) - 1), 1)
        low, high = deciles[int(below)], deciles[int(below) + 1]
        values.append(round(low * (high / low) ** part))
    return values


def history(shape: Shape) -> Iterator[Text]:
    """Yield every version of every policy in the order they were posted."""
    texts = [text for policy in policies(shape) for text in policy]
    texts.sort(key=lambda item: (item.time, item.slug))
    yield from texts


def policies(shape: Shape) -> Iterator[list[Text]]:
    """Yield the versions of each policy, oldest first."""
    lengths = spread(shape.length, shape.policies)
    Random("order").shuffle(lengths)
    pairs = zip(lengths, spread(shape.versions, shape.policies), strict=True)
    for number, (length, versions) in enumerate(pairs):
        yield policy(f"policy-{number + 1}", length, versions)[-(shape.newest or versions) :]


def policy(slug: str, length: int, versions: int) -> list[Text]:
    """Return one policy, edited again and again."""
    author = Author(slug)
    sections = author.policy(length)
    days = sorted(author.chance.choices(range(DAYS), k=versions))
    per_day: Counter[int] = Counter()
    texts: list[Text] = []
    for day in days:
        if texts:
            author.edit(sections)
        per_day[day] += 1
        texts.append(_stamped(slug, FIRST + timedelta(day), per_day[day], bool(texts), sections))
    return texts


def _stamped(slug: str, day: date, number: int, update: bool, sections: Sequence[Section]) -> Text:
    title = slug.replace("-", " ").title()
    summary = f"summary: As recorded on {day}.\n" if update else ""
    front = f"---\ntitle: {title}\nversion: {day}.v{number}\nupdated: {day}\n{summary}---\n\n"
    body = "\n\n".join(item.source() for item in sections)
    moment = datetime(day.year, day.month, day.day, 12, number % 60, tzinfo=UTC)
    data = f"{front}{body}\n".encode()
    return Text(slug, f"{day}.v{number}", int(moment.timestamp()), data)
