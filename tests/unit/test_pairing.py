"""Which block became which: in order, by shared words, and at another place."""

from __future__ import annotations

import pytest

from gazette.text.document import Block
from gazette.text.pairing import Match, find_moves, likeness, pair_blocks
from gazette.text.reader import read_document
from policy_texts import numbered


def blocks(*texts: str) -> tuple[Block, ...]:
    """Return the blocks of a document with these paragraphs."""
    document = read_document("\n\n".join(texts))
    return tuple(block for section in document.sections for block in section.blocks)


def sharing(shared: int, word: str, count: int = 100) -> str:
    """Return a text of so many words, of which the first ones are shared."""
    return f"{numbered('s', shared)} {numbered(word, count - shared)}".strip()


A, B, C, D = (numbered(word, 12) for word in "abcd")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([A], [], [(0, None)]),
        ([], [A], [(None, 0)]),
        ([A, B], [A, B], [(0, 0), (1, 1)]),
        ([A, B, C], [A, C], [(0, 0), (1, None), (2, 1)]),
        ([A, C], [A, B, C], [(0, 0), (None, 1), (1, 2)]),
        ([A, B], [B, A], [(0, None), (1, 0), (None, 1)]),
        ([A, A, B], [A, B], [(0, 0), (1, None), (2, 1)]),
        ([A, B, A], [A, A], [(0, 0), (1, None), (2, 1)]),
        ([A, B, C, D], [A, C, B, D], [(0, 0), (1, None), (2, 1), (None, 2), (3, 3)]),
        ([A, f"{B} x", C], [A, f"{B} y", C], [(0, 0), (1, 1), (2, 2)]),
        ([B], [C], [(0, None), (None, 0)]),
    ],
)
def test_matches_cover_both_texts_in_order(
    old: list[str], new: list[str], expected: list[Match]
) -> None:
    assert pair_blocks(blocks(*old), blocks(*new)) == expected


@pytest.mark.parametrize(("shared", "expected"), [(33, True), (27, False)])
def test_blocks_among_others_share_three_words_in_ten(shared: int, expected: bool) -> None:
    actual = pair_blocks(blocks(sharing(shared, "x"), A), blocks(sharing(shared, "y"), B))
    assert ((0, 0) in actual) is expected


@pytest.mark.parametrize(("shared", "expected"), [(17, True), (13, False)])
def test_a_block_alone_in_its_place_may_share_fewer(shared: int, expected: bool) -> None:
    old, new = blocks(A, sharing(shared, "x"), B), blocks(A, sharing(shared, "y"), B)
    assert ((1, 1) in pair_blocks(old, new)) is expected


def test_the_pairs_keep_the_most_words_and_never_cross() -> None:
    old = blocks(sharing(40, "x"), numbered("t", 60) + " end")
    new = blocks(numbered("t", 60) + " stop", sharing(40, "y"))
    assert [pair for pair in pair_blocks(old, new) if None not in pair] == [(1, 0)]


def test_marks_without_words_are_no_text_in_common() -> None:
    assert pair_blocks(blocks("…"), blocks(A)) == [(0, None), (None, 0)]
    assert pair_blocks(blocks("…"), blocks("!?")) == [(0, 0)]
    assert pair_blocks(blocks("…", A), blocks("!?", B)) == [(0, 0), (1, None), (None, 1)]


def table(*rows: tuple[str, ...], head: tuple[str, ...] = ("Key", "Days")) -> tuple[Block, ...]:
    """Return the rows of a table without its header."""
    lines = [head, ("-",) * len(head), *rows]
    return blocks("\n".join(f"| {' | '.join(cells)} |" for cells in lines))[1:]


def test_rows_meet_by_their_first_cell() -> None:
    old = table(("Fee", numbered("a", 9)), ("Tax", numbered("b", 9)))
    new = table(("Fee", numbered("x", 9)), ("Tax", numbered("y", 9)))
    assert pair_blocks(old, new) == [(0, 0), (1, 1)]


def test_rows_do_not_meet_by_their_last_cell_or_an_empty_first() -> None:
    old = table((numbered("a", 9), "yes"), ("", numbered("b", 9)))
    new = table((numbered("x", 9), "yes"), ("", numbered("y", 9)))
    assert all(None in pair for pair in pair_blocks(old, new))


def test_rows_of_other_tables_do_not_meet() -> None:
    old = table(("Fee", A), ("Tax", B))
    new = table((A, "Fee", "x"), (B, "Tax", "y"), head=("From", "To", "Why"))
    assert all(None in pair for pair in pair_blocks(old, new))
    wider = table(("Fee", A, "x"), ("Tax", B, "y"), head=("Key", "Days", "Why"))
    assert pair_blocks(old, wider) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f"- {A}", f"{A} x", True),
        (f"> {A}", f"- {A} x", True),
        (f"    {A}", f"{A} x", False),
        (f"## {A}", f"{A} x", False),
        (f"{A}", f"## {A} x", False),
        (f"    {A}", f"    {A} x", True),
        (f"## {A}", f"### {A} x", True),
        (f"| {A} | b |\n|-|-|\n| c | d |", f"{A} x", False),
    ],
)
def test_a_heading_code_or_a_row_only_stands_for_its_like(
    old: str, new: str, expected: bool
) -> None:
    x, y = blocks(old)[0], blocks(new)[0]
    assert (pair_blocks((x,), (y,)) == [(0, 0)]) is expected
    assert (find_moves([x], [y], set()) == [(0, 0)]) is (expected and "#" not in old)


def test_very_many_blocks_are_paired_near_their_places_and_by_rare_words() -> None:
    old = [f"{numbered(f'k{at}x', 5)} {numbered('u', 5)} old" for at in range(160)]
    new = [f"{numbered(f'k{at}x', 5)} {numbered('u', 5)} new" for at in range(160)]
    assert pair_blocks(blocks(*old), blocks(*new)) == [(at, at) for at in range(160)]
    extra = [numbered(f"n{at}x", 8) for at in range(40)]
    actual = pair_blocks(blocks(*old), blocks(*extra, *new))
    assert [pair for pair in actual if None not in pair] == [(at, at + 40) for at in range(160)]


# ---- moves ----


def moves(
    old: list[str], new: list[str], repeated: set[str] | None = None
) -> list[tuple[int, int]]:
    return find_moves(blocks(*old), blocks(*new), repeated or set())


@pytest.mark.parametrize(
    ("shared", "count", "expected"),
    [
        (75, 100, True),
        (65, 100, False),
        (7, 8, True),  # eight words: one may be another
        (6, 7, False),  # seven: none may
        (7, 7, True),
        (3, 3, True),
        (2, 2, False),  # too short to say that it moved
    ],
)
def test_a_block_moved_when_it_is_much_the_same(shared: int, count: int, expected: bool) -> None:
    old, new = sharing(shared, "x", count), sharing(shared, "y", count)
    assert (moves([old], [new]) == [(0, 0)]) is expected


def test_the_most_alike_block_is_the_one_that_moved() -> None:
    close, closer = sharing(80, "x"), sharing(95, "z")
    target = sharing(95, "z", 100)
    assert moves([close, closer], [target]) == [(1, 0)]
    assert moves([closer, close], [target]) == [(0, 0)]
    assert moves([target], [close, closer]) == [(0, 1)]


def test_every_block_moves_once() -> None:
    assert moves([A, B, C], [C, A, B]) == [(0, 1), (1, 2), (2, 0)]
    assert moves([A], [A, A]) == [(0, 0)]
    assert moves([A, A], [A]) == [(0, 0)]


def test_a_block_that_grew_much_did_not_move() -> None:
    assert moves([sharing(100, "x")], [f"{sharing(100, 'x')} {numbered('n', 70)}"]) == [(0, 0)]
    assert moves([sharing(100, "x")], [f"{sharing(100, 'x')} {numbered('n', 90)}"]) == []


def test_repeated_texts_do_not_move() -> None:
    assert moves([A, B], [B, A], {A}) == [(1, 0)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b c", "a b c", 1.0),
        ("a b c d", "a b e f", 0.5),
        ("a a a b", "A b", 1.0),
        ("a", "b", 0.0),
        ("…", "a", 0.0),
        ("…", "!", 1.0),
    ],
)
def test_likeness_is_the_share_of_words_that_both_have(old: str, new: str, expected: float) -> None:
    (x,), (y,) = blocks(old), blocks(new)
    assert likeness(x, y) == expected


# ---- many blocks of few words, and short ones ----


def coded(count: int, end: str) -> list[str]:
    """Return texts that share all their words with others: none of them is rare."""
    bits = [[f"w{place}v{at >> place & 1}" for place in range(9)] for at in range(count)]
    return [" ".join([*words, *words[:2], end]) for words in bits]


def test_of_few_blocks_all_are_compared_wherever_they_stand() -> None:
    extra = [numbered(f"n{at}x", 8) for at in range(9)]
    actual = pair_blocks(blocks(*coded(24, "old")), blocks(*extra, *coded(24, "new")))
    assert [pair for pair in actual if None not in pair] == [(at, at + 9) for at in range(24)]


def test_of_very_many_blocks_those_near_their_places_are_compared() -> None:
    old, new = coded(150, "old"), coded(150, "new")
    spread = [text for at, words in enumerate(new) for text in (words, numbered(f"n{at}x", 8))]
    actual = pair_blocks(blocks(*old), blocks(*spread))
    assert [pair for pair in actual if None not in pair] == [(at, 2 * at) for at in range(150)]
    actual = pair_blocks(blocks(*spread), blocks(*old))
    assert [pair for pair in actual if None not in pair] == [(2 * at, at) for at in range(150)]
    turned = [*new[1:], f"{old[0]} again"]
    actual = pair_blocks(blocks(*old), blocks(*turned))
    assert [pair for pair in actual if None not in pair] == [(at, at - 1) for at in range(1, 150)]


def test_a_block_that_stands_once_between_equal_ends_keeps_its_place() -> None:
    """Although more words of another block would stay, and the ends repeat it."""
    short, long = "Rooms are free.", sharing(60, "x")
    old, new = [A, short, long, short], [A, sharing(60, "y"), short, short]
    expected = [(0, 0), (None, 1), (1, 2), (2, None), (3, 3)]
    assert pair_blocks(blocks(*old), blocks(*new)) == expected
    backwards = [(0, 0), (1, None), (2, 1), (None, 2), (3, 3)]
    assert pair_blocks(blocks(*new), blocks(*old)) == backwards


@pytest.mark.parametrize(("grown", "expected"), [(12, True), (13, False)])
def test_a_block_that_moved_may_have_grown(grown: int, expected: bool) -> None:
    """Of 40 words on both sides 28 are the same: seven in ten."""
    kept = numbered("k", 14)
    assert (moves([kept], [f"{kept} {numbered('n', grown)}"]) == [(0, 0)]) is expected


@pytest.mark.parametrize(
    ("text", "before", "after", "expected"),
    [("Two words", 1, 1, True), ("Two words", 1, 2, False), ("…", 1, 1, False)],
)
def test_few_words_move_within_a_section(
    text: str, before: int, after: int, expected: bool
) -> None:
    old, new = blocks(text), blocks(text)
    assert (find_moves(old, new, set(), ((before,), (after,))) == [(0, 0)]) is expected
