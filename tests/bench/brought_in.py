"""Bring in public repositories of policies, build them, and hold every page against GitHub's.

    python -m bench.brought_in FOLDER CLONE[:GLOB] ...

Each CLONE, or what fits the GLOB of it, is imported with its history into a help center of its own
below FOLDER, which is built; one that stands there already is compared as it is. Every version's
page is compared with what `cmark-gfm` makes of the text in the commit that it comes from: lists and
tables have to be the same, every word has to be there or in the list of what was left out, none may
be new or out of order, every link has to arrive. Where markdown-it reads GitHub's rules otherwise
than that program, either will do. Prints what differs, then a table; leaves with 1 where anything
does.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from rapidfuzz.distance import LCSseq

from bench.github_reading import Node, lists, others, outline
from bench.word_oracles import moved_words, words
from commands import run
from gazette.text.bounds import excesses
from gazette.text.github_reading import github_html, without_site_only
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.markdown_source import without_code
from gazette.text.sanitizer import sanitize

GAZETTE = [str(Path(sys.executable).with_name("gazette"))]
GITHUB = ["cmark-gfm", "--unsafe"]
for extension in ("table", "strikethrough", "tasklist", "footnotes"):
    GITHUB += ["-e", extension]
NOTES = re.compile(r'<section class="footnotes"[^>]*>(.*?)</section>', re.S)
NOTE_SIGN = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|<a [^>]*class="footnote-backref".*?</a>'
)
SOURCE = re.compile(
    r"^# Reconstructed from [^\n]*?, (?:[^\n]*; as it stands in )?(?P<path>[^\n]+)"
    r", commit (?P<id>\w+)$",
    re.M,
)
"""Where the letters of a version come from: those of the last commit that changed no word."""
FRONT_MATTER = re.compile(r"\A(?:---[ \t]*\n.*?^---|\+\+\+[ \t]*\n.*?^\+\+\+)[ \t]*$", re.S | re.M)
TEMPLATE = re.compile(
    r"\{%-? *comment.*?endcomment *-?%\}|\{%.*?%\}|\{\{.*?\}\}|\{::.*?\}|[ \t]*\{:[^}\n]*\}"
    r"|^(?:import [^\n]* from [\"']|export (?:const|default|function) )[^\n]*$"
    r"|^ {0,3}:{3,}\w*|^ {0,3}\[\[(?:_TOC_|toc)\]\]",
    re.S | re.M,
)
"""What only the program of the old site understands."""
OURS = "gz-old", "gz-mark", "gz-had", "gz-gone", "headerlink", "footnote-ref", "footnote-backref"
"""The classes of what the site adds to a text."""
NO_IMAGE = re.compile(r'\[Image no longer published: ([^\]]*)\]|<img[^>]*alt="([^"]*)"[^>]*>')
EXTENSIONS = [name for name in DEFAULT_EXTENSIONS if name != "footnotes"]
"""What the site reads otherwise than GitHub, or besides."""
MAX_SHOWN = 12


@dataclass
class Sum:
    """What is counted over the pages of a repository."""

    name: str
    policies: int = 0
    pages: int = 0
    refused: int = 0
    lists: int = 0
    lists_otherwise: int = 0
    blocks: int = 0
    blocks_otherwise: int = 0
    words: int = 0
    lost: int = 0
    invented: int = 0
    moved: int = 0
    links: int = 0
    dead: int = 0
    left_out: int = 0

    @property
    def wrong(self) -> int:
        """How much must not be."""
        words = self.lost + self.invented + self.moved
        return self.refused + self.lists_otherwise + words + self.dead


@dataclass(frozen=True)
class Center:
    """A help center made of a clone."""

    clone: Path
    folder: Path
    ids: dict[Path, frozenset[str]] = field(default_factory=dict)

    def make(self, pattern: str) -> Iterator[str]:
        """Bring the clone in and build it; yield what went wrong."""
        options = ["--name", "Acme", "--no-policy", "--ci", "none", "--yes"]
        run([*GAZETTE, "init", str(self.folder), *options], self.folder.parent)
        only = ["--only", pattern] if pattern else []
        source = str(self.clone.resolve())
        for command in (["import", source, "--git", "--report", "left-out.md", *only], ["build"]):
            done = run([*GAZETTE, *command], self.folder)
            if done.returncode:
                yield f"gazette {command[0]} ended with {done.returncode}: {done.stderr.strip()}"
                return

    @property
    def listed(self) -> str:
        """What was left out."""
        report = self.folder / "left-out.md"
        return report.read_text("utf-8") if report.exists() else ""

    def pages(self) -> Iterator[tuple[Path, str]]:
        """Yield the page of each version with the text it comes from."""
        for text in sorted(self.folder.glob("site/policies/*/versions/*/*.md")):
            if source := SOURCE.search(text.read_text("utf-8")):
                place = f"{source['id']}:{source['path']}"
                command = ["git", "-C", str(self.clone), "show", place]
                done = subprocess.run(command, capture_output=True, check=True)
                yield text.parent / "index.html", done.stdout.decode("utf-8", "replace")

    def dead(self, page: Path, text: html.HtmlElement) -> Iterator[str]:
        """Yield the links of a page that lead nowhere in the site."""
        address = "/" + page.parent.relative_to(self.folder / "site").as_posix() + "/"
        for link in text.iter("a"):
            target = urlsplit(urljoin(address, link.get("href", "")))
            if target.scheme or target.netloc or "href" not in link.attrib:
                continue
            file = self.folder / "site" / unquote(target.path).strip("/")
            file = file / "index.html" if file.is_dir() else file
            if not file.exists() or (target.fragment and not self._has(file, target.fragment)):
                yield link.get("href", "")

    def _has(self, page: Path, name: str) -> bool:
        if page not in self.ids:
            tree: Any = html.fromstring(page.read_text("utf-8"))
            self.ids[page] = frozenset(map(str, tree.xpath("//@id | //a/@name")))
        return unquote(name) in self.ids[page]


def body_of(text: str) -> str:
    """Return a text without front matter and what only a program understood."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    body = FRONT_MATTER.sub("", text, count=1)
    prose = without_code(body)
    for match in reversed(list(TEMPLATE.finditer(prose))):
        gap = "\n" * match[0].count("\n")
        body = f"{body[: match.start()]}{gap}{body[match.end() :]}"
    return body


def github(body: str) -> str:
    """Return the HTML of a text as GitHub reads it, without what no page may hold."""
    done = subprocess.run(GITHUB, input=body.encode(), capture_output=True, check=True)
    page = NOTES.sub(r'<div class="footnote">\1</div>', NOTE_SIGN.sub("", done.stdout.decode()))
    return with_words(sanitize(page).html)


def text_of(page: Path) -> html.HtmlElement:
    """Return the text on a page, without what the site adds to it."""
    tree: Any = html.fromstring(page.read_text("utf-8"))
    text: html.HtmlElement = tree.xpath("//div[@class='gz-text']")[0]
    for name in OURS:
        for element in text.find_class(name):
            element.drop_tree()
    text.insert(0, tree.xpath("//article//h1")[0])
    return text


def with_words(page: str) -> str:
    """Return HTML with the words for images in place of these."""
    return NO_IMAGE.sub(lambda image: f" {image[1] or image[2] or ''} ", page)


def seen(piece: str) -> list[str]:
    """Return the words of HTML."""
    piece = re.sub(r"</?(?:strong|em|s|del|a|span|sub|sup|code|b|i|u|abbr)\b[^>]*>", "", piece)
    tree: Any = html.fromstring(f"<div>{re.sub('<', ' <', piece)}</div>")
    return words(str(tree.text_content()))


def compare(page: Path, source: str, center: Center, total: Sum) -> Iterator[str]:
    """Add a page to the sums of its repository; yield how it differs from its source."""
    text, body = text_of(page), body_of(source)
    total.links += sum(1 for _ in text.iter("a"))
    for target in center.dead(page, text):
        total.dead += 1
        yield f"dead link: {target}"
    ours_html = with_words(etree.tostring(text, encoding="unicode", method="html"))
    theirs = github(body)
    shown, known = seen(ours_html), seen(theirs)
    below = shown[len(words(text[0].text_content())) :]
    shown = min(shown, below, key=lambda html: LCSseq.distance(html, known))
    yield from _compare_words(shown, known, center, total)
    rest, parts = without_site_only(body, EXTENSIONS, ours_html)
    theirs = github(rest) if parts else theirs
    ours, other = outline(ours_html)[0].inside, outline(theirs)
    if lists(ours) != lists(other):
        plain = outline(with_words(github_html(rest)))
        other = min(other, plain, key=lambda html: lists(html) != lists(ours))
    yield from _compare_blocks(ours, other, total)


def _compare_words(ours: list[str], theirs: list[str], center: Center, total: Sum) -> Iterator[str]:
    mine, known = Counter(ours), Counter(theirs)
    total.words += len(theirs)
    moved = moved_words(ours, theirs)
    total.moved += moved
    if moved:
        yield f"out of order: {moved}"
    if "".join(ours) == "".join(theirs):
        return
    lost = known - mine
    lost -= Counter({word: len(theirs) for word in words(center.listed)})
    invented = mine - known
    for noun, count in (("lost", lost), ("invented", invented)):
        setattr(total, noun, getattr(total, noun) + count.total())
        if count:
            shown = " ".join(f"{word}×{n}" for word, n in count.most_common(MAX_SHOWN))
            yield f"{noun} {count.total()}: {shown}"


def _compare_blocks(ours: tuple[Node, ...], theirs: tuple[Node, ...], total: Sum) -> Iterator[str]:
    total.lists += len(lists(theirs))
    if lists(ours) != lists(theirs):
        total.lists_otherwise += 1
        yield f"lists or tables{_first(lists(ours), lists(theirs))}"
    mine, other = Counter(others(ours)), Counter(others(theirs))
    total.blocks += other.total()
    if missing := other - mine:
        total.blocks_otherwise += missing.total()
        yield f"blocks{_first(list((mine - other).elements()), list(missing.elements()))}"


def _first(ours: Sequence[object], theirs: Sequence[object]) -> str:
    pairs = zip([*ours, None], [*theirs, None], strict=False)
    first = next(((a, b) for a, b in pairs if a != b), ())
    return "".join(f"\n    {str(side)[:300]}" for side in first)


def measure(folder: Path, source: str) -> Sum:
    """Bring in one repository, or take what stands there, and compare its pages."""
    clone, _, pattern = source.partition(":")
    center = Center(Path(clone), folder / Path(clone).name)
    total = Sum(Path(clone).name)
    if not center.folder.exists():
        for what in center.make(pattern):
            total.refused += 1
            print(f"{total.name}: {what}", flush=True)
    total.left_out = center.listed.count("\n- ")
    total.policies = len(list(center.folder.glob("site/policies/*/versions.json")))
    for page, text in center.pages():
        if excesses(body_of(text)):
            continue  # shown as it is written
        total.pages += 1
        for what in compare(page, text, center, total):
            print(f"{'/'.join(page.parts[-4:-1])} of {total.name}: {what}", flush=True)
    return total


def main() -> int:
    """Print what differs and the table; return 1 where anything does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("clones", nargs="+", metavar="CLONE[:GLOB]")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    totals = [measure(arguments.folder, source) for source in arguments.clones]
    columns = [name for name in vars(totals[0]) if name != "name"]
    print("| repository |", " | ".join(columns), "|")
    for total in totals:
        print(f"| {total.name} |", " | ".join(str(getattr(total, name)) for name in columns), "|")
    return int(any(total.wrong for total in totals))


if __name__ == "__main__":
    raise SystemExit(main())
