"""Does the site read real texts as GitHub does?

usage: github_reading.py CORPUS [REPOSITORY ...] [--every N]

Reads every distinct Markdown text of the bundled histories in CORPUS/history and of git
repositories of policies, or every Nth of them. Lists and tables have to be those that markdown-it
makes by GitHub's rules, on every page; of all other blocks 97 %. Prints figures beside these
targets, and where texts differ; leaves with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from bench import real_texts
from gazette.text.bounds import excesses
from gazette.text.github_reading import github_html, without_site_only
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.rendering import Renderer, assemble

MOST_OTHER_BLOCKS_OTHERWISE = 0.03
_LISTS = frozenset({"ul", "ol", "table"})
_STRUCTURE = _LISTS | {
    *("li", "thead", "tbody", "tr", "th", "td", "p", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("blockquote", "pre", "hr", "dl", "dt", "dd", "div", "details"),
}
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)


class Node(NamedTuple):
    """An element of the structure: its own letters and digits, and what is inside."""

    tag: str
    start: str
    letters: str
    inside: tuple[Node, ...]


def outline(html: str) -> tuple[Node, ...]:
    """Return the structure of a text, footnotes left out."""
    root = etree.fromstring(f"<html><body>{html}</body></html>".encode(), _PARSER)
    return tuple(node for body in root.iterchildren("body") for node in _node(body).inside)


def _node(element: etree._Element) -> Node:
    letters = [element.text or ""]
    inside: list[Node] = []
    for child in element:
        node = _node(child) if child.get("class") != "footnote" else None
        if node and child.tag in _STRUCTURE:
            inside.append(node)
        elif node:
            letters.append(node.letters)
            inside.extend(node.inside)
        letters.append(child.tail or "")
    words = "".join(letters)
    return Node(element.tag, element.get("start", ""), re.sub(r"[\W_]", "", words), tuple(inside))


def lists(nodes: tuple[Node, ...]) -> list[Node]:
    """Return the outermost lists and tables in order, with all that is in them."""
    outermost: list[Node] = []
    for node in nodes:
        outermost += [node] if node.tag in _LISTS else lists(node.inside)
    return outermost


def others(nodes: tuple[Node, ...]) -> list[tuple[str, str]]:
    """Return all other blocks in order."""
    blocks: list[tuple[str, str]] = []
    for node in nodes:
        if node.tag not in _LISTS:
            blocks += [(node.tag, node.letters)] if node.letters or node.tag == "hr" else []
            blocks += others(node.inside)
    return blocks


class Tally:
    """Counts pages and blocks, and those that are read otherwise."""

    def __init__(self) -> None:
        self.path, self.renderer = "", Renderer()
        self.pages_with_more = 0
        self.pages = self.pages_otherwise = self.lists = self.blocks = self.blocks_otherwise = 0

    def compare(self, name: str, body: str) -> None:
        """Compare both readings of a text."""
        path = name.rpartition("@")[0]
        if path != self.path:
            self.path, self.renderer = path, Renderer()
        ours, github = self.outlines(body)
        if ours != github:
            page = assemble(self.renderer.pieces(body))[0]
            rest, parts = without_site_only(body, DEFAULT_EXTENSIONS, page)
            if parts or rest != body:
                self.pages_with_more += 1
                ours, github = self.outlines(rest)
        self.pages += 1
        self.lists += len(lists(github))
        if lists(ours) != lists(github):
            self.pages_otherwise += 1
            self.show(name, "lists or tables", lists(ours), lists(github))
        mine, theirs = others(ours), others(github)
        same = 0
        if mine == theirs:
            same = len(theirs)
        else:
            matches = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
            same = sum(match.size for match in matches)
            self.show(name, "blocks", mine, theirs)
        self.blocks += max(len(mine), len(theirs))
        self.blocks_otherwise += max(len(mine), len(theirs)) - same

    def outlines(self, body: str) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        return outline(assemble(self.renderer.pieces(body))[0]), outline(github_html(body))

    def show(self, name: str, what: str, ours: Sequence[object], github: Sequence[object]) -> None:
        """Print the first difference."""
        pairs = zip([*ours, None], [*github, None], strict=False)
        first = next(((a, b) for a, b in pairs if a != b), None)
        print(f"{name}: {what}", *(f"\n    {str(side)[:300]}" for side in first or ()))


def texts(corpus: Path, repositories: list[Path]) -> Iterator[tuple[str, str]]:
    """Yield name and body of each distinct text that is within the bounds."""
    with tempfile.TemporaryDirectory() as folder:
        bundles = sorted((corpus / "history").glob("*.bundle"))
        clones = [real_texts.clone_of(bundle, Path(folder)) for bundle in bundles]
        for clone in (*clones, *repositories):
            known: set[str] = set()
            for path, bodies in real_texts.histories(clone):
                for number, body in enumerate(bodies):
                    if body not in known and not excesses(body):
                        known.add(body)
                        yield f"{clone}/{path}@{number}", body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("repositories", type=Path, nargs="*")
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    tally = Tally()
    for number, (name, body) in enumerate(texts(arguments.corpus, arguments.repositories)):
        if number % arguments.every == 0:
            tally.compare(name, body)
    print(f"pages compared without what only extensions read: {tally.pages_with_more}")
    share = tally.blocks_otherwise / max(tally.blocks, 1)
    print(
        f"pages whose lists or tables are read otherwise: {tally.pages_otherwise}"
        f" of {tally.pages} with {tally.lists} lists and tables (target 0)"
    )
    print(
        f"other blocks that are read otherwise: {tally.blocks_otherwise} of {tally.blocks},"
        f" {share:.2%} (target below {MOST_OTHER_BLOCKS_OTHERWISE:.0%})"
    )
    sys.exit(bool(tally.pages_otherwise) or share > MOST_OTHER_BLOCKS_OTHERWISE)


if __name__ == "__main__":
    main()
