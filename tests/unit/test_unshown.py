"""Nothing that is written vanishes: it is on the page, or taken out and told, or reported."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.review.rules.markup import not_shown
from gazette.text.reader import read_document
from gazette.text.unshown import unshown
from policy_texts import policy_text, review_of

PIECES = {
    "words": "{}",
    "an image": "<img src=x onerror={}>",
    "a program": "<script>{}</script>",
    "a form": "<form action={}>{}</form>",
    "a box": "<div title={}>{}</div>",
    "an inline element": "<b onclick={}>{}</b>",
    "a name": "<{} of the company>",
    "an instruction": "<?{} ?>",
    "a declaration": "<!DOCTYPE {}>",
    "a drawing": "<svg/onload={}>",
    "a code span": "`{}`",
    "a link": "[{}]({}.md)",
    "fenced code": "```\n{}\n```",
}
PLACES = {
    "a paragraph": "{}",
    "inside words": "a {} b",
    "a heading": "## {}",
    "a heading underlined": "{}\n===",
    "an item": "- {}\n- b",
    "a paragraph of an item": "- a\n\n    {}",
    "a numbered item": "1. {}",
    "a quote": "> {}",
    "a notice of GitHub": "> [!NOTE]\n> {}",
    "a notice": "!!! note\n    {}",
    "a notice's title": '!!! note "{}"\n    b',
    "a cell": "| a | b |\n|---|---|\n| {} | c |",
    "a cell too many": "| a | b |\n|---|---|\n| c | d | {} |",
    "a head": "| {} | b |\n|---|---|\n| c | d |",
    "a note": "a[^n]\n\n[^n]: {}\n",
    "a note below its name": "a[^n]\n\n[^n]:\n    {}\n",
    "a note's second paragraph": "a[^n]\n\n[^n]: b\n\n    {}\n",
    "a note that nothing refers to": "a\n\n[^n]: {}\n",
    "a second note of a name": "a[^n]\n\n[^n]: b\n\n[^n]: {}\n",
    "a term": "{}\n:   b",
    "a meaning": "Term\n:   {}",
    "a meaning of an abbreviation": "*[ABC]: {}\n\nABC x",
    "one that nothing uses": "*[ABC]: {}\n\nx",
    "a title of a definition": "[r]: b.md '{}'\n\n[a][r]",
    "a title that nothing uses": "[r]: b.md '{}'\n\nx",
    "a second title of a name": "[r]: b.md\n[r]: b.md '{}'\n\n[a][r]",
    "details": "<details><summary>a</summary>\n\n{}\n\n</details>",
    "a summary": "<details><summary>{}</summary>\n\na\n\n</details>",
    "behind a tag that is open": "<div>\n\n{}\n",
    "behind a word in bold": "**a** {}",
    "behind code that is open": "```\n{}\n",
}


def is_shown_or_reported(body: str, words: list[str]) -> bool:
    """Tell whether each of these words is on the page, or something says that it is not."""
    document = read_document(body)
    reported = {
        word for line in unshown(body, document.html, document.removals) for word in line[1]
    }
    return all(word in document.html or word in reported for word in words) or bool(
        document.removals
    )


@pytest.mark.parametrize(("place", "piece"), [*product(PLACES, PIECES)])
def test_whatever_is_written_anywhere_arrives_or_is_reported(place: str, piece: str) -> None:
    written = PLACES[place].replace("{}", PIECES[piece])
    assert is_shown_or_reported(written.replace("{}", "wording"), ["wording"])


def test_words_of_a_note_arrive_whatever_it_begins_with() -> None:
    for piece in ("<b>wording</b>", "<div>wording</div>", "```\n    wording\n    ```"):
        html = read_document(f"a[^n]\n\n[^n]: {piece}\n").html
        assert "wording" in html.partition('<li id="fn:n">')[2]
        assert html.count("footnote-backref") == 1


def test_a_note_inside_a_note_is_words_of_it() -> None:
    document = read_document(
        "a[^n]\n\n[^n]: b\n\n    [^m]: wording\n\n    !!! note\n        [^o]: c\n"
    )
    assert not document.fault
    assert "[^m]: wording" in document.html.partition('<li id="fn:n">')[2]
    assert "[^o]: c" in document.html


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ").replace("\n    \n", "\n\n")


Contain = Callable[[str, int], str]
CONTAINERS: tuple[Contain, ...] = (
    lambda text, n: "> " + text.replace("\n", "\n> "),
    lambda text, n: "-   " + _indented(text),
    lambda text, n: f"a[^{n}]\n\n[^{n}]:\n    {_indented(text)}\n\nb",
    lambda text, n: f"!!! note\n    {_indented(text)}",
    lambda text, n: f"Term\n:   {_indented(text)}",
    lambda text, n: f"<details>\n\n{text}\n\n</details>",
)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(CONTAINERS), max_size=2), st.sampled_from([*PIECES.values()])
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_stands_inside_of_anything_arrives_or_is_reported(
    parts: list[tuple[list[Contain], str]],
) -> None:
    numbers = count(1)
    words, texts = [], []
    for containers, piece in parts:
        words.append(f"wording{next(numbers)}x")
        text = piece.replace("{}", words[-1])
        for contain in containers:
            text = contain(text, next(numbers))
        texts.append(text)
    assert all(is_shown_or_reported(text, [word]) for text, word in zip(texts, words, strict=True))
    assert is_shown_or_reported("\n\n".join(texts), words)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("| a | b |\n|---|---|\n| c | d | ten years |\n", [("ten years", 9)]),
        ("a[^n]\n\n[^n]: b\n\n[^n]: other words\n", [("other words", 11)]),
        ("*[ABC]: meaning\n\nx", [("meaning", 7)]),
        ("ten years\n\n| a |\n|---|\n| b | ten years |\n", [("ten years", 11)]),
        # all of it is there
        ("# Ten *years*\n\nof un**believ**able snake_case, `code`, &amp; `&lt;`\n", []),
        ("1. a\n2. b\n    3) c\n\n1986\\. A year\n", []),
        ("[a][r], [b], ![c][i]\n\n[r]: d.md 'e'\n[b]: f.md\n[i]: g.png\n", []),
        ("## Head {: #own .note title='x' }\n\n!!! note\n    a\n\n[TOC]\n", []),
        ("ABC x\n\n*[ABC]: meaning\n", []),
        ("<!-- only for editors -->\n\n> [!NOTE]\n> a\n", []),
        ("<b>a</b> <br> https://example.com/a_b?c=d&e=f <mailto:a@example.com>\n", []),
        ("- [x] done\n- [ ] open\n", []),
    ],
)
def test_a_finding_says_what_readers_do_not_get(body: str, expected: list[tuple[str, int]]) -> None:
    noticed = [
        (finding.message.partition("“")[2].partition("”")[0], finding.line)
        for finding in not_shown(review_of(policy_text(body)))
    ]
    assert noticed == expected


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Ask us.\n\n[editor]: board.md#editor\n", []),
        ("Ask [us][r].\n\n[r]: board.md\n[r]: other-terms.md\n", [10]),
        ("Ask us.\n\n[r]: board.md 'but never on a Sunday'\n", [9]),
    ],
)
def test_a_definition_that_only_leads_somewhere_hides_nothing(body: str, lines: list[int]) -> None:
    assert [finding.line for finding in not_shown(review_of(policy_text(body)))] == lines
