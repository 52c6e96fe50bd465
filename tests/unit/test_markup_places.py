"""What the sanitizer takes out stands on the line that is told, wherever it was written."""

from __future__ import annotations

import pytest

from gazette.text.markup_places import MAX_LOCATED, located
from gazette.text.reader import read_document

PLACES = {
    "a nested list": ("- a\n    - b\n        - c <i onclick=x>d</i>\n", [3]),
    "a quote": ("> a\n> b\n> > c <script>x</script>\n", [3]),
    "details": ("<details>\n<summary>a</summary>\n\n<p\n  style='x'>b</p>\n</details>", [5]),
    "a definition far away": ("[a][r]\n\nb\n\nc\n\n[r]: javascript:x\n", [7]),
    "definitions": ("[a][r] [b][q]\n\n[q]: https://e.com\n[r]: javascript:x\n", [4]),
    "a definition of an image": ("![a][i]\n\nb\n\n[i]: https://e.com/i.png 't'\n", [5]),
    "an image": ("a\n\n![b](https://e.com/i.png)\n", [3]),
    "an image twice": ("![a](//e.com/i.png)\n\nb\n\n![c](//e.com/i.png)\n", [1, 5]),
    "an address with entities": ("a\n\n[b](java&#115;cript:c)\n", [3]),
    "the same as a word": ("onclick, style and x.\n\n<p onclick=x style=y>z</p>\n", [3, 3]),
    "the same in code": (
        "`<script>`\n\n    <script>\n\n```\n<script>\n```\n\n<script>a</script>\n",
        [9],
    ),
    "code in a list": ("- a\n\n    <script>b</script>\n", [3]),
    "the same in a comment": ("<!-- <form> -->\n\n<form>a</form>\n", [3]),
    "an attribute list": ("onclick=x\n\nText\n{: onclick=x }\n", [4]),
    "a class in a list": ("Of .lead and lead.\n\nText\n{: .lead }\n", [4]),
    "a list behind a heading": ("a\n\n# Head {: style='a:b' }\n", [3]),
    "a list behind a link": ('a\n\n[b](c.md){: title="x" onclick="f(&quot;1&quot;)" }\n', [3]),
    "a list behind a fence": ("x\n\n``` { .py onclick=x }\ncode\n```\n", [3]),
    "a tag of many lines": (
        "<table>\n<tr>\n<td>a</td>\n<td\n bgcolor=red>b</td>\n</tr>\n"
        "<tr><td onclick=x>c</td></tr>\n</table>",
        [5, 7],
    ),
    "a declaration": ("a\n\n<?php b ?>\n", [3]),
    "a control character": ("a & b\n\nc &#6; d\n", [3]),
    "classes": ("a\n\n<div class='note lead wide'>b</div>\n", [3, 3]),
    "a class twice": ("<p class=lead>a</p>\n\n<p class=lead>b</p>\n", [1, 3]),
    "a cell": ("| a |\n|---|\n| b |\n| <font color=red>c</font> |\n", [4]),
    "a footnote": ("a[^1]\n\nb\n\n[^1]: c <iframe src=x></iframe>\n", [5]),
    "footnotes": ("a[^2] b[^1]\n\n[^1]: <u onclick=a>c</u>\n[^2]: <u onclick=b>d</u>", [3, 4]),
    "a meaning": ("Term\n:   a\n:   b <form>c</form>\n", [3]),
    "a notice": ('!!! note "<img src=x.png onerror=y>"\n    a\n', [1]),
    "a name in brackets": ("Dear <Name of Person>,\n\nto <Name of Person> again\n", [1, 3]),
    "a name that is a word, too": ("Company here\n\n<Company>\n", [3]),
    "an id": ("__search\n\n## a {: #__search }\n", [3]),
    "a cell without a table": ("a\n\n<td>b</td>\n", [3]),
    "an end of nothing": ("<b>a</b>\n\n<b>c</b> d</b>\n\n<b>e</b>\n", [3]),
    "two ends of nothing": ("<i>a</i></i>\n\n<i>b</i>\n\nc</i>\n", [1, 5]),
    "capitals": ("onclick\n\n<P ONCLICK=x>a</P>\n", [3]),
    "spaces": ("onclick\n\n<p onclick = 'a b'>c</p>\n", [3]),
    "an attribute alone": ("onclick\n\na<br onclick>\n", [3]),
    "the third of three": ("<i class=note>\n\n<i class=lead>\n\n<i class=note>\n", [3]),
}


@pytest.mark.parametrize("name", PLACES)
def test_the_line_is_that_of_the_source(name: str) -> None:
    body, lines = PLACES[name]
    places = [place for place, *_ in located(body, read_document(body).removals)]
    assert [body.count("\n", 0, place) + 1 for place in places] == lines


def test_no_more_are_located_than_anybody_reads() -> None:
    body = "<i onclick=x>a</i>\n\n" * (MAX_LOCATED + 50)
    assert len(list(located(body, read_document(body).removals))) == MAX_LOCATED
