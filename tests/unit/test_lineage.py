"""Which section became which in one update: tables of old and new sections, and what links them.

Many texts are made of numbered words, so that it can be said exactly how much two sections share:
`numbered("a", 12)` are the words a0 to a11, which hold ten runs of three words.
"""

from __future__ import annotations

import pytest

from gazette.text.document import Document
from gazette.text.lineage import Flag, doubtful_links, is_enough_text, match_sections
from gazette.text.reader import read_document
from policy_texts import numbered

PRIVACY = (
    "We collect the name and the address of every customer in order to send the goods ordered."
)
FEES = "The fee is due on the first working day of each month and is paid by transfer to our bank."
DISPUTES = (
    "Any dispute goes to the court of the town where the company has its registered office now."
)
A, B, C = ("1. Privacy", PRIVACY), ("2. Fees", FEES), ("3. Disputes", DISPUTES)

Part = tuple[str, str]
Links = list[tuple[int | None, int | None, str]]


def document(*sections: Part) -> Document:
    """Return the text of these headings (of the second level without marks) and their texts."""
    parts = [
        f"{heading if heading.startswith('#') else f'## {heading}'}\n\n{text}" if heading else text
        for heading, text in sections
    ]
    return read_document("\n\n".join(parts))


def links(old: list[Part], new: list[Part]) -> Links:
    matched = match_sections(document(*old), document(*new))
    return [(link.old, link.new, " ".join(f.value for f in link.flags)) for link in matched]


def linked(old: list[Part], new: list[Part]) -> set[tuple[int, int]]:
    return {(a, b) for a, b, _ in links(old, new) if a is not None and b is not None}


NO_HEADING = "## <i></i>"


def test_of_sections_that_stand_twice_those_in_their_places_go_on() -> None:
    """A text that was printed twice is printed once: nothing moved."""
    text = [("## Alpha", numbered("a", 30)), ("## Beta", numbered("b", 30))]
    once = [("# First", numbered("f", 30)), *text]
    twice = [*once, ("# First", numbered("s", 30)), *text]
    kept = {(1, 1, ""), (2, 2, ""), (3, 3, "")}
    assert kept <= set(links(twice, once))
    assert kept <= set(links(once, twice))


def test_sections_without_a_heading_are_matched_by_their_text_alone() -> None:
    old = [(NO_HEADING, PRIVACY), (NO_HEADING, FEES), (NO_HEADING, DISPUTES)]
    new = [(NO_HEADING, FEES.replace("first", "second")), (NO_HEADING, numbered("a", 20))]
    assert linked(old, new) == {(2, 1)}
    assert linked(old, [("## 🐚", PRIVACY), ("## 🐚", FEES)]) == {(1, 1), (2, 2)}


def test_signs_that_are_no_words_can_be_the_same_heading() -> None:
    assert linked([("## 🐚", PRIVACY)], [("## 🐚", FEES)]) == {(1, 1)}
    assert linked([("## 🐚", PRIVACY)], [("## 🌵", FEES)]) == set()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, B], [(1, 1, ""), (2, 2, "")]),
        ([A], [A, B], [(1, 1, ""), (None, 2, "")]),
        ([A, B, C], [A, C], [(1, 1, ""), (2, None, ""), (3, 2, "")]),
        ([A], [("1. Your data", PRIVACY)], [(1, 1, "renamed")]),
        ([A], [("2. Privacy", PRIVACY)], [(1, 1, "renumbered")]),
        ([A, B, C], [C, A, B], [(3, 1, "moved"), (1, 2, ""), (2, 3, "")]),
        ([A, B, C], [B, C, A], [(2, 1, ""), (3, 2, ""), (1, 3, "moved")]),
        (
            [("Both", f"{PRIVACY}\n\n{FEES}")],
            [("Both", PRIVACY), ("Fees", FEES)],
            [(1, 1, "split"), (1, 2, "renamed split")],
        ),
        (
            [("Data", PRIVACY), ("Fees", FEES)],
            [("Data", f"{PRIVACY}\n\n{FEES}")],
            [(1, 1, "merged"), (2, 1, "renamed merged")],
        ),
        ([("Same", PRIVACY)], [("Same", DISPUTES)], [(1, 1, "")]),
        ([("Privacy", PRIVACY)], [("Courts", DISPUTES)], [(1, None, ""), (None, 1, "")]),
        ([], [A], [(None, 1, "")]),
        ([A], [], [(1, None, "")]),
        ([("", PRIVACY), B], [("", DISPUTES), B], [(0, 0, ""), (1, 1, "")]),
        ([("", PRIVACY), B], [B], [(0, None, ""), (1, 1, "")]),
        ([A, B, C], [C], [(1, None, ""), (2, None, ""), (3, 1, "")]),
        ([A, B, C], [A], [(1, 1, ""), (2, None, ""), (3, None, "")]),
    ],
)
def test_links_in_the_order_of_the_new_text(
    old: list[Part], new: list[Part], expected: Links
) -> None:
    actual = links(old, new)
    assert actual == expected


def test_removed_sections_stand_where_they_stood() -> None:
    gone = ("Gone", numbered("g", 20))
    order = {
        "first": ([gone, A, B], [A, B], [(1, None), (2, 1), (3, 2)]),
        "between": ([A, gone, B], [A, B], [(1, 1), (2, None), (3, 2)]),
        "last": ([A, B, gone], [A, B], [(1, 1), (2, 2), (3, None)]),
        "behind what moved": ([A, gone, B, C], [B, C, A], [(3, 1), (4, 2), (1, 3), (2, None)]),
    }
    for label, (old, new, expected) in order.items():
        assert [(x, y) for x, y, _ in links(old, new)] == expected, label


def test_of_equal_sections_as_many_as_stand_on_both_sides_pair_in_order() -> None:
    same = ("Contact", "Ring us.")
    assert linked([same, A, same], [same, A, same]) == {(1, 1), (2, 2), (3, 3)}


# ---- how alike two sections must be ----

# Other levels, so that only likeness counts: in one place and on one level fewer words will do.
OLD, NEW = "## {}", "### {}"


def is_linked(old: Part, new: Part) -> bool:
    """Whether two sections alone in their texts are taken for one, on another level."""
    (x, before), (y, after) = old, new
    return linked([(OLD.format(x), before)], [(NEW.format(y), after)]) == {(1, 1)}


@pytest.mark.parametrize(
    ("headings", "shared", "expected"),
    [
        # Ten runs of three words each; `shared` words at the start give two runs fewer.
        (("alpha beta", "alpha gamma"), 6, True),  # 0.45 of the heading, 0.4 of the text
        (("alpha beta", "alpha gamma"), 4, True),  # 0.45 and a third of the words: one topic
        (("alpha beta", "alpha gamma"), 1, False),  # 0.45 and a word
        (("one two three four", "one two three five"), 4, True),  # 0.675 and 0.2
        (("one two three four five", "one two three four six"), 0, False),  # 0.72 and nothing
        (("alpha", "beta"), 8, False),  # nothing of the heading, 0.6 of the text
        (("alpha", "beta"), 9, True),  # and 0.7: so much of the text is enough alone
    ],
)
def test_heading_and_text_count_together(
    headings: tuple[str, str], shared: int, expected: bool
) -> None:
    x, y = headings
    common = numbered("s", shared)
    before = f"{common} {numbered('a', 12 - shared)}"
    after = f"{common} {numbered('b', 12 - shared)}"
    assert is_linked((x, before), (y, after)) is expected


@pytest.mark.parametrize(("shared", "expected"), [(11, True), (10, False)])
def test_most_of_a_text_is_enough_alone(shared: int, expected: bool) -> None:
    """Of 17 runs of three words nine: the headings need not have a word in common."""
    common = numbered("s", shared)
    before, after = (f"{common} {numbered(word, 19 - shared)}" for word in "ab")
    assert is_linked(("Alpha", before), ("Beta", after)) is expected


@pytest.mark.parametrize(
    ("headings", "sizes", "expected"),
    [
        (("one two three", "one two four"), (5, 5), True),
        (("alpha beta", "alpha gamma"), (5, 5), False),
        (("alpha beta", "alpha gamma"), (6, 6), False),
        (("alpha beta", "alpha gamma"), (5, 12), False),
        (("alpha beta", "alpha gamma"), (12, 5), False),
        (("one two three", "one two four"), (5, 12), True),
        (("one two three", "one two four"), (12, 5), True),
        (("one two three", "one two four"), (6, 12), False),
        (("one two three", "one two four"), (6, 6), False),
        (("one two three four five", "one two six seven eight"), (3, 3), False),
        (("alpha beta", "gamma delta"), (3, 3), False),
    ],
)
def test_short_sections_are_known_by_their_headings(
    headings: tuple[str, str], sizes: tuple[int, int], expected: bool
) -> None:
    (x, y), (before, after) = headings, sizes
    assert is_linked((x, numbered("a", before)), (y, numbered("b", after))) is expected


def test_every_other_word_is_no_text_in_common() -> None:
    words = numbered("a", 14).split()
    other = " ".join(word if at % 2 else f"x{at}" for at, word in enumerate(words))
    assert not is_linked(("Alpha", " ".join(words)), ("Beta", other))


def test_items_of_two_words_are_text_in_common() -> None:
    items = "\n".join(f"- item{at} here{at}" for at in range(8))
    assert is_linked(("Alpha", items), ("Beta", items))


def test_the_opening_is_no_section_with_a_heading() -> None:
    assert linked([("", numbered("a", 20))], [("### Alpha", numbered("b", 20))]) == set()
    assert linked([("", numbered("a", 20))], [("### Alpha", numbered("a", 20))]) == {(0, 1)}
    assert links([("", numbered("a", 20))], [("", numbered("b", 20))]) == [(0, 0, "")]


@pytest.mark.parametrize(("same_words", "expected"), [(12, True), (6, False)])
def test_a_text_may_outweigh_an_equal_heading(same_words: int, expected: bool) -> None:
    """Of two sections called Scope one goes on under another heading, if its text is the same."""
    first, second = numbered("a", 12), numbered("b", 12)
    other = f"{numbered('a', same_words)} {numbered('n', 12 - same_words)}".strip()
    actual = linked(
        [("Scope", first), ("Scope", second)],
        [("Scope", numbered("z", 12)), ("Elsewhere", other)],
    )
    assert ((1, 2) in actual) is expected
    assert ((1, 1) in actual) is not expected


def test_an_equal_heading_outweighs_most_of_a_text() -> None:
    """0.85 of the words under another heading are less than the heading itself."""
    most = f"{numbered('a', 19)} {numbered('n', 3)}"
    actual = linked(
        [("Scope", numbered("a", 22)), ("Scope", numbered("b", 22))],
        [("Scope", numbered("z", 22)), ("Elsewhere", most)],
    )
    assert (1, 1) in actual


def test_of_equal_headings_those_below_the_same_chapter_meet() -> None:
    def chapters(first: str, second: str, word: str) -> list[Part]:
        return [
            (f"# {first}", numbered(first, 9)),
            ("## Hours", numbered(f"{word}hours{first}", 9)),
            ("## Scope", numbered(f"{word}{first}", 9)),
            (f"# {second}", numbered(second, 9)),
            ("## Hours", numbered(f"{word}hours{second}", 9)),
            ("## Scope", numbered(f"{word}{second}", 9)),
        ]

    actual = linked(chapters("Hire", "Sale", "old"), chapters("Sale", "Hire", "new"))
    assert actual == {(1, 4), (2, 5), (3, 6), (4, 1), (5, 2), (6, 3)}


def test_of_equal_candidates_the_nearest_is_taken() -> None:
    old = [("Scope", numbered("a", 9)), ("Scope", numbered("b", 9)), ("Scope", numbered("c", 9))]
    new = [("Scope", numbered("x", 9)), ("Scope", numbered("y", 9)), ("Scope", numbered("z", 9))]
    assert linked(old, new) == {(1, 1), (2, 2), (3, 3)}


def test_sections_that_swapped_their_topics_are_known_by_their_texts() -> None:
    old = [("First rule", PRIVACY), ("Second rule", FEES), C]
    assert linked(old, [("First rule", FEES), ("Second rule", PRIVACY), C]) == {
        (1, 2),
        (2, 1),
        (3, 3),
    }
    assert linked(old, [("First rule", DISPUTES), ("Second rule", FEES), C]) == {
        (1, 1),
        (2, 2),
        (3, 3),
    }


def test_a_heading_that_now_stands_above_another_topic_is_left_to_it() -> None:
    old = [("Safety", PRIVACY), ("Waste", FEES)]
    new = [("Evacuation", PRIVACY), ("Safety", DISPUTES), ("Waste", FEES)]
    assert linked(old, new) == {(1, 1), (2, 3)}


@pytest.mark.parametrize(("chapter", "expected"), [("Hire", True), ("Repair", False)])
def test_a_repeated_heading_goes_with_its_chapter(chapter: str, expected: bool) -> None:
    old = [("# Sale", numbered("s", 9)), ("General", numbered("a", 9)), ("# Hire", PRIVACY)]
    new = [*old[:2], (f"# {chapter}", numbered("r", 20))]
    actual = linked([*old, ("General", numbered("b", 9))], [*new, ("General", numbered("c", 9))])
    assert ((4, 4) in actual) is expected


def test_what_many_sections_say_tells_little_of_any() -> None:
    """Of the words of two sections most stand in a third, which stays."""
    usual, third = numbered("u", 20), ("Third", f"{numbered('u', 20)} {numbered('t', 4)}")
    gone, come = f"{usual} {numbered('g', 4)}", f"{usual} {numbered('c', 4)}"
    assert linked([("Gone", gone), third], [third, ("### Come", come)]) == {(2, 1)}
    assert (1, 2) in linked([("Gone", gone), C], [C, ("### Come", come)])


# ---- in place ----


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Privacy", "Privacy and personal details", True),
        ("Privacy and personal details", "Privacy", True),
        ("Privacy", "Privacy of members, guests, children and helpers", False),
        ("Payment of fees", "Payment of wages", False),
        ("The rules", "The fees", False),
        ("Cancellation", "Ending your contract", True),
        ("Ending a membership", "Cancelling your account", True),
        ("Minors", "Our children", True),
    ],
)
def test_a_section_in_its_place_is_known_by_a_wider_heading_and_a_word(
    old: str, new: str, expected: bool
) -> None:
    sections = (old, mixed(1, "a")), (new, mixed(1, "b"))
    assert (linked(*[[B, section, C] for section in sections]) >= {(2, 2)}) is expected
    assert (2, 1) not in linked([B, sections[0], C], [sections[1], B, C])
    apart = (old, numbered("a", 20)), (new, numbered("b", 20))
    assert (2, 2) not in linked(*[[B, section, C] for section in apart])


def mixed(shared: int, word: str) -> str:
    """Return 20 words of which every run of three is of its own, but some are shared."""
    count = 20
    words = [f"{word}{at}" for at in range(count - shared)]
    common = [f"s{at}" for at in range(shared)]
    pairs = [
        [*words[2 * at : 2 * at + 2], common[at] if at < shared else ""] for at in range(count)
    ]
    return " ".join(filter(None, (word for pair in pairs for word in pair)))


@pytest.mark.parametrize(
    ("shared", "level", "expected"),
    [(9, "##", True), (7, "##", False), (9, "###", False), (12, "###", False)],
)
def test_what_stands_in_the_place_of_another_may_share_fewer_words(
    shared: int, level: str, expected: bool
) -> None:
    old, new = mixed(shared, "a"), mixed(shared, "b")
    for before, behind in (([], []), ([A], [B])):
        actual = linked(
            [*before, ("Alpha", old), *behind], [*before, (f"{level} Beta", new), *behind]
        )
        at = len(before) + 1
        assert ((at, at) in actual) is expected


def test_only_between_the_same_neighbours() -> None:
    old, new = mixed(9, "a"), mixed(9, "b")
    assert (1, 2) not in linked([("Alpha", old), A], [A, ("Beta", new)])
    assert (2, 1) not in linked([A, ("Alpha", old)], [("Beta", new), A])


def test_an_opening_is_compared_with_the_opening_wherever_its_words_went() -> None:
    words = numbered("a", 40)
    assert (0, 0) in linked([("", words)], [("", numbered("b", 40)), ("Alpha", words)])


def test_in_one_place_the_nearest_of_equal_candidates_is_taken() -> None:
    old = [("Alpha", numbered("z", 12)), ("Beta", mixed(9, "a"))]
    new = [("Gamma", mixed(9, "b")), ("Delta", mixed(9, "c"))]
    assert linked(old, new) == {(2, 2)}


def test_in_one_place_the_most_alike_are_taken() -> None:
    old = [("Alpha", mixed(12, "a"))]
    new = [("Beta", mixed(8, "b")), ("Gamma", mixed(12, "c"))]
    assert linked(old, new) == {(1, 2)}


# ---- split and merged ----


def split_off(words: int, more: int) -> set[tuple[int, int]]:
    """Split `words` of a hundred off a section, to stand before `own` other words."""
    stays, goes = numbered("k", 100 - words), numbered("g", words)
    return linked(
        [("Terms", f"{stays}\n\n{goes}")],
        [("Terms", stays), ("## Other matters", f"{goes}\n\n{numbered('n', more)}")],
    )


@pytest.mark.parametrize(
    ("words", "more", "expected"),
    [
        (26, 300, True),  # 24 of 96 runs of three: a section with its own counterpart gave enough
        (25, 300, False),  # 23 of 96
        (25, 114, True),  # but they are a sixth of the new section
        (25, 115, False),  # and here they are not
        (25, 0, True),
        (14, 20, True),  # twelve runs
        (13, 20, False),  # eleven: too few to tell
    ],
)
def test_a_part_that_was_split_off(words: int, more: int, expected: bool) -> None:
    assert ((1, 2) in split_off(words, more)) is expected


@pytest.mark.parametrize(
    ("words", "more", "expected"),
    [
        (26, 300, True),
        (25, 300, False),
        (25, 114, True),
        (25, 115, False),
        (14, 20, True),
        (13, 20, False),
    ],
)
def test_a_part_that_was_merged(words: int, more: int, expected: bool) -> None:
    stays, comes = numbered("k", 100 - words), numbered("g", words)
    actual = linked(
        [("Terms", stays), ("## Other matters", f"{comes}\n\n{numbered('n', more)}")],
        [("Terms", f"{stays}\n\n{comes}")],
    )
    assert ((2, 1) in actual) is expected


@pytest.mark.parametrize(("words", "expected"), [(26, True), (25, False)])
def test_a_part_that_went_to_a_section_with_its_own_past(words: int, expected: bool) -> None:
    stays, goes = numbered("k", 100 - words), numbered("g", words)
    actual = links(
        [("Terms", f"{stays}\n\n{goes}"), ("Fees", numbered("f", 200))],
        [("Terms", stays), ("Fees", f"{numbered('f', 200)}\n\n{goes}")],
    )
    assert ((1, 2, "renamed split merged") in actual) is expected
    flags = ("split", "merged") if expected else ("", "")
    assert {(1, 1, flags[0]), (2, 2, flags[1])} <= set(actual)


@pytest.mark.parametrize(("words", "expected"), [(7, True), (6, False)])
def test_a_short_section_that_went_whole_into_another(words: int, expected: bool) -> None:
    """Five runs of three words are too few to tell, unless they are all there was."""
    kept, goes = numbered("k", 60), numbered("g", words)
    actual = linked([("Terms", kept), ("Fees", goes)], [("Terms", f"{kept}\n\n{goes}")])
    assert ((2, 1) in actual) is expected


@pytest.mark.parametrize(("parts", "expected"), [(4, True), (3, False)])
def test_a_text_that_was_spread_over_several_sections(parts: int, expected: bool) -> None:
    """Of what has no heading any more half has to stand elsewhere, a tenth in each section."""
    parts_kept = [(f"Part {at}", numbered(f"own{at}x", 200)) for at in range(parts)]
    goes = [numbered(f"g{at}x", 17) for at in range(parts)]
    gone = "\n\n".join([*goes, numbered("l", 100 - 17 * parts)])
    new = [(name, f"{kept}\n\n{part}") for (name, kept), part in zip(parts_kept, goes, strict=True)]
    actual = linked([*parts_kept, ("Fees", gone)], new)
    assert ({(parts + 1, at + 1) for at in range(parts)} <= actual) is expected
    assert ((parts + 1, 1) in actual) is expected


@pytest.mark.parametrize(
    ("kept", "words", "expected"),
    [
        (36, 14, True),  # twelve runs of 46
        (36, 13, False),  # eleven
        (153, 47, True),  # 45 runs are a paragraph: a seventh of 196 is enough
        (154, 46, False),
    ],
)
def test_few_words_of_a_short_text_and_a_paragraph_of_a_long_one_count(
    kept: int, words: int, expected: bool
) -> None:
    stays, goes = numbered("k", kept), numbered("g", words)
    old = [("Terms", f"{stays}\n\n{goes}")]
    actual = linked(old, [("Terms", stays), ("Other matters", f"{goes}\n\n{numbered('n', 400)}")])
    assert ((1, 2) in actual) is expected


@pytest.mark.parametrize(
    ("shared", "others", "expected"),
    [
        (14, 108, True),  # twelve runs of 120
        (14, 109, False),  # of 121
        (13, 60, False),  # eleven of 71
    ],
)
def test_a_tenth_is_enough_below_related_headings(shared: int, others: int, expected: bool) -> None:
    goes = numbered("g", shared)
    before, after = f"{goes} {numbered('o', others)}", f"{goes} {numbered('n', 300)}"
    assert is_linked(("alpha beta", before), ("alpha gamma", after)) is expected
    assert not is_linked(("alpha", before), ("gamma", after))


@pytest.mark.parametrize(("others", "expected"), [(11, True), (12, False)])
def test_half_of_a_short_section_is_enough(others: int, expected: bool) -> None:
    """Nine runs of eighteen."""
    stays, goes = numbered("k", 60), numbered("g", 11)
    old = [("Terms", stays), ("Fees", f"{goes}\n\n{numbered('o', others)}")]
    assert ((2, 1) in linked(old, [("Terms", f"{stays}\n\n{goes}")])) is expected


@pytest.mark.parametrize(
    ("runs", "size", "expected"),
    [
        (12, 70, True),  # a sixth of many
        (12, 71, False),
        (9, 18, True),  # half of few
        (9, 19, False),
        (11.5, 28, True),  # of a number between, with runs that others have as well, two fifths
        (11.5, 29, False),
        (0, 0, False),
    ],
)
def test_how_much_of_a_section_without_a_counterpart_is_enough(
    runs: float, size: int, expected: bool
) -> None:
    assert is_enough_text(runs, size) is expected


def test_topics_that_a_heading_listed_became_sections_and_others_did_not() -> None:
    listed = (
        "Refunds and discounts",
        "Refunds go to cards. Discounts are for members of the club.",
    )
    refunds = ("Refunds", "Refunds are paid to the card within nine days of the request.")
    discounts = ("Discounts", "Discounts of five percent are for members in May.")
    contact = ("Contact", "Write to the office in the harbour.")
    assert linked([listed], [refunds, discounts, contact]) == {(1, 1), (1, 2)}
    assert linked([refunds, discounts, contact], [listed]) == {(1, 1), (2, 1)}


def test_words_that_both_sections_keep_are_no_split() -> None:
    """A section that copies a paragraph of another one took nothing away from it."""
    both = numbered("s", 40)
    terms = ("Terms", f"{both}\n\n{numbered('k', 40)}")
    example = ("Example", f"{both}\n\n{numbered('n', 10)}")
    assert linked([terms], [terms, example]) == {(1, 1)}


def test_what_stands_in_very_many_sections_links_none() -> None:
    usual = numbered("u", 30)
    old = [(f"Old{at}", f"{usual}\n\n{numbered(f'k{at}x', 4)}") for at in range(55)]
    new = [(f"### New{at}", f"{usual}\n\n{numbered(f'n{at}x', 4)}") for at in range(55)]
    assert linked(old, new) == set()


def test_among_very_many_sections_words_and_headings_find_each_other() -> None:
    def section(at: int, word: str) -> Part:
        return f"{word}{at} about matter{at}", numbered(f"t{at}x", 12)

    old = [section(at, "Old") for at in range(70)]
    new = [section(at, "New") for at in reversed(range(70))]
    assert linked(old, new) == {(at + 1, 70 - at) for at in range(70)}


def test_among_very_many_sections_the_same_text_is_met_far_away() -> None:
    old = [(f"Alt{at}", numbered(f"t{at}x", 7)) for at in range(70)]
    new = [(f"Neu{at}", numbered(f"t{at}x", 7)) for at in reversed(range(70))]
    assert linked(old, new) == {(at + 1, 70 - at) for at in range(70)}


# ---- what an editor is asked ----


def doubtful(old: list[Part], new: list[Part]) -> list[tuple[int | None, int | None]]:
    before, after = document(*old), document(*new)
    links = match_sections(before, after)
    return [(link.old, link.new) for link in doubtful_links(before, after, links)]


def test_an_editor_is_asked_where_a_little_more_or_less_would_decide() -> None:
    pairs = {shared: (mixed(shared, "a"), mixed(shared, "b")) for shared in (4, 6, 8, 12)}
    asked = {n: doubtful([("Alpha", x)], [("Beta", y)]) for n, (x, y) in pairs.items()}
    assert asked == {4: [], 6: [(1, 1)], 8: [(1, 1)], 12: []}
    for x, y in pairs.values():
        assert doubtful([("Alpha", x)], [("Alpha", y)]) == []  # the heading decided


def test_an_editor_is_asked_about_the_most_alike_first() -> None:
    """Of two sections that may go on in one the one that is more like it is asked about."""
    new = [("Gamma", mixed(9, "b"))]
    near, far = ("Alpha", mixed(7, "a")), ("Beta", mixed(6, "c"))
    assert doubtful([near], new) == doubtful([far], new) == [(1, 1)]
    assert doubtful([near, far], new) == [(1, 1)]
    assert doubtful([far, near], new) == [(2, 1)]


# ---- what moved ----


def test_the_shorter_text_moved() -> None:
    short, long = ("Short", numbered("a", 10)), ("Long", numbered("b", 40))
    assert links([short, long], [long, short]) == [(2, 1, ""), (1, 2, "moved")]
    assert links([long, short], [short, long]) == [(2, 1, "moved"), (1, 2, "")]


def test_as_few_sections_as_possible_moved() -> None:
    long = ("Long", numbered("a", 400))
    others = [(f"Other{at}", numbered(f"o{at}x", 5)) for at in range(3)]
    assert [x for x, _, name in links([long, *others], [*others, long]) if name] == [1]


def test_a_chain_of_sections_stays_while_two_move() -> None:
    parts = [(f"Part {name}", numbered(name, 12)) for name in ("ab", "cd", "ef", "gh", "ij")]
    new = [parts[4], parts[0], parts[2], parts[1], parts[3]]
    moved = {x for x, _, name in links(parts, new) if "moved" in name}
    assert len(moved) == 2
    assert 5 in moved
    assert moved <= {5, 2, 3}


def test_what_goes_round_others_that_were_added_or_removed_did_not_move() -> None:
    gone, come = ("Gone", numbered("g", 12)), ("Come", numbered("c", 12))
    assert [name for *_, name in links([gone, A, B], [A, B, come])] == ["", "", "", ""]


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_is_a_word_of_the_records(flag: Flag) -> None:
    assert flag.value == flag.name.lower()
