"""Mutations of rendered sections: each changes one thing that a reader can notice, or none.

A mutation takes the tree of a section and changes it in place. `PARTS` are put behind every section
in both texts first, so that each kind finds what it changes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from lxml import etree, html

from gazette.text.blocks import blocks_of
from gazette.text.document import Block, Document, Section
from gazette.text.numbers import heading_number

Element = Any
Mutate = Callable[[Element, Random], None]

HEADINGS = tuple(f"h{level}" for level in range(1, 7))
PARTS = """
<ol><li>Pay the fee.</li><li>Keep the receipt.</li><li>Send the form.</li></ol>
<p>Then call us.</p>
<ul><li>By letter, if you like.</li><li>By telephone, at noon.</li></ul>
<p>Read <a href="https://terms.example/" title="for anybody">these terms</a> and the
<abbr title="any employee">CEO</abbr> decides. <img src="seal.png" alt="The seal"> Call at noon.</p>
<p>Until the end of the year it is free; <strong>later</strong> it is not.</p>
<table><thead><tr><th>Plan</th><th>Fee</th><th>Term</th></tr></thead><tbody>
<tr><td>Small</td><td>3 euros</td><td>a month</td></tr>
<tr><td>Large</td><td>9 euros</td><td>a year</td></tr></tbody></table>
<div class="admonition note"><p class="admonition-title">Mind</p><p>Prices can rise.</p></div>
<details><summary>More about prices</summary><p>They rose twice.</p></details>
<blockquote><p>Nobody is above the law of the land.</p></blockquote>
<pre><code>first line
second line</code></pre>
<p dir="ltr">The last word is ours, and it is final.</p>
"""


def sections_of(document_html: str) -> Iterator[str]:
    """Yield the HTML of each section of a text: a heading with what follows it."""
    root = html.fragment_fromstring(document_html, create_parent="div")
    section: list[str] = []
    for child in root:
        if child.tag in HEADINGS and section:
            yield "".join(section)
            section = []
        section.append(html.tostring(child, encoding="unicode"))
    if section:
        yield "".join(section)


def tree_of(section: str) -> Element:
    return html.fragment_fromstring(section + PARTS, create_parent="div")


def written(tree: Element) -> str:
    inner = "".join(html.tostring(child, encoding="unicode") for child in tree)
    return (tree.text or "") + inner


def document_of(source: str) -> Document:
    """Return HTML as a text of sections, as the reader takes rendered Markdown apart."""
    parts: list[tuple[int, str, list[Block]]] = [(0, "", [])]
    for block, level, anchor in blocks_of(source):
        if level:
            parts.append((level, anchor, []))
        parts[-1][2].append(block)
    sections = []
    for index, (level, anchor, blocks) in enumerate(parts):
        heading = blocks[0].text if level else ""
        number = heading_number(heading)
        sections.append(Section(index, level, number, heading, anchor, tuple(blocks)))
    return Document(source, tuple(sections))


def mutated(section: str, kind: Mutate, seed: int) -> tuple[Document, Document]:
    """Return a section before and after a mutation."""
    old = tree_of(section)
    new = copy.deepcopy(old)
    kind(new, Random(seed))
    return document_of(written(old)), document_of(written(new))


def _pick(tree: Element, random: Random, *tags: str) -> Element:
    return random.choice([e for e in tree.iter(*tags) if _is_whole(e) and _words(e)])


def _is_whole(element: Element) -> bool:
    """Whether it stands in no cell, where lists and quotes are words with a format."""
    return not any(parent.tag in ("td", "th") for parent in element.iterancestors())


def _texts(tree: Element) -> list[Element]:
    return [p for p in tree.iter("p") if p.text and len(p.text.split()) >= 4 and _is_whole(p)]


def _edit_words(change: Callable[[list[str], int], None]) -> Mutate:
    def mutate(tree: Element, random: Random) -> None:
        paragraph = random.choice(_texts(tree))
        words = paragraph.text.split()
        change(words, random.randrange(1, len(words) - 1))
        paragraph.text = " ".join(words) + " " * paragraph.text[-1:].isspace()

    return mutate


def _replace(words: list[str], at: int) -> None:
    words[at] = "elsewhere"


def _insert(words: list[str], at: int) -> None:
    words.insert(at, "elsewhere")


def _delete(words: list[str], at: int) -> None:
    del words[at]


def _set(name: str, value: str, *tags: str) -> Mutate:
    def mutate(tree: Element, random: Random) -> None:
        elements = [e for e in tree.iter(*tags) if e.get(name) != value and _is_changeable(e)]
        random.choice(elements).set(name, value)

    return mutate


def _is_changeable(element: Element) -> bool:
    is_wrapper = element.tag == "div" and element.get("class") != "admonition note"
    return _is_whole(element) and not is_wrapper and bool(_words(element) or element.tag == "img")


def _rename(tag: str, *tags: str) -> Mutate:
    def mutate(tree: Element, random: Random) -> None:
        _pick(tree, random, *tags).tag = tag

    return mutate


def _wrap(tag: str, **attributes: str) -> Mutate:
    """Set some words of a paragraph inside an element."""

    def mutate(tree: Element, random: Random) -> None:
        paragraph = random.choice(_texts(tree))
        words = paragraph.text.split()
        at = random.randrange(1, len(words) - 1)
        while not words[at].isalnum():
            paragraph = random.choice(_texts(tree))
            words = paragraph.text.split()
            at = random.randrange(1, len(words) - 1)
        element = etree.Element(tag, attributes)
        element.text = words[at]
        element.tail = " " + " ".join(words[at + 1 :]) + " " * paragraph.text[-1:].isspace()
        paragraph.text = " ".join(words[:at]) + " "
        paragraph.insert(0, element)

    return mutate


def _level(tree: Element, random: Random) -> None:
    headings = list(tree.iter(*HEADINGS))
    if not headings:
        tree.insert(0, etree.Element("h2"))
        tree[0].text = "A heading of its own"
        return
    heading = random.choice(headings)
    heading.tag = "h3" if heading.tag != "h3" else "h4"


def _items(tree: Element) -> list[Element]:
    return [i for i in tree.iter("li") if i.getprevious() is not None and _is_whole(i)]


def _empty_item(tree: Element, random: Random) -> None:
    random.choice(_items(tree)).addprevious(etree.Element("li"))


def _empty_row(tree: Element, random: Random) -> None:
    row = list(list(tree.iter("table"))[-1].iter("tr"))[-1]
    row.addprevious(etree.Element("tr"))
    for _ in row:
        etree.SubElement(row.getprevious(), "td")


def _number_item(tree: Element, random: Random) -> None:
    random.choice([i for i in tree.iter("li") if i.getparent().tag == "ol"]).set("value", "99")


def _demote(tree: Element, random: Random) -> None:
    item = random.choice(_items(tree))
    above = item.getprevious()
    nested = etree.SubElement(above, item.getparent().tag)
    nested.append(item)
    item.tail = None


def _split_list(tree: Element, random: Random) -> None:
    item = random.choice([i for i in _items(tree) if i.getparent().tag == "ul"])
    parent = item.getparent()
    second = etree.Element(parent.tag)
    for following in [item, *item.itersiblings()]:
        second.append(following)
    parent.addnext(second)
    second.tail, parent.tail = parent.tail, None


def _swap_items(tree: Element, random: Random) -> None:
    item = random.choice([i for i in _items(tree) if _words(i) != _words(i.getprevious())])
    item.getprevious().addprevious(item)


def _words(element: Element) -> list[str]:
    return "".join(map(str, element.itertext())).split()


def _drop_attribute(name: str, *tags: str) -> Mutate:
    def mutate(tree: Element, random: Random) -> None:
        elements = [e for e in tree.iter(*tags) if name in e.attrib and _is_changeable(e)]
        del random.choice(elements).attrib[name]

    return mutate


def _swap_columns(tree: Element, random: Random) -> None:
    for row in list(tree.iter("table"))[-1].iter("tr"):
        row.append(row[0])


def _quote(tree: Element, random: Random) -> None:
    paragraph = random.choice([p for p in _texts(tree) if p.getparent() is tree])
    quote = etree.Element("blockquote")
    paragraph.addprevious(quote)
    quote.append(paragraph)


def _line_break(tree: Element, random: Random) -> None:
    paragraph = random.choice(_texts(tree))
    first, second = paragraph.text.split(maxsplit=1)
    line_break = etree.Element("br")
    line_break.tail = second + " " * paragraph.text[-1:].isspace()
    paragraph.text = first
    paragraph.insert(0, line_break)


def _add_space(tree: Element, random: Random) -> None:
    last = list(tree.iter("p"))[-1]
    last.text = last.text.replace("ours,", "ours ,")


def _rule(tree: Element, random: Random) -> None:
    paragraph = random.choice([p for p in tree.iter("p") if p.getparent() is tree])
    paragraph.addnext(etree.Element("hr"))


def _join_paragraphs(tree: Element, random: Random) -> None:
    pairs = [p for p in tree.iter("p") if p.getnext() is not None and p.getnext().tag == "p"]
    first = random.choice(pairs)
    second = first.getnext()
    line = etree.SubElement(first, "span")
    line.text = " " + "".join(map(str, second.itertext()))
    second.getparent().remove(second)


def _code(tree: Element, random: Random) -> None:
    code = list(tree.iter("code"))[-1]
    code.text = code.text.replace("\n", " ")


def _drop_block(tree: Element, random: Random) -> None:
    paragraph = random.choice([p for p in _texts(tree) if p.getparent() is tree])
    tree.remove(paragraph)


def _unmark(tree: Element, random: Random) -> None:
    html_elements = list(tree.iter("strong"))
    html_elements[-1].drop_tag()


SEEN: Mapping[str, Mutate] = {
    "a word replaced": _edit_words(_replace),
    "a word inserted": _edit_words(_insert),
    "a word deleted": _edit_words(_delete),
    "a paragraph taken out": _drop_block,
    "two paragraphs joined": _join_paragraphs,
    "words hidden": _wrap("span", hidden=""),
    "a paragraph hidden": _set("hidden", "", "p"),
    "an item hidden": _set("hidden", "", "li"),
    "a list hidden": _set("hidden", "", "ul", "ol"),
    "a table hidden": _set("hidden", "", "table"),
    "a list that starts at another number": _set("start", "7", "ol"),
    "an item with another number": _number_item,
    "letters for numbers": _set("type", "a", "ol"),
    "a list that counts down": _set("reversed", "", "ol"),
    "bullets that became numbers": _rename("ol", "ul"),
    "numbers that became bullets": _rename("ul", "ol"),
    "another level of a heading": _level,
    "an empty item": _empty_item,
    "an empty row": _empty_row,
    "an item below another": _demote,
    "a list in two": _split_list,
    "items in another order": _swap_items,
    "another address": _set("href", "https://elsewhere.example/", "a"),
    "a link that leads nowhere": _drop_attribute("href", "a"),
    "another title of a link": _set("title", "for companies", "a"),
    "another meaning of an abbreviation": _set("title", "chief officer", "abbr"),
    "a new abbreviation": _wrap("abbr", title="something else"),
    "another image": _set("src", "other.png", "img"),
    "another text of an image": _set("alt", "Another seal", "img"),
    "bold words": _wrap("strong"),
    "words no longer bold": _unmark,
    "struck words": _wrap("del"),
    "words as code": _wrap("code"),
    "another language": _set("lang", "fr", "p", "li"),
    "words of another language": _wrap("span", lang="fr"),
    "another direction": _set("dir", "rtl", "p"),
    "a cell aligned otherwise": _set("style", "text-align: right;", "td", "th"),
    "a cell across two columns": _set("colspan", "2", "td"),
    "a cell across two rows": _set("rowspan", "2", "td"),
    "a cell that became a header": _rename("th", "td"),
    "columns in another order": _swap_columns,
    "a note that became a warning": _set("class", "admonition warning", "div"),
    "an open fold": _set("open", "", "details"),
    "a paragraph that became a quote": _quote,
    "a paragraph that became a summary": _rename("summary", "p"),
    "a line break": _line_break,
    "a space": _add_space,
    "a line across the page": _rule,
    "code in one line": _code,
}
"""Each kind changes what a reader sees, hears or can use."""


def _edit_text(change: Callable[[str, Random], str]) -> Mutate:
    def mutate(tree: Element, random: Random) -> None:
        for element in tree.iter():
            if element.text and element.tag not in ("pre", "code"):
                element.text = change(element.text, random)
            if element.tail and element.getparent().tag not in ("pre", "code"):
                element.tail = change(element.tail, random)

    return mutate


def _put_inside_words(character: str) -> Callable[[str, Random], str]:
    def change(text: str, random: Random) -> str:
        places = [at for at in range(1, len(text)) if text[at - 1 : at + 1].isalnum()]
        for at in sorted(random.sample(places, min(3, len(places))), reverse=True):
            text = text[:at] + character + text[at:]
        return text

    return change


def _respace(space: str) -> Callable[[str, Random], str]:
    return lambda text, random: text.replace(" ", space)


def _reorder_attributes(tree: Element, random: Random) -> None:
    for element in tree.iter():
        attributes = list(element.attrib.items())[::-1]
        element.attrib.clear()
        element.attrib.update(attributes)


def _add_ids(tree: Element, random: Random) -> None:
    for number, element in enumerate(tree.iter("p", "li", "a")):
        element.set("id", f"place-{number}")


def _add_comments(tree: Element, random: Random) -> None:
    for paragraph in list(tree.iter("p")):
        paragraph.append(etree.Comment("nobody reads this"))


def _add_spans(tree: Element, random: Random) -> None:
    for paragraph in _texts(tree):
        span = etree.Element("span")
        span.text, paragraph.text = paragraph.text, None
        paragraph.insert(0, span)


UNSEEN: Mapping[str, Mutate] = {
    "soft hyphens": _edit_text(_put_inside_words("\u00ad")),
    "zero-width spaces": _edit_text(_put_inside_words("\u200b")),
    "zero-width non-joiners": _edit_text(_put_inside_words("\u200c")),
    "word joiners": _edit_text(_put_inside_words("\u2060")),
    "byte order marks": _edit_text(_put_inside_words("\ufeff")),
    "no-break spaces": _edit_text(_respace("\u00a0")),
    "narrow no-break spaces": _edit_text(_respace("\u202f")),
    "line ends in the source": _edit_text(_respace("\n")),
    "several spaces": _edit_text(_respace("   ")),
    "straight quotes": _edit_text(lambda text, _: text.replace("’", "'").replace("“", '"')),
    "attributes in another order": _reorder_attributes,
    "ids": _add_ids,
    "comments": _add_comments,
    "empty elements around words": _add_spans,
}
"""No kind changes anything for a reader."""

EVERY_ELEMENT = """
<h1>Pay</h1><h2>Rent</h2><h3>Boats</h3><h4>Sails</h4><h5>Ropes</h5><h6>Knots</h6>
<p>Read <a href="https://terms.example/">these terms</a>, <abbr>CEO</abbr>, <b>bold</b>,
<bdi>bdi</bdi>, <bdo>bdo</bdo>, <cite>cite</cite>, <code>code</code>, <del>del</del>,
<dfn>dfn</dfn>, <em>em</em>, <i>i</i>, <img src="seal.png" alt="The seal">, <ins>ins</ins>,
<kbd>kbd</kbd>, <mark>mark</mark>, <q>q</q>, <ruby>ruby<rp>(</rp><rt>rt</rt></ruby>, <s>s</s>,
<samp>samp</samp>, <small>small</small>, <span>span</span>, <strong>strong</strong>,
<sub>sub</sub>, <sup>sup</sup>, <time>time</time>, <u>u</u>, <var>var</var>, a<br>b, a<wbr>b.</p>
<address>A street</address><blockquote><p>A quote</p></blockquote><div><p>A part</p></div>
<details><summary>More</summary><p>Fold</p></details><section><p>Section</p></section>
<dl><dt>Term</dt><dd>Meaning</dd></dl><figure><p>Map</p><figcaption>A map</figcaption></figure>
<hr><ol><li>One</li><li>Two</li></ol><ul><li>Bullet</li></ul><pre>as it stands</pre>
<table><caption>Fees</caption><colgroup><col></colgroup><thead><tr><th>Plan</th></tr></thead>
<tbody><tr><td>Small</td></tr></tbody><tfoot><tr><td>Sum</td></tr></tfoot></table>
"""
"""Each element that a text may hold."""
VALUES = {
    "title": "Not so",
    "lang": "fr",
    "dir": "rtl",
    "hidden": "",
    "datetime": "2026-01-01",
    "id": "here",
    "name": "here",
    "class": "warning",
    "rel": "nofollow",
    "alt": "Another seal",
    "href": "https://elsewhere.example/",
    "src": "other.png",
    "width": "9",
    "height": "9",
    "span": "2",
    "start": "7",
    "type": "a",
    "reversed": "",
    "value": "9",
    "open": "",
    "align": "right",
    "colspan": "2",
    "rowspan": "2",
    "scope": "row",
    "valign": "top",
}
"""A value for each attribute that an element may have."""


def with_attribute(element: str, attribute: str) -> str:
    """Return the HTML of every element, the first of one name with an attribute."""
    tree = html.fragment_fromstring(EVERY_ELEMENT, create_parent="div")
    value = "circle" if (element, attribute) == ("ul", "type") else VALUES[attribute]
    next(tree.iterdescendants(element)).set(attribute, value)
    return written(tree)
