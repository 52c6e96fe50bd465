"""Compare what is imported of Word files with what other programs read in them.

    python -m bench.word_oracles FOLDER --python PYTHON

FOLDER holds .docx files, at any depth. PYTHON is an interpreter that has mammoth, docx2python and
python-docx; pandoc and LibreOffice are run, too, where they are installed. A word is lost when two
of them have it and the import has not, nor its list of what was left out; invented when none of
them has it; out of order as far as the best order among theirs does not have it at its place.
Tracked changes are accepted. LibreOffice, the only one of them that counts numbers, ends at fields
that do not match; it is given a copy without them, and that is printed with the reason. Prints a
line for each file that differs, then the sums.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree
from rapidfuzz.distance import LCSseq

from gazette.errors import SourceError
from gazette.imports.block_markdown import SHOWN_AT_DEPTH
from gazette.imports.page_import import read_page
from gazette.imports.word.names import W, attribute, remove
from gazette.imports.word.package import MAIN_PART
from gazette.text.document import Block, Container
from gazette.text.frontmatter import body_of, stated_title
from gazette.text.markdown_settings import DEFAULT
from gazette.text.numbers import written
from gazette.text.reader import read_document

TODAY = date(2026, 1, 1)
MAX_SHOWN = 12
FILES_AT_ONCE = 25
"""LibreOffice ends at a file it cannot read, and the rest of those it was given is not read."""
WITNESSES = 2
"""How many of the other programs must have a word for it to count as lost."""
WORD = re.compile(r"[^\W\d_]+|\d")
INSIDE_WORDS = re.compile(r"</?(?:strong|em|s|u|mark|a|span|sub|sup)\b[^>]*>")
"""Tags that may stand inside a word."""
ALTERNATIVE = re.compile(r'<img[^>]*alt="([^"]*)"[^>]*>')
TAG = re.compile(r"<[^>]*>")
RAISED = re.compile(r"([^\W\d_]*)[*_]*<su[bp]>[*_]*([^<]*)")
NOTE_SIGN = re.compile(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>', re.S)
TABLE = re.compile(r"\b(?:an?|the) (?:table of \w+|index) of \d+ lines?")
"""How the list names a table of contents or an index, of which it quotes the beginning only."""
UNREAD = tuple(
    f"{W}{name}"
    for name in ("instrText", "footnoteReference", "headerReference", "footerReference", "drawing")
)
"""What LibreOffice's copy of a file with damaged fields lacks besides their marks."""
ORACLES = {
    "mammoth": """
import mammoth, re, html
with open(path, "rb") as file:
    page = mammoth.convert_to_html(file).value
page = re.sub(r'<sup><a href="#(?:foot|end)note.*?</sup>', "", page)
page = re.sub(r'<a href="#(?:foot|end)note-ref.*?</a>', "", page)
page = re.sub(r"</?(?:strong|em|s|a|span)\\b[^>]*>", "", page)
text = html.unescape(re.sub(r"<[^>]*>", " ", page))
""",
    "docx2python": """
import docx2python, re, html
with docx2python.docx2python(path, html=False) as file:
    text = "\\n".join(map(str, (file.text,)))
    margins = []
text = re.sub(r"----(?:media/|Image alt text|footnote|endnote).*?----", " ", text)
text = re.sub(r"</?[a-z][^>]*>", " ", text)
""",
    "python-docx": """
import docx
def blocks(parent):
    for item in parent.iter_inner_content():
        if hasattr(item, "rows"):
            seen = set()
            for row in item.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from blocks(cell)
        else:
            yield item.text
text = "\\n".join(blocks(docx.Document(path)))
""",
}
"""Programs that put the text of the file at `path` into `text`."""
RUNNER = """
import json, sys
for path in sys.argv[1:]:
    try:
        {program}
    except Exception as error:
        text = None
    print(json.dumps([path, text]), flush=True)
"""


@dataclass(frozen=True)
class Row:
    """What the comparison of one file says; `refused` is the reason where it was not read."""

    name: str
    lost: Counter[str]
    invented: Counter[str]
    moved: int
    left_out: int
    refused: str = ""
    is_empty: bool = False
    has_table: bool = False

    @property
    def is_named(self) -> bool:
        """Tell whether the words that are lost went with a table of contents that is listed."""
        return self.has_table and bool(self.lost)


def words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents; each digit is one, no sign.

    Signs that show nothing part no word: with a soft hyphen in it, `prepaid` is one.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return WORD.findall("".join(letter for letter in plain if not _shows_nothing(letter)))


def _shows_nothing(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or unicodedata.category(letter) == "Cf"


@dataclass(frozen=True)
class Imported:
    """The words of a policy made of a file: of its title, its text and its list.

    `bare` is the text without the words that stand for images, which most others leave out.
    `listed` also holds the day that became its version, and pieces of its words that stand higher
    or lower, which others read as words. `left_out` counts what is on the list; `has_table` tells
    whether a table of contents is.
    """

    title: list[str]
    text: list[str]
    bare: list[str]
    listed: list[str]
    left_out: int
    has_table: bool

    def words(self, theirs: Sequence[list[str]]) -> list[str]:
        """Return the words of the policy; a title that is no part of the text is none of them."""
        length = len(self.title)
        is_seen = any(reading[:length] == self.title for reading in theirs)
        is_seen = is_seen and self.text[:length] != self.title
        return [*self.title, *self.text] if is_seen else self.text


def _number(block: Block) -> str:
    """Return the number or letter that a site shows before an item of a list."""
    if not block.path or block.path[-1].number is None:
        return ""
    outer = sum(step.tag == "ol" for step in block.path) - 1
    style = SHOWN_AT_DEPTH[min(outer, len(SHOWN_AT_DEPTH) - 1)]
    return written(block.path[-1].number, style)


def _seen(html: str, images: str = r" \1 ") -> str:
    """Return the words of a piece of HTML, those for its images among them if not asked else."""
    plain = INSIDE_WORDS.sub("", NOTE_SIGN.sub("", html))
    return unescape(TAG.sub(" ", ALTERNATIVE.sub(images, plain)))


def imported(file: Path) -> Imported:
    """Return the words of the policy made of a file; raises SourceError where it is refused."""
    policy = read_page(file.name, file.read_bytes(), TODAY, DEFAULT, "page", "accept")
    text = policy.newest.read().decode()
    lines, bare = [], []
    path: tuple[Container, ...] = ()
    for section in read_document(body_of(text), DEFAULT).sections:
        for block in section.blocks:
            number = "" if block.path == path else _number(block)
            path = block.path
            lines += [number, *(_seen(cell.html) for cell in block.cells)]
            bare += [number, *(_seen(cell.html, " ") for cell in block.cells)]
    day = policy.newest.version.day
    stamp = f"Last update {day:%B} {day.day} {day.year}" if day != TODAY else ""
    listed = " ".join((stamp, *(omission.what for omission in policy.left_out)))
    raised = " ".join(chain.from_iterable(RAISED.findall(text)))
    title = words(stated_title(text))
    has_table = bool(TABLE.search(listed))
    shown, known = words("\n".join(lines)), words(f"{listed} {raised}")
    plain = words("\n".join(bare))
    return Imported(title, shown, plain, known, len(policy.left_out), has_table)


def read_by_oracles(files: Sequence[Path], python: str) -> dict[str, dict[str, list[str]]]:
    """Return for each program the words it reads in each file that it can read."""
    readings: dict[str, dict[str, list[str]]] = {}
    for name, program in ORACLES.items():
        indented = program.strip().replace("\n", "\n        ")
        script = RUNNER.format(program=indented)
        done = subprocess.run(
            [python, "-c", script, *map(str, files)], capture_output=True, text=True, check=False
        )
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
        readings[name] = {path: words(text) for path, text in lines if text is not None}
    if shutil.which("pandoc"):
        readings["pandoc"] = dict(_read_by_pandoc(files))
    if shutil.which("soffice"):
        shown = dict(_read_by_libreoffice(files))
        readings["libreoffice"] = shown | dict(
            _read_without_fields(set(files) - set(map(Path, shown)))
        )
    return readings


def _read_by_pandoc(files: Sequence[Path]) -> Iterator[tuple[str, list[str]]]:
    for file in files:
        command = ["pandoc", "-f", "docx", "-t", "plain", "--wrap=none", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            plain = re.sub(r"\[\d+\]", " ", done.stdout)
            yield str(file), words(plain)


def _read_by_libreoffice(files: Sequence[Path]) -> Iterator[tuple[str, list[str]]]:
    """Yield what LibreOffice shows, which counts as Word does; a few files at a time."""
    for start in range(0, len(files), FILES_AT_ONCE):
        with TemporaryDirectory() as folder:
            some = files[start : start + FILES_AT_ONCE]
            copies = {Path(folder, f"{number}.docx"): file for number, file in enumerate(some)}
            for copy, file in copies.items():
                shutil.copyfile(file, copy)
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
            subprocess.run(
                [*command, "--outdir", folder, *map(str, copies)], capture_output=True, check=False
            )
            for copy, file in copies.items():
                shown = copy.with_suffix(".txt")
                if shown.is_file():
                    yield str(file), words(shown.read_text("utf-8-sig"))


def _read_without_fields(files: Iterable[Path]) -> Iterator[tuple[str, list[str]]]:
    """Yield what LibreOffice shows of copies without field marks, notes and pictures.

    Their words stay: they are those that Word last put there.
    """
    with TemporaryDirectory() as folder:
        copies: dict[Path, Path] = {}
        for number, file in enumerate(sorted(files)):
            copy = Path(folder, f"{number}.docx")
            if zipfile.is_zipfile(file) and _copy_without_fields(file, copy):
                copies[copy] = file
        for name, reading in _read_by_libreoffice(list(copies)):
            yield str(copies[Path(name)]), reading


def _copy_without_fields(file: Path, copy: Path) -> bool:
    """Write a copy of a Word file whose fields do not match, without them; tell whether it did."""
    with zipfile.ZipFile(file) as source:
        try:
            root = etree.fromstring(source.read(MAIN_PART))
        except (KeyError, etree.XMLSyntaxError):
            return False
        marks = list(root.iter(f"{W}fldChar"))
        counts = Counter(attribute(mark, "fldCharType") for mark in marks)
        if counts["begin"] == counts["end"]:
            return False
        print(
            f"{file.name}: its fields begin {counts['begin']} times and end "
            f"{counts['end']} times: LibreOffice reads a copy without them"
        )
        for element in (*marks, *root.iter(*UNREAD)):
            remove(element)
        with zipfile.ZipFile(copy, "w") as target:
            for name in source.namelist():
                data = etree.tostring(root) if name == MAIN_PART else source.read(name)
                target.writestr(name, data)
    return True


def compare(file: Path, readings: Mapping[str, Mapping[str, list[str]]]) -> Row:
    """Compare the import of a file with what the other programs read in it."""
    theirs = [reading[str(file)] for reading in readings.values() if str(file) in reading]
    try:
        policy = imported(file)
    except SourceError as error:
        return Row(file.name, Counter(), Counter(), 0, 0, str(error), not any(theirs))
    counts = [Counter(reading) for reading in theirs]
    shown = policy.words(theirs)
    mine, known = (
        Counter(shown),
        Counter(shown) + Counter(policy.title) + Counter(policy.listed),
    )
    numbers = _numbers(str(file), readings) + Counter(policy.text) - Counter(policy.bare)
    lost: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    for word in {word for count in counts for word in count} | set(mine):
        highest = sorted((count[word] for count in counts), reverse=True)
        witnessed = highest[WITNESSES - 1] if len(highest) >= WITNESSES else 0
        lost[word] = max(witnessed - known[word], 0)
        most = max(highest, default=0) + numbers[word]
        invented[word] = max(mine[word] - most, 0) if not word.isdigit() else 0
    if any(_letters(shown) == _letters(reading) for reading in theirs):
        lost, invented = Counter(), Counter()  # the same letters, parted into words elsewhere
    texts = (shown, policy.bare)
    moved = min((moved_words(text, reading) for reading in theirs for text in texts), default=0)
    return Row(file.name, +lost, +invented, moved, policy.left_out, has_table=policy.has_table)


def _numbers(file: str, readings: Mapping[str, Mapping[str, list[str]]]) -> Counter[str]:
    """Return the letters and words of numbers in a file: what only a program that counts shows.

    LibreOffice and python-docx both leave out the notes, and the former alone counts.
    """
    counting, plain = (
        Counter(readings.get(name, {}).get(file, ())) for name in ("libreoffice", "python-docx")
    )
    return counting - plain


def _letters(reading: Sequence[str]) -> Counter[str]:
    return Counter("".join(reading))


def moved_words(words: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words of both stand at another place in one than in the other."""
    words = [word for word in words if not word.isdigit()]
    other = [word for word in other if not word.isdigit()]
    return (Counter(words) & Counter(other)).total() - LCSseq.similarity(words, other)


def main() -> int:
    """Print the comparison; return 1 where words are lost, invented or out of order."""
    parser = argparse.ArgumentParser(description="Compare Word imports with other programs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--keep", type=Path, help="Where the readings of the others are kept.")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.rglob("*.docx"))
    if arguments.keep and arguments.keep.exists():
        readings = json.loads(arguments.keep.read_text("utf-8"))
    else:
        readings = read_by_oracles(files, arguments.python)
    if arguments.keep:
        arguments.keep.write_text(json.dumps(readings), "utf-8")
    rows = [compare(file, readings) for file in files]
    for row in rows:
        _print_row(row)
    print(f"{len(rows)} files; read by " + ", ".join(f"{k} {len(v)}" for k, v in readings.items()))
    empty = sum(row.is_empty for row in rows)
    print(f"refused {sum(bool(row.refused) for row in rows) - empty}, empty {empty}")
    lost = [row.lost.total() for row in rows if row.lost and not row.is_named]
    invented = [row.invented.total() for row in rows if row.invented]
    moved = [row.moved for row in rows if row.moved]
    for noun, sums in (("lost", lost), ("invented", invented), ("out of order", moved)):
        print(f"{noun}: {sum(sums)} words in {len(sums)} files")
    print(f"lost with a table of contents that is named: {sum(row.is_named for row in rows)} files")
    return int(any(lost) or any(invented) or any(moved))


def _print_row(row: Row) -> None:
    if row.refused:
        print(f"{row.name}: {'empty' if row.is_empty else 'refused'}: {row.refused}")
    elif row.lost or row.invented or row.moved:
        parts = [f"{row.name}: moved {row.moved}, listed {row.left_out}"]
        for noun, counted in (("lost", row.lost), ("invented", row.invented)):
            if counted:
                shown = " ".join(f"{word}×{n}" for word, n in counted.most_common(MAX_SHOWN))
                parts.append(f"  {noun} {counted.total()}: {shown}")
        print("\n".join(parts))


if __name__ == "__main__":
    raise SystemExit(main())
