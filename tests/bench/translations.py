"""Count the sections of translations that lag behind, beside those that are known to.

usage: translations.py REPOSITORY [--seed NUMBER]       mechanical translations of a real history
       translations.py REPOSITORY --languages           counterparts in a history of many languages

Of every update in REPOSITORY, each word is "translated" by a word of its own; of the sections that
changed, some are left as they were, drawn by the seed. These have to be named, and no others. What
changed is told from the Markdown alone: sections with the same heading, by their words and links.

With --languages the folders at the top are languages, and headings have the same `{: #id }` in all
of them: which section is which is told by these, and found without them.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from gazette.model import BlobId
from gazette.record.commits import commits, line_of
from gazette.record.git_texts import GitTexts, open_repository
from gazette.record.history import tracks_of
from gazette.text.counterparts import counterparts
from gazette.text.document import Document, Section
from gazette.text.frontmatter import body_of
from gazette.text.reader import Reader
from gazette.text.redline import SectionChange
from gazette.text.translated_sections import Lag, TextStep, passed_over, stale_sections

HEADING = re.compile(r"^(#{1,6}[ \t]+.*)$", re.M)
KEPT = re.compile(
    r"\]\([^)\s]*(?:\s[^)]*)?\)|^\[[^\]]+\]:.*$|<[^>]*>|\{:?[^}\n]*\}|&#?\w+;|https?://\S+|\S*[\d@]\S*",
    re.M,
)
"""What no translation changes: targets of links, tags, attributes, entities, figures."""
WORD = re.compile(r"[^\W\d_]+")
TARGET = r"[^()\s]*(?:\([^()\s]*\)[^()\s]*)*"
CONTENT = re.compile(rf"\]\(({TARGET})|(https?://[^\s<>\])]*[^\s<>\]).,])|([^\W_]+)")
DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[ \t]*(\S+).*$", re.M)
REFERENCE = re.compile(r"\]\[([^\]\n]+)\]")
ANCHOR_TAG = re.compile(r"<a\b[^>]*\bhref=\"([^\"]*)\"[^>]*>(.*?)</a>", re.S)
ITSELF = re.compile(rf"\[(https?://[^\]]+)\]\({TARGET}\)")
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
HTML_HEADING = re.compile(r"<h[1-6]\b", re.I)
IDS = re.compile(r"\s*\{:\s*#([\w.-]+)\s*\}")
LEFT_SHARE = 0.4
"""So many of the changed sections are left as they were."""
LONGEST = 200_000


def foreign(text: str) -> str:
    """Return a text with every word replaced by one that stands for it, the same each time."""
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [WORD.sub(_foreign_word, text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join((*parts, WORD.sub(_foreign_word, text[end:])))


def _foreign_word(word: re.Match[str]) -> str:
    digest = sha256(word[0].lower().encode()).digest()
    return "".join(SYLLABLES[byte % len(SYLLABLES)] for byte in digest[: 1 + len(word[0]) // 3])


class Part(NamedTuple):
    """A section as its source: the line of its heading, and what stands below."""

    line: str
    body: str

    @property
    def heading(self) -> str:
        """The letters of the heading, without targets and attributes."""
        return plain(self.line.replace("](", "] ("))

    @property
    def words(self) -> tuple[str, ...]:
        """What it says: words and targets of links."""
        text = ITSELF.sub(r"\1", f"{self.line}\n{self.body}")
        matches = CONTENT.finditer(text)
        return tuple("".join(match.groups("")).lower().rstrip("/") for match in matches)


def parts(text: str) -> list[Part]:
    """Return the sections of a text in order, the opening first.

    None where a heading recurs, or one is written as HTML.
    """
    targets = {name.lower(): target for name, target in DEFINITION.findall(text)}
    inline = ANCHOR_TAG.sub(r"[\2](\1)", DEFINITION.sub("", text))
    inline = REFERENCE.sub(lambda match: f"]({targets.get(match[1].lower(), match[1])})", inline)
    first, *rest = HEADING.split(inline)
    parts = [Part("", first), *(Part(*pair) for pair in zip(rest[::2], rest[1::2], strict=True))]
    is_clear = len({part.heading for part in parts}) == len(parts) and not HTML_HEADING.search(text)
    return parts if is_clear else []


def changed(old: Sequence[Part], new: Sequence[Part]) -> set[str]:
    """Return the headings of sections that say anything else in one text than in the other."""
    before, after = ({part.heading: part.words for part in side} for side in (old, new))
    headings = before.keys() | after.keys()
    return {heading for heading in headings if before.get(heading) != after.get(heading)}


def drawn(
    old: Sequence[Part], new: Sequence[Part], all_changed: set[str], draw: random.Random
) -> set[str]:
    """Return the headings of changed sections that are left as they were.

    Sections that stand instead of others, as under a new heading, are left together.
    """
    before, after = ([part.heading for part in side] for side in (old, new))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    units = [{*before[a:b], *after[c:d]} for kind, a, b, c, d in steps if kind == "replace"]
    units += [{heading} for heading in sorted(all_changed.difference(*units))]
    return {heading for unit in units if draw.random() < LEFT_SHARE for heading in sorted(unit)}


def written(sections: Sequence[Part]) -> str:
    """Return the source of sections."""
    return "".join(f"{part.line}{part.body}" for part in sections)


def with_left(old: Sequence[Part], new: Sequence[Part], left: set[str]) -> list[Part]:
    """Return the new sections, but those that are left as the old text has them."""
    before = {part.heading: part for part in old}
    kept = [before.get(part.heading) if part.heading in left else part for part in new]
    result = [part for part in kept if part]
    gone = [part for part in old if part.heading in left - {part.heading for part in new}]
    for part in gone:
        place = old.index(part)
        behind = {part.heading for part in old[:place]}
        at = max((i + 1 for i, part in enumerate(result) if part.heading in behind), default=0)
        result.insert(at, part)
    return result


def headings(change: SectionChange) -> set[str]:
    """Return the headings of a section before and after, as they are compared."""
    return {_plain(section) for section in (change.old, change.new) if section}


def _plain(section: Section) -> str:
    return plain(section.heading)


def plain(heading: str) -> str:
    """Return the letters of a heading, in small ones."""
    return "".join(WORD.findall(KEPT.sub("", heading))).lower()


class Score(NamedTuple):
    """Sections that had to be named, those that were not, and those named without need."""

    expected: int
    missed: list[str]
    false: list[str]


def score(lags: Sequence[Lag], expected: set[str], allowed: set[str]) -> Score:
    """Compare what is named with the headings of sections that are `expected`.

    A section under another heading may be named by either. Nothing but what is `allowed`
    may be named.
    """
    named = [set().union(*map(headings, lag.changes)) for lag in lags]
    missed = [heading for heading in sorted(expected) if not any(heading in lag for lag in named)]
    false = ["/".join(sorted(lag)) for lag in named if not lag & allowed]
    return Score(len(expected), missed, false)


def histories(repository: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the path of each Markdown file with its texts, oldest first."""
    repo = open_repository(repository)
    assert repo, f"No repository at {repository}."
    texts = GitTexts(str(repo.working_tree_dir or repository))
    lines = commits(line_of(repo), {})
    for track in tracks_of(lines, lambda path: path.endswith(".md"), texts):
        ids = list(dict.fromkeys(BlobId(step.blob_id) for step in reversed(track.steps)))
        read = [body_of(data.decode("utf-8", "replace")) for data in texts.read_many(ids)]
        yield track.path, [text for text in read if len(text) < LONGEST]


def mechanical(repository: Path, seed: int) -> None:
    """Print how many lagging sections of mechanical translations are named."""
    draw = random.Random(seed)
    totals = {kind: Counter[str]() for kind in ("behind", "left", "in step")}
    for path, texts in histories(repository):
        reader, other = Reader(), Reader()
        for old, new in pairwise(texts):
            before, after = parts(old), parts(new)
            if not before or not after:
                continue
            all_changed = changed(before, after)
            original = TextStep(reader.read(written(before)), reader.read(written(after)))
            translation = other.read(foreign(written(before)))
            lags = stale_sections(original, translation)
            _count(totals["behind"], path, score(lags, all_changed, all_changed))
            left = drawn(before, after, all_changed, draw)
            for kind, skipped in (("left", left), ("in step", set[str]())):
                text = foreign(written(with_left(before, after, skipped)))
                step = TextStep(translation, other.read(text))
                over = passed_over(original, step)
                _count(totals[kind], path, score(over.lags, skipped, skipped))
    for kind, total in totals.items():
        named = total["expected"] - total["missed"]
        print(
            f"{kind}: {total['updates']} updates, {named} of {total['expected']} sections named, "
            f"{total['false']} false alarms"
        )


def _count(total: Counter[str], path: str, result: Score) -> None:
    total.update(updates=1, expected=result.expected, missed=len(result.missed))
    total.update(false=len(result.false))
    if result.missed or result.false:
        print(f"  {path}: missed {result.missed}, false {result.false}")


def languages(repository: Path) -> None:
    """Print how many counterparts are found in real translations, beside those told by ids."""
    repo = open_repository(repository)
    assert repo, f"No repository at {repository}."
    texts = GitTexts(str(repo.working_tree_dir or repository))
    paths = str(repo.git.ls_tree("-r", "--name-only", "HEAD")).splitlines()
    total: Counter[str] = Counter()
    for path in (path for path in paths if path.startswith("en/") and path.endswith(".md")):
        for translated in (other for other in paths if other.split("/")[1:] == path.split("/")[1:]):
            if translated == path:
                continue
            sides = [texts.read_file(f"HEAD:{name}") for name in (path, translated)]
            documents = [_without_ids((side or b"").decode("utf-8", "replace")) for side in sides]
            right, wrong, expected = _compared(*documents)
            total.update(texts=1, right=right, wrong=wrong, expected=expected)
            if wrong or right < expected:
                print(f"  {translated}: {right} of {expected} right, {wrong} wrong")
    counts = f"{total['right']} of {total['expected']} right, {total['wrong']} wrong"
    print(f"{total['texts']} texts: {counts}")


def _without_ids(text: str) -> tuple[Document, list[str]]:
    """Return a text read without the ids of its headings, and those ids by section."""
    lines = [match[0] for match in HEADING.finditer(text)]
    ids = ["", *("".join(IDS.findall(line)) for line in lines)]
    return Reader().read(IDS.sub("", text)), ids


def _compared(
    original: tuple[Document, list[str]], translation: tuple[Document, list[str]]
) -> tuple[int, int, int]:
    """Return how many counterparts are right and wrong, and how many there are by ids."""
    (old, old_ids), (new, new_ids) = original, translation
    if len(old.sections) != len(old_ids) or len(new.sections) != len(new_ids):
        return 0, 0, 0
    truth = {
        old_ids.index(name): new_ids.index(name)
        for name in old_ids
        if name and old_ids.count(name) == new_ids.count(name) == 1
    }
    pairs = counterparts(old, new)
    right = sum(pairs.get(section) == other for section, other in truth.items())
    wrong = sum(section in pairs and pairs[section] != other for section, other in truth.items())
    return right, wrong, len(truth)


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--languages", action="store_true")
    options = parser.parse_args()
    if options.languages:
        languages(options.repository)
    else:
        mechanical(options.repository, options.seed)


if __name__ == "__main__":
    main()
