"""Texts that keep programs busy for ever, or nest deeper than they call functions.

Each is a body of Markdown; most are beyond a bound, the others are to be read in little time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping


def _shuffled(count: int) -> str:
    paragraphs = [
        f"We keep the data of kind {number} for {number} days." for number in range(count)
    ]
    random.Random(count).shuffle(paragraphs)
    return "\n\n".join(paragraphs)


BODIES: Mapping[str, Callable[[], str]] = {
    "brackets": lambda: "[" * 50_000,
    "brackets of images": lambda: "![](" * 50_000,
    "brackets closed": lambda: "[" * 3_000 + "a" + "]" * 3_000,
    "backticks": lambda: " ".join("`" * length for length in range(1, 1_000)),
    "backticks alike": lambda: "`a``b" * 20_000,
    "entities": lambda: "&amp;" * 200_000,
    "nested lists": lambda: "\n".join("    " * level + "- a" for level in range(1_500)),
    "nested lists by two": lambda: "\n".join("  " * level + "- a" for level in range(1_500)),
    "nested quotes": lambda: "\n".join(">" * level + " a" for level in range(600)),
    "quotes of lists": lambda: "> - " * 500 + "a",
    "headings": lambda: "# a\n" * 1_000_000,
    "headings beneath": lambda: "a\n=\n" * 50_000,
    "headings of marks": lambda: "# " + "1." * 40_000 + " a\n\n# " + "(a) " * 20_000 + "\n",
    "paragraphs": lambda: _shuffled(20_000),
    "paragraphs allowed": lambda: _shuffled(4_000),
    "lines": lambda: "a\n" * 900_000,
    "a line": lambda: "word " * 390_000,
    "a word": lambda: "w" * 190_000,
    "columns": lambda: "|" + "a|" * 10_000 + "\n|" + "-|" * 10_000 + "\n|" + "b|" * 10_000 + "\n",
    "rows": lambda: "|a|b|\n|-|-|\n" + "|1|2|\n" * 50_000,
    "emphasis": lambda: "*a **b " * 20_000,
    "emphasis underlined": lambda: "_a __b " * 20_000,
    "emphasis of nothing": lambda: "*" * 100_000 + "a" + "*" * 100_000,
    "definitions of links": lambda: "".join(f"[a{n}]: /b{n}\n" for n in range(50_000)),
    "definitions of a link": lambda: "[a]: /b\n" * 50_000 + "\n[a] [a] [a]\n",
    "references": lambda: "[a][b] " * 25_000 + "\n\n[b]: /c\n",
    "footnotes": lambda: "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(20_000)),
    "footnotes of a footnote": lambda: "a[^1]\n\n[^1]: " + "b[^1] " * 20_000,
    "abbreviations": lambda: "".join(f"*[A{n}]: b\n" for n in range(20_000)) + "\nA1 A2\n",
    "elements": lambda: "<div>" * 10_000 + "a" + "</div>" * 10_000,
    "elements inside words": lambda: "<b>" * 10_000 + "a" + "</b>" * 10_000,
    "elements crossed": lambda: "<b><i>a</b></i>" * 10_000,
    "elements left open": lambda: "<a " * 50_000,
    "attributes": lambda: "<p " + "title=a " * 20_000 + ">b</p>",
    "attributes in braces": lambda: "a {: " + ".note " * 20_000 + "}\n",
    "braces": lambda: "# a {: " * 20_000,
    "comments": lambda: "<!-- " * 40_000,
    "declarations": lambda: "<![CDATA[" * 20_000,
    "instructions": lambda: "<? " * 50_000,
    "digits": lambda: "5" * 1_000_000,
    "digits in a line": lambda: "5" * 190_000,
    "dates": lambda: "2026-01-" * 20_000 + "\n\n" + "1.1.2026" * 20_000,
    "amounts": lambda: "1,000" * 35_000 + "\n\n" + "1 000 " * 30_000 + "EUR",
    "numbers of sections": lambda: "See section " + "1." * 90_000 + ".",
    "roman numbers": lambda: "# " + "MDCLXVI" * 20_000 + ". a\n",
    "addresses": lambda: "https://" + "a." * 90_000 + "com",
    "mail addresses": lambda: "a@" * 90_000 + "b.com",
    "zero-width characters": lambda: "a" + "\u200b" * 190_000 + "b",
    "soft hyphens": lambda: ("a\u00ad" * 90_000) + "b",
    "combining marks": lambda: "e" + "\u0301" * 190_000,
    "directions": lambda: "\u202e\u2067" * 90_000 + "a",
    "ideographs": lambda: "\u4e00" * 190_000,
    "hyphens": lambda: "a-" * 90_000 + "b",
    "apostrophes": lambda: "a'" * 90_000 + "b",
    "backslashes": lambda: "\\" * 190_000,
    "blanks": lambda: "a" + " " * 190_000 + "b",
    "tabs": lambda: "\t" * 190_000 + "a",
    "fences": lambda: "~~~ a\n" * 50_000,
    "fences of fences": lambda: "`" * 100_000 + "\na\n" + "`" * 100_000,
    "notices": lambda: "".join("    " * level + "!!! note\n" for level in range(500)),
    "meanings": lambda: "a\n" + ":   b\n" * 20_000,
    "contents": lambda: "[TOC]\n\n" * 5_000 + "# a\n\n" * 1_000,
    "rules": lambda: "***\n" * 50_000,
    "carriage returns": lambda: "a\r" * 100_000,
    "form feeds": lambda: "a\f" * 90_000,
}

FRONTS: Mapping[str, Callable[[], str]] = {
    "nested lists": lambda: f"summary: {'[' * 900}{']' * 900}",
    "nested mappings": lambda: f"summary: {'{a: ' * 900}b{'}' * 900}",
    "dashes": lambda: "summary:\n  " + "- " * 900 + "a",
    "aliases": lambda: "\n".join(
        ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 40))]
    ),
    "an alias of itself": lambda: "formerly: &a [*a]",
    "a mapping that merges itself": lambda: "formerly: &a {<<: *a}",
    "keys": lambda: "\n".join(f"key{n}: a" for n in range(1_000)),
    "a long value": lambda: "summary: " + "a" * 1_000_000,
    "quotes": lambda: 'summary: "' + '\\"' * 9_000 + '"',
    "an indented value": lambda: "summary: >\n" + "".join(" " * n + "a\n" for n in range(1, 150)),
    "a number": lambda: f"notice_days: {'9' * 15_000}",
    "a version": lambda: f"formerly: 2026-01-05.v{'1' * 300}",
    "anchors": lambda: "summary: " + "".join(f"&a{n} " for n in range(2_000)),
    "tags": lambda: "summary: " + "!a " * 3_000,
    "a date": lambda: f"effective: {'2026-' * 3_000}",
}


def texts() -> Iterator[tuple[str, str]]:
    """Yield each as a whole policy, with its name."""
    front = "title: T\nversion: 2026-10-01.v1\nupdated: 2026-10-01"
    for name, make in BODIES.items():
        yield name, f"---\n{front}\n---\n\n{make()}\n"
    for name, make in FRONTS.items():
        yield f"front matter: {name}", f"---\n{front}\n{make()}\n---\n\nWe keep data.\n"
