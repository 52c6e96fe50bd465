"""Both texts recovered from what is published of everything that changed since a version."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml import html as parser

from gazette.text.tokens import OBJECT, fold

Words = Counter[str]
Blocks = Mapping[int, Sequence[str]]
"""The words of a version by the index of the section, a text for each block."""
WORD = re.compile(r"\w+|[^\w\s]")
NO_WORDS = ("gz-badges", "gz-note", "gz-told", "gz-there", "gz-legend", "gz-quiet")
"""What stands in a redline beside the words of both texts."""


def sections_of(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sections of the record of a version with what it leaves out."""
    sections = []
    for section in record["sections"]:
        facts = {"number": "", "id": section["anchor"], "from": [], "wording": record["version"]}
        sections.append({**facts, **section})
        if "blocks" in section:
            sections[-1]["blocks"] = [_whole(block, section) for block in section["blocks"]]
    return sections


def _whole(block: Mapping[str, Any] | str, section: Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(block, str):
        return {"kind": "paragraph", "text": block}
    return block if "cells" in block else {"text": section["heading"], **block}


def blocks_of(version: str, records: Mapping[str, Mapping[str, Any]]) -> Blocks:
    """Return the words of a version from the records of all versions."""
    blocks: dict[int, list[str]] = {}
    for section in sections_of(records[version]):
        published = next(
            other["blocks"]
            for other in sections_of(records[section["wording"]])
            if other["digest"] == section["digest"] and "blocks" in other
        )
        blocks[section["index"]] = ["\n".join(b.get("cells", [b.get("text")])) for b in published]
    return blocks


def with_blocks(
    since: Mapping[str, Any], load: Callable[[str], Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a record in which the blocks stand that it leaves to others.

    `load` returns the record since a version.
    """
    sections = []
    for section in since["sections"]:
        blocks = section.get("blocks")
        if isinstance(blocks, dict):
            blocks = load(blocks["since"])["sections"][blocks["section"]]["blocks"]
        sections.append(section | ({"blocks": blocks} if blocks is not None else {}))
    return {**since, "sections": sections}


def misread(since: Mapping[str, Any], old: Blocks, new: Blocks) -> list[str]:
    """Return which sections of either text the record does not hold word by word."""
    before, after = recovered(since, old, new)
    return [
        f"{side} section {index}"
        for side, texts, words in (("old", old, before), ("new", new, after))
        for index, blocks in texts.items()
        if words[index] != counted(blocks)
    ]


def recovered(
    since: Mapping[str, Any], old: Blocks, new: Blocks
) -> tuple[Mapping[int, Words], Mapping[int, Words]]:
    """Return the words of all sections of both texts, by index, as the record has them."""
    before: dict[int, Words] = {index: Counter() for index in old}
    after: dict[int, Words] = {index: Counter() for index in new}
    for section in since["sections"]:
        if "blocks" not in section:
            for at in range(section.get("count", 1)):
                blocks = new[section["new"]["index"] + at]
                before[section["old"]["index"] + at] += counted(blocks)
                after[section["new"]["index"] + at] += counted(blocks)
            continue
        own_old, own_new = (
            side["index"] if side else None for side in (section["old"], section["new"])
        )
        for block in section["blocks"]:
            texts = _both(block, own_old, own_new, old, new)
            origin = block["from"]["section"] if "from" in block else own_old
            for place, text, words in ((origin, texts[0], before), (own_new, texts[1], after)):
                if place is not None:
                    words[place] += counted([text])
    return before, after


def _both(
    block: Mapping[str, Any], old: int | None, new: int | None, olds: Blocks, news: Blocks
) -> tuple[str, str]:
    """Return the words of a block, or of those that it refers to, in both texts."""
    if "count" in block:
        at = block.get("old", block.get("new"))
        source = olds[old or 0] if "old" in block else news[new or 0]
        text = "\n".join(source[at:][: block["count"]])
        return "" if block["status"] == "added" else text, "" if "old" in block else text
    runs = [*runs_of(block, news[new or 0][block["new"]] if "new" in block else "")]
    before, after = ("".join(t for op, t in runs if op in side) for side in ("=-", "=+"))
    return before, after


def runs_of(block: Mapping[str, Any], words: str) -> Iterator[tuple[str, str]]:
    """Yield the runs of a published block, those of the new `words` as they stand there."""
    at = 0
    for op, text in block["runs"]:
        if isinstance(text, int):
            yield op, words[at:][:text]
            at += text
        else:
            yield op, text


def counted(texts: Iterable[str]) -> Words:
    """Count the words and marks of texts, whatever their quotes and the space between them."""
    return Counter(word for text in texts for word in WORD.findall(fold(text)) if word != OBJECT)


def shown(page: str, side: str, *, headings: bool = True) -> Words:
    """Count the words of one side in the changed sections that stand on a page whole."""
    other = {"old": "ins", "new": "del"}[side]
    words: Words = Counter()
    whole: Any = parser.fromstring(f"<div>{page}</div>")
    for section in whole.xpath("//section"):
        folded = section.xpath(".//p[@class='gz-quiet'] | .//span[@class='gz-words']")
        if "gz-unchanged" in section.get("class") or folded:
            continue
        unwanted = " or ".join(f"contains(@class, '{name}')" for name in NO_WORDS)
        titles = "" if headings else " | h3"
        labels = ".//details[@class='gz-lead']/summary"
        for element in section.xpath(f".//*[{unwanted}] | {labels} | .//gz-s | .//{other}{titles}"):
            element.drop_tree() if element.tag != "tr" else element.getparent().remove(element)
        for block in section.iter():
            block.tail = f" {block.tail or ''}" if block.tag in BLOCKS else block.tail
        words += counted([section.text_content()])
    return words


BLOCKS = ("p", "li", "td", "th", "h3", "tr", "dd", "dt", "div", "pre", "blockquote", "br")
