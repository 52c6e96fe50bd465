"""Tokens, their alignment, and what of it a reader can follow."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.text.chains import heaviest_chain
from gazette.text.tokens import fold, read_inline
from gazette.text.wording import Op, Step, align, enclosed, runs_of, shared_sentences


def marked(old: str, new: str) -> str:
    before, after = read_inline(old), read_inline(new)
    brackets = {"=": "{}", "-": "[-{}-]", "+": "[+{}+]"}
    runs = runs_of(before, after, align(before, after))
    return "".join(brackets[run.op.value].format(run.text) for run in runs)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("don’t re-use it", ["don't", "re-use", "it"]),
        ("on January 5, 2026.", ["on", "January 5, 2026", "."]),
        ("pay $1,000.50 or 5 %", ["pay", "$1,000.50", "or", "5 %"]),
        ("see Section 4.2(b)", ["see", "Section 4.2(b)"]),
        ("write to a.b@example.com, please", ["write", "to", "a.b@example.com", ",", "please"]),
        ("at https://example.com/a?b=1.", ["at", "https://example.com/a?b=1", "."]),
        (
            "in the U.S. and elsewhere, e.g. here.",
            ["in", "the", "U.S.", "and", "elsewhere", ",", "e.g.", "here", "."],
        ),
        ("WWW.example.com is ours", ["WWW.example.com", "is", "ours"]),
        ("個人情報", ["個", "人", "情", "報"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("👩‍⚖️ 🇩🇪 ok", ["👩‍⚖️", "🇩🇪", "ok"]),
        ("e\u0301tude", ["étude"]),
    ],
)
def test_tokens(text: str, keys: list[str]) -> None:
    assert list(read_inline(text).keys) == keys


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Pay within 30 days.", "Pay within 14 days.", "Pay within [-30-][+14+] days."),
        ("You may leave.", "You may not leave.", "You may [+not +]leave."),
        ("It’s ours.", "It's ours.", "It's ours."),
        ("café", "cafe\u0301", "cafe\u0301"),
        (
            "The old firm of Smith",
            "The new firm or Jones",
            "The [-old firm of Smith-][+new firm or Jones+]",
        ),
        ("Ends here", "Ends here now", "Ends here[+ now+]"),
        ("a, b", "a b", "a[-,-] b"),
    ],
)
def test_what_a_reader_sees(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_the_end_of_a_sentence_is_absorbed_with_the_beginning_of_the_next() -> None:
    old = "Every saddle is kept in the dry barn. All ropes hang beside the tall green door."
    new = "Every saddle is kept in the wet shed. All combs hang beside the tall green door."
    assert marked(old, new) == (
        "Every saddle is kept in the [-dry barn. All ropes-][+wet shed. All combs+] "
        "hang beside the tall green door."
    )


def test_a_figure_is_marked_apart_from_the_next_sentence() -> None:
    old = "Ropes are kept in the barn for 30 days. They hang beside the tall green door."
    new = "Ropes are kept in the barn for 14 days. They stand beside the tall green door."
    assert marked(old, new) == (
        "Ropes are kept in the barn for [-30-][+14+] days. They [-hang-][+stand+] "
        "beside the tall green door."
    )


def test_a_kept_end_of_sentence_is_never_absorbed() -> None:
    assert marked("We sell data. You pay.", "We keep data. They pay.") == (
        "We [-sell-][+keep+] data. [-You-][+They+] pay."
    )


WORDS = st.lists(
    st.sampled_from(["the", "of", "30", ".", ",", "fee", "must", "数", "字", "ไทย", "é"]),
    max_size=30,
)


@given(WORDS, WORDS)
def test_runs_hold_both_texts(old: list[str], new: list[str]) -> None:
    before, after = read_inline(" ".join(old)), read_inline(" ".join(new))
    steps = align(before, after)
    assert all((x.b, x.d) == (y.a, y.c) for x, y in itertools.pairwise(steps))
    runs = runs_of(before, after, steps)
    for side, inline in (("-", before), ("+", after)):
        text = "".join(run.text for run in runs if run.op.value in ("=", side))
        assert "".join(text.split()) == "".join(inline.text.split())


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text) or not text.isascii()


def test_shared_sentences_are_cut_off_at_their_ends() -> None:
    start, end = "This stays as it is. " * 8, " That stays as well. And so does this one." * 4
    old, new = f"{start}Pay 30 days later.{end}", f"{start}Pay 14 days later.{end}"
    lead, trail = shared_sentences(old, new)
    assert old[:lead] == start
    assert old[len(old) - trail :] == end.lstrip()


# ---- what a reader can follow ----


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # One or two words between two changes are taken along, three are kept.
        (
            "we sell a big of the small b now",
            "we keep c big of the small d now",
            "we [-sell a-][+keep c+] big of the small [-b-][+d+] now",
        ),
        (
            "we sell big of a now",
            "we keep big of b now",
            "we [-sell-][+keep+] big of [-a-][+b+] now",
        ),
        # But never more words than the larger of the two changes has.
        ("x one two y z", "a one two b z", "[-x-][+a+] one two [-y-][+b+] z"),
        ("x one two y z", "a c one two b z", "[-x one two y-][+a c one two b+] z"),
        ("x one two y z", "a one two b c z", "[-x one two y-][+a one two b c+] z"),
        ("x one y z", "a one b z", "[-x one y-][+a one b+] z"),
        # Nor across the end of a sentence.
        ("we x. y it now", "we a. b it now", "we [-x-][+a+]. [-y-][+b+] it now"),
        # At the ends of a text nothing is between two changes.
        ("a x of it all", "a y of it all", "a [-x-][+y+] of it all"),
        ("it x a", "it y a", "it [-x-][+y+] a"),
    ],
)
def test_few_kept_words_between_changes_are_taken_along(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # Three of seven words stay: less than half, and two changes.
        (
            "a b c one two three d. Next stays.",
            "e f g one two three h. Next stays.",
            "[-a b c one two three d-][+e f g one two three h+]. Next stays.",
        ),
        # Three of six: half of it.
        (
            "a b one two three d. Next stays.",
            "e f one two three h. Next stays.",
            "[-a b-][+e f+] one two three [-d-][+h+]. Next stays.",
        ),
        # The longer side counts.
        (
            "a one two three d. Next stays.",
            "e f g one two three h. Next stays.",
            "[-a one two three d-][+e f g one two three h+]. Next stays.",
        ),
        (
            "e f g one two three h. Next stays.",
            "a one two three d. Next stays.",
            "[-e f g one two three h-][+a one two three d+]. Next stays.",
        ),
        # A single change is no reason to replace the words that stay.
        ("a b c d one. Next.", "e f g h one. Next.", "[-a b c d-][+e f g h+] one. Next."),
        # Each sentence is judged alone: the long one before and behind do not count.
        (
            "This long sentence stays in both. a b c one two three d. So does this one here.",
            "This long sentence stays in both. e f g one two three h. So does this one here.",
            "This long sentence stays in both. [-a b c one two three d-]"
            "[+e f g one two three h+]. So does this one here.",
        ),
        (
            "x1 x2 x3 x4 x5 x6 x7. a b one two three d. Next stays.",
            "y1 y2 y3 y4 y5 y6 y7. e f one two three h. Next stays.",
            "[-x1 x2 x3 x4 x5 x6 x7-][+y1 y2 y3 y4 y5 y6 y7+]. "
            "[-a b-][+e f+] one two three [-d-][+h+]. Next stays.",
        ),
        # A whole sentence that came or went beside one is no part of it.
        (
            "You may leave by writing to the office before the first day of a month.",
            "Fees stay due. You may leave by writing to the office.",
            "[+Fees stay due.+] You may leave by writing to the office"
            "[- before the first day of a month-].",
        ),
        (
            "Fees stay due until May. Keys go back, as do cards and all that was lent to you.",
            "Keys go back.",
            "[-Fees stay due until May. -]Keys go back"
            "[-, as do cards and all that was lent to you-].",
        ),
        (
            "It stays. Fees stay due until May. Keys go back, as do cards and all that we lent.",
            "It stays. Keys go back.",
            "It stays. [-Fees stay due until May. -]Keys go back"
            "[-, as do cards and all that we lent-].",
        ),
        # A full stop inside a word ends no sentence.
        (
            "a b c one two three d !x and more of it all here",
            "e f g one two three h !x and more of it all here",
            "[-a b c-][+e f g+] one two three [-d-][+h+] !x and more of it all here",
        ),
    ],
)
def test_a_sentence_of_which_less_than_half_stays_is_replaced(
    old: str, new: str, expected: str
) -> None:
    assert marked(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "a b", "[+a b+]"),
        ("a b", "", "[-a b-]"),
        ("", "", ""),
        ("a", "a", "a"),
        ("one two", "two", "[-one -]two"),
        ("one two", "one", "one[- two-]"),
        ("two", "one two", "[+one+] two"),
        ("a (b) c", "a c", "a [-(b) -]c"),
        ("a c", "a b, c", "a [+b, +]c"),
        ("one two.", "one three.", "one [-two-][+three+]."),
        ("<b>Fees</b> due", "due", "[-Fees -]due"),
        ("one<br>two three", "one<br>two four", "one two [-three-][+four+]"),
        ("a b c", "a (b c", "a [+(+]b c"),
        ("a (b c", "a b c", "a [-(-]b c"),
        ("a b c", "a/b c", "a[- -][+/+]b c"),
        ("a/b c", "a b c", "a[-/-] b c"),
        ("a b c", "a x/c", "a [-b -][+x/+]c"),
    ],
)
def test_white_space_stands_where_a_writer_would_put_it(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_equal_texts_are_one_step() -> None:
    same = read_inline("as it was")
    assert align(same, read_inline("<b>as</b> it was")) == [Step(True, 0, 3, 0, 3)]
    assert align(same, read_inline("")) == [Step(False, 0, 3, 0, 0)]
    assert align(read_inline(""), read_inline("")) == []


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("the k{at} of {word}{at} in the", 500), ("k{at} l{at} m{at} {word}{at} x{word}{at}", 450)],
)
def test_very_long_rows_are_aligned_on_the_words_that_stand_once(pattern: str, count: int) -> None:
    old, new = (
        read_inline(
            f"{end} {' '.join(pattern.format(at=at, word=word) for at in range(count))} end"
        )
        for word, end in (("a", "old"), ("b", "new"))
    )
    steps = align(old, new)
    kept = {old.keys[at] for step in steps if step.kept for at in range(step.a, step.b)}
    assert {f"k{at}" for at in range(count)} <= kept
    assert all(old.keys[s.a : s.b] == new.keys[s.c : s.d] for s in steps if s.kept)
    assert [steps[0].a, steps[0].c] == [0, 0]
    assert [steps[-1].b, steps[-1].d] == [len(old.keys), len(new.keys)]
    assert all((x.b, x.d) == (y.a, y.c) for x, y in itertools.pairwise(steps))


def test_very_long_rows_without_a_word_that_stands_once_are_replaced() -> None:
    old, new = read_inline("a b " * 1100), read_inline("b c c " * 900)
    assert not any(step.kept for step in align(old, new))


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([], []),
        ([0], [0]),
        ([0, 1, 2], [0, 1, 2]),
        ([2, 1, 0], [0]),
        ([2, 0, 1], [0, 1]),
        ([0, 4, 1, 2, 3], [0, 1, 2, 3]),
        ([3, 4, 0, 1, 2], [0, 1, 2]),
        ([1, 2, 0, 3, 4], [1, 2, 3, 4]),
        ([4, 5, 6, 0, 1, 7], [4, 5, 6, 7]),
        ([1, 1, 1], [1]),
    ],
)
def test_the_longest_increasing_part(seconds: list[int], expected: list[int]) -> None:
    pairs = list(enumerate(seconds))
    actual = heaviest_chain(dict.fromkeys(pairs, 1.0))
    assert [second for _, second in actual] == expected
    assert [pair for pair in pairs if pair in actual] == actual


# ---- sentences that both texts begin or end with ----

START = "This stays as it is. " * 8
END = " That stays as well. And so does this one." * 4


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (START, END, (len(START), len(END) - 1)),
        (START, "", (len(START), 0)),
        ("", END, (0, len(END) - 1)),
        ("", "", (0, 0)),
        # Behind an element, or a sign written by its name, nothing is cut.
        (f"<b>This</b> {START}", END, (0, len(END) - 1)),
        (f"A &amp; b. {START}", END, (0, len(END) - 1)),
        (START, f"{END} <b>So</b> it is.", (len(START), 0)),
        (START, f"{END} A &amp; b.", (len(START), 0)),
        # Nor where no sentence ends, or another does not begin with a capital and small letters.
        ("it goes on and on and " * 8, "", (0, 0)),
        ("It goes on. and then on, " * 8, "", (0, 0)),
        ("It goes on: So it does; Then more! " * 8, "", (35 * 8, 0)),
    ],
)
def test_sentences_that_both_texts_begin_or_end_with(
    start: str, end: str, expected: tuple[int, int]
) -> None:
    old = f"{start}Pay after {'thirty days ' * 10}later.{end}"
    new = f"{start}Pay within {'ten days ' * 12}from now.{end}"
    lead, trail = shared_sentences(old, new)
    assert (lead, trail) == expected
    assert shared_sentences(new, old) == expected


def test_elements_between_the_shared_sentences_do_not_matter() -> None:
    old, new = f"{START}Pay <b>now</b>.{END}", f"{START}Pay <em>then</em>.{END}"
    assert shared_sentences(old, new) == (len(START), len(END) - 1)


def test_nothing_is_cut_inside_a_start_tag() -> None:
    old, new = (f'{word * 60}<img src="{word}" alt="One. Two"> stays' for word in ("ab c", "de f"))
    assert shared_sentences(old, new) == (0, 0)


def test_short_texts_are_not_cut() -> None:
    for count, expected in ((199, 0), (200, 10)):
        old, new = (f"It is so. Pay {word * 200}"[:count] for word in "ab")
        assert shared_sentences(old, f"{new}and more") == (expected, 0)


def test_the_shared_ends_never_overlap() -> None:
    once = "The same sentence again. " * 10
    for old, new in ((once, once * 2), (once * 2, once), (once, once)):
        lead, trail = shared_sentences(old, new)
        assert lead + trail <= min(len(old), len(new))
        assert old[:lead] == new[:lead]
        assert old[len(old) - trail :] == new[len(new) - trail :]


def test_shared_sentences_are_kept_runs_around_the_changes() -> None:
    runs = runs_of(read_inline("a"), read_inline("b"), align(read_inline("a"), read_inline("b")))
    actual = enclosed(runs, "It  stays. ", "That\nas well.")
    assert [(run.op, run.text) for run in actual] == [
        (Op.KEPT, "It stays. "),
        (Op.DELETED, "a"),
        (Op.INSERTED, "b"),
        (Op.KEPT, " That as well."),
    ]
    assert enclosed(runs, "", "") == tuple(runs)


def test_an_entity_in_the_shared_end_keeps_it_from_being_cut_off() -> None:
    end = "We ship. Smith &amp; Sons carry all of it. They wait at the door until somebody comes. "
    end += "What is not taken in goes back to the store, and nobody pays for it in the meantime. "
    end += "It is sent again on the next day."
    for start in ("Parcels leave on Monday. ", "Long ago, parcels left on any day that fitted. "):
        assert shared_sentences(f"{start}{end}", f"Letters leave on Friday. {end}") == (0, 0)


@pytest.mark.parametrize("end", ["", " and end there"])
def test_a_very_large_change_is_aligned_at_words_that_stand_once(end: str) -> None:
    words = [f"w{number}" for number in range(2201)]
    old = read_inline(f"Start here {' '.join(words)}{end}")
    replaced = [word if number % 10 else "other" for number, word in enumerate(words)]
    new = read_inline(f"Start here {' '.join(replaced)}{end}")
    steps = align(old, new)
    assert steps[0] == Step(True, 0, 2, 0, 2)
    assert sum(step.b - step.a for step in steps if not step.kept) == 221
    assert [(step.a, step.c) for step in steps[1:]] == [(step.b, step.d) for step in steps[:-1]]
    assert (steps[-1].b, steps[-1].d) == (len(old.keys), len(new.keys))


def test_a_change_without_a_space_before_it_leaves_later_ones_as_they_are() -> None:
    old = "Parcels (small) leave the store on the first Monday of each month."
    new = "Parcels (large) leave the store on the first Friday of each month."
    assert marked(old, new) == (
        "Parcels ([-small-][+large+]) leave the store on the first [-Monday-][+Friday+] "
        "of each month."
    )


@pytest.mark.parametrize("end", [".", "?"])
def test_the_mark_that_ends_a_replaced_sentence_stays(end: str) -> None:
    old = f"Small parcels leave the store today because nobody waits for them{end}"
    new = f"Every letter and every box will leave the store today or be kept here until May{end}"
    change = marked(old, new)
    assert change == f"[-{old[:-1]}-][+{new[:-1]}+]{end}"
    steps = align(read_inline(old), read_inline(new))
    assert [(step.a, step.c) for step in steps[1:]] == [(step.b, step.d) for step in steps[:-1]]
