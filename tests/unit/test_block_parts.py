"""Paragraphs that were split and joined: every sentence that stays is shown as kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.errors import RedlineError
from gazette.text.block_parts import Part
from gazette.text.comparison import compare
from gazette.text.notes import NoteKind
from gazette.text.proof import prove
from gazette.text.reader import Reader, read_document
from gazette.text.redline import BlockStatus, Redline
from gazette.text.wording import Op

PONIES = "The ponies are fed at six."
CARTS = "Carts are washed on Saturdays, and the wheels are greased."
HAY = "No smoking near hay."
GATES = "Gates stay shut!"
ALL = (PONIES, CARTS, HAY, GATES)


def compared(old: str, new: str) -> Redline:
    return compare(read_document(old), read_document(new))


def marked(change: Redline) -> set[str]:
    runs = [r for s in change.sections for b in s.blocks for c in b.cells for r in c.runs]
    return {run.text.strip() for run in runs if run.op is not Op.KEPT}


def notes(change: Redline) -> list[str]:
    return [n.kind.value for s in change.sections for b in s.blocks for n in b.notes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f"{PONIES} {CARTS} {HAY}", f"{PONIES}\n\n{CARTS}\n\n{HAY}", set()),
        (f"{PONIES}\n\n{CARTS}\n\n{HAY}", f"{PONIES} {CARTS} {HAY}", set()),
        (f"{PONIES} {CARTS}\n\n{HAY} {GATES}", f"{PONIES}\n\n{CARTS} {HAY}\n\n{GATES}", set()),
        (f"{PONIES} **{CARTS}** {HAY}", f"{PONIES}\n\n**{CARTS}** {HAY}", set()),
        (f"{PONIES} *{CARTS} {HAY}* {GATES}", f"{PONIES}\n\n*{CARTS} {HAY}* {GATES}", set()),
        (f"{PONIES} A &amp; B go. {HAY}", f"{PONIES}\n\nA &amp; B go. {HAY}", set()),
        (f"{PONIES} {CARTS} {HAY}", f"- {PONIES}\n- {CARTS}\n- {HAY}", set()),
        ("小馬六點吃草。車子要洗。門要關。", "小馬六點吃草。\n\n車子要洗。門要關。", set()),
        (f"{PONIES} {CARTS} {HAY}", f"{PONIES}\n\n{CARTS} {GATES}", {HAY[:-1], GATES[:-1]}),
        (f"{PONIES} Stay calm. {HAY}", f"{PONIES}\n\nStay very calm. {HAY}", {"very"}),
        ("Stop. Look. Listen. Go on.", "Stop. Look.\n\nListen. Go on.", set()),
        ("No ice. Pay.\n\nNo ice. Win.", "No ice. Pay. No ice. Win.", set()),
        ("No pets.\n\nNo ice.\n\nBe kind.", "No pets. No red ice. Be kind.", {"red"}),
        ("No pets. No red ice. Be kind.", "No pets.\n\nNo ice.\n\nBe kind.", {"red"}),
        # One sentence stays as it was, and that before or behind it has a word more.
        (
            f"{PONIES} {CARTS}",
            f"{PONIES}\n\nAll {CARTS}".replace("All C", "All c"),
            {"Carts", "All carts"},
        ),
        (f"{PONIES} {CARTS}", f"{PONIES}\n\n{CARTS[:-1]} well.", {"well"}),
        (f"{PONIES} {CARTS}", f"{PONIES[:-1]} sharp.\n\n{CARTS}", {"sharp"}),
        (f"{PONIES}\n\n{CARTS}", f"{PONIES[:-1]} sharp. {CARTS}", {"sharp"}),
    ],
)
def test_sentences_that_stay_are_kept(old: str, new: str, expected: set[str]) -> None:
    change = compared(old, new)
    assert {text.rstrip(".!") for text in marked(change)} == {t.rstrip(".!") for t in expected}
    assert {NoteKind.SEPARATION.value, NoteKind.LAYOUT.value} & set(notes(change))


STALL = "Riders bring a helmet, sturdy boots and gloves that fit."
STALL_LIST = "Riders bring:\n\n- a helmet,\n- sturdy boots and\n- gloves that fit."
GUESTS = "Guests may stroke a pony that stands still, feed it hay, or ride if Ann says so. Ask her."
GUESTS_LIST = """Guests may:

1. stroke a pony that stands still;
2. feed it hay;
3. ride a pony if Ann says so.

Ask her."""


@pytest.mark.parametrize(
    ("sentence", "items", "expected"),
    [
        (STALL, STALL_LIST, {":"}),
        (f"{HAY}\n\n{STALL}\n\n{GATES}", f"{HAY}\n\n{STALL_LIST}\n\n{GATES}", {":"}),
        (GUESTS, GUESTS_LIST, {":", ",", ", or", ";", "a pony"}),
        (STALL, STALL_LIST.replace("- gloves", "- paper masks,\n- gloves"),
         {":", "paper masks,"}),
        ("We sell eggs, e-mail lists and hay.", "We sell\n\n- eggs,\n- mail lists and\n- hay.",
         {"e-mail", "mail"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_back", [False, True])
def test_words_of_a_sentence_that_becomes_a_list_and_back_are_kept(
    sentence: str, items: str, expected: set[str], is_back: bool
) -> None:
    change = compared(items, sentence) if is_back else compared(sentence, items)
    assert marked(change) == expected
    assert "layout" in notes(change)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (STALL, "Riders bring:\n\n- a friend,\n- red ribbons and\n- gloves that fit."),
        (STALL, "Gloves that fit:\n\n- sturdy boots\n- a helmet and\n- riders bring"),
        ("Riders bring **a helmet**, boots, hay.", "Riders bring\n\n- a helmet,\n- boots, hay."),
    ],
)
def test_no_paragraph_is_cut_at_items_that_say_something_else(old: str, new: str) -> None:
    blocks = [block for section in compared(old, new).sections for block in section.blocks]
    assert not any(isinstance(side, Part) for block in blocks for side in (block.old, block.new))


def test_sentences_that_went_to_sections_of_their_own_are_kept_or_moved() -> None:
    text = f"{HAY} {PONIES} {CARTS} {GATES}"
    old = f"## Start\n\nHello.\n\n## Rules\n\n{text} {text.replace('e', 'ee')}"
    new = (
        f"## Start\n\nHello.\n\n## Ponies\n\n{PONIES} {PONIES.replace('e', 'ee')}\n\n## Carts\n\n"
        f"{CARTS} {CARTS.replace('e', 'ee')}\n\n## Rules\n\n"
        f"{HAY} {GATES} {HAY.replace('e', 'ee')} {GATES.replace('e', 'ee')}"
    )
    change = compared(old, new)
    assert not [words for words in marked(change) if words not in ("Ponies", "Carts")]


@settings(max_examples=60)
@given(st.permutations(ALL), st.lists(st.booleans(), min_size=6, max_size=6))
def test_however_they_are_split_and_joined_the_redline_is_proved(
    order: list[str], breaks: list[bool]
) -> None:
    def text(sentences: list[str], cuts: list[bool]) -> str:
        return "".join(
            sentence + ("\n\n" if cut else " ")
            for sentence, cut in zip(sentences, [*cuts, False], strict=False)
        )

    compared(text([*ALL], breaks[:3]), text(order, breaks[3:]))


def test_a_part_that_is_lacking_is_no_proof() -> None:
    old, new = read_document(f"{PONIES} {CARTS}"), read_document(f"{PONIES}\n\n{CARTS}")
    change = compare(old, new)
    (section,) = change.sections
    assert [isinstance(block.old, Part) for block in section.blocks] == [True, True]
    broken = Redline((replace(section, blocks=section.blocks[:1]),))
    with pytest.raises(RedlineError, match=r"lacks block 1"):
        prove(broken, old, new)
    silent = tuple(
        replace(block, notes=(), status=BlockStatus.UNCHANGED) for block in section.blocks
    )
    with pytest.raises(RedlineError, match="does not tell"):
        prove(Redline((replace(section, blocks=silent),)), old, new)


def test_a_word_that_stands_at_two_places_by_chance_cuts_nothing() -> None:
    change = compared(
        f"Yes. {PONIES}\n\n{CARTS} No.", f"{PONIES.replace('six', 'ten')}\n\nYes. {CARTS}"
    )
    blocks = [block for section in change.sections for block in section.blocks]
    assert not any(isinstance(side, Part) for block in blocks for side in (block.old, block.new))


def test_a_short_paragraph_between_swapped_ones_is_not_struck() -> None:
    change = compared(f"{PONIES}\n\nAlways.\n\n{CARTS}", f"{CARTS}\n\nAlways.\n\n{PONIES}")
    assert marked(change) == set()


@pytest.mark.parametrize("is_back", [False, True])
def test_blocks_that_two_versions_share_belong_to_the_section_of_each(is_back: bool) -> None:
    long = " ".join(f"word{at}" for at in range(30))
    texts = [
        f"## Start\n\nHello.\n\n## Gone\n\nGo.\n\n## One\n\n{long}.\n\n## Two\n\n{PONIES} {CARTS}",
        f"## Start\n\nHello.\n\n## Two\n\n{long}.\n\n{PONIES}\n\n{CARTS}",
    ]
    reader = Reader()
    old, new = map(reader.read, reversed(texts) if is_back else texts)
    change = compare(old, new)
    assert "Go." in marked(change)
    assert not marked(change) & {PONIES, CARTS, long}


def test_of_very_many_paragraphs_that_become_lists_all_words_are_kept() -> None:
    names = [f"oats{at}, straw{at}, hay{at}".split(", ") for at in range(200)]
    before = [f"Shed {a} holds {a} keys, {b} bales and {c} racks." for a, b, c in names]
    after = [f"Shed {a} holds\n\n- {a} keys,\n- {b} bales and\n- {c} racks." for a, b, c in names]
    assert marked(compared("\n\n".join(before), "\n\n".join(after))) == set()
